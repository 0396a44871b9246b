"""A frame shows a dash for what is missing, and holds it as pandas does."""

import nbformat
import pandas as pd
import pytest

from briefing_lib.presentation.frames import Frame
from briefing_lib.publishing.exporters import BriefingHTMLExporter

LACKING = {
    "share": [0.5, None],
    "quote": [None, "it would close the strait"],
    "day": pd.to_datetime(["2021-03-31", None]),
    "status": pd.Categorical(["pending", None]),
    "act": pd.array(["close", None], dtype="string"),
    "threats": [3, 4],
}


@pytest.fixture
def frame() -> Frame:
    return Frame(LACKING)


@pytest.mark.parametrize("shown", [repr, Frame._repr_html_])
def test_what_is_missing_is_a_dash(frame, shown):
    """A day beside it stands without its hour."""
    said = shown(frame)
    assert [word for word in ("NaN", "NaT", "None", "NA", "00:00") if word in said] == []
    assert said.count("–") == 5
    assert all(word in said for word in ("0.5", "2021-03-31", "pending", "close", "4"))


def test_it_is_missing_as_ever_to_pandas(frame):
    assert frame["share"].isna().sum() == 1
    assert frame.dtypes.astype(str).to_dict() == pd.DataFrame(LACKING).dtypes.astype(str).to_dict()


def test_what_pandas_makes_of_it_shows_a_dash_too(frame):
    for made in (frame.query("threats > 3"), frame.set_index("threats").round(2), frame.astype(object).T):
        assert "–" in made._repr_html_()


@pytest.mark.parametrize("columns", [{}, {"a": []}, {"a": [1, 2]}])
def test_one_that_lacks_nothing_is_shown_as_pandas_shows_it(columns):
    assert repr(Frame(columns)) == repr(pd.DataFrame(columns))
    assert Frame(columns)._repr_html_() == pd.DataFrame(columns)._repr_html_()


def test_two_columns_of_one_name_and_two_rows_of_one_label_are_shown():
    made = Frame([[1, None], [2, 3]], columns=["a", "a"], index=["x", "x"])
    assert repr(made).split() == ["a", "a", "x", "1", "–", "x", "2", "3.0"]


def test_a_notebook_shows_a_quote_whole_unless_its_user_sets_a_width():
    quote = "It will close the strait to every ship that flies the flag of Graustark, the ministry said on Friday."
    made = Frame({"quote": [quote]})
    assert quote in made._repr_html_()
    with pd.option_context("display.max_colwidth", 20):
        assert quote not in made._repr_html_()


def test_a_frame_on_a_page_has_room_and_no_grid_and_scrolls_by_itself_on_a_telephone(browser):
    """Its heads stand over their cells; what is too wide moves within its frame, and not the page."""
    wide = Frame({f"a_long_heading_{place}": ["a_cell_of_a_word"] for place in range(6)}, index=["sender"])
    output = nbformat.v4.new_output("display_data", data={"text/html": wide._repr_html_()})
    cell = nbformat.v4.new_code_cell("frame", outputs=[output])
    page, _ = BriefingHTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    shown = browser.new_page(viewport={"width": 390, "height": 800})
    shown.set_content(page)
    styles = "one => { const made = getComputedStyle(one); return [made.textAlign, made.borderLeftWidth]; }"
    for place in ("thead th:last-child", "tbody td:last-child"):
        assert shown.locator(f".dataframe {place}").evaluate(styles) == ["left", "0px"]
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    shown.close()
