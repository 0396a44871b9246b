"""The two scales that figures share: shares from nothing to all, and days."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHARES: tuple[tuple[float, str, Literal["left", "center", "right"]], ...] = (
    (0, "0%", "left"),
    (0.25, "25%", "center"),
    (0.5, "50%", "center"),
    (0.75, "75%", "center"),
    (1, "100%", "right"),
)
BELOW_INCHES, ABOVE_INCHES = 0.5, 0.06


def axes_within(figure: "Figure", *, left: float, right: float) -> "Axes":
    """Return axes that leave these inches free on either side, and room for tick labels below."""
    width, height = figure.get_size_inches()
    box = (
        left / width,
        BELOW_INCHES / height,
        (width - left - right) / width,
        (height - BELOW_INCHES - ABOVE_INCHES) / height,
    )
    axes = figure.add_axes(box)
    axes.set_yticks([])
    return axes


def scale_of_shares(axes: "Axes") -> None:
    """Run the axis from 0 to 100%, the end labels within the axis."""
    axes.set_xlim(0, 1)
    axes.set_xticks([share for share, _, _ in SHARES], [words for _, words, _ in SHARES])
    for label, (_, _, side) in zip(axes.get_xticklabels(), SHARES, strict=True):
        label.set_horizontalalignment(side)


def scale_of_days(axes: "Axes", days: Iterable[date], *, ticks: int) -> None:
    """Run the axis over the days with a little room, ticks at whole years, months or days, each year said once."""
    held = list(days)
    first, last = min(held), max(held)
    room = max((last - first).days * 0.03, 1)
    axes.set_xlim(on_axis(first) - room, on_axis(last) + room)
    shown = ticks_between(first - timedelta(days=room), last + timedelta(days=room), most=ticks)
    axes.set_xticks([on_axis(day) for day in shown], tick_words(shown))


def ticks_between(first: date, last: date, *, most: int) -> list[date]:
    """Return days at which to set ticks: whole years, months or days, as many as fit."""
    from matplotlib.dates import AutoDateLocator

    locator = AutoDateLocator(minticks=2, maxticks=most, interval_multiples=True)  # type: ignore[no-untyped-call]
    low, high = datetime.combine(first, time()), datetime.combine(last, time())
    return sorted({day for day in map(_as_day, locator.tick_values(low, high)) if first <= day <= last})  # type: ignore[no-untyped-call]


def _as_day(value: float) -> date:
    from matplotlib.dates import num2date

    day: date = num2date(value).date()  # type: ignore[no-untyped-call]
    return day


def tick_words(days: list[date]) -> list[str]:
    """Return the words of ticks, each year said once."""
    if all((day.month, day.day) == (1, 1) for day in days):
        return [str(day.year) for day in days]
    words, year = [], 0
    for day in days:
        short = f"{day:%b}" if all(one.day == 1 for one in days) else f"{day.day} {day:%b}"
        words.append(short if day.year == year else f"{short}\n{day.year}")
        year = day.year
    return words


def on_axis(day: date) -> float:
    """Return where a day stands on an axis of days."""
    from matplotlib.dates import date2num

    return float(date2num(day))  # type: ignore[no-untyped-call]
