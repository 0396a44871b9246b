"""A briefing by a language model: one answer for page and tables, said to be one, and made anew after a failure."""

import json
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from briefing_lib.extraction import RULES
from briefing_lib.publishing import Rendered, Request, render
from briefing_lib.publishing.history import is_current
from briefing_lib.publishing.planning import default_notebook, plan_of
from language_model.conftest import Endpoint

TEXT = (
    "Graustark said that it would close the strait unless the tariff is lifted.\n\nGraustark may sue Osterhaven too.\n"
)
CLOSE = {
    "quote": "it would close the strait unless the tariff is lifted",
    "act": "close the strait",
    "sender": "Graustark",
}
SUE = {"quote": "Graustark may sue Osterhaven too", "act": "sue Osterhaven", "sender": "Graustark"}


@pytest.fixture
def request_for(tmp_path: Path, endpoint: Endpoint) -> Request:
    """A briefing of one document by the model of the tests' own, as a page alone."""
    sources = tmp_path / "strait"
    sources.mkdir()
    (sources / "2021-03-05-strait.txt").write_text(TEXT, encoding="utf-8")
    return Request(
        default_notebook(), date(2021, 3, 31), sources, formats=("html",), output=tmp_path / "out", extractor="llm:here"
    )


def made(request: Request) -> Rendered:
    return render(request, clock=lambda: datetime(2021, 4, 1, tzinfo=UTC))


def test_page_and_tables_are_of_one_answer(request_for: Request, endpoint: Endpoint) -> None:
    """Although the model says something else each time that it is asked."""
    answers = count()
    endpoint.answer = lambda _: json.dumps({"threats": [[CLOSE], [SUE], []][next(answers) % 3], "outcomes": []})
    done = made(request_for)
    assert len(endpoint.requests) == 1
    table = json.loads((done.folder / "cases.json").read_text("utf-8"))
    record = json.loads((done.folder / "run.json").read_text("utf-8"))
    page = (done.folder / "briefing.html").read_text("utf-8")
    assert [case["act"] for case in table["cases"]] == ["close the strait"]
    assert "asked of a language model, llm:here" in page
    assert "found by rules" not in page
    assert table["cases"][0]["id"] in page
    assert table["extractor"] == record["extractor"] == record["parameters"]["extractor"] == "llm:here"
    assert is_current(plan_of(request_for))


def test_a_briefing_by_what_stands_in_is_made_anew(request_for: Request, endpoint: Endpoint) -> None:
    """The page says that the rules stand in, as the table does, and the next run asks again."""
    endpoint.says("no")
    done = made(request_for)
    table = json.loads((done.folder / "cases.json").read_text("utf-8"))
    page = BeautifulSoup((done.folder / "briefing.html").read_text("utf-8"), "html.parser").get_text()
    (note,) = table["notes"]
    assert note == "2021-03-05-strait.txt: llm:here: an answer that is no JSON; the rules' result stands"
    assert note in " ".join(page.split())
    assert not is_current(plan_of(request_for))


def test_without_a_model_the_rules_are_named(request_for: Request, endpoint: Endpoint) -> None:
    """The notebook's own default."""
    plan = plan_of(Request(request_for.notebook, request_for.as_of, request_for.sources))
    assert plan.extractor == RULES
    assert "extractor" not in plan.parameters
