"""Documents → threats and outcomes, each a span of its document."""

from pathlib import Path

from briefing_lib.errors import UnknownParameter
from briefing_lib.extraction.extractor import Extraction, Extractor
from briefing_lib.extraction.lexicon import load_lexicon
from briefing_lib.extraction.rules import Rules

__all__ = ["RULES", "Extraction", "Extractor", "Rules", "extractor_named", "load_lexicon"]

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
