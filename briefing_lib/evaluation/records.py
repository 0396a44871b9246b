"""What an evaluation found, as frozen records."""

from dataclasses import dataclass, field

from briefing_lib.extraction import RULES
from briefing_lib.models import Status


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio with its bootstrap interval.

    Attributes
    ----------
    numerator, denominator
        The counts behind it; for F1, twice the hits over predicted plus gold.
    value, low, high
        Between 0 and 1; ``nan`` where the denominator is nought. ``low`` and ``high`` bound the 95% interval.
    """

    numerator: int
    denominator: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Detection:
    """Precision, recall and F1 from counts of hits, false positives and misses."""

    hits: int
    false_positives: int
    misses: int
    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True)
class FalsePositive:
    """A predicted row that is no gold row. ``reason`` says which sort: not a threat, nothing there, or a duplicate."""

    document: str
    quote: str
    sender: str
    act: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold row that no predicted row was paired with. ``reason`` tells a merged row from one not found at all."""

    document: str
    id: str
    quote: str
    act: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field of a matched row that differs from the gold. ``right`` is what would have counted."""

    document: str
    id: str
    field: str
    right: str
    predicted: str
    quote: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """One mention of a predicted row, as a baseline file keeps it; ``verdict`` is right, wrong or ignored."""

    document: str
    start: int
    end: int
    quote: str
    status: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The mentions of now against a baseline's: gained, lost, and kept with another status (before, after)."""

    gained: tuple[Prediction, ...]
    lost: tuple[Prediction, ...]
    moved: tuple[tuple[Prediction, Prediction], ...]


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """How the rows of single documents fare.

    Attributes
    ----------
    strict, lenient
        With duplicates of a gold row counted as false positives, and without.
    confusion
        (gold status, predicted status, count); a prediction that ``also_acceptable`` allows stands under itself.
    sender_by_name, target_by_name
        The same as ``sender`` and ``target`` without the allowance for a speaker and the state that he acts for.
    not_threats_hit
        Share of the quotes that are no threat which a predicted threat overlaps by half.
    """

    documents: int
    threats: int
    strict: Detection
    lenient: Detection
    duplicates: int
    ignored: int
    status: Figure
    status_not_pending: Figure
    sender: Figure
    sender_by_name: Figure
    target: Figure
    target_by_name: Figure
    issued: Figure
    kind: Figure
    exact_quotes: Figure
    not_threats_hit: Figure
    confusion: tuple[tuple[Status, Status, int], ...] = ()
    false_positives: tuple[FalsePositive, ...] = ()
    misses: tuple[Miss, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How single sentences fare: label threat against label not, once by sentence and once by cluster."""

    sentences: int
    clusters: int
    by_sentence: Detection
    by_cluster: Detection
    intent: Figure
    exact_quotes: Figure
    false_positives: tuple[FalsePositive, ...] = ()
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusMismatch:
    """A status point that came out wrong. ``predicted`` is empty where no case was found."""

    story: str
    id: str
    act: str
    on: str
    right: str
    predicted: str


@dataclass(frozen=True, slots=True)
class StoryScore:
    """How statuses fare from day to day: at the points given, and on the day of each document of the story."""

    stories: int
    threats: int
    found: Figure
    status: Figure
    status_not_pending: Figure
    status_each_day: Figure
    mismatches: tuple[StatusMismatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A whole evaluation. A part that the gold does not hold, or that was left out, is None.

    ``extractor`` is the name of what was scored, ``extractor_version`` tells it from all that find something else, and
    ``notes`` say what it could not use, each with the text's id.
    """

    gold_sha256: str
    documents: DocumentScore | None = None
    sentences: SentenceScore | None = None
    stories: StoryScore | None = None
    changes: Changes | None = None
    extractor: str = RULES
    extractor_version: str = ""
    notes: tuple[str, ...] = ()
    predictions: tuple[Prediction, ...] = field(default=(), repr=False)
