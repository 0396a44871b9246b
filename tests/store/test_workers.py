"""Work that is shared out gives what one process gives, in the same order, and survives a worker's death."""

import multiprocessing

import pytest
from factories import a_document
from reports import snippets

from briefing_lib import workers as sharing
from briefing_lib.assessment.reach import Reach, sought_by
from briefing_lib.extraction import Rules
from briefing_lib.models import Document
from briefing_lib.workers import Workers


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """Reports enough to be shared out, by what is enough here."""
    monkeypatch.setattr(sharing, "WORTH_SHARING", 1_000)
    monkeypatch.setattr(sharing, "_AT_ONCE", 2_000)
    rows = snippets("threats")[:80]
    # The last of them tells what came of a threat of the one before.
    texts = [*(row["text"] for row in rows), "Chad threatened to close the bridge to Niger.", "Chad closed the bridge."]
    return [a_document(text, id=str(number)) for number, text in enumerate(texts)]


def test_two_processes_find_what_one_finds(documents: list[Document]) -> None:
    rules = Rules()
    alone = list(rules.skim(documents))
    with Workers(rules, 2) as workers:
        assert list(workers.skim(documents)) == alone
        reach = Reach(sought_by(threat for one in alone for threat in one.threats), rules.lexicon)
        read = list(workers.read_on(alone, reach))
        assert read == list(Workers(rules, 1).read_on(alone, reach))
        assert read != alone


def test_a_worker_that_dies_loses_no_document(documents: list[Document], capsys: pytest.CaptureFixture[str]) -> None:
    """Each document is there once, in order."""
    rules = Rules()
    with Workers(rules, 2) as workers:
        found = workers.skim(documents)
        first = next(found)
        for process in multiprocessing.active_children():
            process.kill()
        assert [first, *found] == list(rules.skim(documents))
    assert "a worker died" in capsys.readouterr().err


def test_a_little_work_starts_no_process(documents: list[Document]) -> None:
    with Workers(Rules(), 2) as workers:
        assert len(list(workers.skim(documents[:1]))) == 1
        assert not multiprocessing.active_children()
