"""The records that the stages hand on: frozen facts, no logic beyond reading a span.

Every offset is a half-open pair of character (code point) positions in ``Document.text``. A later record holds the
earlier ones, so that each cell of the table reaches a span of a file.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


class PassageKind(StrEnum):
    """What a span of text is."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    QUOTATION = "quotation"
    BOILERPLATE = "boilerplate"
    CLAUSE = "clause"


class Kind(StrEnum):
    """What sort of threat it is.

    Compellent and deterrent are Schelling's (Arms and Influence, 1966): do X or else; do not do X or else.
    """

    COMPELLENT = "compellent"
    DETERRENT = "deterrent"
    ANNOUNCED_INTENT = "announced_intent"
    VAGUE = "vague"
    UNCONDITIONAL = "unconditional"


class Mode(StrEnum):
    """What is threatened: the modes of PLOVER's THREATEN (CAMEO2PLOVER conversion table, 2021)."""

    VIOLENCE = "violence"
    TERRITORY = "territory"
    RESTRICT = "restrict"
    BAN = "ban"
    ARREST = "arrest"
    EXPEL = "expel"
    RELATIONS = "relations"
    UNSPECIFIED = "unspecified"


class Modality(StrEnum):
    """How the source presents the threat."""

    ASSERTED = "asserted"
    CONDITIONAL = "conditional"
    POSSIBLE = "possible"
    HISTORICAL = "historical"


class Status(StrEnum):
    """What came of a threat, as of a date."""

    CARRIED_OUT = "carried_out"
    PARTLY_CARRIED_OUT = "partly_carried_out"
    REVERSED = "reversed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    TARGET_COMPLIED = "target_complied"
    NOT_CARRIED_OUT = "not_carried_out"
    PENDING = "pending"
    UNCLEAR = "unclear"


class Basis(StrEnum):
    """Whether a source states the status, the rules infer it from a reported act, or nothing bears on it."""

    STATED = "stated"
    INFERRED = "inferred"
    NONE = "none"


