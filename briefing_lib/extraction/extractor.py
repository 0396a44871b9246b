"""What every extractor is, and what it gives: the seam between reading and assessment."""

from dataclasses import dataclass
from typing import Protocol

from briefing_lib.models import Document, Outcome, Threat


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: its threats and outcomes, in order of appearance.

    Attributes
    ----------
    notes
        What the reader should know of how it was made, such as quotes that were dropped.
    lasting
        False where something outside the extractor failed and another's result stands in for its own: asked again, it
        may answer, so such an extraction is not to be kept for later.
    """

    document: Document
    threats: tuple[Threat, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    lasting: bool = True


class Extractor(Protocol):
    """Finds the threats and outcomes of one document at a time.

    It can be pickled, so that documents may be shared out over processes.
    """

    @property
    def version(self) -> str:
        """Everything of it that changes what it finds: two extractors of one version find the same in a document."""
        ...

    def extract(self, document: Document) -> Extraction:
        """Return what a document says; every passage in it is a span of that document."""
        ...
