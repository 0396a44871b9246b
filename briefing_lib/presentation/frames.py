"""Frames for a reader: what is missing is shown as a dash, and is missing as ever to whoever goes on in pandas.

Imports pandas, so that who needs no frame must not import this.
"""

from typing import Any

import pandas as pd

MISSING = "–"
# Characters: a quote of two sentences, and the default of pandas' option `display.max_colwidth`.
WIDEST_CELL, PANDAS_WIDEST_CELL = 300, 50


class Frame(pd.DataFrame):
    """A DataFrame, and whatever pandas makes of one, that shows no NaN, NaT, NA or None.

    pandas has no option for it (`na_rep` is an argument of each export alone).
    """

    @property
    def _constructor(self) -> Any:
        """Return what pandas is to make of it (its guide, "Extending pandas", on subclasses)."""
        return Frame

    def _repr_html_(self) -> str | None:
        """Return it for a notebook, within pandas' own options of display."""
        with pd.option_context("display.max_colwidth", _widest()):
            html: str | None = _readable(self)._repr_html_()  # type: ignore[operator]
        return html

    def __repr__(self) -> str:
        """Return it for a terminal."""
        return repr(_readable(self))


def _widest() -> int | None:
    """Return how many characters of a cell a notebook shows: pandas' fifty cut most quotes; what a user sets holds."""
    set_: int | None = pd.get_option("display.max_colwidth")
    return WIDEST_CELL if set_ == PANDAS_WIDEST_CELL else set_


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same with a dash for each missing value; only columns that lack one are touched."""
    plain = pd.DataFrame(frame)
    columns = [_said(column) if column.isna().any() else column for _, column in plain.items()]
    if not columns:
        return plain
    readable = pd.concat(columns, axis=1)
    readable.columns = plain.columns
    return readable


def _said(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column as it is read, days without their hours."""
    days = pd.api.types.is_datetime64_any_dtype(column)
    values = column.dt.date if days else column
    return values.astype(object).where(column.notna(), MISSING)
