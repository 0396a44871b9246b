"""A file is written whole or not at all, and nothing is left beside it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_lib.publishing import history
from briefing_lib.writing import whole, write_whole


def test_what_was_there_stays_until_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(UnicodeEncodeError), whole(path) as part:
        part.write_text(f"half {chr(0xD800)}", encoding="utf-8")
    assert path.read_text("utf-8") == "before"
    write_whole(path, "after\n")
    assert path.read_bytes() == b"after\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.txt"]  # noqa: PTH208 - hidden files too


def test_what_a_killed_process_left_is_taken_away_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (tmp_path / f".a[1].txt.part-{int(done.stdout)}-x").touch()
    (tmp_path / f".a[1].txt.part-{os.getpid()}-y").touch()
    write_whole(tmp_path / "a[1].txt", "x")
    assert {path.name for path in tmp_path.iterdir()} == {"a[1].txt", f".a[1].txt.part-{os.getpid()}-y"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("a.txt")
    write_whole(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_text("utf-8") == "x"


def test_a_line_that_was_cut_off_takes_no_other_with_it(tmp_path: Path) -> None:
    path = tmp_path / history.HISTORY
    first = {"run": "1", "collection": "c", "as_of": "2021-03-31", "notebook": "n", "started": "1", "outcome": "ok"}
    history._append(path, first)
    with path.open("ab") as file:
        file.write(b'{"run": "2", "coll')
    history._append(path, first | {"run": "3", "started": "3"})
    assert [run.started for run in history.runs_of(tmp_path)] == ["3", "1"]


def test_a_folder_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        write_whole(tmp_path / "nowhere" / "a.txt", "text")
    assert raised.value.filename == str(tmp_path / "nowhere")
    assert "make it, or name another" in raised.value.strerror
