"""The table as Parquet says what the table says, and takes nothing away that it did not write."""

import json
import re
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from factories import a_case, a_document, a_follow_through, an_outcome

from briefing_lib.errors import UnknownParameter
from briefing_lib.models import FollowThrough, Status
from briefing_lib.presentation import to_frame
from briefing_lib.presentation.parquet import to_parquet

COOKBOOK = Path(__file__).parents[2] / "notebooks" / "cookbook.ipynb"


@pytest.fixture
def found() -> FollowThrough:
    return a_follow_through(a_case(outcomes=(an_outcome(),), status=Status.CARRIED_OUT))


def test_cases_mentions_and_documents_are_read_back(found: FollowThrough, tmp_path: Path) -> None:
    to_parquet(found, tmp_path / "out")
    cases, mentions, documents = (
        pd.read_parquet(tmp_path / "out" / name) for name in ("cases", "mentions", "documents")
    )
    frame = to_frame(found)
    assert list(cases["id"]) == list(frame["id"])
    assert set(frame.columns) | {"year"} == set(cases.columns)
    assert list(cases["status"]) == ["carried_out"]
    assert len(documents) == len(found.documents)
    texts = {document.id: document.text for document in found.documents}
    assert sorted(mentions["role"]) == ["outcome", "threat"]
    for row in mentions.itertuples():
        assert texts[row.document][row.start : row.end] == row.quote


def test_parts_lie_in_folders_by_year_and_are_the_same_again(found: FollowThrough, tmp_path: Path) -> None:
    """A second writing replaces the first, to the byte."""
    to_parquet(found, tmp_path / "out")
    year = found.cases[0].issued.end.year
    [part] = (tmp_path / "out" / "cases" / f"year={year}").iterdir()
    first = part.read_bytes()
    to_parquet(found, tmp_path / "out")
    [again] = (tmp_path / "out" / "cases" / f"year={year}").iterdir()
    assert (again.name, again.read_bytes()) == (part.name, first)


def test_an_empty_table_has_its_columns(tmp_path: Path) -> None:
    nothing = FollowThrough(date(2024, 1, 1), (a_document(published=None),), (), ())
    to_parquet(nothing, tmp_path / "out")
    assert "act" in pd.read_parquet(tmp_path / "out" / "cases").columns
    assert list(pd.read_parquet(tmp_path / "out" / "documents")["year"].astype(int)) == [0]


def test_a_folder_of_something_else_is_left_alone(found: FollowThrough, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UnknownParameter, match="holds something else"):
        to_parquet(found, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_the_sql_of_the_cookbook_runs(found: FollowThrough, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to_parquet(found, tmp_path / "table")
    monkeypatch.chdir(tmp_path)
    cells = json.loads(COOKBOOK.read_text("utf-8"))["cells"]
    [text] = ["".join(cell["source"]) for cell in cells if "read_parquet" in "".join(cell["source"])]
    [query] = re.findall(r'duckdb\.sql\("""(.*?)"""\)', text, re.DOTALL)
    assert duckdb.sql(query).fetchall() == [(found.cases[0].sender.name, 2)]
