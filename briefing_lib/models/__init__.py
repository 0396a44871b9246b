"""The records that the stages hand on: frozen facts, no logic beyond reading a span.

Every offset is a half-open pair of character (code point) positions in ``Document.text``. A later record holds the
earlier ones, so that each cell of the table reaches a span of a file.
"""

from briefing_lib.models.cases import Case, FollowThrough
from briefing_lib.models.decisions import Decision, ExpectedQuote, Overruled, Review, UnfitDecision
from briefing_lib.models.documents import DateRange, Document, Passage, Reading, Skipped, Span
from briefing_lib.models.mentions import Actor, Deed, Outcome, Threat
from briefing_lib.models.terms import (
    ActorType,
    Basis,
    Confidence,
    DecisionKind,
    Kind,
    Modality,
    Mode,
    PassageKind,
    Precision,
    Status,
)

__all__ = [
    "Actor",
    "ActorType",
    "Basis",
    "Case",
    "Confidence",
    "DateRange",
    "Decision",
    "DecisionKind",
    "Deed",
    "Document",
    "ExpectedQuote",
    "FollowThrough",
    "Kind",
    "Modality",
    "Mode",
    "Outcome",
    "Overruled",
    "Passage",
    "PassageKind",
    "Precision",
    "Reading",
    "Review",
    "Skipped",
    "Span",
    "Status",
    "Threat",
    "UnfitDecision",
]
