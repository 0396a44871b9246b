"""Nothing that happens to the file of the store makes a run fail."""

import os
import signal
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from briefing_lib.pipeline import follow_through
from briefing_lib.store import Kept, Store, store_of_user
from store import DAY, THREAT, extracted, found_of_all_sorts, from_nothing


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
