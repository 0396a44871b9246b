"""Documents → threats and outcomes, each a span of its document."""

from pathlib import Path

from briefing_lib.errors import UnknownParameter
from briefing_lib.extraction.entries import DENYING, Entries
from briefing_lib.extraction.extractor import Extraction, Extractor, Skimmer
from briefing_lib.extraction.lexicon import Lexicon, load_lexicon
from briefing_lib.extraction.rules import Rules

__all__ = [
    "DENYING",
    "RULES",
    "Entries",
    "Extraction",
    "Extractor",
    "Lexicon",
    "Rules",
    "Skimmer",
    "extractor_named",
    "load_lexicon",
    "possible_lemmas",
]

RULES = "rules"


def extractor_named(name: str, *, actors: Path | None = None, words: Path | None = None) -> Extractor:
    """Return the extractor of a name.

    Parameters
    ----------
    name
        ``rules``.
    actors, words
        A collection's own ``actors.toml`` and ``words.toml``, or None.

    Raises
    ------
    BadMetadata, BadLexicon
        One of the files cannot be used as it is.
    UnknownParameter
        There is no extractor of that name.
    """
    if name == RULES:
        return Rules(actors, words)
    raise UnknownParameter(f"{name!r} is no extractor; give {RULES}")


def possible_lemmas(text: str) -> frozenset[str]:
    """Return every lemma that the parser may see in a text, whatever it takes its words for; without parsing it."""
    from briefing_lib.extraction.screening import words_in

    return words_in(text)
