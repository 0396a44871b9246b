"""What changed since an earlier table of the same collection."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from briefing_lib.assessment.rates import OPEN, RESOLVED
from briefing_lib.models import Case, Outcome, Status


class ChangeKind(StrEnum):
    """What sort of change it is."""

    NEW = "new"
    CLOSED = "closed"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One case that is new, has another status, or is no longer found.

    Attributes
    ----------
    case
        The case as it is now; None for one that is gone.
    before
        Its status in the earlier table; None for a new one.
    moved_by
        The outcome with the status it has now that the earlier table did not hold, or None where no new quote says so
        (a deadline that passed, say).
    label
        Sender and act of a case that is gone, as the earlier table had them.
    """

    kind: ChangeKind
    case: Case | None = None
    before: Status | None = None
    moved_by: Outcome | None = None
    label: str = ""


def changes_since(earlier: Mapping[str, Any], cases: Iterable[Case]) -> tuple[Change, ...]:
    """Return what changed from an earlier table (in its JSON form): new, closed, moved, then gone cases.

    A case is the same where its id is, or where the two share a threat quote in the same document: an earlier mention
    found later gives a case another id.
    """
    held = tuple(cases)
    before = {entry["id"]: entry for entry in earlier["cases"]}
    by_quote = {_place(quote): entry for entry in before.values() for quote in entry["threats"]}
    seen: set[str] = set()
    changes = []
    for case in held:
        entry = before.get(case.id) or _same_threat(case, by_quote)
        if entry is None:
            changes.append(Change(ChangeKind.NEW, case))
            continue
        seen.add(entry["id"])
        if entry["status"] != case.status.value:
            changes.append(_moved(case, entry))
    gone = [_gone(entry) for key, entry in before.items() if key not in seen]
    order = list(ChangeKind)
    return tuple(sorted([*changes, *gone], key=lambda change: order.index(change.kind)))


def _same_threat(case: Case, by_quote: Mapping[tuple[str, str], Any]) -> Any:
    places = ((threat.passage.document.id, threat.passage.quote()) for threat in case.threats)
    return next((by_quote[place] for place in places if place in by_quote), None)


def _moved(case: Case, entry: Mapping[str, Any]) -> Change:
    before = Status(entry["status"])
    known = {_place(quote) for quote in entry["outcomes"]}
    fresh = [
        outcome
        for outcome in case.outcomes
        if outcome.status is case.status and (outcome.passage.document.id, outcome.passage.quote()) not in known
    ]
    kind = ChangeKind.CLOSED if before in OPEN and case.status in RESOLVED else ChangeKind.MOVED
    return Change(kind, case, before, fresh[-1] if fresh else None)


def _gone(entry: Mapping[str, Any]) -> Change:
    target = f" to {entry['target']}" if entry["target"] else ""
    return Change(ChangeKind.GONE, before=Status(entry["status"]), label=f"{entry['sender']}{target}: {entry['act']}")


def _place(quote: Mapping[str, Any]) -> tuple[str, str]:
    return quote["document"], quote["quote"]
