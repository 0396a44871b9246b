"""Typed access to one JSON object of a gold file, with errors that say where."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from briefing_lib.errors import BriefingError
from briefing_lib.models import DateRange, Precision

Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object, where it stands, and the error to raise when it is not as it should be."""

    values: Any
    where: str
    error: type[BriefingError]

    def __post_init__(self) -> None:
        if not isinstance(self.values, dict):
            raise self.error(f"{self.where} should be an object, not {type(self.values).__name__}")

    def fail(self, message: str) -> BriefingError:
        """Make the error that says where."""
        return self.error(f"{self.where}: {message}")

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a string; null counts as the default, where there is one."""
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (not value and default is None):
            raise self.fail(f"{name!r} should be a string, not {value!r}")
        return value

    def plain(self, name: str, *, default: str) -> str:
        """Return a string or a number as a string."""
        return str(self.values.get(name, default))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of strings; a missing one is empty."""
        value = self.values.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(f"{name!r} should be a list of strings")
        return tuple(value)

    def each(self, name: str) -> Iterator["Fields"]:
        """Yield the objects of a list; a missing one is empty."""
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise self.fail(f"{name!r} should be a list of objects")
        for number, one in enumerate(value, start=1):
            yield Fields(one, f"{self.where}, {name} {number}", self.error)

    def mapping(self, name: str) -> dict[str, Any]:
        """Return an object; a missing one is empty."""
        value = self.values.get(name) or {}
        if not isinstance(value, dict):
            raise self.fail(f"{name!r} should be an object")
        return value

    def member(self, name: str, kind: type[Member]) -> Member:
        """Return a member of an enumeration from its value."""
        return self.to_member(self.text(name), kind)

    def members(self, name: str, kind: type[Member]) -> tuple[Member, ...]:
        """Return members of an enumeration from their values."""
        return tuple(self.to_member(one, kind) for one in self.texts(name))

    def to_member(self, value: Any, kind: type[Member]) -> Member:
        """Turn a value into a member of an enumeration, or list the legal ones."""
        try:
            return kind(value)
        except ValueError:
            legal = ", ".join(one.value for one in kind)
            raise self.fail(f"{value!r} is no {kind.__name__.lower()}; it is one of {legal}") from None

    def span(self, name: str, *, of: str, text: str) -> tuple[int, int]:
        """Return the offsets of a quote, checked against the text; without offsets, its only place in it."""
        value = self.values.get(name)
        if value is None:
            places = self.places(of, text)
            if len(places) > 1:
                raise self.fail(f"the quote {of[:60]!r} stands {len(places)} times in the text; give {name!r}")
            return places[0]
        return self.checked(value, of=of, text=text)

    def checked(self, value: Any, *, of: str, text: str) -> tuple[int, int]:
        """Return offsets when the text between them is the quote."""
        match value:
            case [int(start), int(end)] if 0 <= start < end <= len(text):
                if text[start:end] == of:
                    return start, end
                raise self.fail(f"the text at {start}–{end} is {text[start:end][:60]!r}, not the quote {of[:60]!r}")
        raise self.fail(f"{value!r} are no half-open offsets into a text of {len(text)} characters")

    def places(self, quote: Any, text: str) -> list[tuple[int, int]]:
        """Return each place where a quote stands; there must be one."""
        if not isinstance(quote, str) or not quote:
            raise self.fail(f"a quote should be a string, not {quote!r}")
        found, start = [], text.find(quote)
        while start >= 0:
            found.append((start, start + len(quote)))
            start = text.find(quote, start + 1)
        if not found:
            raise self.fail(f"the quote {quote[:60]!r} does not stand in the document")
        return found

    def day(self, name: str) -> DateRange | None:
        """Return a date given as YYYY, YYYY-MM or YYYY-MM-DD, or None where it is null or missing."""
        value = self.values.get(name)
        return None if value in (None, "") else self.to_day(value)

    def to_day(self, value: Any) -> DateRange:
        """Turn an ISO date of any of the three precisions into a range."""
        try:
            match [int(part) for part in str(value).split("-")]:
                case [year]:
                    return DateRange(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
                case [year, month]:
                    last = calendar.monthrange(year, month)[1]
                    return DateRange(date(year, month, 1), date(year, month, last), Precision.MONTH)
                case [year, month, day]:
                    return DateRange(date(year, month, day), date(year, month, day))
        except ValueError:
            pass  # falls to the one message below
        raise self.fail(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")

    def bracket(self, name: str) -> DateRange | None:
        """Return a pair of ``from`` and ``to``; a null end is open, and two null ends are no bracket."""
        value = self.mapping(name)
        start, end = value.get("from"), value.get("to")
        if start is None and end is None:
            return None
        first = self.to_day(start).start if start else None
        last = self.to_day(end).end if end else None
        return DateRange(first, last, Precision.RANGE)


def find_quotes(fields: Fields, quotes: str, spans: str, *, text: str) -> list[tuple[int, int]]:
    """Return the offsets of a list of quotes, from the list of spans beside it or, without one, by looking."""
    wordings = fields.texts(quotes)
    given = fields.values.get(spans)
    if given is None:
        return [place for wording in wordings for place in fields.places(wording, text)]
    if not isinstance(given, list) or len(given) != len(wordings):
        raise fields.fail(f"{spans!r} should hold one pair of offsets for each of {quotes!r}")
    return [fields.checked(span, of=wording, text=text) for wording, span in zip(wordings, given, strict=True)]
