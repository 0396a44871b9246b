"""What was read and extracted is kept, and a next run does only what is new."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from briefing_lib.assessment.reach import Reach
from briefing_lib.extraction import Extraction, Rules
from briefing_lib.pipeline import follow_through
from briefing_lib.reading import documents, records
from briefing_lib.store import Kept, Store, keeping
from briefing_lib.store.serialising import from_bytes
from briefing_lib.workers import Workers
from store import DAY, IDLE, OTHER, THREAT, extracted, from_nothing


def test_a_second_run_extracts_nothing(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = follow_through(folder, as_of=DAY)
    monkeypatch.setattr(Rules, "open", None)
    assert follow_through(folder, as_of=DAY) == first
    assert len(first.cases) == 1


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of documents that are read and not recalled."""
    ids: list[str] = []
    whole = documents._document

    def noting(extracted, beside, names, data):
        ids.append(names[0])
        return whole(extracted, beside, names, data)

    monkeypatch.setattr(documents, "_document", noting)
    return ids


def test_a_second_run_reads_nothing(folder: Path, store: Path, read: list[str]) -> None:
    line = json.dumps({"id": "one", "date": "2024-03-05", "text": "Ruritania closed the strait to ships."})
    (folder / "all.jsonl").write_text(f"{line}\nno record\n", "utf-8")
    first = follow_through(folder, as_of=DAY)
    assert sorted(read) == ["2024-01-05-a", "2024-02-05-b", "one"]
    read.clear()
    assert follow_through(folder, as_of=DAY) == first
    assert read == []
    assert [one.path for one in first.skipped] == ["all.jsonl, line 2"]


def test_of_a_file_of_records_that_has_grown_only_the_end_is_read(
    folder: Path, store: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_LINES_AT_ONCE", 10)
    lines = [json.dumps({"id": f"r{n}", "text": f"{OTHER} It was the {n}th."}) for n in range(36)]
    (folder / "all.jsonl").write_text("\n".join(lines[:35]) + "\n", "utf-8")
    follow_through(folder, as_of=DAY)
    read.clear()
    (folder / "all.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert follow_through(folder, as_of=DAY) == from_nothing(folder)
    assert read[:6] == ["r30", "r31", "r32", "r33", "r34", "r35"]
    assert len(read) == 6 + 36 + 2  # the run from nothing reads them all


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sources.toml", '["2024-02-05-b.txt"]\npublisher = "The Courier"\n'),
        ("2024-02-05-b.toml", 'title = "Good harvest"\n'),
        ("sources.toml", "[limits]\nmax_characters = 40\n"),
        ("2024-02-05-b.md", OTHER),
    ],
)
def test_what_else_decides_on_a_document_is_seen_when_it_changes(
    folder: Path, store: Path, name: str, text: str
) -> None:
    """Its metadata, the limits, and whether its name is its own."""
    before = follow_through(folder, as_of=DAY)
    (folder / name).write_text(text, "utf-8")
    after = follow_through(folder, as_of=DAY)
    assert (after.documents, after.skipped) != (before.documents, before.skipped)
    assert after == from_nothing(folder)


def test_what_is_fetched_is_not_written_down(folder: Path, store: Path) -> None:
    """Of sources at a URL, only what was extracted is kept."""
    fsspec.filesystem("memory").pipe("/kept-nowhere/2024-01-05-a.txt", THREAT.encode())
    assert len(follow_through("memory://kept-nowhere", as_of=DAY).cases) == 1
    with Store(store) as kept:
        assert (kept.contents().read, sum(kept.contents().documents.values())) == (0, 1)


