"""The log of a run that failed says where, without the words of a document."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing_lib.errors import BriefingError
from briefing_lib.publishing import Request, rendering
from briefing_lib.publishing.failures import to_log

from .conftest import DAY, a_notebook

NOON = datetime(2021, 4, 1, 12, tzinfo=UTC)


WORDS = "Ruritania threatened to close the strait"


def caught(*, hidden: bool = False) -> BriefingError:
    """An error of ours that one with words of a document led to."""
    with pytest.raises(BriefingError) as found:
        _fail(hidden=hidden)
    return found.value


def _fail(*, hidden: bool) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        raise BriefingError("the table cannot be made; read it again") from (None if hidden else error)


def test_it_has_each_error_and_its_place_and_only_our_own_words() -> None:
    log = to_log(caught())
    assert WORDS not in log
    assert log.index("ValueError (its words are left out") < log.index("BriefingError: the table cannot be made")
    assert log.count("test_failures.py") >= 2


def test_an_error_that_another_hides_is_left_out() -> None:
    assert "ValueError" not in to_log(caught(hidden=True))


def test_a_run_that_fails_in_a_way_that_nobody_foresaw_keeps_no_words(
    tiny: Path, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither log, nor record, nor history of the runs has them."""

    def failing(*_: Any, **__: Any) -> None:
        raise ValueError(WORDS)

    monkeypatch.setattr(rendering, "execute", failing)
    with pytest.raises(ValueError, match=WORDS):
        rendering.render(Request(tiny, DAY, sources, output=tmp_path), clock=lambda: NOON)
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix in (".log", ".json", ".jsonl")]
    assert {path.name for path in kept} == {"run.log", "run.json", ".runs.jsonl"}
    for path in kept:
        assert WORDS not in path.read_text("utf-8")
        assert "ValueError" in path.read_text("utf-8")


def test_a_kernel_that_is_interrupted_at_its_end_says_nothing(sources: Path, tmp_path: Path) -> None:
    """The interrupt before the end of a run would be a second line beside the one that says what went wrong."""
    code = "from ipykernel.kernelapp import IPKernelApp\nassert IPKernelApp.instance().log_level == 50"
    notebook = a_notebook(tmp_path / "n.ipynb", code)
    request = Request(notebook, DAY, sources, formats=("html",), output=tmp_path / "o")
    rendering.render(request, clock=lambda: NOON)
