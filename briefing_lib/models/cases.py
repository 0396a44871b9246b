"""What all documents say: one threat with all that came of it, and the table of them."""

from dataclasses import dataclass
from datetime import date

from briefing_lib.models.decisions import Review, UnfitDecision
from briefing_lib.models.documents import DateRange, Document, Skipped
from briefing_lib.models.mentions import Actor, Outcome, Threat
from briefing_lib.models.terms import Basis, Confidence, Kind, Modality, Mode, Status


@dataclass(frozen=True, slots=True)
class Case:
    """One threat over all documents, and what came of it as of a date.

    Attributes
    ----------
    id
        Stable while the sources are: sender, year and a digest of the first evidence.
    sender, target, speaker, act, kind, mode, modality, condition, demand, deadline, issued
        Of the mention that tells most; the others are in ``threats``.
    status_date
        When the latest evidence says that the status began, or None.
    threats, outcomes
        All mentions, in order of publication; each outcome's ``status`` is what it says of this threat.
    reasons
        Why the mentions are one case and why the status is what it is, in words.
    review
        What analysts decided on it, or None where the rules alone speak.
    """

    id: str
    sender: Actor
    act: str
    status: Status
    basis: Basis
    confidence: Confidence
    threats: tuple[Threat, ...]
    outcomes: tuple[Outcome, ...] = ()
    target: Actor | None = None
    speaker: str = ""
    kind: Kind = Kind.UNCONDITIONAL
    mode: Mode = Mode.UNSPECIFIED
    modality: Modality = Modality.ASSERTED
    condition: str = ""
    demand: str = ""
    deadline_words: str = ""
    deadline: DateRange | None = None
    issued: DateRange | None = None
    status_date: DateRange | None = None
    reasons: tuple[str, ...] = ()
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """The threat-versus-follow-through table as records: what every output is made from.

    ``documents`` were published on or before ``as_of`` (or carry no date and are marked so); ``later`` counts those
    that were read and not used. ``rejected`` are the cases that an analyst took out, and ``unfit`` the decisions that
    were not applied since the sources no longer say what they expect. ``extractor`` is the name of what found the
    mentions, and ``notes`` say what the reader should know of how it went, each with the document's path. ``lasting``
    is False where the extractor failed on a document, so that the same run made later may find something else.
    ``senders`` and ``targets`` are the canonical names that the cases were narrowed to, empty for all, and ``left_out``
    are the cases of others.
    """

    as_of: date
    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    cases: tuple[Case, ...]
    collection: str = ""
    later: int = 0
    rejected: tuple[Case, ...] = ()
    unfit: tuple[UnfitDecision, ...] = ()
    extractor: str = "rules"
    notes: tuple[str, ...] = ()
    lasting: bool = True
    senders: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    left_out: tuple[Case, ...] = ()
