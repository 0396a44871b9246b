"""What came of the threats: the share of each status with its interval."""

from typing import TYPE_CHECKING

from markupsafe import Markup

from briefing_lib.assessment.rates import INTERVAL_LEVEL, count_by_status, interval
from briefing_lib.models import FollowThrough, Status
from briefing_lib.presentation.computed import count, prose, sentence_case
from briefing_lib.presentation.figures.drawing import WIDE, figure_block
from briefing_lib.presentation.figures.palette import MUTED, STATUS_COLOURS, mark_status
from briefing_lib.presentation.figures.scales import axes_within, scale_of_shares
from briefing_lib.presentation.markup import Block
from briefing_lib.wording import STATUS_WORDS, came_to, per_cent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW_INCHES = 0.36
LEFT_INCHES = 1.6
# An interval that ends later leaves its label no room on the right.
MOST_LABELLED_BEYOND = 0.9


def status_figure(follow_through: FollowThrough) -> Block:
    """Return the number of threats with each status, as shares with their 95% Wilson intervals.

    Where all have one status, or there is no threat, the block is empty: there is nothing to compare.
    """
    total = len(follow_through.cases)
    counts = {status: many for status, many in count_by_status(follow_through.cases).items() if many}
    if len(counts) < 2:
        # The bottom line and the table have said it.
        return Block(Markup(""), "")
    rows = [(status, many, *interval(many, total)) for status, many in counts.items()]
    table = [(STATUS_WORDS[s], many, per_cent(many / total), f"{per_cent(low)} to {per_cent(high)}")
             for s, many, low, high in rows]  # fmt: skip
    return figure_block(
        "status",
        _headline(counts, total),
        prose("Share of all threats found, with the {level} Wilson interval of each share.", level=INTERVAL_LEVEL),
        lambda figure, width: _draw(figure, width, rows, total),
        lambda width: 0.55 + ROW_INCHES * len(rows) * (1 if width >= WIDE else 1.25),
        (("Status", "Threats", "Share", "95% interval"), table),
        numeric=(1, 2, 3),
    )


def _headline(counts: dict[Status, int], total: int) -> Markup:
    most = max(counts.values())
    leading = [status for status, many in counts.items() if many == most]
    threats = count(total, "threat")
    if len(leading) == 1:
        template = "{most} of {threats} {came}, more than had any other outcome"
        return sentence_case(prose(template, most=most, threats=threats, came=came_to(leading[0], most)))
    return prose("No outcome prevails among {threats}", threats=threats)


def _draw(figure: "Figure", width: float, rows: list[tuple[Status, int, float, float]], total: int) -> None:
    wide = width >= WIDE
    left, right = (LEFT_INCHES if wide else 0.1), 0.25
    axes = axes_within(figure, left=left, right=right)
    edge = -left / (width - left - right)
    for place, (status, many, low, high) in enumerate(rows):
        colour = STATUS_COLOURS[status]
        axes.plot([low, high], [place, place], color=colour, linewidth=2, solid_capstyle="butt")
        mark_status(axes, many / total, place, status, size=8)
        label = f"{many} of {total}"
        if wide:
            axes.text(edge, place, STATUS_WORDS[status], va="center")
            beyond = high <= MOST_LABELLED_BEYOND
            at, side = (high + 0.015, "left") if beyond else (low - 0.015, "right")
            axes.text(at, place, label, ha=side, va="center", color=MUTED)
        else:
            axes.text(0, place - 0.36, f"{STATUS_WORDS[status]}, {label}", va="center")
    axes.set_ylim(len(rows) - 0.5, -0.5 if wide else -0.65)
    scale_of_shares(axes)
