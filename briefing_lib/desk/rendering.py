"""What `briefing render`, `verify` and `check` say before and after they work."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from briefing_lib import console
from briefing_lib.desk.clock import now

if TYPE_CHECKING:
    from briefing_lib.publishing import Rendered, Request


def render_and_tell(request: "Request", *, if_changed: bool, as_json: bool, quiet: bool) -> None:
    """Render a briefing, with a line of progress, and say what was made."""
    from briefing_lib.publishing import render

    if if_changed:
        _leave_if_current(request, quiet=quiet)
    with console.progress(shown=not (quiet or as_json)) as line:
        line.show(f"Starting {request.notebook.name} …")
        rendered = render(
            request,
            clock=now,
            on_cell=lambda number, total: line.show(f"{request.notebook.name}: cell {number} of {total} …"),
            on_wait=lambda: console.tell("briefing: another run is at work on this collection; waiting for it"),
        )
    _tell_rendered(rendered, as_json=as_json, quiet=quiet)
    if rendered.pdf_problem:
        console.tell(f"briefing: {rendered.pdf_problem}; the HTML is whole")
        raise typer.Exit(console.Exit.NO_PDF)


def _leave_if_current(request: "Request", *, quiet: bool) -> None:
    """End the command, with a code of its own, where a run would make what is there already."""
    from briefing_lib.publishing.history import is_current
    from briefing_lib.publishing.planning import plan_of

    plan = plan_of(request)
    if is_current(plan):
        if not quiet:
            console.tell(f"briefing: nothing changed; {console.shown(plan.place)} is as it would be")
        raise typer.Exit(console.Exit.UNCHANGED)


def _tell_rendered(rendered: "Rendered", *, as_json: bool, quiet: bool) -> None:
    """Say which files there are, and which decisions of analysts no longer fit, and what the extractor noted."""
    table = rendered.folder / "cases.json"
    made = json.loads(table.read_text("utf-8")) if table.is_file() else {}
    unfit = made.get("unfit_decisions", [])
    if as_json:
        told = {
            "folder": str(rendered.folder),
            "files": [path.name for path in rendered.files],
            "cases": rendered.cases,
            "seconds": rendered.seconds,
            "pdf_problem": rendered.pdf_problem or None,
            "unfit_decisions": unfit,
            "notes": made.get("notes", []),
        }
        console.say(console.neutral_json(told))
    elif not quiet:
        console.say("\n".join(str(console.shown(path)) for path in rendered.files))
        if made.get("cases") == []:
            console.tell("briefing: no threat was found; the page says in what and whose")
    for one in unfit:
        console.tell(f"briefing: a decision was not applied: {one['by']}, {one['kind']} {one['case']}: {one['reason']}")
    console.tell_all(made.get("notes", []))


def tell_found(found: Sequence[str], *, as_json: bool, quiet: bool, none: str) -> None:
    """Print what is wrong with a briefing, one line each, or that nothing is."""
    if as_json:
        console.say(console.neutral_json(list(found)))
    elif found or not quiet:
        console.say("\n".join(map(console.neutral, found)) or none)
