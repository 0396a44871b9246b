"""A decision on a case of a table, with what it expects to find from then on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from briefing_lib.assessment.corrections import check_value, value_of
from briefing_lib.assessment.review import CONFIRMED_FIELDS, quotes_of
from briefing_lib.errors import UnknownParameter
from briefing_lib.models import Case, Decision, DecisionKind, ExpectedQuote, FollowThrough


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, when, and why."""

    by: str
    at: datetime
    why: str


def decide(
    found: FollowThrough,
    case: str,
    kind: DecisionKind,
    signed: Signature,
    *,
    fields: Mapping[str, str] | None = None,
    into: str = "",
    parts: Iterable[str] = (),
) -> Decision:
    """Return a decision on a case of a table, with what it expects to find from then on. Nothing is written.

    Parameters
    ----------
    case, into
        An id, its unambiguous beginning, or a row's number from 1.
    signed
        Who decides, when and why.
    fields
        Of a correction: fields and their values as text, dates as ``2020-06-24`` or ``2020-06-01/2020-06-30``.
    parts
        Of a split: words of the quotes, of threats or outcomes, that become a case of their own.

    Raises
    ------
    UnknownParameter
        There is no such case, field or quote, a value is none of its field, or something needed is missing.
    """
    held = case_of(found, case)
    given = dict(fields or {})
    for name, value in given.items():
        check_value(name, value)
    other = case_of(found, into) if into else None
    if other is not None and other.id == held.id:
        raise UnknownParameter(f"{held.id} cannot be merged into itself; name another case")
    covered = {DecisionKind.CONFIRM: CONFIRMED_FIELDS, DecisionKind.CORRECT: tuple(given)}.get(kind, ())
    made = Decision(
        kind=kind,
        case=held.id,
        by=signed.by.strip(),
        at=signed.at.isoformat(timespec="microseconds"),
        as_of=found.as_of,
        why=signed.why.strip(),
        expects=quotes_of(held.threats),
        said=tuple((name, value_of(held, name)) for name in covered),
        fields=tuple(given.items()),
        into=other.id if other else "",
        into_expects=quotes_of(other.threats) if other else (),
        parts=_parts(held, parts),
    )
    require_all(made)
    return made


def case_of(found: FollowThrough, name: str) -> Case:
    """Return the case of an id, of its unambiguous beginning, or of a row's number from 1.

    Raises
    ------
    UnknownParameter
        There is none, or more than one.
    """
    exact = [case for case in found.cases if case.id == name]
    if exact:
        return exact[0]
    if name.isdecimal() and 1 <= int(name) <= len(found.cases):
        return found.cases[int(name) - 1]
    near = [case for case in found.cases if case.id.startswith(name)] if name else []
    if len(near) == 1:
        return near[0]
    choices = ", ".join(case.id for case in near or found.cases) or "none"
    many = "more than one" if near else "no"
    raise UnknownParameter(f"{name!r} is {many} case as of {found.as_of}; there are {choices}")


def require_all(decision: Decision) -> None:
    """Raise UnknownParameter where a decision lacks what its kind needs, or carries what goes with another kind."""
    kind = decision.kind
    words = (("who decides (by)", decision.by), ("a reason (why)", decision.why))
    missing = [name for name, value in words if not value.strip()]
    owners = {
        DecisionKind.CORRECT: ("fields", decision.fields),
        DecisionKind.MERGE: ("into", decision.into),
        DecisionKind.SPLIT: ("parts", decision.parts),
    }
    for owner, (name, value) in owners.items():
        if owner is kind and not value:
            missing.append(name)
        if owner is not kind and value:
            raise UnknownParameter(f"{name} goes with {owner.value}, not with {kind.value}")
    if missing:
        raise UnknownParameter(f"a decision to {kind.value} needs {' and '.join(missing)}")


def _parts(case: Case, wordings: Iterable[str]) -> tuple[ExpectedQuote, ...]:
    quotes = (*quotes_of(case.threats), *quotes_of(case.outcomes))
    found: list[ExpectedQuote] = []
    for wording in wordings:
        near = [one for one in quotes if wording in one.quote or wording == one.document]
        if not near:
            raise UnknownParameter(f"{wording!r} is in no quote of {case.id}, and no document of it")
        found += near
    parts = tuple(dict.fromkeys(found))
    threats = quotes_of(case.threats)
    inside = [one for one in threats if one in parts]
    if parts and (not inside or len(inside) == len(threats)):
        many = f"{len(inside)} of the {len(threats)} of {case.id}"
        raise UnknownParameter(f"a split leaves words of the threat on either side, and this would part {many}")
    return parts
