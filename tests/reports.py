"""What was written for these tests: rows of snippets and reports, each with what is to be found in it."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from factories import a_document

from briefing_lib.models import DateRange, Document, Precision

ROWS = Path(__file__).parent / "extraction" / "rows"


@cache
def read(name: str) -> dict[str, Any]:
    """Read a file of rows, such as ``outcomes.toml``; nobody is to change what is in it."""
    return tomllib.loads((ROWS / name).read_text("utf-8"))


def snippets(name: str) -> list[dict[str, Any]]:
    """Read the rows of a file of snippets: ``threats`` or ``outcomes``."""
    rows: list[dict[str, Any]] = read(f"{name}.toml")["row"]
    return rows


def within(folder: str) -> list[tuple[str, dict[str, Any]]]:
    """Read the files of a folder of rows, each with its stem, in order."""
    return [(path.stem, read(f"{folder}/{path.name}")) for path in sorted((ROWS / folder).glob("*.toml"))]


@cache
def documents() -> tuple[dict[str, Any], ...]:
    """Read the reports; each gives its threats with their sender and target."""
    return tuple(row for _, file in within("parties") for row in file["document"])


def known_misses() -> dict[str, dict[str, str]]:
    """Read what the rules get wrong: under ``threat``, ``sender`` and ``target``, a document's name with the reason."""
    return read("known_misses_parties.toml")


def to_document(row: dict[str, Any], *, name: str = "") -> Document:
    """Make a document of a row; a year alone is the date of an essay."""
    day = row["published"]
    if isinstance(day, date):
        published = DateRange(day, day)
    else:
        published = DateRange(date(int(day), 1, 1), date(int(day), 12, 31), Precision.YEAR)
    return a_document(
        row["text"], id=name or row["name"], published=published, title=row["title"], publisher=row["publisher"]
    )
