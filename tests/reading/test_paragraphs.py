"""Paragraphs and the boilerplate between them: exact spans of the text, and general rules with near misses."""

import pytest
from factories import a_document
from hypothesis import given
from hypothesis import strategies as st

from briefing_lib.models import Document, PassageKind
from briefing_lib.reading import paragraphs
from briefing_lib.reading.boilerplate import find_boilerplate

FIRST = "Ruritania closed the strait on Friday, and told its neighbours why it had done so."
SECOND = "Graustark said that it would wait for a week."


def a_read_document(text: str, *, title: str = "", path: str = "a.txt") -> Document:
    spans = find_boilerplate(text, title=title, markdown=path.endswith(".md"))
    return a_document(text, title=title, path=path, boilerplate=spans)


def quotes(text: str, **fields: str) -> list[str]:
    document = a_read_document(text, **fields)
    return [p.quote() for p in paragraphs(document) if p.kind is PassageKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FIRST}\n\n{SECOND}", [FIRST, SECOND]),
        (f"\n\n  {FIRST}  \n \t\n\n\n{SECOND}\n", [FIRST, SECOND]),
        (f"{FIRST}\n{SECOND}\n", [FIRST, SECOND]),
        (f"{FIRST}\n{SECOND}\n\n{FIRST}", [f"{FIRST}\n{SECOND}", FIRST]),
        (FIRST, [FIRST]),
        ("", []),
        (" \n ", []),
    ],
)
def test_blank_lines_part_paragraphs_and_without_them_line_ends(text, expected):
    assert quotes(text) == expected


WRAPPED = (
    "Ruritania closed the strait on Friday, and told its neighbours why it\n"
    "had done so. The minister of the fleet said that no ship would pass\n"
    "until Graustark took back what it had said of the crown, its harbours\n"
    "and its laws."
)


@pytest.mark.parametrize("between", ["\n\n", "\n    ", "\n"])
def test_hard_wrapped_lines_are_one_paragraph(between):
    """Whatever parts the paragraphs: a blank line, an indent, or the short last line alone."""
    assert quotes(f"{WRAPPED}{between}{WRAPPED}") == [WRAPPED, WRAPPED]


def test_short_lines_are_not_taken_as_wrapped():
    lines = ["The strait is closed.", "No ship passes there.", "Graustark waits for word.", "Nobody has said a thing."]
    assert quotes("\n".join(lines)) == lines


def test_markdown_joins_lines_and_marks_headings():
    text = f"# Strait closed\n\n{FIRST}\n{SECOND}\n\n## What follows\n- one ship\n- two ships"
    document = a_read_document(text, title="Strait closed", path="a.md")
    assert [(p.kind.value, p.quote()) for p in paragraphs(document)] == [
        ("title", "# Strait closed"),
        ("paragraph", f"{FIRST}\n{SECOND}"),
        ("title", "## What follows"),
        ("paragraph", "- one ship"),
        ("paragraph", "- two ships"),
    ]


@pytest.mark.parametrize("title", ["Ruritania Closes the Strait", ""])
def test_the_first_headline_is_a_title_and_its_repeats_are_boilerplate(title):
    """Also without a title as metadata, where the first line reads like one."""
    head = "Ruritania closes the strait"
    document = a_read_document(f"{head}\n\n{FIRST}\n\n{head}\n\n{SECOND}", title=title)
    assert [p.kind.value for p in paragraphs(document)] == ["title", "paragraph", "paragraph"]
    assert [document.text[s.start : s.end] for s in document.boilerplate] == [head]


def test_a_first_sentence_is_no_headline():
    assert quotes(f"Ruritania closes the strait.\n\n{FIRST}") == ["Ruritania closes the strait.", FIRST]


