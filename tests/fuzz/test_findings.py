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


@pytest.mark.parametrize(
    "markup",
    [
        "<svg><style><img src=x onerror=evil()></style></svg>",
        "<math><style><img src=x onerror=evil()></style></math>",
        "<svg><desc><style></desc><img src=x onerror=evil()></style>",
        "<!--><img src=x onerror=evil()>-->",
        "<!-- --!><img src=x onerror=evil()> -->",
        "<![CDATA[><img src=x onerror=evil()>]]>",
        "<?x ><img src=x onerror=evil()>?>",
        "<!x ><img src=x onerror=evil()>>",
        "<!DOCTYPE x '><img src=x onerror=evil()>'>",
        "<a<img src=x onerror=evil()>>",
        "<p \"onerror='evil()'>",
        '<p a"onerror=evil()>',
        "<p =a'onerror=evil()>",
        "<svg><use href='data:image/svg+xml,<svg id=x onload=evil()>#x'></svg>",
    ],
)
def test_a_browser_reads_no_tag_that_was_not_looked_at(markup: str) -> None:
    """A comment, a declaration or a style may end earlier for a browser than for the parser that takes harm out."""
    import tinyhtml5

    from briefing_lib.publishing.disarming import disarm

    html = disarm(f"<!DOCTYPE html><html><head></head><body>{markup}</body></html>")
    page = tinyhtml5.parse(io.BytesIO(html.encode()), transport_encoding="utf-8")
    attributes = {key: value for one in page.iter() if isinstance(one.tag, str) for key, value in one.attrib.items()}
    assert [key for key in attributes if "onerror" in str(key) or "onload" in str(key)] == []
    assert not any("evil" in value for value in attributes.values())


def test_what_follows_a_style_of_the_page_is_kept() -> None:
    from briefing_lib.publishing.disarming import disarm

    page = disarm(
        "<html><head></head><body><svg><style>*{stroke:red}</style><path d='M0'/></svg><p>kept</p></body></html>"
    )
    assert "<style>*{stroke:red}</style>" in page
    assert "<p>kept</p>" in page


def test_a_marked_section_that_is_cut_off_is_text() -> None:
    """The parser gave up on it, so that a notebook with such an output could not be exported."""
    from briefing_lib.publishing.disarming import disarm

    page = disarm("<html><head></head><body><p onclick='evil()'>kept</p><![</body></html>")
    assert "<p>kept</p>" in page
    assert "evil" not in page
