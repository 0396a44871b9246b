"""The options that several of the desk's commands take."""

from pathlib import Path
from typing import Annotated

import typer

from briefing_lib.errors import SourcesNotFound, UnknownParameter

SEEDS = Path("seeds")


def collections(incomplete: str) -> list[str]:
    """Return the collections whose name begins so, for completion in a shell."""
    if not SEEDS.is_dir():
        return []
    return sorted(path.name for path in SEEDS.iterdir() if path.is_dir() and path.name.startswith(incomplete))


def fields(incomplete: str) -> list[str]:
    """Return the fields that can be corrected and begin so, for completion in a shell."""
    from briefing_lib.assessment.corrections import FIELDS

    return [f"{name}=" for name in FIELDS if name.startswith(incomplete)]


def place_of(collection: str) -> Path:
    """Return a collection's folder, by its path or by its name in ``seeds``.

    Raises
    ------
    SourcesNotFound
        There is no such folder.
    UnknownParameter
        It is at a URL.
    """
    from briefing_lib.reading import named

    given = named(collection)
    if not isinstance(given, Path):
        raise UnknownParameter(f"decisions are taken in a folder of this machine, not at {given!r}; copy it here")
    for place in (given, SEEDS / given):
        if place.is_dir():
            return place
    raise SourcesNotFound(f"there is no collection {collection!r}; briefing new {given.name} makes one")


Collection = Annotated[
    str,
    typer.Argument(
        metavar="COLLECTION", help="Its folder, or its name in seeds.", show_default=False, autocompletion=collections
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="The folder of rendered briefings.")]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="The day of the table; the newest in the sources if not given.")
]
Extractor = Annotated[
    str,
    typer.Option(
        "--extractor",
        metavar="NAME",
        help="What finds threats: rules, or llm:MODEL, which sends the documents to a language model.",
    ),
]
