"""What every extractor is, and what it gives: the seam between reading and assessment."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.models import Document, Mode, Outcome, Span, Status, Threat

if TYPE_CHECKING:
    from briefing_lib.extraction.glance import Glance


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: its threats and outcomes, in order of appearance.

    Attributes
    ----------
    notes
        What the reader should know of how it was made, such as quotes that were dropped.
    names
        Whom the document names, as far as lists or the text itself explain them: actors, and the states they act for.
    unread
        Spans that were left unread: they hold no threat, and what they report can only bear on one elsewhere.
    lasting
        False where something outside the extractor failed and another's result stands in for its own: asked again, it
        may answer, so such an extraction is not to be kept for later.
    """

    document: Document
    threats: tuple[Threat, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    lasting: bool = True
    names: tuple[str, ...] = ()
    unread: tuple[Span, ...] = ()


class Extractor(Protocol):
    """Finds the threats and outcomes of one document at a time.

    It can be pickled, so that documents may be shared out over processes.
    """

    @property
    def name(self) -> str:
        """What a user calls it: ``rules``, or ``llm:`` and a model."""
        ...

    @property
    def version(self) -> str:
        """Everything of it that changes what it finds: two extractors of one version find the same in a document."""
        ...

    def extract(self, document: Document) -> Extraction:
        """Return what a document says; every passage in it is a span of that document."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome before anybody in it is known: lemmas of what was done to what, status and mode, its sentence."""

    terms: tuple[str, ...]
    status: Status
    stated: bool
    mode: Mode
    sentence: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read on: spans out of an extraction's ``unread``.

    Attributes
    ----------
    may_matter
        Asked of a span and its tagged sentences: where it says no, nothing in it is wanted after all.
    may_bear
        Asked of a span and of each thing told in it: where it says no, that is left out; None to have all of it.
    """

    extraction: Extraction
    spans: Sequence[Span]
    may_matter: Callable[[Span, Iterable["Glance"]], bool] = lambda span, sentences: True
    may_bear: Callable[[Span, Told], bool] | None = None


@runtime_checkable
class Skimmer(Extractor, Protocol):
    """An extractor that can leave unread what no threat stands in, and read it later where that turns out to matter.

    What is skimmed and then wholly read on is what `extract` returns.
    """

    @property
    def lexicon(self) -> Lexicon:
        """The word lists it goes by."""
        ...

    def skim(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Yield what each document says, in order: its threats, and what it reports of them."""
        ...

    def read_on(self, wanted: Iterable[Wanted]) -> Iterator[Extraction]:
        """Yield each extraction with more of its document read."""
        ...
