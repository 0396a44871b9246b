"""Text → blocks: runs of lines that belong together, by blank lines, line ends and hard wrapping."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A text with a longer line of words than this was not wrapped by hand, by a mailer or into a column.
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 40
# A wrapped line is full where the next line's first word would have reached this share of the width: columns are
# ragged, and letters of a PDF are not equally wide.
_FULL = 0.85
# A line that also ends a sentence may be the last of its paragraph, so it must come closer.
_FULL_AT_SENTENCE_END = 0.95
# The share of line pairs that must look wrapped before a text is taken as wrapped.
_MOSTLY = 0.7
_LINE = re.compile(r"[^\n]+")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\Z")
_MARKDOWN_BLOCK = re.compile(r"#{1,6} |[-*+>|] |\d{1,3}[.)] |\||```|~~~")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: the offsets of what is visible in it, and how it stands."""

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool


def split_blocks(text: str, *, markdown: bool = False) -> tuple[tuple[int, int], ...]:
    """Return the half-open offsets of each block, in order, without white space around it.

    Blank lines part blocks. Lines between them are joined where they are hard-wrapped, where the next begins in lower
    case, and in Markdown; otherwise, in a text with blank lines, a line that ends a sentence is joined with the next,
    and one that does not (a headline, a byline, a caption) stands alone. Without any blank line each line is a block.
    """
    lines = tuple(_lines(text))
    if not lines:
        return ()
    width = _wrapped_width(lines)
    parted = any(line.after_blank for line in lines[1:])
    blocks = [(lines[0].start, lines[0].end)]
    for line, following in pairwise(lines):
        if _belong_together(line, following, width=width, parted=parted, markdown=markdown):
            blocks[-1] = (blocks[-1][0], following.end)
        else:
            blocks.append((following.start, following.end))
    return tuple(blocks)


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return _ENDS_SENTENCE.search(text[-5:]) is not None


def _lines(text: str) -> Iterator[Line]:
    end_of_last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        visible = raw.strip()
        if not visible:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = match.start() + indent
        # More than one line end since the last visible line means that a blank line stands between.
        blank = text.count("\n", end_of_last, start) > 1
        end_of_last = start + len(visible)
        yield Line(start, end_of_last, visible, indent, blank)


def _wrapped_width(lines: Sequence[Line]) -> int:
    """Return the column at which a text is wrapped, or 0 where it is not."""
    width = max((len(line.text) for line in lines if " " in line.text), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    pairs = [(line, following) for line, following in pairwise(lines) if not following.after_blank]
    full = sum(_is_full(line, following, width) for line, following in pairs)
    ended = sum(ends_sentence(line.text) for line, _ in pairs)
    wrapped = pairs and full >= _MOSTLY * len(pairs) and ended <= len(pairs) / 2
    return width if wrapped else 0


def _is_full(line: Line, following: Line, width: int) -> bool:
    reached = len(line.text) + 1 + len(following.text.split(maxsplit=1)[0])
    return reached >= width * (_FULL_AT_SENTENCE_END if ends_sentence(line.text) else _FULL)


def _belong_together(line: Line, following: Line, *, width: int, parted: bool, markdown: bool) -> bool:
    if following.after_blank:
        return False
    if markdown:
        return not (_MARKDOWN_BLOCK.match(following.text) or line.text.startswith("#"))
    if width:
        indented = following.indent > line.indent + 1
        return not indented and (_is_full(line, following, width) or following.text[0].islower())
    return parted and (following.text[0].islower() or ends_sentence(line.text))
