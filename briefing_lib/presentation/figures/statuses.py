"""What came of the threats: the share of each status with its interval."""

from typing import TYPE_CHECKING

from briefing_lib.assessment.rates import count_by_status, interval
from briefing_lib.models import FollowThrough, Status
from briefing_lib.presentation.figures.drawing import WIDE, figure_block
from briefing_lib.presentation.figures.palette import MUTED, STATUS_COLOURS
from briefing_lib.presentation.figures.scales import axes_within, scale_of_shares
from briefing_lib.presentation.markup import Block, tag
from briefing_lib.presentation.wording import STATUS_WORDS, capital, count_of, listed, number, per_cent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW_INCHES = 0.42


def status_figure(follow_through: FollowThrough) -> Block:
    """Return the number of threats with each status, as shares with their 95% Wilson intervals."""
    total = len(follow_through.cases)
    counts = {status: many for status, many in count_by_status(follow_through.cases).items() if many}
    if not counts:
        return Block(tag("p", "There is no threat to draw."), "There is no threat to draw.")
    most = max(counts.values())
    leading = [STATUS_WORDS[status] for status, many in counts.items() if many == most]
    if len(counts) == 1:
        headline = f"All {count_of(total, 'threat')}: {leading[0]}" if total > 1 else f"One threat: {leading[0]}"
    elif len(leading) == 1:
        headline = f"“{capital(leading[0])}” is the commonest end, with {number(most)} of {count_of(total, 'threat')}"
    else:
        headline = f"No one end prevails: {listed(leading)}, {number(most)} each of {count_of(total, 'threat')}"
    rows = [(status, many, *interval(many, total)) for status, many in counts.items()]
    table = [(STATUS_WORDS[s], many, per_cent(many / total), f"{per_cent(low)} to {per_cent(high)}")
             for s, many, low, high in rows]  # fmt: skip
    return figure_block(
        "status",
        headline,
        "Share of all threats found, with the 95% Wilson interval of each share. The bar is the count.",
        lambda figure, width: _draw(figure, width, rows, total),
        lambda width: 0.55 + ROW_INCHES * len(rows) * (1 if width >= WIDE else 1.25),
        (("Status", "Threats", "Share", "95% interval"), table),
        numeric=(1, 2, 3),
    )


def _draw(figure: "Figure", width: float, rows: list[tuple[Status, int, float, float]], total: int) -> None:
    wide = width >= WIDE
    axes = axes_within(figure, left=1.45 if wide else 0.1, right=0.25)
    for place, (status, many, low, high) in enumerate(rows):
        axes.barh(place, many / total, height=0.36, color=STATUS_COLOURS[status])
        axes.plot([low, high], [place, place], color=MUTED, linewidth=1.2, marker="|", markersize=7)
        label = f"{many} of {total}"
        if wide:
            axes.text(
                -0.012, place, STATUS_WORDS[status], ha="right", va="center", transform=axes.get_yaxis_transform()
            )
            axes.text(high + 0.015, place, label, va="center", color=MUTED)
        else:
            axes.text(0, place - 0.36, f"{STATUS_WORDS[status]}, {label}", va="center")
    axes.set_ylim(len(rows) - 0.5, -0.5 if wide else -0.65)
    scale_of_shares(axes)
