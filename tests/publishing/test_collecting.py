"""Cycles are searched for seldom while a briefing is made, and as before afterwards."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing_lib.collecting import OBJECTS, seldom, settle
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


def test_what_is_left_in_a_cycle_is_freed_and_what_stays_is_searched_no_more() -> None:
    """A piece of work leaves its parses in cycles; the lists that it loaded stay."""

    class Word:
        """Something that knows what it stands in."""

    word = Word()
    word.head = word  # type: ignore[attr-defined]
    left = weakref.ref(word)
    del word
    try:
        settle()
        assert left() is None
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
