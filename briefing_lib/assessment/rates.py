"""How often threats were carried out: counts over denominators that are named, with their intervals.

A rate means nothing without its reading: which statuses count as carried out, and which belong in the denominator.
``READINGS`` holds the headline reading first and beside it every other that a careful reader may prefer.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing_lib.models import Case, Status

# Wilson (1927); Brown, Cai and DasGupta (2001) recommend it for small samples, which ours are.
INTERVAL_METHOD = "wilson"
INTERVAL_ALPHA = 0.05
INTERVAL_LEVEL = 1 - INTERVAL_ALPHA

DONE = frozenset({Status.CARRIED_OUT, Status.PARTLY_CARRIED_OUT, Status.REVERSED})
NOT_DONE = frozenset({Status.WITHDRAWN, Status.TARGET_COMPLIED, Status.NOT_CARRIED_OUT})
RESOLVED = DONE | NOT_DONE
OPEN = frozenset({Status.PENDING, Status.SUSPENDED})


@dataclass(frozen=True, slots=True)
class CountingRule:
    """One reading of the statuses.

    Attributes
    ----------
    name
        Short, for a table's row.
    denominator
        What the rate is a share of, in words that follow "of".
    counted
        The statuses in the denominator.
    done
        Those of them that count as carried out.
    """

    name: str
    denominator: str
    counted: frozenset[Status]
    done: frozenset[Status] = DONE


HEADLINE = CountingRule("Resolved cases", "threats that were resolved", RESOLVED)
READINGS = (
    HEADLINE,
    CountingRule(
        "Suspended counted as not carried out",
        "threats that were resolved or suspended",
        RESOLVED | {Status.SUSPENDED},
    ),
    CountingRule(
        "Suspended and pending counted as not carried out so far",
        "threats that were resolved or are open",
        RESOLVED | OPEN,
    ),
    CountingRule(
        "Pending counted as not carried out so far, suspended left out",
        "threats that were resolved or are pending",
        RESOLVED | {Status.PENDING},
    ),
    CountingRule(
        "Unclear counted as not carried out",
        "threats that were resolved or are unclear",
        RESOLVED | {Status.UNCLEAR},
    ),
    CountingRule("All cases", "threats found", frozenset(Status)),
    CountingRule(
        "Only what was carried out in full and stayed so",
        "threats that were resolved",
        RESOLVED,
        frozenset({Status.CARRIED_OUT}),
    ),
    CountingRule(
        "Left out where the target complied",
        "threats that were resolved other than by the target complying",
        RESOLVED - {Status.TARGET_COMPLIED},
    ),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A count over a named denominator. ``share``, ``low`` and ``high`` are None where nothing was counted."""

    rule: CountingRule
    done: int
    of: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The point estimate, from 0 to 1."""
        return self.done / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How often threats of another population were carried out, and where that is from; ``short`` is for a label."""

    name: str
    population: str
    short: str
    source: str
    of: int
    carried_out: float
    note: str = ""

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval of the share."""
        low, high = interval(round(self.carried_out * self.of), self.of)
        return low, high


def follow_through_rate(cases: Iterable[Case], *, reading: CountingRule = HEADLINE) -> Rate:
    """Return the share of the cases that was carried out under one reading, with its 95% Wilson interval."""
    statuses = [case.status for case in cases]
    of = sum(status in reading.counted for status in statuses)
    done = sum(status in reading.counted & reading.done for status in statuses)
    if not of:
        return Rate(reading, 0, 0, None, None)
    low, high = interval(done, of)
    return Rate(reading, done, of, low, high)


def rates_under_each_reading(cases: Iterable[Case]) -> tuple[Rate, ...]:
    """Return the rate under each reading of ``READINGS``, the headline first."""
    held = tuple(cases)
    return tuple(follow_through_rate(held, reading=reading) for reading in READINGS)


def count_by_status(cases: Iterable[Case]) -> dict[Status, int]:
    """Return how many cases have each status, every status present, in the order of ``Status``."""
    counts = dict.fromkeys(Status, 0)
    for case in cases:
        counts[case.status] += 1
    return counts


def interval(done: int, of: int) -> tuple[float, float]:
    """Return the 95% Wilson interval of a share, both ends from 0 to 1."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(done, of, alpha=INTERVAL_ALPHA, method=INTERVAL_METHOD)
    return float(low), float(high)


@cache
def base_rates() -> tuple[BaseRate, ...]:
    """Return the base rates of other populations that a rate is set beside."""
    text = files(__package__).joinpath("standards/base_rates.toml").read_text("utf-8")
    return tuple(BaseRate(**entry) for entry in tomllib.loads(text)["base_rate"])
