"""What a log keeps of a run that failed: where each error stood, and none of a document's words."""

import traceback

from briefing_lib.errors import BriefingError

_LEFT_OUT = "its words are left out, since they may be a document's"


def words_of(error: BaseException) -> str:
    """Return what an error says where it is one of ours or of the system, else its kind only."""
    return str(error) if isinstance(error, BriefingError | OSError) else f"{type(error).__qualname__} ({_LEFT_OUT})"


def to_log(error: BaseException) -> str:
    """Return an error with those that led to it, oldest first: where each stood, and the words of our own only."""
    parts: list[str] = []
    one: BaseException | None = error
    while one is not None:
        parts.append(f"{''.join(traceback.format_tb(one.__traceback__))}{type(one).__qualname__}: {words_of(one)}\n")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\nIt led to this error:\n".join(reversed(parts))
