"""The notebooks as they are committed: parameters first, questions and calls, no logic, no outputs."""

import ast
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
READERS = sorted(FOLDER.glob("[1-3]-*.ipynb"))
SHARED = ["sources", "as_of", "title", "senders", "targets", "marking"]
LONGEST_CELL = 20


@pytest.fixture(params=READERS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, 4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_three_that_readers_get_are_there():
    assert [path.stem for path in READERS] == ["1-sources", "2-follow-through", "3-briefing"]


def test_it_is_valid_and_runs_on_any_python_kernel(notebook):
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"


def test_it_is_committed_without_outputs_and_with_ids_that_say_what_a_cell_is(notebook):
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert cell.id.replace("-", "").isalpha()


def test_one_cell_holds_the_parameters_as_literals_with_a_comment_each(notebook):
    (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert cell is notebook.cells[0]
    names = [statement.targets[0].id for statement in ast.parse(cell.source).body]
    assert names[: len(SHARED)] == SHARED
    for statement in ast.parse(cell.source).body:
        ast.literal_eval(statement.value)
    assert all("  # " in line for line in cell.source.splitlines())


def test_its_cells_call_and_define_nothing(notebook):
    forbidden = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.With, ast.Try, ast.If)
    for cell in code(notebook):
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, forbidden)], cell.source
        assert len(cell.source.splitlines()) <= LONGEST_CELL


def test_it_reads_no_clock_and_prose_holds_no_number(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not any(character.isdigit() for character in cell.source), cell.source
        else:
            assert "today" not in cell.source
            assert "now(" not in cell.source
