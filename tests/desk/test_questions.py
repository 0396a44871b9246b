"""Each question of the cookbook is one call, and its figures are those of the table."""

import ast
import json
from pathlib import Path

import nbformat
import pytest
from factories import a_case, a_day, a_follow_through

from briefing_lib import briefing as show
from briefing_lib.errors import BadDate, UnknownParameter
from briefing_lib.models import Kind, Mode, Status

ROOT = Path(__file__).resolve().parents[2]
COOKBOOK = ROOT / "notebooks" / "cookbook.ipynb"
CASES = (
    a_case(id="a", status=Status.CARRIED_OUT, status_date=a_day("2021-03-15"), mode=Mode.BAN),
    a_case(id="b", status=Status.WITHDRAWN, status_date=a_day("2021-03-06"), mode=Mode.BAN, kind=Kind.VAGUE),
    a_case(id="c", target=None, issued=a_day("2020-01-01")),
    a_case(id="d", sender="Graustark", target="Ruritania", issued=None),
)
FOUND = a_follow_through(*CASES)


def test_who_threatened_whom_counts_every_case_once():
    frame = show.who_threatened_whom(FOUND)
    assert int(frame.to_numpy().sum()) == len(CASES)
    assert frame.loc["Ruritania", "Graustark"] == 2
    assert frame.loc["Ruritania", "not named"] == 1


@pytest.mark.parametrize(
    ("by", "name", "row"),
    [("sender", "Ruritania", [3, 2, 1, 0.5]), ("mode", "ban", [2, 2, 1, 0.5]), ("kind", "vague", [1, 1, 0, 0.0]),
     ("year", "2021", [2, 2, 1, 0.5]), ("target", "not named", [1, 0, 0, None])],
)  # fmt: skip
def test_how_often_names_its_denominator(by, name, row):
    found = show.how_often(FOUND, by=by).loc[name]
    assert found[["threats", "resolved", "carried_out"]].tolist() == row[:3]
    assert found["share"] == row[3] if row[3] is not None else found.isna()["share"]


def test_how_long_it_took_is_in_days_the_quickest_first():
    assert show.how_long(FOUND)["days"].tolist() == [1, 10]


def test_two_are_compared_side_by_side_with_or_without_names():
    assert list(show.compare(FOUND).columns) == ["Ruritania", "Graustark"]
    assert list(show.compare(FOUND, "Graustark", "Ruritania").loc["threats"]) == [1, 3]
    assert show.compare(FOUND).loc["threats"].map(type).eq(int).all()
    assert list(show.compare(FOUND, "vague", by="kind").columns) == ["vague", "unconditional"]
    assert list(show.compare_periods(FOUND, until="2020-12-31").loc["threats"]) == [1, 2]


def test_what_is_not_in_the_table_is_refused_with_what_is():
    with pytest.raises(UnknownParameter, match="Graustark, Ruritania"):
        show.compare(FOUND, "Sylvania")
    with pytest.raises(UnknownParameter, match="sender"):
        show.how_often(FOUND, by="colour")
    with pytest.raises(BadDate):
        show.compare_periods(FOUND, until="June")


@pytest.mark.parametrize("found", [a_follow_through(), a_follow_through(CASES[0]), FOUND], ids=["none", "one", "four"])
def test_the_cookbook_runs_on_any_table_and_each_answer_is_one_call(found, monkeypatch):
    monkeypatch.setattr(show, "follow_through", lambda *_, **__: found)
    notebook, names = nbformat.read(COOKBOOK, 4), {}
    nbformat.validate(notebook)
    assert len(json.loads(COOKBOOK.read_text("utf-8"))["cells"]) < 20
    for cell in notebook.cells:
        assert not cell.get("outputs")
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            assert len(tree.body) <= 3 or "parameters" in cell.metadata.tags
            exec(compile(tree, "cell", "exec"), names)
