"""What was extracted is kept, and nothing that happens to the file makes a run fail or a row stale."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import fsspec
import pytest
from factories import a_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reports import snippets

from briefing_lib.assessment.reach import Reach
from briefing_lib.extraction import Extraction, Rules
from briefing_lib.models import DateRange, FollowThrough, PassageKind, Precision, Skipped, Span
from briefing_lib.pipeline import follow_through
from briefing_lib.reading import Found, documents, records
from briefing_lib.store import Kept, Store, keeping, store_of_user
from briefing_lib.store.as_read import found_from_bytes, found_to_bytes
from briefing_lib.store.serialising import Unusable, from_bytes, key_of, to_bytes
from briefing_lib.workers import Workers

DAY = date(2024, 6, 1)
THREAT = "Ruritania threatened to close the strait on Monday unless Syldavia withdraws its ships. It did so in May."
OTHER = "The harvest was good in the north."


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of the test's own."""
    path = tmp_path / "kept" / "extractions.sqlite3"
    monkeypatch.setenv("BRIEFING_STORE", str(path))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    (made / "2024-01-05-a.txt").write_text(THREAT, "utf-8")
    (made / "2024-02-05-b.txt").write_text(OTHER, "utf-8")
    return made


def extracted(text: str = THREAT) -> Extraction:
    return Rules().extract(a_document(text))


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_an_extraction_comes_back_as_it_was() -> None:
    """Every field of every record, and which threat an outcome points at, over snippets of all sorts."""
    rules = Rules()
    pointing = 0
    for row in snippets("outcomes")[:60]:
        made = rules.extract(a_document(row["text"]))
        back = from_bytes(to_bytes(made), made.document)
        assert back == made
        for one, other in zip(made.outcomes, back.outcomes, strict=True):
            pointing += one.refers_to is not None
            assert (other.refers_to is None) or any(other.refers_to is threat for threat in back.threats)
            assert one.refers_to == other.refers_to
    assert pointing > 10


@pytest.mark.parametrize("field", ["id", "text", "published", "publisher", "title", "boilerplate", "sha256"])
def test_whatever_an_extractor_can_see_of_a_document_is_in_its_key(field: str) -> None:
    document = a_document()
    others = {"published": None, "boilerplate": (extracted().threats[0].passage,)}
    changed = replace(document, **{field: others.get(field, "another")})
    assert key_of(changed, "v") != key_of(document, "v")
    assert key_of(document, "w") != key_of(document, "v")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"[1, 2]",
        lambda data: data.replace(b'"passage":[0,', b'"passage":[-1,'),
        lambda data: data.replace(b'"kind":"compellent"', b'"kind":"another"'),
        lambda data: data.replace(b'"names":[', b'"names":[7,'),
        lambda data: b"[" * 100_000,
        lambda data: b"cposix\nsystem\n(S'exit 1'\ntR.",
    ],
)
def test_an_entry_of_another_form_is_refused(spoil) -> None:
    made = extracted()
    spoilt = spoil(to_bytes(made))
    assert spoilt != to_bytes(made)
    with pytest.raises(Unusable):
        from_bytes(spoilt, made.document)


def found_of_all_sorts() -> list[Found]:
    span = Span(0, 9, PassageKind.BOILERPLATE)
    told = {name: f"{name} “\u00e9\U0001f600”" for name in ("author", "url", "licence", "kind")}
    return [
        Found(a_document(boilerplate=(span,), notes=("one", "two"), language="en-GB", **told), "all.jsonl#7"),
        Found(a_document(published=DateRange(None, date(2020, 5, 31), Precision.MONTH))),
        Found(a_document(published=None)),
        Found(Skipped("all.jsonl, line 8", "no text"), "all.jsonl#8"),
        Found(Skipped("all.jsonl, line 9", "not JSON")),
    ]