def test_a_new_version_of_the_reading_reads_anew(
    folder: Path, store: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    follow_through(folder, as_of=DAY)
    read.clear()
    monkeypatch.setattr("briefing_lib.reading.memory._version", lambda: "another release")
    follow_through(folder, as_of=DAY)
    assert len(read) == 2


def test_a_new_document_is_all_that_a_next_run_extracts(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow_through(folder, as_of=DAY)
    (folder / "2024-03-05-c.txt").write_text(OTHER.replace("north", "south"), "utf-8")
    opened = []
    whole = Rules.open
    monkeypatch.setattr(Rules, "open", lambda rules, document: opened.append(document.id) or whole(rules, document))
    follow_through(folder, as_of=DAY)
    assert set(opened) == {"2024-03-05-c"}


def test_a_new_threat_is_weighed_against_what_was_left_unread(folder: Path, store: Path) -> None:
    """What bore on nothing yesterday is read on when it bears on a threat of today."""
    (folder / "2024-02-05-b.txt").write_text("Borduria closed its mines to Syldavian miners.", "utf-8")
    follow_through(folder, as_of=DAY)
    threat = "Borduria threatened on Friday to close its mines to Syldavian miners."
    (folder / "2024-01-25-c.txt").write_text(threat, "utf-8")
    found = follow_through(folder, as_of=DAY)
    assert [case.status for case in found.cases if case.sender.name == "Borduria"] == ["carried_out"]


def test_only_a_new_threat_is_weighed(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what was left unread, nothing is asked again about a threat that it was weighed against before."""
    follow_through(folder, as_of=DAY)
    threat = "Borduria threatened on Friday to close its mines to Syldavian miners."
    (folder / "2024-01-25-c.txt").write_text(threat, "utf-8")
    sought: list[str] = []
    whole = Workers.read_on

    def noting(workers: Workers, skimmed: Sequence[Extraction], reach: Reach) -> Iterator[Extraction]:
        sought.extend(name for one in reach.sought for name in one.sender)
        return whole(workers, skimmed, reach)

    monkeypatch.setattr(Workers, "read_on", noting)
    follow_through(folder, as_of=DAY)
    assert sought == ["Borduria"]
    follow_through(folder, as_of=DAY)
    assert sought == ["Borduria"]


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of documents of which more than the names is looked up."""
    ids: list[str] = []

    def noting(data, document, **options):
        ids.append(document.id)
        return from_bytes(data, document, **options)

    monkeypatch.setattr(keeping, "from_bytes", noting)
    return ids


def test_what_bears_on_no_threat_is_not_looked_up_again(folder: Path, store: Path, unpacked: list[str]) -> None:
    """But for whom it names, which tells how long the sources kept speaking of a sender."""
    (folder / "2024-02-05-b.txt").write_text(IDLE, "utf-8")
    first = follow_through(folder, as_of=DAY)
    assert follow_through(folder, as_of=DAY) == first
    assert unpacked == ["2024-01-05-a"]
    (folder / "2024-03-05-c.txt").write_text(OTHER, "utf-8")
    assert follow_through(folder, as_of=DAY) == from_nothing(folder)
    assert unpacked == ["2024-01-05-a"] * 2


def test_what_is_settled_is_not_settled_where_another_run_has_read_more(store: Path) -> None:
    """It read other passages for other threats, so that what the first one knows is of another extraction."""
    made = extracted()
    with Store(store) as kept:
        kept.keep([Kept(made, "those")], "v")
        kept.settle([Kept(made, "these")], {}, "v")
        assert kept.find([made.document], "v") == [Kept(made, "those")]
        kept.settle([Kept(made, "those")], {}, "v")
        assert kept.find([made.document], "v") == [Kept(replace(made, outcomes=()), "those", settled=True)]
        assert kept.find([made.document], "v", in_full=True) == [Kept(made, "those")]


def test_what_bore_on_no_threat_is_weighed_against_a_new_one(folder: Path, store: Path, unpacked: list[str]) -> None:
    (folder / "2024-02-05-b.txt").write_text(IDLE, "utf-8")
    follow_through(folder, as_of=DAY)
    threat = "Ruritania threatened on Friday to close its mines to Bordurian miners."
    (folder / "2024-01-25-c.txt").write_text(threat, "utf-8")
    found = follow_through(folder, as_of=DAY)
    assert [case.status for case in found.cases if len(case.outcomes) == 1] == ["carried_out"] * 2
    assert "2024-02-05-b" in unpacked
    assert found == from_nothing(folder)
    (folder / "2024-01-25-c.txt").unlink()
    assert follow_through(folder, as_of=DAY) == from_nothing(folder)
