"""What a notebook calls: each step of a briefing in one line.

The functions that take a case file's records return a ``Block``: HTML for the page, plain text for a terminal.
"""

import json
import os
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from briefing_lib import pipeline
from briefing_lib.errors import BadDate, SourcesNotFound
from briefing_lib.extraction import RULES
from briefing_lib.models import FollowThrough
from briefing_lib.presentation.annex import annex
from briefing_lib.presentation.back import explanations, indicators, method, sensitivity_table
from briefing_lib.presentation.case_table import case_table
from briefing_lib.presentation.exploring import reason_list, sender_table
from briefing_lib.presentation.figures import (
    duration_figure,
    publication_figure,
    rates_figure,
    status_figure,
    timeline_figure,
)
from briefing_lib.presentation.front import bottom_line_block as bottom_line
from briefing_lib.presentation.front import change_list, masthead
from briefing_lib.presentation.front import judgement_list as key_judgements
from briefing_lib.presentation.questions import compare, compare_periods, how_long, how_often, who_threatened_whom
from briefing_lib.presentation.sources import source_list
from briefing_lib.presentation.table import to_csv, to_frame, to_json, to_markdown
from briefing_lib.reading import named

__all__ = [
    "annex",
    "bottom_line",
    "case_table",
    "compare",
    "compare_periods",
    "duration_figure",
    "explanations",
    "explore",
    "follow_through",
    "how_long",
    "how_often",
    "indicators",
    "key_judgements",
    "masthead",
    "method",
    "publication_figure",
    "rates_figure",
    "reason_list",
    "sender_table",
    "sensitivity_table",
    "source_list",
    "status_figure",
    "timeline_figure",
    "to_csv",
    "to_frame",
    "to_json",
    "to_markdown",
    "what_changed",
    "who_threatened_whom",
]


def follow_through(
    sources: str,
    *,
    as_of: str = "",
    senders: Collection[str] = (),
    targets: Collection[str] = (),
    extractor: str = RULES,
) -> FollowThrough:
    """Return each threat that the sources tell of, and what came of it as of a day.

    Parameters
    ----------
    sources
        A folder or a file, from here or from a folder above, so that a notebook and a command line may say the same;
        or a URL of either (docs/remote-sources.md).
    as_of
        An ISO day; where empty, the newest publication date in the sources, never today.
    senders, targets
        Canonical names to keep; all where empty.
    extractor
        What finds threats and outcomes: ``rules``, or ``llm:`` and the name of a language model.

    Raises
    ------
    SourcesNotFound
        There is no such folder or file.
    BadDate
        ``as_of`` is no calendar day, or it is empty and no document carries a date.
    """
    place = sources_from_here(sources)
    day = _day(as_of) if as_of else None
    return pipeline.follow_through(place, as_of=day, senders=senders, targets=targets, extractor=extractor)


def what_changed(found: FollowThrough, *, previous: str = "") -> Any:
    """Return what changed since the ``cases.json`` at a path; with an empty path, that there is none before it.

    Raises
    ------
    SourcesNotFound
        There is no such file.
    """
    return change_list(found, earlier=_earlier(previous) if previous else None)


def explore(
    found: FollowThrough,
    *,
    sources: str,
    clock: Callable[[], datetime],
    senders: Collection[str] = (),
    targets: Collection[str] = (),
) -> Any:
    """Return the table as a desk to explore and to decide at; the table alone where a run is for a page.

    Parameters
    ----------
    found
        The table of these sources, senders and targets.
    clock
        Says when a decision is taken, such as ``datetime.now``.
    """
    from briefing_lib.presentation.desk import Asked, Desk
    from briefing_lib.publishing.reproducible import VARIABLE

    # Widgets have ids of their own in each run; what must be the same each time has none.
    if VARIABLE in os.environ:
        return case_table(found)
    place = sources_from_here(sources)

    def decide(asked: Asked) -> FollowThrough:
        def table() -> FollowThrough:
            return pipeline.follow_through(
                place, as_of=found.as_of, senders=senders, targets=targets, extractor=found.extractor
            )

        return _decided(place, asked, clock().astimezone(UTC), table)

    return Desk(found, by=analyst(), decide=decide)


def analyst() -> str:
    """Return who works here: BRIEFING_ANALYST, else the name that the system knows."""
    import getpass

    try:
        return os.environ.get("BRIEFING_ANALYST") or getpass.getuser()
    except (OSError, KeyError):
        return ""


def sources_from_here(sources: str) -> str | Path:
    """Return a URL as it is, and a path as `found_from_here` finds it.

    Raises
    ------
    SourcesNotFound
        No folder from here up holds the path.
    UrlUnavailable
        The URL cannot be used.
    """
    place = named(sources)
    return found_from_here(str(place)) if isinstance(place, Path) else place


def found_from_here(name: str) -> Path:
    """Return a path relative to the working folder or to the nearest folder above it that holds it.

    Raises
    ------
    SourcesNotFound
        No folder from here up holds it.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / name).exists():
            return folder / name
    raise SourcesNotFound(f"{name!r} is neither in {here} nor in a folder above it; give a folder or a file")


def _decided(place: str | Path, asked: Any, at: datetime, table: Callable[[], FollowThrough]) -> FollowThrough:
    """Write a decision down, and return the table after it."""
    from briefing_lib.assessment.deciding import Signature, decide
    from briefing_lib.assessment.decisions import add_decision

    before = table()
    signed = Signature(asked.by, at, asked.why)
    made = decide(before, asked.case, asked.kind, signed, fields=asked.fields, into=asked.into, parts=asked.parts)
    add_decision(place, made)
    return table()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadDate(f"{text!r} is no day; write it as 2020-06-24") from error


def _earlier(path: str) -> Mapping[str, Any]:
    text = found_from_here(path).read_text("utf-8")
    table: Mapping[str, Any] = json.loads(text)
    return table
