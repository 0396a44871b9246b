"""The table as the command prints it."""

import sys

from briefing_lib.console import neutral, neutral_json
from briefing_lib.models import Basis, FollowThrough
from briefing_lib.presentation import to_csv, to_json, to_markdown
from briefing_lib.presentation.reviews import decisions_text
from briefing_lib.wording import STATUS_WORDS, count_of, in_words, is_or_are, target_of

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

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False, padding=(0, 1, 0, 0))
    drawn.add_column("No.", justify="right", no_wrap=True)
    for head in ("Sender", "Target", "Threat", "Made", "Outcome"):
        drawn.add_column(head, overflow="fold")
    for place, case in enumerate(found.cases, start=1):
        stated = f", {case.basis.value}" if case.basis is not Basis.NONE else ""
        cells = (
            str(place),
            case.sender.name,
            target_of(case) or "–",
            case.act,
            in_words(case.issued),
            f"{STATUS_WORDS[case.status]}{stated}",
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
        f"as of {found.as_of.isoformat()}{later}{_undated(found)}{skipped}{decided}"
    )


def _undated(found: FollowThrough) -> str:
    """Say how many documents carry no date, which one is the first, and what that means."""
    undated = [document.path for document in found.documents if document.published is None]
    if not undated:
        return ""
    named = neutral(undated[0]) + (f" and {count_of(len(undated) - 1, 'other')}" if len(undated) > 1 else "")
    return (
        f"\n{named} {is_or_are(len(undated))} without a date, and used for any day; "
        "give one in the file's name or in sources.toml"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
