"""The fields of a case that an analyst may correct, each read and written as text."""

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from briefing_lib.errors import UnknownParameter
from briefing_lib.models import (
    Actor,
    Basis,
    Case,
    Confidence,
    DateRange,
    Kind,
    Modality,
    Mode,
    Precision,
    Status,
)


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field of a case is read as text, and what a text makes of it; ``choices`` are all where there are few."""

    name: str
    to_text: Callable[[Any], str]
    to_value: Callable[[str], Any]
    choices: tuple[str, ...] = ()


def value_of(case: Case, field: str) -> str:
    """Return what a case says in one field, as text; empty where it says nothing.

    Raises
    ------
    UnknownParameter
        There is no such field.
    """
    known = _field(field)
    return known.to_text(getattr(case, known.name))


def check_value(field: str, text: str) -> None:
    """Raise UnknownParameter, with the legal choices, where a field cannot be corrected to a value."""
    _value(_field(field), text)


def corrected(case: Case, fields: Iterable[tuple[str, str]], *, actors: Mapping[str, Actor]) -> Case:
    """Return the case with fields as an analyst gave them.

    Parameters
    ----------
    actors
        Those that the sources name, by name: a sender or target of such a name is that actor.
    """
    changes: dict[str, Any] = {}
    for name, text in fields:
        value = _value(_field(name), text)
        changes[name] = actors.get(value.name, value) if isinstance(value, Actor) else value
    if "deadline" in changes:
        # The document's own words are of another deadline.
        changes["deadline_words"] = ""
    return replace(case, **changes)


def _value(field: _Field, text: str) -> Any:
    if field.choices and text not in field.choices:
        raise UnknownParameter(f"{field.name} cannot be {text!r}; take one of {', '.join(field.choices)}")
    if not text and field.name in ("sender", "act"):
        raise UnknownParameter(f"{field.name} cannot be empty; reject the case if it is no threat")
    return field.to_value(text)


def _field(name: str) -> _Field:
    if name not in FIELDS:
        raise UnknownParameter(f"{name!r} is no field of a case; take one of {', '.join(FIELDS)}")
    return FIELDS[name]


def _actor_text(actor: Actor | None) -> str:
    return actor.name if actor else ""


def _to_actor(text: str) -> Actor | None:
    return Actor(text) if text else None


def _dates_text(dates: DateRange | None) -> str:
    """Write a day as ``2020-06-24``, more as ``2020-06-01/2020-06-30``, with ``..`` for an open end (ISO 8601-2)."""
    if dates is None:
        return ""
    start, end = (day.isoformat() if day else ".." for day in (dates.start, dates.end))
    return start if start == end else f"{start}/{end}"


def _to_dates(text: str) -> DateRange | None:
    """Read a day, a month, a year, or two days with a slash between."""
    if not text:
        return None
    try:
        if "/" in text:
            start, _, end = text.partition("/")
            first, last = _day_or_open(start), _day_or_open(end)
            if first and last and first > last:
                raise ValueError(text)
            return DateRange(first, last, Precision.RANGE)
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 1:
            return DateRange(date(parts[0], 1, 1), date(parts[0], 12, 31), Precision.YEAR)
        if len(parts) == 2:
            year, month = parts
            last_day = calendar.monthrange(year, month)[1]
            return DateRange(date(year, month, 1), date(year, month, last_day), Precision.MONTH)
        day = date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        message = f"{text!r} is no date; write 2020-06-24, 2020-06, 2020 or 2020-06-01/2020-06-24"
        raise UnknownParameter(message) from error
    return DateRange(day, day)


def _day_or_open(text: str) -> date | None:
    return None if text == ".." else date.fromisoformat(text)


def _words(name: str) -> _Field:
    return _Field(name, str, str)


def _dates(name: str) -> _Field:
    return _Field(name, _dates_text, _to_dates)


def _actor(name: str) -> _Field:
    return _Field(name, _actor_text, _to_actor)


def _member(name: str, kind: type[StrEnum]) -> _Field:
    return _Field(name, lambda member: str(member.value), kind, tuple(member.value for member in kind))


FIELDS: Mapping[str, _Field] = {
    field.name: field
    for field in (
        _actor("sender"),
        _actor("target"),
        _words("speaker"),
        _words("act"),
        _member("kind", Kind),
        _member("mode", Mode),
        _member("modality", Modality),
        _words("condition"),
        _words("demand"),
        _dates("deadline"),
        _dates("issued"),
        _member("status", Status),
        _member("basis", Basis),
        _dates("status_date"),
        _member("confidence", Confidence),
    )
}