def test_what_was_read_comes_back_as_it_was() -> None:
    found = found_of_all_sorts()
    assert found_from_bytes(found_to_bytes(found)) == found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"no bytes of ours",
        lambda data: zlib.compress(b"7"),
        lambda data: zlib.compress(b"[" * 100_000),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"The Courier"', b"7")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"The Courier",', b"")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b"[0,9,", b"[0,9000,")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"month"', b'"moon"')),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"no text"', b"[]")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'#8",true', b'#8","no"')),
    ],
)
def test_what_was_read_in_another_form_is_refused(spoil) -> None:
    made = found_to_bytes(found_of_all_sorts())
    spoilt = spoil(made)
    assert spoilt != made
    with pytest.raises(Unusable):
        found_from_bytes(spoilt)


def test_what_does_not_last_is_not_kept(store: Path) -> None:
    made = replace(extracted(), lasting=False)
    with Store(store) as kept:
        kept.keep([Kept(made)], "v")
        assert kept.find([made.document], "v") == [None]


# --- a run ------------------------------------------------------------------------------------------------------------


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


IDLE = "Ruritania closed its mines to Bordurian miners on Friday."


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


def from_nothing(folder: Path) -> FollowThrough:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_STORE", "off")
        return follow_through(folder, as_of=DAY)


NAMES = ("2024-01-05-a.txt", "2024-02-05-b.txt", "2024-03-05-c.txt")
RECORDS = ("a.jsonl", "b.jsonl")
TEXTS = (
    THREAT,
    OTHER,
    "Ruritania closed the strait to ships.",
    "Borduria glowered at Ruritania. It closed the mines.",
    "Ruritania threatened on Friday to close its mines to Bordurian miners.",
    IDLE,
)
WORDS = ("", '[add.frames.threaten]\nverbs = ["glower"]\n', '[add.outcomes.withdrawn]\nverbs = ["demur"]\n')
BESIDE = (
    ("sources.toml", '["2024-02-05-b.txt"]\npublished = 2024-01-02\n'),
    ("sources.toml", "[limits]\nmax_characters = 50\n"),
    ("2024-01-05-a.toml", 'publisher = "The Courier"\npublished = 2024-03-01\n'),
    ("2024-01-05-a.toml", "published = never\n"),
)
LINES = st.lists(
    st.tuples(st.sampled_from(["", "one", "two"]), st.sampled_from(["2024-02-01", ""]), st.sampled_from(TEXTS)),
    min_size=1,
    max_size=4,
).map(lambda rows: "".join(json.dumps({"id": i, "date": d, "text": t}) + "\n" for i, d, t in rows))
ACTIONS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("write"), st.sampled_from(RECORDS), LINES),
    st.tuples(st.just("add"), st.sampled_from(RECORDS), LINES),
    st.sampled_from(BESIDE).map(lambda pair: ("write", *pair)),
    st.tuples(st.just("remove"), st.sampled_from([name for name, _ in BESIDE]), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("words"), st.just(""), st.sampled_from(WORDS)),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, min_size=2, max_size=8))
def test_no_row_is_ever_stale(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, actions: list[tuple[str, str, str]]
) -> None:
    """Files, records, metadata and word lists change, come, go and are renamed; each run gives what one anew gives."""
    monkeypatch.setattr(records, "_LINES_AT_ONCE", 2)
    folder = tmp_path / "changing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "2024-01-01-z.txt").write_text("Syldavia threatened to seize the mines.", "utf-8")
    for kind, name, value in actions:
        if kind == "write":
            (folder / name).write_text(value, "utf-8")
        elif kind == "add":
            with (folder / name).open("a", encoding="utf-8") as file:
                file.write(value)
        elif kind == "words":
            (folder / "words.toml").write_text(value, "utf-8")
        elif (folder / name).exists():
            (folder / name).unlink() if kind == "remove" else (folder / name).replace(folder / value)
        kept, anew = follow_through(folder, as_of=DAY), from_nothing(folder)
        assert kept == anew


# --- the file ---------------------------------------------------------------------------------------------------------


def damaged(path: Path) -> None:
    path.write_bytes(b"no database at all, and longer than a header of one hundred bytes would ever have to be" * 3)


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE extractions (key BLOB, version TEXT, payload BLOB, weighed TEXT)")
    connection.close()


