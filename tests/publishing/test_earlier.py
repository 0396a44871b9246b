"""What changed is counted from the collection's briefing before, found by its day."""

import json
from pathlib import Path

import pytest

from briefing_lib.publishing import Request, render
from briefing_lib.publishing.earlier import last_before

from .conftest import DAY, PARAMETERS, a_clock, a_collection, a_notebook

SHOWS = 'print("compared with", previous)'


def a_briefing(folder: Path, *, status: str = "ok", **parameters: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "cases.json").write_text('{"as_of": "2021-01-01", "cases": []}', "utf-8")
    (folder / "run.json").write_text(json.dumps({"status": status, "parameters": parameters}), "utf-8")
    return folder / "cases.json"


def test_the_newest_of_an_earlier_day_is_taken_whatever_was_made_last(tmp_path: Path) -> None:
    newest = a_briefing(tmp_path / "2021-03-30")
    for day in ("2021-03-01", "2021-03-31", "2021-04-02"):
        a_briefing(tmp_path / day)
    assert last_before(tmp_path / "2021-03-31") == newest


def test_a_briefing_is_never_compared_with_itself(tmp_path: Path) -> None:
    a_briefing(tmp_path / "2021-03-31")
    assert last_before(tmp_path / "2021-03-31") is None


def test_one_that_kept_other_senders_or_was_asked_of_another_or_failed_is_passed_over(tmp_path: Path) -> None:
    same = a_briefing(tmp_path / "2021-03-01", senders=["Ruritania"])
    a_briefing(tmp_path / "2021-03-02", senders=["Graustark"])
    a_briefing(tmp_path / "2021-03-03", senders=["Ruritania"], status="failed")
    asked = a_briefing(tmp_path / "2021-03-05", senders=["Ruritania"], extractor="llm:here")
    (tmp_path / "2021-03-04").mkdir()
    (tmp_path / "2021-03-04.failed").mkdir()
    assert last_before(tmp_path / "2021-03-31", senders=["Ruritania"]) == same
    assert last_before(tmp_path / "2021-03-31", senders=["Ruritania"], extractor="llm:here") == asked
    assert last_before(tmp_path / "2021-03-31") is None


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """The records of a briefing, of one a day later, and of that one again."""
    folder = tmp_path_factory.mktemp("twice")
    notebook = a_notebook(folder / "n.ipynb", SHOWS, parameters=f'{PARAMETERS}previous = ""\n')
    sources = a_collection(folder / "small")
    records = []
    for day in (DAY, DAY.replace(month=4, day=1), DAY.replace(month=4, day=1)):
        request = Request(notebook, day, sources=sources, formats=("html",), output=folder / "out")
        made = render(request, clock=a_clock())
        records.append(json.loads((made.folder / "run.json").read_text("utf-8")))
    return records


def test_render_passes_the_briefing_before_and_the_same_one_again(twice: list[dict[str, object]]) -> None:
    said = [str(record["parameters"]["previous"]) for record in twice]  # type: ignore[index]
    assert said[0] == ""
    assert said[1].endswith("small/2021-03-31/cases.json")
    assert said[2] == said[1]


def test_a_later_run_of_the_same_day_gives_the_same_page(twice: list[dict[str, object]]) -> None:
    pages = [record["outputs"]["briefing.html"] for record in twice]  # type: ignore[index]
    assert pages[1] == pages[2]
