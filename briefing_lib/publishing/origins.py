"""Where the sources of a finished briefing are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing_lib.errors import SourcesNotFound
from briefing_lib.reading import named, origin_at


def sources_of(record: Mapping[str, Any], folder: Path, sources: str | Path | None) -> str | Path:
    """Return the sources of a run: where they are given, else by the name in its record.

    A relative name in a record counts from the notebook's folder: it is looked for from the working folder and from the
    outputs upwards, without its own steps upwards.

    Raises
    ------
    SourcesNotFound
        The record names none, or they are not there.
    UrlUnavailable
        They are at a URL that cannot be used.
    """
    return given(_recorded(record, folder) if sources is None else sources)


def given(sources: str | Path) -> str | Path:
    """Return sources that are there.

    Raises
    ------
    SourcesNotFound
        They are not.
    UrlUnavailable
        They are at a URL that cannot be used.
    """
    place = named(sources)
    if not origin_at(place).exists():
        raise SourcesNotFound(f"there are no sources at {str(place)!r}; give --sources with where they are now")
    return place


def _recorded(record: Mapping[str, Any], folder: Path) -> str | Path:
    parameters = record.get("parameters")
    name = parameters.get("sources") if isinstance(parameters, dict) else None
    if not isinstance(name, str) or not name:
        raise SourcesNotFound("the record names no sources; give --sources with where they are")
    place = named(name)
    if not isinstance(place, Path) or place.is_absolute():
        return place
    within = Path(*(part for part in place.parts if part != ".."))
    here, there = Path.cwd(), folder.resolve()
    for start in (here, *here.parents, *there.parents):
        if (start / within).exists():
            return start / within
    raise SourcesNotFound(f"{str(within)!r} is not found from here or from the outputs up; give --sources")
