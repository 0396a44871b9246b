"""How long threats stay open: the Kaplan–Meier estimate, with those still open censored at the as-of day."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing_lib.assessment.rates import OPEN, RESOLVED
from briefing_lib.models import Case

# With fewer ends a curve is a few steps whose intervals cover the scale; a convention of this project.
FEWEST_ENDS_FOR_A_CURVE = 10


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on (counted from the threat) a share of threats is still open, with its 95% interval."""

    day: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Survival:
    """How long threats stay open.

    Attributes
    ----------
    steps
        The estimate after each day on which a case ended, in order.
    ended, open
        Number of cases that ended with a date, and that were open at the as-of day.
    longest
        Days that the longest observed case took.
    median
        The first day on which half or fewer are still open, or None where the curve stays above.
    """

    steps: tuple[Step, ...]
    ended: int
    open: int
    longest: int
    median: int | None


def time_to_outcome(cases: Iterable[Case], *, as_of: date) -> Survival | None:
    """Return how long the cases stayed open, or None where fewer than ten ended with a known date.

    Time runs in days from the last day on which the threat may have been made. Unclear cases, and those without a
    date, are left out; an open case that will never end by itself is censored like any other, so that the curve is
    about reported ends alone. Intervals are Greenwood's on the log-log scale (Kalbfleisch and Prentice 1980).
    """
    observed = (_observed(case, as_of) for case in cases)
    seen = [one for one in observed if one is not None]
    ended = sum(end for _, end in seen)
    if ended < FEWEST_ENDS_FOR_A_CURVE:
        return None
    from lifelines import KaplanMeierFitter

    # Censored days repeat the share of the last end: only days on which a case ended are steps.
    fit = KaplanMeierFitter(alpha=0.05).fit([days for days, _ in seen], [end for _, end in seen])
    ends = fit.event_table["observed"]
    curve = fit.survival_function_.join(fit.confidence_interval_survival_function_).loc[ends[ends > 0].index]
    steps = tuple(Step(int(day), *map(float, row)) for day, *row in curve.itertuples())
    median = int(fit.median_survival_time_) if math.isfinite(fit.median_survival_time_) else None
    return Survival(steps, ended, len(seen) - ended, max(days for days, _ in seen), median)


def _observed(case: Case, as_of: date) -> tuple[int, bool] | None:
    """Days that a case was seen for, and whether it ended; None where that cannot be told."""
    made = case.issued.end if case.issued else None
    if made is None:
        return None
    if case.status in OPEN:
        return max((as_of - made).days, 0), False
    ended = case.status_date.end if case.status_date else None
    if case.status not in RESOLVED or ended is None:
        return None
    return max((ended - made).days, 0), True
