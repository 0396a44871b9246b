"""The collection's briefing before this one, for what changed since."""

import json
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from briefing_lib.extraction import RULES

TABLE, RECORD = "cases.json", "run.json"


def last_before(
    place: Path, *, senders: Collection[str] = (), targets: Collection[str] = (), extractor: str = RULES
) -> Path | None:
    """Return the table of the newest briefing of a day before a place's own, or None where there is none.

    Days are compared, not the times of runs, so that a briefing that is made again compares with the one that it
    compared with before, and never with itself. One that kept other senders or targets tells of other threats, and one
    by another extractor finds others; both are passed over, and so is one whose record says nothing of a run that
    succeeded.

    Parameters
    ----------
    place
        The folder of a briefing, named for its day; the others of its collection are beside it.
    senders, targets
        What the briefing is limited to.
    extractor
        What finds its threats.
    """
    wanted = (sorted(senders), sorted(targets), extractor)
    for day, folder in sorted(_days(place.parent), reverse=True):
        if day < _day_of(place) and (folder / TABLE).is_file() and _kept(folder / RECORD) == wanted:
            return folder / TABLE
    return None


def _days(collection: Path) -> list[tuple[date, Path]]:
    found = []
    for folder in collection.glob("*-*-*"):
        with suppress(ValueError):
            found.append((_day_of(folder), folder))
    return found


def _day_of(folder: Path) -> date:
    return date.fromisoformat(folder.name)


def _kept(record: Path) -> tuple[list[str], list[str], str] | None:
    """Return the senders and targets that a run kept and its extractor, or None where its record does not say."""
    try:
        run: Any = json.loads(record.read_text("utf-8"))
        if run["status"] != "ok":
            return None
        parameters = run["parameters"]
        kept = sorted(parameters.get("senders") or ()), sorted(parameters.get("targets") or ())
        return *kept, parameters.get("extractor") or RULES
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