def torn(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\0" * 50)


@pytest.mark.parametrize("spoil", [damaged, foreign, torn])
def test_a_damaged_or_foreign_store_is_set_aside(folder: Path, store: Path, capsys, spoil) -> None:
    first = follow_through(folder, as_of=DAY)
    for end in ("-wal", "-shm"):
        store.with_name(store.name + end).unlink(missing_ok=True)
    store.unlink() if spoil is foreign else None
    spoil(store)
    assert follow_through(folder, as_of=DAY) == first
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "a new one is begun" in said
    assert len(list(store.parent.glob("*.bad"))) == 1


@pytest.mark.parametrize(
    ("column", "lie"),
    [
        ("payload", b'{"threats": "none"}'),
        ("outline", '["Ruritania", []]'),
        ("outline", b"\xff"),
        ("telling", "[[1, 2, 3]]"),
    ],
)
def test_an_entry_that_lies_is_set_aside_with_its_store(
    folder: Path, store: Path, capsys, column: str, lie: bytes | str
) -> None:
    first = follow_through(folder, as_of=DAY)
    with sqlite3.connect(store) as connection:
        connection.execute(f"UPDATE extractions SET {column} = ?", (lie,))
    connection.close()
    assert follow_through(folder, as_of=DAY) == first
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "cannot be used" in said


def test_what_was_read_and_lies_is_set_aside_with_its_store(folder: Path, store: Path, capsys) -> None:
    first = follow_through(folder, as_of=DAY)
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE readings SET payload = ?", (zlib.compress(b'[["", true, "a.txt", 7]]'),))
    connection.close()
    assert follow_through(folder, as_of=DAY) == first
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "cannot be used" in said
    assert follow_through(folder, as_of=DAY) == first


def test_where_nothing_can_be_kept_everything_is_read_anew(folder: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BRIEFING_STORE", str(tmp_path / "file" / "extractions.sqlite3"))
    assert follow_through(folder, as_of=DAY).cases == from_nothing(folder).cases
    assert "nothing can be kept" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_read_what_is_kept(folder: Path, store: Path) -> None:
    """It holds the texts of documents."""
    with Store(store) as kept:
        kept.remember(b"key", found_of_all_sorts())
        kept._put_read()
        assert {path.stat().st_mode & 0o077 for path in store.parent.glob("*.sqlite3*") if path.suffix != ".lock"} == {
            0
        }


def test_off_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_STORE", "off")
    assert store_of_user() is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_run_that_is_killed_leaves_a_whole_store(store: Path) -> None:
    """Killed while it writes as fast as it can, a run leaves each entry whole or not there."""
    made = extracted()
    code = (
        "import sys\nfrom factories import a_document\nfrom briefing_lib.extraction import Rules\n"
        "from briefing_lib.store import Kept, Store\n"
        f"made = Rules().extract(a_document({THREAT!r}))\n"
        f"from pathlib import Path\nstore = Store(Path({str(store)!r}))\nprint('ready', flush=True)\n"
        "for n in range(10**9): store.keep([Kept(made)], str(n))\n"
    )
    path = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parents[2])])
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path})
    assert run.stdout is not None
    assert run.stdout.readline().strip() == b"ready"
    while not store.exists() or store.with_name(f"{store.name}-wal").stat().st_size < 50_000:
        assert run.poll() is None
    run.send_signal(signal.SIGKILL)
    run.wait()
    with Store(store) as kept:
        versions = kept.contents().documents
        assert versions
        for version in versions:
            assert kept.find([made.document], version) == [Kept(made)]
    assert not list(store.parent.glob("*.bad"))


def test_two_runs_at_once_find_the_same(folder: Path, store: Path) -> None:
    code = (
        "from datetime import date\nfrom briefing_lib.pipeline import follow_through\n"
        f"print(len(follow_through({str(folder)!r}, as_of=date(2024, 6, 1)).cases))"
    )
    root = str(Path(__file__).parents[2])
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": root},
        )
        for _ in range(2)
    ]
    assert [run.communicate() for run in runs] == [(b"1\n", b"")] * 2
    with Store(store) as kept:
        assert sum(kept.contents().documents.values()) == 2
