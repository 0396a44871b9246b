"""Cycles are searched for seldom while a briefing is made, and as before afterwards."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing_lib.collecting import OBJECTS, seldom
from briefing_lib.publishing.execution import execute, ready_to_run
from briefing_lib.publishing.workspaces import workspace

from .conftest import a_notebook


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(("before", "meanwhile"), [(700, OBJECTS), (0, 0), (OBJECTS * 2, OBJECTS * 2)])
def test_it_is_seldom_meanwhile_unless_somebody_wants_less(before: int, meanwhile: int) -> None:
    """Nought is never (the module's own word for it)."""
    gc.set_threshold(before, 7, 9)
    with seldom():
        assert gc.get_threshold()[0] == meanwhile
    assert gc.get_threshold()[0] == before


def test_it_is_seldom_in_the_kernel_and_no_name_tells_of_it(tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path / "n.ipynb", "'gc' in globals(), __import__('gc').get_threshold()[0]")
    with workspace() as own, ready_to_run(notebook, workspace=own) as ready:
        done = execute(ready, parameters={}, to=tmp_path / "ran.ipynb")
    assert done.cells[-1].outputs[0].data["text/plain"] == f"(False, {OBJECTS})"
    assert done.cells[-1].execution_count == 2
