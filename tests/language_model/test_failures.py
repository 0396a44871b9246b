"""Where no answer comes, or none that can be read, the rules' result stands, and a note says so."""

import json

import pytest

from briefing_lib.extraction import extractor_named
from briefing_lib.extraction.language_model import MOST_FAILURES
from briefing_lib.extraction.language_model.answer import MOST_ITEMS
from briefing_lib.extraction.language_model.asking import LONGEST_ANSWER, SECONDS_ALLOWED
from language_model.conftest import Endpoint
from language_model.sample_answers import STRAIT, a_text, assert_of_the_rules, read_by


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot help with that.",
        '{"threats": [',
        "[]",
        "null",
        '{"threats": []}',
        '{"threats": {}, "outcomes": []}',
        '{"threats": "<script>", "outcomes": []}',
        '{"threats": [], "outcomes": [NaN]}',
        '{"threats": ' + "[" * 100_000 + "]" * 100_000,
        '{"threats": [' + "9" * 5000 + '], "outcomes": []}',
        json.dumps({"threats": [STRAIT] * (MOST_ITEMS + 1), "outcomes": []}),
        " " * (LONGEST_ANSWER + 1) + '{"threats": [], "outcomes": []}',
    ],
    ids=range(13),
)
def test_a_malformed_answer_leaves_the_rules_result_and_says_so(endpoint: Endpoint, text: str) -> None:
    """No error, no guess, and nothing of the answer in the note."""
    endpoint.says(text)
    assert_of_the_rules(read_by("here"), "an answer ")


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_an_error_of_the_server_leaves_the_rules_result_and_says_so(endpoint: Endpoint, status: int) -> None:
    """The note names the error's kind and code, and nothing that the server said."""
    endpoint.status = status
    assert_of_the_rules(read_by("here"), f"HTTP {status})")


def test_a_server_that_is_not_there_leaves_the_rules_result_and_says_so(endpoint: Endpoint) -> None:
    """So it is with a machine that is off."""
    assert_of_the_rules(read_by("gone"), "no answer (APIConnectionError)")


def test_a_model_that_does_not_answer_in_time_leaves_the_rules_result(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time allowed is ours, whatever the plug-in's own is."""
    monkeypatch.setenv(SECONDS_ALLOWED, "0.2")
    endpoint.silent = True
    assert_of_the_rules(read_by("here"), "no answer within 0.2 seconds")


def test_an_answer_without_end_is_not_waited_for(endpoint: Endpoint) -> None:
    """Reading stops at the longest that an answer may be."""
    endpoint.endless = True
    assert_of_the_rules(read_by("here"), f"an answer of more than {LONGEST_ANSWER:,} characters")


def test_a_model_that_fails_again_and_again_is_not_asked_again(endpoint: Endpoint) -> None:
    """Each document would take as long as is allowed; one that is answered begins the count anew."""
    extractor = extractor_named("llm:here")
    endpoint.says("no")
    for _ in range(MOST_FAILURES - 1):
        extractor.extract(a_text())
    endpoint.answers(threats=[STRAIT])
    assert extractor.extract(a_text()).lasting
    endpoint.says("no")
    for _ in range(MOST_FAILURES):
        extractor.extract(a_text())
    asked = len(endpoint.requests)
    last = extractor.extract(a_text())
    assert len(endpoint.requests) == asked
    assert_of_the_rules(last, f"not asked any more after {MOST_FAILURES} failures in a row")
