"""Documents → threats and outcomes, each a span of its document."""

from pathlib import Path

from briefing_lib.errors import UnknownParameter
from briefing_lib.extraction.acts import COURTS, TO_COURT
from briefing_lib.extraction.batches import batches_of
from briefing_lib.extraction.entries import DENYING, Entries
from briefing_lib.extraction.extractor import Extraction, Extractor, Skimmer, Told, Wanted
from briefing_lib.extraction.lexicon import Lexicon, load_lexicon
from briefing_lib.extraction.rules import RULES, Rules, glances_by
from briefing_lib.reading import OwnFile

__all__ = [
    "ANSWERS",
    "COURTS",
    "DENYING",
    "RULES",
    "TO_COURT",
    "Entries",
    "Extraction",
    "Extractor",
    "Lexicon",
    "Rules",
    "Skimmer",
    "Told",
    "Wanted",
    "batches_of",
    "extractor_named",
    "glances_by",
    "load_lexicon",
]

PREFIX = "llm:"
# The variable that names the folder where a run keeps a language model's answers, so that each of its processes makes
# the same of a document.
ANSWERS = "BRIEFING_MODEL_ANSWERS"


def extractor_named(
    name: str, *, actors: Path | OwnFile | None = None, words: Path | OwnFile | None = None
) -> Extractor:
    """Return the extractor of a name.

    Parameters
    ----------
    name
        ``rules``, or ``llm:`` and the name of a language model that the package ``llm`` knows.
    actors, words
        A collection's own ``actors.toml`` and ``words.toml``, or None.

    Raises
    ------
    BadMetadata, BadLexicon
        One of the files cannot be used as it is.
    UnknownParameter
        There is no extractor of that name, or no such model.
    """
    rules = Rules(actors, words)
    if name == RULES:
        return rules
    if not name.startswith(PREFIX):
        raise UnknownParameter(f"{name!r} is no extractor; give {RULES}, or {PREFIX} and the name of a language model")
    # Nothing of it is imported where no model is named.
    from briefing_lib.extraction.language_model import LanguageModel

    return LanguageModel(name.removeprefix(PREFIX), rules)
