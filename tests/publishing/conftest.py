"""Tiny notebooks and one rendered briefing, made once: each kernel costs seconds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
import pytest
from factories import a_case, a_document

from briefing_lib.models import FollowThrough
from briefing_lib.publishing import Rendered, Request, render, rendering
from briefing_lib.publishing.planning import Plan
from briefing_lib.reading import Origin

DAY = date(2021, 3, 31)
PARAMETERS = """\
sources = ""  # where the documents are
as_of = ""
title = "A tiny briefing"
senders = []  # keep only these
targets = []
count = 1
"""
SHOWN = """\
from IPython.display import HTML, display
display(HTML(f"<p class='shown'>{title}, {count}, {as_of}</p><script>alert('hostile')</script>"))
"""


def a_notebook(path: Path, *code: str, parameters: str = PARAMETERS) -> Path:
    """A notebook of a cell of parameters, a heading and these cells of code."""
    cells = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="parameters")]
    cells.append(nbformat.v4.new_markdown_cell("## What was found?", id="heading"))
    cells += [nbformat.v4.new_code_cell(source, id=f"code-{number}") for number, source in enumerate(code)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)
    return path


def a_clock() -> Any:
    """A clock that goes on by a second each time that it is read."""
    seconds = count()
    return lambda: datetime(2021, 4, 1, tzinfo=UTC) + timedelta(seconds=next(seconds))


def a_collection(folder: Path) -> Path:
    """A folder of one document."""
    folder.mkdir()
    (folder / "strait.txt").write_text("Ruritania threatened to close the strait.\n", encoding="utf-8")
    return folder


def known_cases(plan: Plan, origin: Origin) -> FollowThrough:
    """What the rules would find, without the cost of a language model."""
    return FollowThrough(as_of=plan.as_of, documents=(a_document(),), skipped=(), cases=(a_case(),), collection="small")


@pytest.fixture(scope="package", autouse=True)
def _known_cases() -> Iterator[None]:
    """For this folder alone: what other folders render is of what they wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "_follow_through", known_cases)
        yield


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection named small."""
    return a_collection(tmp_path_factory.mktemp("seeds") / "small")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook that shows its parameters, and tries to run a script."""
    return a_notebook(tmp_path_factory.mktemp("notebooks") / "tiny {braces}.ipynb", SHOWN, "print('printed')")


@pytest.fixture(scope="package")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of outputs that `rendered` filled."""
    return tmp_path_factory.mktemp("outputs")


@pytest.fixture(scope="package")
def rendered(tiny: Path, sources: Path, output: Path) -> Rendered:
    """A briefing as it is rendered with all defaults but one parameter."""
    request = Request(tiny, DAY, sources, written=(("count", "3"),), output=output)
    return render(request, clock=a_clock())
