"""`-p NAME VALUE` on the command line: two words after one option, as papermill has it."""

from collections.abc import Iterable, Iterator
from typing import Any

from typer.core import TyperCommand

from briefing_lib.errors import UnknownParameter

FLAGS = ("-p", "--parameter")


class PairCommand(TyperCommand):
    """A command whose parameters may be written ``-p NAME VALUE`` or ``-p NAME=VALUE``.

    Typer knows no repeatable option of two words, so they are joined before it parses.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments with each pair joined."""
        return super().parse_args(ctx, list(_joined(args)))


def pairs(written: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each ``NAME=VALUE`` as a name and a text.

    Raises
    ------
    UnknownParameter
        One has no ``=``, so that its value is missing.
    """
    split = tuple(one.partition("=") for one in written)
    for name, sign, _ in split:
        if not sign:
            raise UnknownParameter(f"-p {name} has no value; write -p NAME VALUE")
    return tuple((name, value) for name, _, value in split)


def _joined(args: Iterable[str]) -> Iterator[str]:
    rest = iter(args)
    for word in rest:
        yield word
        if word == "--":
            yield from rest
        if word not in FLAGS:
            continue
        name = next(rest, None)
        if name is None:
            return
        value = None if "=" in name else next(rest, None)
        yield name if value is None else f"{name}={value}"
