"""Questions of the table, each a frame to read or to go on with in pandas."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from briefing_lib.assessment.rates import follow_through_rate
from briefing_lib.errors import BadDate, UnknownParameter
from briefing_lib.models import Case, FollowThrough
from briefing_lib.wording import STATUS_WORDS, target_of

if TYPE_CHECKING:
    import pandas as pd

NOT_NAMED = "not named"
GROUPS: dict[str, Callable[[Case], str]] = {
    "sender": lambda case: case.sender.name,
    "target": lambda case: target_of(case) or NOT_NAMED,
    "mode": lambda case: case.mode.value,
    "kind": lambda case: case.kind.value,
    "year": lambda case: str(case.issued.end.year) if case.issued and case.issued.end else "not known",
}


def who_threatened_whom(found: FollowThrough) -> "pd.DataFrame":
    """Return how many threats each sender (rows) made against each target (columns)."""
    import pandas as pd

    senders = [case.sender.name for case in found.cases]
    targets = [target_of(case) or NOT_NAMED for case in found.cases]
    return pd.crosstab(pd.Series(senders, name="sender", dtype="str"), pd.Series(targets, name="target", dtype="str"))


def how_often(found: FollowThrough, *, by: str = "sender") -> "pd.DataFrame":
    """Return how often threats were carried out, by ``sender``, ``target``, ``mode``, ``kind`` or ``year``.

    A row holds the number of threats, of those resolved and of those carried out, and the share of the resolved with
    its 95% Wilson interval; the share is missing where none is resolved.

    Raises
    ------
    UnknownParameter
        There is no such grouping.
    """
    group = _group(by)
    names = sorted({group(case) for case in found.cases})
    # As objects, so that a count is no "8.00" beside a share.
    return _rates({name: [case for case in found.cases if group(case) == name] for name in names}, by)


def how_long(found: FollowThrough) -> "pd.DataFrame":
    """Return the days from each threat to what came of it, one row a case with both dates, the quickest first.

    Days count from the last day on which the threat may have been made to the last on which its status may have begun.
    """
    from briefing_lib.presentation.frames import Frame

    rows: list[tuple[str, str, str, int]] = []
    for case in found.cases:
        made = case.issued.end if case.issued else None
        ended = case.status_date.end if case.status_date else None
        if made and ended:
            rows.append((case.sender.name, case.act, STATUS_WORDS[case.status], (ended - made).days))
    frame = Frame(rows, columns=["sender", "act", "status", "days"])
    return frame.sort_values("days", kind="stable", ignore_index=True)


def compare(found: FollowThrough, one: str = "", other: str = "", *, by: str = "sender") -> "pd.DataFrame":
    """Return the same figures as ``how_often`` for two senders, targets, modes, kinds or years, side by side.

    Without names, of the two with the most threats; of fewer where there are fewer.

    Raises
    ------
    UnknownParameter
        There is no such grouping, or no case of one that is named.
    """
    group = _group(by)
    counts = Counter(group(case) for case in found.cases)
    for name in (one, other):
        if name and name not in counts:
            raise UnknownParameter(f"{name!r} is no {by} of the table; there are {', '.join(sorted(counts)) or 'none'}")
    most = sorted(counts, key=lambda name: (-counts[name], name))
    named = [name for name in (one, other) if name]
    chosen = (named + [name for name in most if name not in named])[:2]
    # As objects, so that a count is no "8.00" beside a share.
    return _rates({name: [case for case in found.cases if group(case) == name] for name in chosen}, by).astype(object).T


def compare_periods(found: FollowThrough, *, until: str) -> "pd.DataFrame":
    """Return the same figures for threats made up to a day and for those made after it; undated ones are left out.

    Raises
    ------
    BadDate
        The day is none.
    """
    try:
        day = date.fromisoformat(until)
    except ValueError as error:
        raise BadDate(f"{until!r} is no day; write it as 2020-06-24") from error
    dated = [(case.issued.end, case) for case in found.cases if case.issued and case.issued.end]
    halves = {
        f"to {until}": [case for made, case in dated if made <= day],
        f"after {until}": [case for made, case in dated if made > day],
    }
    return _rates(halves, "period").astype(object).T


def _group(by: str) -> Callable[[Case], str]:
    if by not in GROUPS:
        raise UnknownParameter(f"cases are not grouped by {by!r}; take one of {', '.join(GROUPS)}")
    return GROUPS[by]


def _rates(groups: Mapping[str, list[Case]], by: str) -> "pd.DataFrame":
    import pandas as pd

    from briefing_lib.presentation.frames import Frame

    rows = []
    for held in groups.values():
        rate = follow_through_rate(held)
        rows.append((len(held), rate.of, rate.done, rate.share, rate.low, rate.high))
    heads = ["threats", "resolved", "carried_out", "share", "low", "high"]
    frame = Frame(rows, columns=heads, index=pd.Index(list(groups), name=by, dtype="str"))
    return frame.astype(dict.fromkeys(heads[3:], "float64")).round(3)
