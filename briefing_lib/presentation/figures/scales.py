"""The two scales that figures share: shares from nothing to all, and days."""

from collections.abc import Iterable
from datetime import date
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
    from matplotlib.dates import AutoDateLocator, num2date

    held = list(days)
    first, last = min(held), max(held)
    room = max((last - first).days * 0.03, 1)
    low, high = on_axis(first) - room, on_axis(last) + room
    axes.set_xlim(low, high)
    locator = AutoDateLocator(minticks=2, maxticks=ticks, interval_multiples=True)  # type: ignore[no-untyped-call]
    found = [num2date(value).date() for value in locator.tick_values(num2date(low), num2date(high))]  # type: ignore[no-untyped-call]
    shown = sorted({day for day in found if low <= on_axis(day) <= high})
    axes.set_xticks([on_axis(day) for day in shown], _tick_words(shown))


def _tick_words(days: list[date]) -> list[str]:
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
