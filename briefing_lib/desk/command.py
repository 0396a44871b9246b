"""The desk's commands, and the one place of the desk that reads the clock."""

from collections.abc import Callable
from datetime import UTC, datetime

import typer


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def add_to(app: typer.Typer) -> None:
    """Make the desk's commands part of the command."""
    from briefing_lib.desk import deciding, lab, sharing

    examples: dict[Callable[..., None], str] = {
        deciding.decide: "briefing decide north-korea 3 correct --set status=suspended --why 'the envoy says so'",
        deciding.decisions: "briefing decisions north-korea --export gold",
        lab.lab: "briefing lab",
        lab.new: "briefing new my-collection",
        sharing.status: "briefing status --json",
        sharing.bundle: "briefing bundle outputs/north-korea/2020-06-24",
    }
    for command, example in examples.items():
        app.command(epilog=f"Example: {example}")(command)
