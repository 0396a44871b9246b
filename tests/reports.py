"""Reports written for these tests, each with its threats and who makes them against whom, as documents."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from factories import a_document

from briefing_lib.models import DateRange, Document, Precision

ROWS = Path(__file__).parent / "extraction" / "rows"


@cache
def documents() -> tuple[dict[str, Any], ...]:
    """Read the reports; each gives its threats with their sender and target."""
    paths = sorted((ROWS / "parties").glob("*.toml"))
    return tuple(row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8"))["document"])


@cache
def known_misses() -> dict[str, dict[str, str]]:
    """Read what the rules get wrong: under ``threat``, ``sender`` and ``target``, a document's name with the reason."""
    return tomllib.loads((ROWS / "known_misses_parties.toml").read_text(encoding="utf-8"))


def to_document(row: dict[str, Any]) -> Document:
    """Make a document of a row; a year alone is the date of an essay."""
    day = row["published"]
    if isinstance(day, date):
        published = DateRange(day, day)
    else:
        published = DateRange(date(int(day), 1, 1), date(int(day), 12, 31), Precision.YEAR)
    return a_document(row["text"], id=row["name"], published=published, title=row["title"], publisher=row["publisher"])