@pytest.mark.parametrize(
    "furniture",
    [
        "A ship waits at the mouth of the strait. (Photographer: Jane Doe/The Courier)",
        "A ship waits (AP Photo/Jane Doe)",
        "Photo: a ship at the mouth of the strait",
        "Photo by Jane Doe",
        "Image credit: Jane Doe",
        "FILE - In this picture of 2019 a ship waits at the mouth of the strait.",
        "FILE PHOTO: A ship waits.",
        "Add The Courier App to Home screen.",
        "TC Install",
        "Download our app",
        "Subscribe to our newsletter",
        "Sign up for our daily newsletter",
        "Read more",
        "READ MORE: Ruritania threatens to close another strait",
        "Related stories",
        "See also: the law of the sea",
        "You may also like",
        "Share this article",
        "Share on Facebook",
        "Follow us on Twitter",
        "Advertisement",
        "Story continues below advertisement",
        "Sponsored content",
        "12 Comments",
        "We use cookies to make this site better. By continuing you accept them.",
        "Accept all cookies",
        "©2021 The Courier Ltd.",
        "© The Courier",
        "Copyright 2021 The Courier. All rights reserved.",
        "(c) 2021 The Courier",
        "All rights reserved.",
        "This material may not be published, broadcast, or rewritten.",
        "3 min read",
        "Last updated on 5 March 2021",
    ],
)
def test_furniture_between_paragraphs_is_marked(furniture):
    text = f"{FIRST}\n\n{furniture}\n\n{SECOND}"
    assert quotes(text) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army will install loudspeakers along the border.",
        "Copyright law is no reason to threaten a neighbour, the minister said in 2020.",
        "The minister photographed the ships and said that more would come.",
        "Share prices fell after the threat.",
        "Follow the law or leave, the minister told the ships.",
        "The photo: a weapon, the minister said, if it leaves the country, must be paid for.",
        "Read the treaty again, Graustark answered.",
        "Register with the harbour or be sunk, the minister warned all ships.",
        "Cookies were handed out on the ships.",
        "Save the fleet, or lose the war, he said.",
        "The law on advertisement is to change next year.",
        "It filed a protest - the third this year.",
        "The ministry (which has no photographer of its own) warned of a strike.",
    ],
)
def test_a_sentence_with_such_a_word_is_no_furniture(sentence):
    text = f"{FIRST}\n\n{sentence}\n\n{SECOND}"
    assert quotes(text) == [FIRST, sentence, SECOND]


@pytest.mark.parametrize("sign", ["-0-", "-30-", "(END)", "###", "— ENDS —"])
def test_a_sign_off_is_cut_from_the_last_paragraph(sign):
    assert quotes(f"{FIRST}\n\n{SECOND} {sign}") == [FIRST, SECOND]


def test_a_number_is_no_sign_off():
    assert quotes("The talks ended 3-0.\n\nThe vote was 5-0-1") == ["The talks ended 3-0.", "The vote was 5-0-1"]


def test_a_bare_label_among_furniture_is_furniture():
    text = f"{FIRST}\n\n©2021 The Courier\n\nCourier Online\n\nRead more"
    assert quotes(text) == [FIRST]


def test_a_bare_label_among_prose_is_kept():
    assert quotes(f"{FIRST}\n\nCourier Online\n\n{SECOND}") == [FIRST, "Courier Online", SECOND]


def test_a_long_paragraph_keeps_all_but_its_credit():
    long = " ".join([FIRST] * 8)
    assert quotes(f"{long} (Photo: Jane Doe)\n\n{SECOND}") == [long, SECOND]


LINES = st.sampled_from(
    [FIRST, SECOND, "Read more", "Photo: x", "-0-", "", "Strait closed", " ", "## x", "©2021 X", "a" * 90]
)


@given(st.text(max_size=300) | st.lists(LINES, max_size=12).map("\n".join), st.sampled_from(["", "Strait closed"]))
def test_paragraphs_are_slices_clear_of_boilerplate(text, title):
    """Each quote is what the text says between its offsets, in order, and none overlaps boilerplate."""
    document = a_read_document(text, title=title)
    end = 0
    for passage in paragraphs(document):
        assert passage.quote() == text[passage.start : passage.end] == passage.quote().strip() != ""
        assert end <= passage.start < passage.end
        assert all(s.end <= passage.start or s.start >= passage.end for s in document.boilerplate)
        end = passage.end


@given(st.text(max_size=300) | st.lists(LINES, max_size=12).map("\n".join))
def test_nothing_visible_is_lost(text):
    """Paragraphs and boilerplate together hold every visible character."""
    document = a_read_document(text)
    spans = [(p.start, p.end) for p in paragraphs(document)] + [(s.start, s.end) for s in document.boilerplate]
    covered = "".join(text[start:end] for start, end in sorted(spans))
    assert "".join(covered.split()) == "".join(text.split())
