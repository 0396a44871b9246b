"""The follow-through rate beside base rates of other populations: a forest of shares with their intervals."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from briefing_lib.assessment.rates import INTERVAL_LEVEL, RESOLVED, base_rates, follow_through_rate
from briefing_lib.models import Case, FollowThrough
from briefing_lib.presentation.computed import prose
from briefing_lib.presentation.figures.drawing import WIDE, figure_block
from briefing_lib.presentation.figures.palette import BLUE, INK, MUTED, PAPER, RULE
from briefing_lib.presentation.figures.scales import axes_within, scale_of_shares
from briefing_lib.presentation.judgements import how_many_done
from briefing_lib.presentation.markup import Block, nothing_to_show
from briefing_lib.wording import per_cent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_SENDERS_DRAWN = 5
FEWEST_DRAWN = 2
LEFT_INCHES = 3.1
ROW_INCHES = 0.56


@dataclass(frozen=True, slots=True)
class Row:
    """One share of the forest."""

    name: str
    population: str
    share: float
    low: float
    high: float
    of: int
    ours: bool
    short: str
    source: str


def rates_figure(follow_through: FollowThrough) -> Block:
    """Return the rate of resolved threats, over all and by sender, beside the base rates, each with its population."""
    ours = _ours(follow_through.cases)
    if not follow_through.cases:
        return Block(Markup(""), "")
    if not ours:
        return nothing_to_show("No threat is resolved, so there is no rate.")
    rows = [*ours, *_theirs()]
    elsewhere = [row.share for row in rows if not row.ours]
    headline = how_many_done(follow_through_rate(follow_through.cases), rest="") + prose(
        "; base rates elsewhere run from {low} to {high}", low=min(elsewhere), high=max(elsewhere)
    )
    table = [
        (
            row.name,
            row.population,
            row.of,
            per_cent(row.share),
            f"{per_cent(row.low)} to {per_cent(row.high)}",
            row.source,
        )
        for row in rows
    ]
    return figure_block(
        "rates",
        headline,
        prose(
            "Share carried out at least in part, with its {level} Wilson interval. Hollow marks are other populations: "
            "they show what is usual elsewhere, not what to expect here.",
            level=INTERVAL_LEVEL,
        ),
        lambda figure, width: _draw(figure, width, rows),
        lambda width: 0.55 + ROW_INCHES * len(rows) * (1 if width >= WIDE else 1.35),
        (("Threats of", "Population", "Number", "Carried out", "95% interval", "Source"), table),
        numeric=(2, 3, 4),
    )


def _ours(cases: tuple[Case, ...]) -> list[Row]:
    everything = _row("All threats in these sources", cases)
    senders: dict[str, list[Case]] = {}
    for case in cases:
        if case.status in RESOLVED:
            senders.setdefault(case.sender.name, []).append(case)
    ranked = sorted(senders.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_SENDERS_DRAWN]
    by_sender = [_row(f"by {name}", held) for name, held in ranked if len(held) >= FEWEST_DRAWN]
    by_sender = by_sender if len(senders) > 1 else []
    return [row for row in (everything, *by_sender) if row is not None]


def _row(name: str, cases: list[Case] | tuple[Case, ...]) -> Row | None:
    rate = follow_through_rate(cases)
    if rate.share is None or rate.low is None or rate.high is None:
        return None
    return Row(
        name,
        f"{rate.of} resolved",
        rate.share,
        rate.low,
        rate.high,
        rate.of,
        ours=True,
        short=f"{rate.of} resolved",
        source="these sources",
    )


def _theirs() -> list[Row]:
    return [
        Row(rate.name, f"{rate.of:,} {rate.population}", rate.carried_out, *rate.interval, rate.of, ours=False,
            short=f"{rate.of:,} {rate.short}", source=f"{rate.source}. {rate.note}")
        for rate in base_rates()
    ]  # fmt: skip


def _draw(figure: "Figure", width: float, rows: list[Row]) -> None:
    wide = width >= WIDE
    left, right = (LEFT_INCHES if wide else 0.1), 0.25
    axes = axes_within(figure, left=left, right=right)
    edge = -left / (width - left - right) if wide else 0.0
    for place, row in enumerate(rows):
        colour = BLUE if row.ours else MUTED
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            row.share,
            place,
            "o",
            color=colour,
            markerfacecolor=colour if row.ours else PAPER,
            markersize=7,
            clip_on=False,
            zorder=3,
        )
        _label(axes, place, row, edge=edge)
    split = sum(row.ours for row in rows) - 0.5
    axes.axhline(split if wide else split - 0.25, color=RULE, linewidth=0.8, xmin=edge, clip_on=False)
    axes.set_ylim(len(rows) - 0.5, -0.5 if wide else -0.85)
    scale_of_shares(axes)


def _label(axes: "Axes", place: int, row: Row, *, edge: float) -> None:
    """Name a row: to the left of it on a wide drawing (a negative edge), above it on a narrow one."""
    if edge:
        axes.text(edge, place - 0.17, row.name, va="center")
        axes.text(edge, place + 0.2, row.short, va="center", color=MUTED, fontsize=8)
        axes.text(row.share, place - 0.34, per_cent(row.share), ha="center", va="center", fontsize=8.5, color=INK)
    else:
        axes.text(0, place - 0.55, f"{row.name}: {per_cent(row.share)}", va="center", fontsize=8.5)
        axes.text(0, place - 0.28, row.short, va="center", color=MUTED, fontsize=7.5)
