from datetime import date
from pathlib import Path

import pytest

from briefing_lib.publishing import places
from briefing_lib.reading import origin_at


def a_folder(path: Path, content: str) -> Path:
    path.mkdir(parents=True)
    (path / "page").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "page").read_text(encoding="utf-8")


@pytest.fixture(params=["swapped at once", "renamed twice"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "renamed twice":
        monkeypatch.setattr(places, "_exchanged", lambda one, other: False)


@pytest.mark.usefixtures("_way")
def test_a_finished_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    place = a_folder(tmp_path / "day", "old")
    with places.staging(place) as folder:
        (folder / "page").write_text("new", encoding="utf-8")
        assert content(place) == "old"
        places.move_in(folder, place)
    assert content(place) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["day"]


def test_an_unfinished_folder_leaves_nothing(tmp_path: Path) -> None:
    place = a_folder(tmp_path / "day", "old")

    def fail() -> None:
        with places.staging(place) as folder:
            (folder / "page").write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert content(place) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["day"]


def test_what_a_crash_between_two_renames_left_is_brought_back(tmp_path: Path) -> None:
    place = tmp_path / "day"
    a_folder(tmp_path / ".day.old", "old")
    with places.staging(place):
        assert content(place) == "old"


def test_an_old_folder_beside_a_whole_new_one_goes(tmp_path: Path) -> None:
    place = a_folder(tmp_path / "day", "new")
    a_folder(tmp_path / ".day.old", "old")
    with places.staging(place):
        assert content(place) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["day"]


def test_what_a_killed_run_was_making_goes(tmp_path: Path) -> None:
    a_folder(tmp_path / ".day.making-x", "half")
    a_folder(tmp_path / ".other.making-x", "another day's")
    with places.staging(tmp_path / "day"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [".other.making-x"]


def test_a_collection_is_named_for_its_folder_or_its_file(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "north.south", "text")
    assert origin_at(folder).name == "north.south"
    assert origin_at(folder / ".." / "north.south").name == "north.south"
    (folder / "report.txt").write_text("text", encoding="utf-8")
    assert origin_at(folder / "report.txt").name == "report"
    assert places.destination(Path("outputs"), collection="a", as_of=date(2021, 3, 5)) == Path("outputs/a/2021-03-05")


def test_a_folder_of_outputs_can_be_read_by_others(tmp_path: Path) -> None:
    place = tmp_path / "day"
    with places.staging(place) as folder:
        places.move_in(folder, place)
    assert place.stat().st_mode & 0o777 in (0o755, 0o777)
