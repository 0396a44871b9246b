"""The command that prints a scorecard."""

from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from briefing_lib.errors import BriefingError
from briefing_lib.evaluation.changes import to_json
from briefing_lib.evaluation.report import to_markdown, to_text
from briefing_lib.evaluation.scorecard import PARTS, evaluate


def score(
    gold: Annotated[Path, typer.Argument(help="A folder with docs/, stories/ or *.jsonl of annotations.")],
    *,
    baseline: Annotated[Path | None, typer.Option(help="A file made by --save, to compare with.")] = None,
    save: Annotated[Path | None, typer.Option(help="Keep this version's extractions as a baseline.")] = None,
    write: Annotated[Path | None, typer.Option(help="Write the figures, and no text of the gold, as Markdown.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="documents, sentences or stories; may be repeated.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to write in the file.")] = None,
) -> None:
    """Score the extraction against annotated text, and show each error."""
    try:
        card = evaluate(gold, baseline=baseline, only=only or PARTS)
    except BriefingError as error:
        typer.echo(f"briefing: {error}", err=True)
        raise typer.Exit(2) from error
    typer.echo(to_text(card))
    if save:
        save.write_text(to_json(card.predictions), encoding="utf-8")
    if write:
        # The command line is the one place that reads the clock.
        made_on = on.date() if on else date.today()
        write.write_text(to_markdown(card, version=version("briefing-lib"), made_on=made_on), encoding="utf-8")


def run() -> None:
    """Run the command by itself."""
    typer.run(score)
