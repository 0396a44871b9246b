"""Documents → threats and outcomes, each a span of its document."""

from dataclasses import dataclass

from briefing_lib.models import Document, Outcome, Threat


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: its threats and outcomes, in order of appearance."""

    document: Document
    threats: tuple[Threat, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def extract(document: Document) -> Extraction:
    """Find the threats and outcomes in one document."""
    return Extraction(document)
