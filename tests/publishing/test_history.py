"""A run is remembered with how it ended, and made again only where something that it is made from has changed."""

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing_lib.publishing import Rendered, Request, history
from briefing_lib.publishing.history import HISTORY, is_current, remembered, runs_of
from briefing_lib.publishing.planning import plan_of

from .conftest import DAY, a_clock


@pytest.fixture(autouse=True)
def _steady_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite's own code as it is now, whoever works on it while the tests run."""
    monkeypatch.setattr(history, "_hashes_of_code", lambda: {"cli.py": "as it is"})


@pytest.fixture
def copied(rendered: Rendered, tiny: Path, sources: Path, output: Path, tmp_path: Path) -> Request:
    """What was rendered, with its sources and notebook, all free to be changed."""
    shutil.copytree(sources, tmp_path / "seeds" / "small")
    shutil.copytree(output, tmp_path / "outputs")
    (tmp_path / "notebooks").mkdir()
    notebook = Path(shutil.copy(tiny, tmp_path / "notebooks"))
    request = Request(notebook, DAY, tmp_path / "seeds" / "small", (("count", "3"),), output=tmp_path / "outputs")
    # The place of the sources is a parameter like any other, and in the copy it has another name.
    _remember(request)
    return request


def _remember(request: Request) -> None:
    with remembered(plan_of(request), clock=a_clock()):
        pass


def test_nothing_is_to_be_done_where_nothing_changed(copied: Request) -> None:
    assert is_current(plan_of(copied))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: (one.sources / "strait.txt").write_text("Ruritania closed it.", "utf-8"),
        lambda one: (one.sources / "decisions.toml").write_text("# none yet\n", "utf-8"),
        lambda one: (one.sources / "sources.toml").write_text("", "utf-8"),
        lambda one: one.notebook.write_text(one.notebook.read_text("utf-8") + "\n", "utf-8"),
        lambda one: (one.output / "small" / "2021-03-31" / "cases.csv").unlink(),
        lambda one: (one.output / "small" / "2021-03-31" / "briefing.html").write_text("", "utf-8"),
        lambda one: (one.output / HISTORY).unlink(),
    ],
    ids=["source", "decision", "metadata", "notebook", "missing", "damaged", "unknown"],
)
def test_a_change_of_any_input_or_output_is_one(copied: Request, change) -> None:
    change(copied)
    assert not is_current(plan_of(copied))


def test_other_parameters_formats_and_days_are_changes(copied: Request) -> None:
    assert not is_current(plan_of(replace(copied, written=(("count", "4"),))))
    assert not is_current(plan_of(replace(copied, formats=("html",))))
    assert not is_current(plan_of(replace(copied, as_of=DAY.replace(day=30))))


def test_another_version_of_anything_is_a_change(copied: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history.provenance, "versions", lambda: {"python": "4"})
    assert not is_current(plan_of(copied))
    monkeypatch.undo()
    monkeypatch.setattr(history, "_hashes_of_code", lambda: {"cli.py": "another"})
    assert not is_current(plan_of(copied))


def test_a_run_that_failed_since_leaves_the_last_good_one_current(copied: Request) -> None:
    with pytest.raises(ValueError, match="no"), remembered(plan_of(copied), clock=a_clock()):
        raise ValueError("no")
    assert is_current(plan_of(copied))


def test_each_way_to_end_is_remembered_with_its_duration(copied: Request) -> None:
    (copied.output / HISTORY).unlink()
    plan = plan_of(copied)
    for error in (None, OSError("disk\nfull"), KeyboardInterrupt(), SystemExit(143)):
        try:
            with remembered(plan, clock=lambda: datetime(2021, 4, 1, tzinfo=UTC)):
                if error:
                    raise error
        except BaseException:  # noqa: BLE001 - whatever was raised above
            continue
    lines = [json.loads(line) for line in (copied.output / HISTORY).read_text("utf-8").splitlines()]
    assert [line["outcome"] for line in lines if "outcome" in line] == ["ok", "failed", "interrupted", "interrupted"]
    assert lines[3]["error"] == "disk full"


def test_a_run_without_an_end_is_running_or_was_killed(copied: Request) -> None:
    start = {"collection": "small", "as_of": "2021-03-31", "notebook": "n.ipynb", "started": "2022"}
    lines = [{**start, "run": "a", "pid": os.getpid()}, {**start, "run": "b", "pid": 2**22 + 1, "started": "2023"}]
    text = "\n".join([*map(json.dumps, lines), "{half a li", '"text"', '{"run": "c"}'])
    (copied.output / HISTORY).write_text(text, "utf-8")
    assert [run.outcome for run in runs_of(copied.output)] == ["killed", "running"]


def test_what_a_render_leaves_is_remembered(rendered: Rendered, output: Path) -> None:
    (run,) = [run for run in runs_of(output) if run.as_of == rendered.folder.name][-1:]
    assert (run.collection, run.outcome, run.seconds) == ("small", "ok", 2.0)
