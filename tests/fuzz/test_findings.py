"""What the properties found once stays found."""

import csv
import io

import pytest
from factories import a_case, a_follow_through


@pytest.mark.parametrize("act", ["0\r", "close\r=1+1", "close\r\n=1+1", "close\n=1+1", "\r=1+1"])
def test_no_row_of_the_table_begins_within_a_cell(act: str) -> None:
    """A carriage return alone went unquoted, so that a spreadsheet began a row, and a formula, after it."""
    from briefing_lib.presentation import to_csv

    text = to_csv(a_follow_through(a_case(act=act)))
    assert "\r" not in text
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 2
