"""`briefing status` and `briefing bundle`."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing_lib import console
from briefing_lib.desk.options import AsJson, Debug, Output, Quiet

if TYPE_CHECKING:
    from briefing_lib.publishing.history import Run

SHOWN_RUNS = 5
_COLOURS = {"ok": "green", "failed": "red", "killed": "red", "interrupted": "red"}


def status(
    *,
    output: Output = Path("outputs"),
    last: Annotated[int, typer.Option("--last", min=1, help="How many runs of each collection.")] = SHOWN_RUNS,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """List the last runs of each collection.

    With how each ended and how long it took. Ends with 1 where the last run of a collection did not succeed.
    """
    with console.told(debug=debug):
        from briefing_lib.publishing.history import FAILED, INTERRUPTED, KILLED, runs_of

        shown: dict[str, list[Run]] = {}
        for run in runs_of(output):
            held = shown.setdefault(run.collection, [])
            if len(held) < last:
                held.append(run)
        runs = [run for name in sorted(shown) for run in shown[name]]
        if as_json:
            fields = ("collection", "as_of", "notebook", "started", "outcome", "seconds", "error")
            console.say(console.neutral_json([{name: asdict(run)[name] for name in fields} for run in runs]))
        elif not quiet:
            console.say(_listed(runs) if runs else f"no run in {console.shown(output.absolute())} yet")
        if any(held[0].outcome in (FAILED, KILLED, INTERRUPTED) for held in shown.values()):
            raise typer.Exit(console.Exit.FAILED)


def bundle(
    output: Annotated[
        Path, typer.Argument(metavar="OUTPUT", help="A folder of a rendered briefing.", show_default=False)
    ],
    *,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="The archive; COLLECTION-DATE.zip beside it if not given."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make one archive of a briefing.

    With the HTML, the PDF, the tables, the executed notebook and the
    provenance. The same briefing gives the same bytes. briefing verify checks it.
    """
    with console.told(debug=debug):
        from briefing_lib.publishing.bundle import bundle as make
        from briefing_lib.publishing.provenance import hash_of

        path = make(output, to=to)
        if as_json:
            console.say(console.neutral_json({"bundle": str(path), "sha256": hash_of(path)}))
        elif not quiet:
            console.say(console.shown(path.absolute()))


def _listed(runs: "Sequence[Run]") -> str:
    """Return one line a run under headings, and under a run that failed its error."""
    width = max(len(run.collection) for run in runs)
    heads = f"{'COLLECTION':{width}}  AS OF       STARTED, UTC      OUTCOME         TOOK  NOTEBOOK"
    lines = [console.styled(heads, sys.stdout)]
    for run in runs:
        began = datetime.fromisoformat(run.started).astimezone(UTC).strftime("%Y-%m-%d %H:%M")
        outcome = console.styled(f"{run.outcome:11}", sys.stdout, colour=_COLOURS.get(run.outcome, "yellow"))
        took = f"{run.seconds:.1f} s" if run.seconds is not None else "–"
        collection, notebook = console.neutral(run.collection), console.neutral(run.notebook)
        lines.append(f"{collection:{width}}  {run.as_of:10}  {began}  {outcome}  {took:>7}  {notebook}")
        if run.error:
            lines.append(f"{'':{width}}  {console.neutral(run.error)}")
    return "\n".join(lines)
