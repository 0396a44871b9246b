"""The analyst's desk: the commands beside `table` and `render`, and what they share."""

from collections.abc import Callable

import typer


def add_to(app: typer.Typer) -> None:
    """Make the desk's commands part of the command."""
    from briefing_lib.desk import deciding, keeping, lab, proving, scoring, sharing

    examples: dict[Callable[..., None], str] = {
        sharing.status: "briefing status --json",
        proving.check: "briefing check outputs/north-korea/2020-06-24",
        proving.verify: "briefing verify outputs/north-korea/2020-06-24",
        sharing.bundle: "briefing bundle outputs/north-korea/2020-06-24",
        lab.new: "briefing new my-collection",
        lab.lab: "briefing lab",
        deciding.decide: "briefing decide north-korea 3 correct --set status=suspended --why 'the envoy says so'",
        deciding.decisions: "briefing decisions north-korea --export gold",
        scoring.evaluate: "briefing evaluate gold --only documents --baseline before.json",
        keeping.store: "briefing store --clear",
    }
    for command, example in examples.items():
        app.command(epilog=f"Example: {example}")(command)
