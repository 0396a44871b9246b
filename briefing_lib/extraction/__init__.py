"""Documents → threats and outcomes, each a span of its document."""

from dataclasses import dataclass
from pathlib import Path

from briefing_lib.extraction.lexicon import load_lexicon
from briefing_lib.models import Document, Outcome, PassageKind, Threat
from briefing_lib.reading import paragraphs

__all__ = ["Extraction", "extract", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: its threats and outcomes, in order of appearance."""

    document: Document
    threats: tuple[Threat, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def extract(document: Document, *, actors: Path | None = None) -> Extraction:
    """Find the threats and outcomes in one document.

    Parameters
    ----------
    actors
        The collection's own ``actors.toml``, or None.

    Raises
    ------
    BadMetadata
        The file of actors cannot be used as it is.
    BadLexicon
        A word list cannot be used as it is.
    """
    from briefing_lib.extraction.actors import Cast
    from briefing_lib.extraction.gazetteer import load_gazetteer
    from briefing_lib.extraction.outcomes import find_outcomes
    from briefing_lib.extraction.parsing import parse
    from briefing_lib.extraction.statements import voice_of
    from briefing_lib.extraction.threats import Reader, find_threats

    gazetteer = load_gazetteer(actors)
    cast = Cast(document, gazetteer)
    reader = Reader(cast, voice_of(document, cast, gazetteer), load_lexicon())
    threats: list[Threat] = []
    outcomes: list[Outcome] = []
    passages = paragraphs(document)
    # A headline is shorthand for what the text says; it is read only where there is no text.
    text = [passage for passage in passages if passage.kind is not PassageKind.TITLE]
    for passage, doc in parse(text or passages):
        threats += find_threats(passage, doc, reader)
        outcomes += find_outcomes(passage, doc, reader, threats)
    return Extraction(document, tuple(threats), tuple(outcomes))
