"""Passages → dependency parses whose character offsets are the passages' own."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing_lib.extraction.trees import Parse
from briefing_lib.extraction.word_forms import LEMMATIZER, RULER, WordForms
from briefing_lib.extraction.word_tables import model_name
from briefing_lib.models import Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from briefing_lib.extraction.trees import Token

BATCH = 64  # passages a batch; larger ones gain nothing with a model of this size
# Characters a batch: sixty-four long passages of nothing but marks take two gigabytes at once.
_BATCH_CHARACTERS = 30_000
# The parser refuses a million characters, takes about a gigabyte for a tenth of it (spaCy's manual, `max_length`), and
# the rules cost the square of a sentence's length. This is several times a long paragraph of news.
LONGEST = 2_000
_PARSER, _RECOGNISER = "parser", "ner"
_TAGGED = ("ORTH", "IDX", "TAG")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=\s)")

# What a transcript adds to speech, such as a slip of the tongue in brackets or applause; never more than a few words.
_ASIDE = re.compile(r"\[[^\[\]]{0,12}\.\.\.[^\[\]]{0,12}\]|\[[a-z]{1,4}\]|\((?:Applause|Laughter)\.?\)")
# Where a report comes from, before it begins: a place in capitals, or one with a date or an agency, and a dash. The
# parser takes it for a part of the first sentence, which tells most.
_DATELINE = re.compile(
    r"^\s{0,9}(?:[A-Z][A-Z .'/]{2,30}(?:,\s[A-Z][\w .]{1,24}){0,2}(?:\s?\([A-Z][\w ./]{1,20}\))?"
    r"|[A-Z][\w .]{1,30}(?:,\s[A-Z][\w .]{1,24}){0,2}"
    r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2}|\s?\([A-Z][\w ]{1,20}\)|,\s[A-Z]{2,9})+)"
    r"\s{0,3}[-–]{1,2}\s"
)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " ", "\t": " ", "—": "-"})


def plain(text: str) -> str:
    """Return a text of the same length that the parser knows how to read: straight quotes, no line breaks or asides."""
    straight = text.translate(_STRAIGHT)
    return _ASIDE.sub(_blank, straight)


def readable(text: str) -> str:
    """Return a plain text of the same length without its dateline, as it is given to the parser."""
    return _DATELINE.sub(_blank, plain(text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def model_package() -> Any:
    """Return the package of the English model, imported."""
    return import_module(model_name())


@lru_cache(maxsize=1)
def load_parser() -> "Language":
    """Return the English parser."""
    from thinc.api import use_ops

    # NumPy's own matrix products take half the time of those that spaCy brings with it, and give the same parses.
    with use_ops("numpy", use_blis=False):
        parser: Language = model_package().load()
    # To recognise names costs as much as all else, and few sentences are asked for one: see `entity_type`.
    parser.select_pipes(disable=[_RECOGNISER, RULER, LEMMATIZER])
    return parser


@lru_cache(maxsize=1)
def _word_forms() -> WordForms:
    return WordForms(load_parser())


def as_parse(doc: "Doc") -> Parse:
    """Return as records what the parser has made of a text."""
    return Parse(doc, _word_forms().of(doc))


class Tagged(NamedTuple):
    """What the tagger has made of a text: its words as written, where each begins, and their tags (Penn Treebank)."""

    text: str
    words: list[str]
    places: list[int]
    tags: list[str]


def as_tagged(text: str, doc: "Doc") -> Tagged:
    """Return as records what the tagger has made of a text."""
    words, places, tags = doc.to_array(list(_TAGGED)).T.tolist()
    return Tagged(text, list(map(_spelt(doc), words)), places, list(map(_spelt(doc), tags)))


# Words and tags by their numbers in the parser's vocabulary, which are digests of them.
_SPELT: dict[int, str] = {}
_MOST_SPELT = 50_000


def _spelt(doc: "Doc") -> Callable[[int], str]:
    """Return what spells a number of the parser's vocabulary."""
    strings = doc.vocab.strings

    def spell(number: int) -> str:
        known = _SPELT.get(number)
        if known is None:
            if len(_SPELT) > _MOST_SPELT:
                _SPELT.clear()
            known = _SPELT[number] = strings[number]
        return known

    return spell


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


def parse(
    passages: Iterable[Passage], *, wanted: Callable[[Passage, Tagged], bool] | None = None
) -> Iterator[tuple[Passage, Parse]]:
    """Yield each passage with its parse; token offsets count from the passage's start.

    A passage longer than ``LONGEST`` comes in pieces.

    Parameters
    ----------
    wanted
        Asked of each piece once it is tagged, which is half of the work: where it says no, the piece is left out.
    """
    for batch in _batches(pieces_of(passages)):
        parser = load_parser()  # not where there is nothing to parse
        first, second = _parts_of(parser)
        texts = [readable(piece.quote()) for piece in batch]
        with _in_one_thread():
            docs = _through(first, list(map(parser.make_doc, texts)))
        pairs = [
            (piece, doc)
            for piece, text, doc in zip(batch, texts, docs, strict=True)
            if wanted is None or wanted(piece, as_tagged(text, doc))
        ]
        with _in_one_thread():
            whole = _through(second, [doc for _, doc in pairs])
        yield from ((piece, as_parse(doc)) for (piece, _), doc in zip(pairs, whole, strict=True))


def _parts_of(parser: "Language") -> tuple[list[Any], list[Any]]:
    """Return the components that tag, and those that parse what is tagged."""
    at = parser.pipe_names.index(_PARSER)
    components = [component for _, component in parser.pipeline]
    return components[:at], components[at:]


def _through(components: Iterable[Any], docs: list["Doc"]) -> list["Doc"]:
    """Pass documents through components of the parser, each of which takes all of them at once where it can."""
    for component in components:
        passed = component.pipe(docs, batch_size=BATCH) if hasattr(component, "pipe") else map(component, docs)
        docs = list(passed)
    return docs


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
