"""No document's characters break a page or a drawing, or turn round what stands beside them."""

import pytest
from sample_cases import a_collection

from briefing_lib.presentation.figures.drawing import inline_svg
from briefing_lib.presentation.markup import shown, tag

UNSHOWN = "\x00\x07\x0b\x1b\x7f\x9b\u202a\u202e\u2066\u2069\ud800\ufffe\uffff"


def test_what_cannot_be_shown_is_replaced_one_for_one() -> None:
    assert shown(f"a{UNSHOWN}b") == f"a{len(UNSHOWN) * chr(0xFFFD)}b"
    assert tag("p", UNSHOWN, title=UNSHOWN).count("\ufffd") == 2 * len(UNSHOWN)


@pytest.mark.parametrize("kept", ["\t\n\r", "“quoted” – 북 خطر", "\u200e\u200f\u061c", "🚀"])
def test_what_a_text_needs_stays(kept: str) -> None:
    assert shown(kept) == kept


def test_a_drawing_holds_any_label() -> None:
    source = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{UNSHOWN}</text></svg>'
    assert inline_svg(source, key="k", title="t", description="d").count("\ufffd") == len(UNSHOWN)


def test_the_sample_is_not_touched() -> None:
    """So that the rule costs nothing where no document means harm."""
    for case in a_collection(8).cases:
        assert shown(case.act) == case.act
