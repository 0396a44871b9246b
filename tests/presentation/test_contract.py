"""The table is what its page in docs says: every column, every key, every code."""

import json
import re
from pathlib import Path

import pytest
from factories import a_case, a_document, a_follow_through, a_passage, a_threat, an_outcome

from briefing_lib.models import Kind, Mode, Skipped, Status
from briefing_lib.presentation import COLUMNS, to_csv, to_frame, to_json

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "table.md").read_text("utf-8")
EXAMPLE = json.loads(PAGE.partition("```json\n")[2].partition("```")[0])
TEXT = "Ruritania threatened to close the strait. It closed the strait."


@pytest.fixture(scope="module")
def found():
    document = a_document(TEXT, id="a")
    threat = a_threat(passage=a_passage(document, "Ruritania threatened to close the strait."))
    outcome = an_outcome(passage=a_passage(document, "It closed the strait."))
    return a_follow_through(a_case(threats=(threat,), outcomes=(outcome,)), skipped=(Skipped("b.txt", "empty"),))


def shape(value):
    """Keys in order, all the way down; a list has the shape of its first."""
    if isinstance(value, dict):
        return {key: shape(held) for key, held in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_the_json_has_the_keys_that_are_documented_in_their_order(found):
    written = to_json(found)
    written["cases"][0]["reasons"] = ["why"]
    assert json.dumps(shape(written)) == json.dumps(shape(EXAMPLE))


def test_the_quotes_of_the_example_are_at_their_offsets(found):
    for said in ("threats", "outcomes"):
        assert EXAMPLE["cases"][0][said][0]["quote"] == to_json(found)["cases"][0][said][0]["quote"]
        quote = EXAMPLE["cases"][0][said][0]
        assert TEXT[quote["start"] : quote["end"]] == quote["quote"]


def test_each_column_is_documented_in_its_order_with_its_meaning_and_type():
    listed = re.findall(r"^\| `(\w+)` \| (.+) \| (\S+) \|$", PAGE, re.MULTILINE)
    assert listed == [(column.name, column.meaning, column.dtype) for column in COLUMNS]


def test_frame_and_csv_have_these_columns(found):
    names = [column.name for column in COLUMNS]
    assert list(to_frame(found).columns) == names
    assert to_csv(found).splitlines()[0].split(",") == names


def test_each_code_is_documented():
    assert {f"`{code.value}`" for codes in (Status, Kind, Mode) for code in codes} <= set(re.findall(r"`\w+`", PAGE))
