"""The evaluation notebook: as committed, and as it runs."""

import ast
from pathlib import Path

import nbformat
import papermill
import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "evaluation.ipynb"
ONE = "Ruritania threatened to close the strait."


@pytest.fixture(scope="module")
def notebook():
    """The notebook as it is committed."""
    return nbformat.read(NOTEBOOK, 4)


def test_it_is_committed_without_outputs_and_defines_nothing(notebook):
    """Its cells call, and the first holds the parameters as commented literals."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert notebook.cells[0].metadata.tags == ["parameters"]
    assert all("  # " in line for line in notebook.cells[0].source.splitlines())
    for cell in code:
        assert (cell.outputs, cell.execution_count) == ([], None)
        statements = list(ast.walk(ast.parse(cell.source)))
        assert not [one for one in statements if isinstance(one, ast.FunctionDef | ast.Lambda | ast.For | ast.With)]


def test_its_prose_types_no_number(notebook):
    """Numbers come from the tables."""
    prose = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not any(character.isdigit() for character in prose)


def test_it_runs_from_top_to_bottom_on_a_folder_of_ones_own(gold, gold_threat, tmp_path):
    """With the real pipeline, each table shown."""
    gold.document("a", ONE, threats=[gold_threat(ONE, ONE)])
    gold.sentences((ONE, "threat", 1))
    gold.story(
        "s", ["a"], {"id": "s1", "act": "close", "quotes": {"a": [ONE]}, "status_as_of": {"2021-03-05": "withdrawn"}}
    )
    (tmp_path / "before.json").write_text('{"predictions": []}', encoding="utf-8")
    done = papermill.execute_notebook(
        NOTEBOOK,
        tmp_path / "done.ipynb",
        parameters={"gold": str(gold.path), "baseline": str(tmp_path / "before.json")},
        progress_bar=False,
        cwd=str(NOTEBOOK.parent),
        kernel_name="python3",
    )
    shown = [cell for cell in done.cells if cell.cell_type == "code" and cell.outputs]
    assert len(shown) == 8
    assert ONE in str([cell.outputs for cell in shown])
