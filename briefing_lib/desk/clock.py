"""The one place of the desk that reads the clock."""

from datetime import UTC, date, datetime

from briefing_lib.errors import BadDate


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def day(text: str) -> date:
    """Return a day as given, else today."""
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadDate(f"{text!r} is no day; write it as 2020-06-24") from error
