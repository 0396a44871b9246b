"""When the sources were published, by publisher."""

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing_lib.models import FollowThrough
from briefing_lib.presentation.computed import count, prose, sentence_case
from briefing_lib.presentation.figures.drawing import WIDE, figure_block
from briefing_lib.presentation.figures.palette import BLUE, RULE
from briefing_lib.presentation.figures.scales import axes_within, on_axis, scale_of_days
from briefing_lib.presentation.markup import Block, nothing_to_show
from briefing_lib.wording import in_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PUBLISHERS = 12
ROW_INCHES = 0.34
LEFT_INCHES = 2.2


def publication_figure(follow_through: FollowThrough) -> Block:
    """Return a mark a document, on its day, in its publisher's row."""
    days: dict[str, list[date]] = {}
    for document in follow_through.documents:
        if document.published and document.published.end:
            days.setdefault(document.publisher or "not named", []).append(document.published.end)
    if not days:
        return nothing_to_show("No document carries a date.")
    ranked = sorted(days.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_PUBLISHERS]
    every = sorted(day for held in days.values() for day in held)
    gap, since = max(((after - before).days, before) for before, after in pairwise([*every, every[-1]]))
    dated, publishers = count(len(every), "dated document"), count(len(days), "publisher")
    template = "{dated} from {publishers}" + ("; the longest silence is {gap}, from {since}" if gap else "")
    headline = prose(template, dated=dated, publishers=publishers, gap=count(gap, "day"), since=since)
    span = "Each mark is a document on its day, from {first} to {last}." if gap else "All are of {last}."
    note = prose(span, first=every[0], last=every[-1])
    if len(ranked) < len(days):
        note += prose(" Drawn are the {drawn} publishers with most, of {all}.", drawn=len(ranked), all=len(days))
    rows = [(name, len(held), in_words(min(held)), in_words(max(held))) for name, held in ranked]
    return figure_block(
        "publications",
        sentence_case(headline),
        note,
        lambda figure, width: _draw(figure, width, ranked),
        lambda width: 0.55 + ROW_INCHES * len(ranked) * (1 if width >= WIDE else 1.6),
        (("Publisher", "Documents", "First", "Last"), rows),
        numeric=(1,),
    )


def _draw(figure: "Figure", width: float, ranked: list[tuple[str, list[date]]]) -> None:
    wide = width >= WIDE
    left, right = (LEFT_INCHES if wide else 0.1), 0.2
    axes = axes_within(figure, left=left, right=right)
    edge = -left / (width - left - right)
    for place, (name, days) in enumerate(ranked):
        axes.axhline(place, color=RULE, linewidth=0.8, zorder=0)
        axes.plot([on_axis(day) for day in days], [place] * len(days), "o", color=BLUE, markersize=6)
        if wide:
            axes.text(edge, place, name, va="center", transform=axes.get_yaxis_transform())
        else:
            axes.text(0, place - 0.4, name, va="center", fontsize=8.5, transform=axes.get_yaxis_transform())
    axes.set_ylim(len(ranked) - 0.5, -0.6)
    scale_of_days(axes, [day for _, days in ranked for day in days], ticks=6 if wide else 4)
