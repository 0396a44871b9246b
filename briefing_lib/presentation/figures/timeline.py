"""When each threat was made and what came of it when, by sender; open ones run to the as-of day."""

from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from markupsafe import Markup

from briefing_lib.assessment.rates import OPEN, RESOLVED
from briefing_lib.models import Case, FollowThrough, Status
from briefing_lib.presentation.computed import count, prose, sentence_case
from briefing_lib.presentation.figures.broken_scale import BrokenScale, broken_scale, draw_scale
from briefing_lib.presentation.figures.drawing import WIDE, figure_block
from briefing_lib.presentation.figures.palette import INK, RULE, STATUS_COLOURS, mark_status
from briefing_lib.presentation.figures.scales import axes_within
from briefing_lib.presentation.markup import Block, nothing_to_show
from briefing_lib.wording import STATUS_WORDS, capital, in_words, is_or_are, shortened, target_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# More rows than this cannot be read on a page; the table holds them all.
MOST_ROWS = 24
UNENDED = frozenset({Status.PENDING, Status.UNCLEAR})
ROW_INCHES = 0.3
LABEL_CHARACTERS, NARROW_LABEL_CHARACTERS = 42, 34
# More breaks than this would leave a part no room for its ticks.
MOST_PARTS = 4
DASHES = (0, (2, 2))
LEFT_INCHES, RIGHT_INCHES = 3.1, 1.3


@dataclass(frozen=True, slots=True)
class Line:
    """One threat on the timeline: its number in the table, when it was made and ended, and how far its line runs."""

    place: int
    case: Case
    start: date
    ended: date | None
    end: date


def timeline_figure(follow_through: FollowThrough) -> Block:
    """Return a line a threat, from its issue to its outcome or to the as-of day."""
    lines = _lines(follow_through)
    if not lines:
        return nothing_to_show("No threat with a date was found.")
    shown = sorted(lines, key=lambda line: line.start)[-MOST_ROWS:]
    shown.sort(key=lambda line: (line.case.sender.name.casefold(), line.start, line.place))
    note = prose(
        "A line runs from the day a threat was made to its outcome; dashes run on to the as-of day where it is open or "
        "unclear."
    )
    if len(_scale(shown, follow_through.as_of, most=MOST_PARTS).parts) > 1:
        note += prose(" The scale is broken where nothing happened, and each part has its own.")
    if len(shown) < len(follow_through.cases):
        every = len(follow_through.cases)
        note += prose(" Drawn are the {drawn} latest with a date, of {every}.", drawn=len(shown), every=every)
    rows = [(f"{line.place}. {line.case.act}", line.case.sender.name, target_of(line.case) or "not named",
             in_words(line.case.issued), STATUS_WORDS[line.case.status], in_words(line.case.status_date))
            for line in shown]  # fmt: skip
    senders = len({line.case.sender.name for line in shown})
    return figure_block(
        "timeline",
        _headline(follow_through, lines),
        note,
        lambda figure, width: _draw(figure, width, shown, follow_through.as_of),
        lambda width: 0.6 + ROW_INCHES * (len(shown) * (1 if width >= WIDE else 1.5) + 1.2 * senders),
        (("Threat", "Sender", "Target", "Made", "Status", "Since"), rows),
    )


def _lines(follow_through: FollowThrough) -> list[Line]:
    lines = []
    for place, case in enumerate(follow_through.cases, start=1):
        start = (case.issued.start or case.issued.end) if case.issued else None
        if start is None:
            continue
        ended = case.status_date.end if case.status_date and case.status not in UNENDED else None
        runs_on = ended is None or case.status in OPEN
        last = follow_through.as_of if runs_on or ended is None else ended
        lines.append(Line(place, case, start, ended, max(start, last)))
    return lines


def _headline(follow_through: FollowThrough, lines: list[Line]) -> Markup:
    still = sum(line.case.status in OPEN for line in lines)
    took = [(line.end - line.start).days for line in lines if line.case.status in RESOLVED and line.ended]
    parts = []
    if took:
        days = count(round(median(took)), "day")
        one, several = (
            "the only resolved threat took {days}",
            "the {many} resolved threats with a date took a median of {days}",
        )
        parts.append(prose(several if len(took) > 1 else one, many=len(took), days=days))
    if still:
        threats = count(still, "threat")
        template = "{threats} {are} open as of {day}"
        parts.append(prose(template, threats=threats, are=is_or_are(still), day=follow_through.as_of))
    if not parts:
        parts.append(prose("no outcome is known of {threats}", threats=count(len(lines), "threat")))
    return sentence_case(Markup("; ").join(parts))


def _scale(lines: list[Line], as_of: date, *, most: int) -> BrokenScale:
    """Cover the days on which something happened; the dashes of what stayed open may be broken."""
    stretches = [(line.start, max(line.start, line.ended or line.start)) for line in lines]
    return broken_scale([*stretches, (as_of, as_of)], most=most)


def _draw(figure: "Figure", width: float, lines: list[Line], as_of: date) -> None:
    wide = width >= WIDE
    left, right = (LEFT_INCHES, RIGHT_INCHES) if wide else (0.1, 0.1)
    axes = axes_within(figure, left=left, right=right)
    scale = _scale(lines, as_of, most=MOST_PARTS if wide else MOST_PARTS - 1)
    edge = -left / (width - left - right) if wide else 0.0
    row, sender = 0.0, ""
    for line in lines:
        if line.case.sender.name != sender:
            sender = line.case.sender.name
            row += 0.3
            axes.text(edge, row, capital(sender), fontweight="bold", va="center")
            row += 0.9 if wide else 1.3
        _line(axes, line, row, scale=scale, edge=edge)
        row += 1.0 if wide else 1.5
    axes.set_ylim(row - 0.3, -0.3)
    draw_scale(axes, scale, inches=width - left - right)
    axes.axvline(scale.at(as_of), color=RULE, linewidth=1, zorder=0)


def _line(axes: "Axes", line: Line, row: float, *, scale: BrokenScale, edge: float) -> None:
    case = line.case
    colour = STATUS_COLOURS[case.status]
    start, end = scale.at(line.start), scale.at(line.end)
    marked = max(start, scale.at(line.ended)) if line.ended else end
    axes.plot([start, marked], [row, row], color=colour, linewidth=2, linestyle="solid" if line.ended else DASHES)
    axes.plot([marked, end], [row, row], color=colour, linewidth=2, linestyle=DASHES)
    axes.plot(start, row, "|", color=INK, markersize=8)
    mark_status(axes, marked, row, case.status)
    label = f"{line.place}. {shortened(case.act, LABEL_CHARACTERS)}"
    if edge:
        axes.text(edge, row, label, va="center", fontsize=9)
        axes.text(1.03, row, STATUS_WORDS[case.status], va="center", fontsize=9)
    else:
        label = f"{line.place}. {shortened(case.act, NARROW_LABEL_CHARACTERS)}"
        axes.text(0, row - 0.62, f"{label}, {STATUS_WORDS[case.status]}", va="center", fontsize=8)
