"""The colours of every figure, by the part they play, and the marks of the statuses."""

from typing import TYPE_CHECKING, Literal

from briefing_lib.models import Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = "#1d1d1b"
MUTED = "#5a5a57"
RULE = "#d9d9d4"
PAPER = "#ffffff"
# Okabe and Ito (2008), told apart by colour-blind readers; their lightness differs, so that grey print works too.
BLUE = "#0072b2"
ORANGE = "#e69f00"
GREEN = "#009e73"
VERMILLION = "#d55e00"
SKY = "#56b4e9"
PURPLE = "#cc79a7"

# The style sheet gives each part another colour where the page is dark.
PARTS = {
    INK: "ink",
    MUTED: "muted",
    RULE: "rule",
    PAPER: "paper",
    BLUE: "blue",
    ORANGE: "orange",
    GREEN: "green",
    VERMILLION: "vermillion",
    SKY: "sky",
    PURPLE: "purple",
}

STATUS_COLOURS = {
    Status.CARRIED_OUT: VERMILLION,
    Status.PARTLY_CARRIED_OUT: ORANGE,
    Status.REVERSED: PURPLE,
    Status.SUSPENDED: SKY,
    Status.WITHDRAWN: GREEN,
    Status.TARGET_COMPLIED: GREEN,
    Status.NOT_CARRIED_OUT: BLUE,
    Status.PENDING: MUTED,
    Status.UNCLEAR: MUTED,
}
# A mark's shape and filling tell the status without its colour (matplotlib's marker codes).
STATUS_MARKERS = {
    Status.CARRIED_OUT: "o",
    Status.PARTLY_CARRIED_OUT: "o",
    Status.REVERSED: "o",
    Status.SUSPENDED: "s",
    Status.WITHDRAWN: "^",
    Status.TARGET_COMPLIED: "D",
    Status.NOT_CARRIED_OUT: "o",
    Status.PENDING: ">",
    Status.UNCLEAR: "s",
}
STATUS_FILLS: dict[Status, Literal["full", "left", "bottom"]] = {
    Status.CARRIED_OUT: "full",
    Status.PARTLY_CARRIED_OUT: "left",
    Status.REVERSED: "bottom",
    Status.SUSPENDED: "left",
}


def mark_status(axes: "Axes", x: float, y: float, status: Status, *, size: float = 7) -> None:
    """Draw a status's mark: its shape and filling tell it without its colour."""
    colour = STATUS_COLOURS[status]
    axes.plot(
        x,
        y,
        STATUS_MARKERS[status],
        color=colour,
        markersize=size,
        markerfacecolor=colour if status in STATUS_FILLS else PAPER,
        markerfacecoloralt=PAPER,
        fillstyle=STATUS_FILLS.get(status, "full"),
        clip_on=False,
        zorder=3,
    )