class Confidence(StrEnum):
    """Analytic confidence (ICD 203): about the basis of a judgement, not about how likely it is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class ActorType(StrEnum):
    """What sort of actor a name stands for."""

    STATE = "state"
    PERSON = "person"
    ORGANISATION = "organisation"
    COMPANY = "company"
    ARMED_GROUP = "armed_group"
    GROUP = "group"


class DecisionKind(StrEnum):
    """What an analyst does with a case."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date as far as it is known: both ends are inclusive days.

    ``start`` is None where only "not after" is known.
    """

    start: date | None
    end: date | None
    precision: Precision = Precision.DAY


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets into a document's text, and what stands there."""

    start: int
    end: int
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class Document:
    """One source document as it was read.

    Attributes
    ----------
    id
        Unique in the collection: the path relative to it without its suffix, or a record's own ``id``.
    path
        Where it came from, relative to the collection, with ``/`` between parts.
    text
        What the file says, decoded or extracted once. Nothing is cut from it.
    published
        The publication date, or None where nobody says (relative dates then stay unresolved).
    grade
        The Admiralty grade that the collection gives the source, such as ``B2``, or an empty string.
    sha256
        Hex digest of the file's bytes (of the line's, for a record of a ``.jsonl`` file).
    boilerplate
        Spans that never become evidence: captions, prompts, copyright lines, repeated headlines.
    notes
        What the reader should know of the reading, such as a missing date.
    """

    id: str
    path: str
    text: str = field(repr=False)
    sha256: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: DateRange | None = None
    url: str = ""
    licence: str = ""
    language: str = "en"
    grade: str = ""
    kind: str = ""
    boilerplate: tuple[Span, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that was not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document. ``quote`` is the only maker of quoted text in the suite."""

    document: Document
    start: int
    end: int
    kind: PassageKind = PassageKind.SENTENCE

    def quote(self) -> str:
        """Return exactly what the document says between the offsets."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who threatens or is threatened.

    ``name`` is canonical ("Ruritania"); ``surface`` is what the text says ("Strelsau"). ``home`` names the state
    that a person or body acts for ("United States" for its president), or is empty.
    """

    name: str
    type: ActorType = ActorType.GROUP
    surface: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Threat:
    """One mention of a threat in one document.

    Attributes
    ----------
    sender, target
        Who threatens whom; ``target`` is None where the text names nobody.
    speaker
        The person or body that uttered it for the sender, or an empty string.
    act
        The threatened act, in the document's words.
    condition, demand
        The document's words, or empty strings.
    deadline_words, deadline
        The document's words for the time by which, and the dates they resolve to.
    issued
        When the threat was made, or None where it cannot be told.
    terms
        Content lemmas of the act, for linking.
    passage
        The sentence or clause that says so: the evidence.
    reasons
        Why the rules read it as a threat, in words.
    """

    sender: Actor
    act: str
    passage: Passage
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
    terms: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """What a clause reports, by its grammar and as lemmas: what was done or is so, who did it, what it was done to.

    Attributes
    ----------
    forms
        The verb with what follows it and alone ("turn off", "turn"), the noun of an act, or the word for a state.
    doer
        The head of who did it, or an empty string where the clause names nobody.
    undergoers
        The heads of what it was done to.
    is_state
        Whether it tells how things are ("the road is open"), not what was done.
    lasts
        Whether it is told as going on unchanged ("still", "remains", "to this day").
    again
        Whether it is told as being so once more ("again", "back", "since").
    contested
        Whether one side says so and the next sentence has another side say otherwise.
    """

    forms: tuple[str, ...]
    doer: str = ""
    undergoers: tuple[str, ...] = ()
    is_state: bool = False
    lasts: bool = False
    again: bool = False
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One mention of what came of a threat, or a plain report of an act that may be one.

    Attributes
    ----------
    status
        What the passage says of the threat; for a plain report of an act, ``carried_out``.
    stated
        True where the text speaks of a threat or plan and what became of it; False for a plain report of an act.
    actor, target
        Who did it, and to whom, as far as the text says.
    terms
        Content lemmas of the act, for linking.
    refers_to
        The threat that the text itself points at ("that threat", a relative clause), or None.
    on
        When it happened, or None.
    deed
        For a plain report, what it reports, else None.
    """

    status: Status
    passage: Passage
    stated: bool = True
    actor: Actor | None = None
    target: Actor | None = None
    terms: tuple[str, ...] = ()
    mode: Mode = Mode.UNSPECIFIED
    refers_to: Threat | None = None
    on: DateRange | None = None
    reasons: tuple[str, ...] = ()
    deed: Deed | None = None


@dataclass(frozen=True, slots=True)
class ExpectedQuote:
    """The words of a threat that a decision rests on, and the id of the document that says them."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What one analyst decided on one case, and what must still be there for it to hold.

    Attributes
    ----------
    case
        The id of the case as the analyst saw it.
    by, at, why
        Who decided, when (an ISO time, or a day), and the reason in words.
    as_of
        The day of the table that was looked at; a table of an earlier day does not see the decision.
    expects
        Every threat quote that the case had.
    said
        Fields and what the machine said of them then: those corrected, or those that a confirmation covers.
    fields
        Of a correction: fields and their new values, as text.
    into, into_expects
        Of a merge: the case that takes in this one, and its threat quotes.
    parts
        Of a split: the quotes that become a case of their own.
    """

    kind: DecisionKind
    case: str
    by: str
    at: str
    as_of: date
    why: str
    expects: tuple[ExpectedQuote, ...]
    said: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    into: str = ""
    into_expects: tuple[ExpectedQuote, ...] = ()
    parts: tuple[ExpectedQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class UnfitDecision:
    """A decision that was not applied because its case is no longer what it expects, and why."""

    decision: Decision
    reason: str


@dataclass(frozen=True, slots=True)
class Overruled:
    """One field of a case that an analyst corrected: what the machine had said, and what holds now."""

    field: str
    machine: str
    now: str


@dataclass(frozen=True, slots=True)
class Review:
    """What analysts decided on a case, in the order of their decisions.

    ``confirmed`` is True where one of them says that the row is right as it stands.
    """

    decisions: tuple[Decision, ...]
    confirmed: bool = False
    overruled: tuple[Overruled, ...] = ()


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
class Reading:
    """What reading a collection gave: documents in order of publication, and what was left out."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """The threat-versus-follow-through table as records: what every output is made from.

    ``documents`` were published on or before ``as_of`` (or carry no date and are marked so); ``later`` counts those
    that were read and not used. ``rejected`` are the cases that an analyst took out, and ``unfit`` the decisions that
    were not applied since the sources no longer say what they expect. ``extractor`` is the name of what found the
    mentions, and ``notes`` say what the reader should know of how it went, each with the document's path. ``lasting``
    is False where the extractor failed on a document, so that the same run made later may find something else.
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
