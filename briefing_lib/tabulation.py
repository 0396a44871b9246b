"""The table as the command prints it."""

import sys

from briefing_lib.console import neutral, neutral_json
from briefing_lib.models import FollowThrough
from briefing_lib.presentation import to_csv, to_json, to_markdown
from briefing_lib.presentation.reviews import decisions_text
from briefing_lib.wording import STATUS_WORDS, in_words, target_of

WIDTH_IN_A_PIPE = 100


def printed(found: FollowThrough, form: str) -> str:
    """Return the table as ``json``, ``csv``, ``md`` or, for people, ``table``, safe for a terminal.

    CSV keeps every character where it goes to a file or a program.
    """
    if form == "json":
        return neutral_json(to_json(found))
    if form == "csv":
        text = to_csv(found).rstrip("\n")
        return neutral(text) if sys.stdout.isatty() else text
    if form == "md":
        return neutral(to_markdown(found).rstrip("\n"))
    return _drawn(found)


def _drawn(found: FollowThrough) -> str:
    """Return a table of the terminal's width, and a line under it on what it rests on."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for head in ("Sender", "Target", "Threat", "Made", "Status"):
        drawn.add_column(head, overflow="fold")
    for case in found.cases:
        cells = (
            case.sender.name,
            target_of(case) or "–",
            case.act,
            in_words(case.issued),
            f"{STATUS_WORDS[case.status]} ({case.basis.value})",
        )
        drawn.add_row(*(Text(neutral(" ".join(cell.split()))) for cell in cells))
    width = None if sys.stdout.isatty() else WIDTH_IN_A_PIPE
    out = Console(width=width, color_system=None, force_terminal=False, safe_box=True)
    with out.capture() as capture:
        if found.cases:
            out.print(drawn)
    # Without the blanks that pad each line, and an empty first one: a copy of the text is clean.
    lines = [line.rstrip() for line in capture.get().strip("\n").splitlines()]
    return "\n".join([*(lines[1:] if lines and not lines[0] else lines), _summary(found)])


def _summary(found: FollowThrough) -> str:
    skipped = "".join(f"\nskipped {neutral(one.path)}: {neutral(one.reason)}" for one in found.skipped)
    decided = f"\n{neutral(decisions_text(found))}".rstrip()
    later = f", {found.later} published later" if found.later else ""
    return (
        f"{_count(len(found.cases), 'threat')} in {_count(len(found.documents), 'document')} "
        f"as of {found.as_of.isoformat()}{later}{skipped}{decided}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
