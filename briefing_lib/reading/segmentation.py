"""Document → paragraphs, each a passage with its exact offsets."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from briefing_lib.models import Document, Passage, PassageKind, Span
from briefing_lib.reading.blocks import split_blocks
from briefing_lib.reading.boilerplate import find_headline

_HEADING = re.compile(r"#{1,6} ")


def paragraphs(document: Document) -> tuple[Passage, ...]:
    r"""Return the paragraphs of a document that are not boilerplate, in order, without white space around them.

    Paragraphs are parted by blank lines; in a text without any, by line ends. Hard-wrapped lines are joined. The
    headline, where the text begins with it, and the headings of Markdown are of kind ``TITLE``.

    Examples
    --------
    >>> text = "The strait is closed.\n\nAdvertisement\n\nShips wait."
    >>> document = Document("d", "d.txt", text, "", boilerplate=(Span(23, 36, PassageKind.BOILERPLATE),))
    >>> [passage.quote() for passage in paragraphs(document)]
    ['The strait is closed.', 'Ships wait.']
    """
    text = document.text
    markdown = document.path.lower().endswith(".md")
    blocks = split_blocks(text, markdown=markdown)
    headline = find_headline(text, blocks, title=document.title)
    found: list[Passage] = []
    for position, (start, end) in enumerate(blocks):
        is_heading = markdown and _HEADING.match(text, start) is not None
        kind = PassageKind.TITLE if position == headline or is_heading else PassageKind.PARAGRAPH
        pieces = _without(text, start, end, document.boilerplate)
        found.extend(Passage(document, first, last, kind) for first, last in pieces)
    return tuple(found)


def _without(text: str, start: int, end: int, boilerplate: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a block when the boilerplate in it is taken out; the spans are in order and disjoint."""
    position = bisect_right(boilerplate, start, key=lambda span: span.end)
    for span in takewhile(lambda span: span.start < end, (boilerplate[i] for i in range(position, len(boilerplate)))):
        yield from _visible(text, start, max(span.start, start))
        start = max(start, min(span.end, end))
    yield from _visible(text, start, end)


def _visible(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if stripped := piece.strip():
        first = start + piece.index(stripped[0])
        yield first, first + len(stripped)
