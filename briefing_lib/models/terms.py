"""The words that records are coded in: each field's legal values."""

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
