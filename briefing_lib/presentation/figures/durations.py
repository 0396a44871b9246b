"""How long threats stay open: the share still open by days since the threat."""

from typing import TYPE_CHECKING

from markupsafe import Markup

from briefing_lib.assessment.durations import FEWEST_ENDS_FOR_A_CURVE, Survival, time_to_outcome
from briefing_lib.assessment.rates import INTERVAL_LEVEL
from briefing_lib.models import FollowThrough
from briefing_lib.presentation.computed import HALF, count, prose, sentence_case
from briefing_lib.presentation.figures.drawing import WIDE, figure_block
from briefing_lib.presentation.figures.palette import BLUE, INK, MUTED
from briefing_lib.presentation.figures.scales import SHARES, axes_within
from briefing_lib.presentation.markup import Block, nothing_to_show, tag
from briefing_lib.wording import per_cent

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def duration_figure(follow_through: FollowThrough) -> Block:
    """Return the Kaplan–Meier curve; a sentence where too few ended, nothing without a threat."""
    if not follow_through.cases:
        return Block(Markup(""), "")
    found = time_to_outcome(follow_through.cases, as_of=follow_through.as_of)
    if found is None:
        return nothing_to_show(
            prose(
                "Fewer than {fewest} threats ended with a known date, too few for a curve of the time that they took.",
                fewest=FEWEST_ENDS_FOR_A_CURVE,
            )
        )
    if found.median is None:
        left = found.steps[-1].share
        headline = prose(
            "{left} of the threats are still open after {days}", left=left, days=count(found.longest, "day")
        )
    else:
        half = tag("data", "half", value=f"{HALF:.4f}")
        headline = sentence_case(
            prose("{half} of the threats were resolved within {days}", half=half, days=count(found.median, "day"))
        )
    rows = [(step.day, per_cent(step.share), f"{per_cent(step.low)} to {per_cent(step.high)}") for step in found.steps]
    return figure_block(
        "durations",
        headline,
        prose(
            "Share not yet resolved, by days since the threat (Kaplan–Meier, {level} band): {ended} resolved, {open} "
            "still open and counted for as long as they were watched.",
            level=INTERVAL_LEVEL,
            ended=found.ended,
            open=found.open,
        ),
        lambda figure, width: _draw(figure, width, found),
        lambda width: 3.0 if width >= WIDE else 2.6,
        (("Days", "Still open", "95% interval"), rows),
        numeric=(0, 1, 2),
    )


def _draw(figure: "Figure", width: float, found: Survival) -> None:
    axes = axes_within(figure, left=0.55, right=0.25)
    days = [0, *(step.day for step in found.steps), found.longest]
    shares = [1.0, *(step.share for step in found.steps)]
    low, high = ([1.0, *(getattr(step, end) for step in found.steps)] for end in ("low", "high"))
    axes.fill_between(days, [*low, low[-1]], [*high, high[-1]], step="post", color=BLUE, alpha=0.18, linewidth=0)
    axes.step(days, [*shares, shares[-1]], where="post", color=BLUE, linewidth=2)
    if found.median is not None:
        axes.plot([found.median] * 2, [0, 0.5], color=MUTED, linewidth=1, linestyle=(0, (2, 2)))
        axes.text(found.median + found.longest * 0.012, 0.04, f"{found.median} days", color=INK, va="bottom")
    axes.set_xlim(0, max(found.longest, 1))
    axes.set_ylim(0, 1.02)
    axes.set_yticks([share for share, _, _ in SHARES], [words for _, words, _ in SHARES])
    axes.set_xlabel("days since the threat", loc="right")
    axes.locator_params(axis="x", nbins=8 if width >= WIDE else 4, integer=True)
