"""What is interpolated into a sentence says that it was computed; what is typed does not."""

from datetime import date

import pytest
from markupsafe import Markup

from briefing_lib.models import DateRange, Precision
from briefing_lib.presentation.computed import computed, count, fits, in_a_row, prose, sentence_case

MAY = DateRange(date(2021, 5, 1), date(2021, 5, 31), Precision.MONTH)


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (3, '<data value="3">three</data>'),
        (1200, '<data value="1200">1,200</data>'),
        (1 / 3, '<data value="0.3333">33%</data>'),
        (date(2021, 5, 3), '<time datetime="2021-05-03">3 May 2021</time>'),
        (MAY, '<data value="May 2021">May 2021</data>'),
        ("Brigade 313", '<data value="Brigade 313">Brigade 313</data>'),
        ("seize two islands", '<data value="seize two islands">seize two islands</data>'),
        ("<b>Ruritania</b>", "&lt;b&gt;Ruritania&lt;/b&gt;"),
        (Markup("<b>four</b>"), "<b>four</b>"),
    ],
)
def test_a_value_is_marked_up_and_escaped(value, html):
    assert str(computed(value)) == html


@pytest.mark.parametrize(("many", "words"), [(0, "no cases"), (1, "one case"), (12, "12 cases")])
def test_a_count_has_its_noun_and_its_value(many, words):
    html = count(many, "case")
    assert html.striptags() == words
    assert f'value="{many}"' in html


def test_a_sentence_begins_with_a_capital_inside_its_markup():
    assert str(sentence_case(prose("{many} came", many=2))) == '<data value="2">Two</data> came'


@pytest.mark.parametrize(
    ("value", "words", "right"),
    [("3", "Three", True), ("3", "3", True), ("3", "four", False), ("0.3333", "33%", True), ("0.3333", "34%", False),
     ("G7", "G7", True), ("G7", "G8", False), ("12", "12", True), ("0", "no", True), ("1", "no", False),
     ("0.5000", "half", True), ("0.5100", "half", False)],
)  # fmt: skip
def test_words_fit_their_value_or_do_not(value, words, right):
    assert fits(value, words) is right


def test_parts_are_listed_as_prose():
    parts = [Markup("a"), Markup("b"), Markup("c")]
    assert [in_a_row(parts[:many]) for many in range(4)] == ["", "a", "a and b", "a, b and c"]
