"""Let what the libraries write of the time be the briefing's day, so that two runs give the same bytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

# reproducible-builds.org: seconds since 1970 that a tool writes in place of the time. Matplotlib and fonttools heed it.
VARIABLE = "SOURCE_DATE_EPOCH"


@contextmanager
def steady_time(day: date) -> Iterator[None]:
    """Set the time that this process and its kernels write to midnight (UTC) of a day."""
    with environment({VARIABLE: str(_seconds(day))}):
        yield


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment, and put back afterwards what was there."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _seconds(day: date) -> int:
    # Archives that carry the time cannot hold one before 1980, PDF none before 1970.
    return max(0, int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
