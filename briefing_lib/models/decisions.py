"""What analysts decided on cases, and what became of their decisions."""

from dataclasses import dataclass
from datetime import date

from briefing_lib.models.terms import DecisionKind


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
