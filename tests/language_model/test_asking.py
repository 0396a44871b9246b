"""What is sent, in which pieces, how often, and what is kept of the answers."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from briefing_lib.extraction import Extraction, Rules
from briefing_lib.extraction.language_model import PIECE, LanguageModel
from briefing_lib.extraction.language_model.asking import ANSWERS
from briefing_lib.models import Document
from briefing_lib.pipeline import follow_through
from language_model.conftest import Endpoint
from language_model.sample_answers import STRAIT, TEXT, a_text, read_by


def test_a_long_document_goes_in_pieces_and_each_paragraph_once(endpoint: Endpoint) -> None:
    """A piece is at most as long as it may be, and what is found keeps its place in the document."""
    filler = "\n\n".join(
        f"Paragraph {number} of a long report. " + "Ships wait in the harbour. " * 60 for number in range(30)
    )
    text = f"{filler}\n\n{TEXT}\n\n{'A sentence without end, ' * 1000}"
    endpoint.answer = lambda request: json.dumps(
        {"threats": [STRAIT] if "Pyongyang" in request["messages"][-1]["content"] else [], "outcomes": []}
    )
    (threat,) = read_by("here", a_text(text)).threats
    assert threat.passage.start == text.index("Pyongyang")
    sent = endpoint.texts()
    assert len(sent) > 3
    assert max(map(len, sent)) < PIECE + 500
    assert [sum(f"Paragraph {number} of" in piece for piece in sent) for number in range(30)] == [1] * 30


def test_a_quote_of_another_piece_is_not_taken(endpoint: Endpoint) -> None:
    """A model cannot quote what it was not shown."""
    text = "Iran said it would close the strait.\n\n" + "\n\n".join(["Ships wait in the harbour. " * 60] * 10)
    endpoint.answers(threats=[{"quote": "Iran said it would close the strait", "sender": "Iran"}])
    found = read_by("here", a_text(text))
    assert len(endpoint.requests) == 2
    assert len(found.threats) == 1
    assert found.notes == ("llm:here: quotes that are not in the document, dropped: 1",)


def test_a_failure_of_one_piece_leaves_the_whole_document_to_the_rules(endpoint: Endpoint) -> None:
    """A table half by one and half by the other would be neither."""
    text = f"{TEXT}\n\n" + "\n\n".join(["Ships wait in the harbour. " * 60] * 10)
    endpoint.answer = lambda request: "no" if len(endpoint.requests) > 1 else '{"threats": [], "outcomes": []}'
    found = read_by("here", a_text(text))
    assert found.threats == Rules().extract(a_text(text)).threats
    assert not found.lasting


def test_nothing_but_the_paragraphs_is_sent_and_no_log_kept(endpoint: Endpoint) -> None:
    """Neither the path nor what the collection knows of the document."""
    read_by(
        "here", a_text(path="secret/plan.txt", publisher="The Courier", author="A. Writer", url="https://x.example")
    )
    sent = json.dumps(endpoint.requests)
    assert not [word for word in ("secret", "Courier", "A. Writer", "x.example") if word in sent]
    assert [path.name for path in Path(os.environ["LLM_USER_PATH"]).iterdir()] == ["extra-openai-models.yaml"]


def test_within_a_run_a_model_is_asked_once(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page and the tables of one briefing are made by two processes and must not differ; nor by a failure."""
    monkeypatch.setenv(ANSWERS, str(tmp_path))
    endpoint.answers(threats=[STRAIT])
    first = read_by("here")
    endpoint.answers()
    assert read_by("here") == first
    assert len(endpoint.requests) == 1
    endpoint.says("no answer")
    other = a_text("Iran said it would close the strait.")
    first = read_by("here", other)
    endpoint.answers()
    assert read_by("here", other) == first
    assert not first.lasting


def test_an_answer_is_kept_and_a_failure_is_not(endpoint: Endpoint, tmp_path: Path) -> None:
    """A document is asked about once, until it, the model or the rules change; what failed is asked again."""
    for name in ("2021-03-05-a.txt", "2021-03-06-b.txt"):
        (tmp_path / name).write_text(f"{TEXT}\n\nThis is {name}.", encoding="utf-8")
    endpoint.answer = lambda request: "no" if "-b.txt" in str(request) else json.dumps({"threats": [], "outcomes": []})
    first = follow_through(tmp_path, as_of=date(2021, 3, 31), extractor="llm:here")
    assert not first.lasting
    assert [note[:16] for note in first.notes] == ["2021-03-05-a.txt", "2021-03-06-b.txt"]
    endpoint.answers(threats=[STRAIT])
    asked = len(endpoint.requests)
    second = follow_through(tmp_path, as_of=date(2021, 3, 31), extractor="llm:here")
    assert second.lasting
    assert ["-b.txt" in text for text in endpoint.texts()[asked:]] == [True]
    assert second.notes == first.notes[:1]
    assert follow_through(tmp_path, as_of=date(2021, 3, 31), extractor="llm:here") == second
    assert len(endpoint.requests) == asked + 1


def test_each_answer_is_kept_as_it_comes(endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is stopped has not paid for nothing."""
    for name in ("2021-03-05-a.txt", "2021-03-06-b.txt"):
        (tmp_path / name).write_text(f"{TEXT}\n\nThis is {name}.", encoding="utf-8")
    whole = LanguageModel.extract

    def interrupted(self: LanguageModel, document: Document) -> Extraction:
        if document.path == "2021-03-06-b.txt":
            raise KeyboardInterrupt
        return whole(self, document)

    with monkeypatch.context() as patch:
        patch.setattr(LanguageModel, "extract", interrupted)
        with pytest.raises(KeyboardInterrupt):
            follow_through(tmp_path, as_of=date(2021, 3, 31), extractor="llm:here")
    follow_through(tmp_path, as_of=date(2021, 3, 31), extractor="llm:here")
    assert ["-a.txt" in text for text in endpoint.texts()] == [True, False]
