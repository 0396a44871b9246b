"""A scale of days that leaves out the long times in which nothing happened, so that each episode can be read.

Each part has a scale of its own, wider for a longer one but by the square root, since a fortnight's exchange beside one
of a year would otherwise be a dot. The breaks are drawn, and the figure's note says that they are there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from briefing_lib.presentation.figures.palette import MUTED, RULE
from briefing_lib.presentation.figures.scales import on_axis, tick_words, ticks_between

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A gap is left out where it is longer than both; conventions of this project.
SHORTEST_GAP_DAYS = 60
LEAST_SHARE_OF_SPAN = 0.1
BREAK_WIDTH = 0.05
INCHES_A_TICK = 0.7
# The labels of two ticks need so much room.
INCHES_FOR_TWO = 1.0
# A label nearer to an end of its part than this would reach over the break.
HALF_A_LABEL = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """An unbroken stretch of days, its first and last with something to show, and where it lies from 0 to 1."""

    first: date
    last: date
    left: float
    right: float

    @property
    def room(self) -> float:
        """Days left free on either side, so that a mark at an end stands within the part."""
        return max((self.last - self.first).days * 0.08, 2.0)

    def at(self, day: date) -> float:
        """Return where a day lies."""
        whole = (self.last - self.first).days + 2 * self.room
        share = (on_axis(day) - on_axis(self.first) + self.room) / whole
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class BrokenScale:
    """Parts in order of time."""

    parts: tuple[Part, ...]

    def at(self, day: date) -> float:
        """Return where a day lies from 0 to 1; one within a break lies at the end of the part before it."""
        held = [part for part in self.parts if part.first - timedelta(days=part.room) <= day]
        return (held[-1] if held else self.parts[0]).at(day)


def broken_scale(stretches: Iterable[tuple[date, date]], *, most: int) -> BrokenScale:
    """Return a scale over stretches of days, broken at the longest gaps between them, in ``most`` parts or fewer."""
    covered = _joined(sorted(stretches))
    span = (covered[-1][1] - covered[0][0]).days
    least = max(SHORTEST_GAP_DAYS, LEAST_SHARE_OF_SPAN * span)
    gaps = sorted(((after[0] - before[1]).days, place) for place, (before, after) in _pairs(covered))
    cuts = {place for days, place in gaps[-(most - 1) :] if days > least} if most > 1 else set()
    ends = [*sorted(cuts), len(covered) - 1]
    starts = [0, *(cut + 1 for cut in sorted(cuts))]
    return _laid_out([(covered[a][0], covered[b][1]) for a, b in zip(starts, ends, strict=True)])


def draw_scale(axes: "Axes", scale: BrokenScale, *, inches: float) -> None:
    """Give axes the scale: ticks and a line for each part, and a mark at each break."""
    axes.set_xlim(0, 1)
    axes.spines["bottom"].set_visible(False)
    floor = axes.get_ylim()[0]
    ticks: list[tuple[float, str, Literal["left", "center", "right"]]] = []
    for part in scale.parts:
        days = _ticks(part, inches=(part.right - part.left) * inches)
        words = zip(days, tick_words(days), strict=True)
        ticks += [(part.at(day), word, _side(part, day, inches)) for day, word in words]
        axes.plot([part.left, part.right], [floor, floor], color=RULE, linewidth=1.6, clip_on=False)
    axes.set_xticks([place for place, _, _ in ticks], [word for _, word, _ in ticks])
    for label, (_, _, side) in zip(axes.get_xticklabels(), ticks, strict=True):
        label.set_horizontalalignment(side)
    for before, after in pairwise(scale.parts):
        middle = (before.right + after.left) / 2
        axes.axvline(middle, color=RULE, linewidth=0.8, linestyle=(0, (1, 3)), zorder=0)
        axes.text(middle, floor, "//", color=MUTED, ha="center", va="center", fontsize=8)


def _joined(stretches: list[tuple[date, date]]) -> list[tuple[date, date]]:
    held = [stretches[0]]
    for first, last in stretches[1:]:
        if first <= held[-1][1]:
            held[-1] = (held[-1][0], max(held[-1][1], last))
        else:
            held.append((first, last))
    return held


def _pairs(covered: list[tuple[date, date]]) -> Iterable[tuple[int, tuple[tuple[date, date], tuple[date, date]]]]:
    return enumerate(pairwise(covered))


def _laid_out(stretches: list[tuple[date, date]]) -> BrokenScale:
    weights = [max((last - first).days, 4) ** 0.5 for first, last in stretches]
    free = 1 - BREAK_WIDTH * (len(stretches) - 1)
    parts, left = [], 0.0
    for (first, last), weight in zip(stretches, weights, strict=True):
        right = left + free * weight / sum(weights)
        parts.append(Part(first, last, left, right))
        left = right + BREAK_WIDTH
    return BrokenScale(tuple(parts))


def _side(part: Part, day: date, inches: float) -> Literal["left", "center", "right"]:
    if (part.at(day) - part.left) * inches < HALF_A_LABEL and day != part.last:
        return "left"
    return "right" if (part.right - part.at(day)) * inches < HALF_A_LABEL else "center"


def _ticks(part: Part, *, inches: float) -> list[date]:
    most = int(inches / INCHES_A_TICK)
    if most >= 3:
        found = ticks_between(part.first, part.last, most=most)
        if len(found) > 1:
            return found
    apart = (part.at(part.last) - part.at(part.first)) / (part.right - part.left) * inches
    return [part.first, part.last] if apart >= INCHES_FOR_TWO else [part.last]
