"""One document on its way through the rules: its pieces, what is known of it, and what its parses say."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from briefing_lib.extraction.extractor import Extraction, Wanted
from briefing_lib.extraction.outcomes import find_outcomes
from briefing_lib.extraction.parsing import parse, pieces_of
from briefing_lib.extraction.scene import Reader
from briefing_lib.extraction.threats import find_threats
from briefing_lib.models import Document, Outcome, Passage, PassageKind, Span, Threat
from briefing_lib.reading import paragraphs

if TYPE_CHECKING:
    from briefing_lib.extraction.parsing import Tagged
    from briefing_lib.extraction.trees import Parse

# Of a passage, among those of a few documents: which document, and where it starts.
Place = tuple[str, int]


def place_of(passage: Passage) -> Place:
    """Return what tells a passage from others that are read with it."""
    return passage.document.id, passage.start


def parsed(
    pieces: Iterable[Passage], *, wanted: Callable[[Passage, "Tagged"], bool] | None = None
) -> Iterator[tuple[Place, "Parse"]]:
    """Yield the parse of each piece, under its place; of those alone that are wanted once they are tagged."""
    return ((place_of(piece), doc) for piece, doc in parse(pieces, wanted=wanted))


@dataclass(frozen=True)
class Opened:
    """A document on its way, with what the rules ask of it before anything is parsed."""

    document: Document
    reader: Reader

    @cached_property
    def pieces(self) -> tuple[Passage, ...]:
        """What is parsed, in order; a headline is shorthand for what the text says, and counts where there is none."""
        passages = paragraphs(self.document)
        text = [passage for passage in passages if passage.kind is not PassageKind.TITLE]
        return tuple(pieces_of(text or passages))

    def threatens(self, parses: Mapping[Place, "Parse"]) -> bool:
        """Tell whether one of the pieces that are parsed holds a threat."""
        parsed_ones = ((piece, parses[place_of(piece)]) for piece in self.pieces if place_of(piece) in parses)
        return any(True for piece, doc in parsed_ones for _ in find_threats(piece, doc, self.reader))

    def read(self, parses: Mapping[Place, "Parse"]) -> Extraction:
        """Return what a document says, all of it parsed."""
        threats: list[Threat] = []
        outcomes: list[Outcome] = []
        for piece in self.pieces:
            doc = parses[place_of(piece)]
            threats += find_threats(piece, doc, self.reader)
            outcomes += find_outcomes(piece, doc, self.reader, threats)
        return Extraction(self.document, tuple(threats), tuple(outcomes), names=self.names())

    def unread(self) -> Extraction:
        """Return the extraction of a document that was found to hold no threat, and of which no more is known."""
        spans = tuple(Span(piece.start, piece.end, piece.kind) for piece in self.pieces)
        return Extraction(self.document, unread=spans, names=self.names())

    def with_more(self, wanted: Wanted, parses: Mapping[Place, "Parse"]) -> Extraction:
        """Return an extraction with the outcomes of those of its unread spans that are wanted, as if read in order.

        A span of which only what may bear on something is told stays unread: more of it may be wanted another time.
        """
        extraction = wanted.extraction
        read = [span for span in wanted.spans if (self.document.id, span.start) in parses]
        outcomes = list(extraction.outcomes)
        for span in read:
            outcomes += (one for one in self._told_in(span, wanted, parses) if one not in extraction.outcomes)
        if len(outcomes) > len(extraction.outcomes):
            starts = [piece.start for piece in self.pieces]
            outcomes.sort(key=lambda outcome: bisect_right(starts, outcome.passage.start))
            extraction = replace(extraction, outcomes=tuple(outcomes))
        if read and wanted.may_bear is None:
            left = frozenset(extraction.unread) - frozenset(read)
            extraction = replace(extraction, unread=tuple(span for span in extraction.unread if span in left))
        return extraction

    def _told_in(self, span: Span, wanted: Wanted, parses: Mapping[Place, "Parse"]) -> Iterator[Outcome]:
        piece = Passage(self.document, span.start, span.end, span.kind)
        may_bear = partial(wanted.may_bear, span) if wanted.may_bear else None
        return find_outcomes(piece, parses[place_of(piece)], self.reader, wanted.extraction.threats, may_bear=may_bear)

    def names(self) -> tuple[str, ...]:
        """Return whom the document names, and in whose voice it speaks."""
        met = [mention.entry.actor for mention in self.reader.cast.mentions]
        voice = self.reader.voice.party
        if voice is not None and voice.actor is not None:
            met.append(voice.actor)
        return tuple(sorted({name for actor in met for name in (actor.name, actor.home) if name}))
