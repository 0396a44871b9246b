"""Where the sources of a finished briefing are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing_lib.errors import SourcesNotFound


def find_sources(record: Mapping[str, Any], folder: Path) -> Path:
    """Return the sources of a run by the name in its record, from the working folder and from the outputs upwards.

    A relative name counts from the notebook's folder, so that its steps upwards are left out.

    Raises
    ------
    SourcesNotFound
        The record names none, or they are not there.
    """
    parameters = record.get("parameters")
    named = parameters.get("sources") if isinstance(parameters, dict) else None
    if not isinstance(named, str) or not named:
        raise SourcesNotFound("the record names no sources; give --sources with where they are")
    within = Path(*(part for part in Path(named).parts if part != ".."))
    here, there = Path.cwd(), folder.resolve()
    for start in (here, *here.parents, *there.parents):
        if (start / within).exists():
            return start / within
    raise SourcesNotFound(f"{str(within)!r} is not found from here or from the outputs up; give --sources")
