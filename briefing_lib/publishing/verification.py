"""Whether a briefing and its sources are still, to the byte, what the record of the run says."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_lib.errors import NotVerified, SourcesNotFound
from briefing_lib.publishing import provenance
from briefing_lib.publishing.rendering import RUN


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files of each kind were compared, and each difference in words."""

    outputs: int
    sources: int
    differences: tuple[str, ...]


def verify(output: Path, *, sources: Path | None = None) -> Verified:
    """Compare a folder of outputs, and the sources that it was made from, with its ``run.json``.

    A changed, missing or added file is a difference, and so is a changed byte of the record itself. The record is no
    signature: whoever changes a file on purpose can write a record that fits it.

    Parameters
    ----------
    output
        The folder that holds ``run.json``, or that file.
    sources
        Where the sources are now; where None, they are looked for by the name in the record, from the working folder
        and from the outputs upwards.

    Raises
    ------
    NotVerified
        There is no record, or it is none of a run that succeeded.
    SourcesNotFound
        The sources are not where the record says; give them.
    """
    folder = output.parent if output.name == RUN and not output.is_dir() else output
    text = _read(folder / RUN)
    record = _parse(text, folder / RUN)
    place = sources or _find_sources(record, folder)
    if not place.exists():
        raise SourcesNotFound(f"there are no sources at {str(place)!r}; give --sources with where they are now")
    made = {name: digest for name, digest in provenance.hashes_of_outputs(folder).items() if name != RUN}
    used = provenance.hashes_of_sources(place)
    seal = () if provenance.is_sealed(text) else (f"changed: {RUN} itself",)
    found = (
        *seal,
        *differences(record["outputs"], made, "output"),
        *differences(record["sources"], used, "source"),
    )
    return Verified(len(record["outputs"]), len(record["sources"]), found)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise NotVerified(f"{path}: {error.strerror}; give the folder of a briefing that holds {RUN}") from error
    except UnicodeDecodeError as error:
        raise NotVerified(f"{path} is damaged: byte {error.start:,} is not UTF-8; render the briefing again") from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotVerified(f"{path} is damaged: no JSON; render the briefing again") from error
    hashes = [record.get(key) for key in ("outputs", "sources")] if isinstance(record, dict) else [None]
    if not all(isinstance(value, dict) for value in hashes):
        raise NotVerified(f"{path} records no run that succeeded; render the briefing again")
    return dict(record)


def _find_sources(record: Mapping[str, Any], folder: Path) -> Path:
    """Return the sources by the name in the record, which counts from the notebook's folder where it is relative."""
    parameters = record.get("parameters")
    named = parameters.get("sources") if isinstance(parameters, dict) else None
    if not isinstance(named, str) or not named:
        raise SourcesNotFound("the record names no sources; give --sources with where they are")
    if Path(named).is_absolute():
        return Path(named)
    within = Path(*(part for part in Path(named).parts if part != ".."))
    here, there = Path.cwd(), folder.resolve()
    for start in (here, *here.parents, *there.parents):
        if (start / within).exists():
            return start / within
    raise SourcesNotFound(f"{str(within)!r} is not found from here or from the outputs up; give --sources")


def differences(recorded: Mapping[str, Any], found: Mapping[str, str], kind: str) -> Iterator[str]:
    """Yield each file that is missing, added or changed, in words."""
    for name in sorted({*recorded, *found}):
        if name not in found:
            yield f"missing: {kind} {name}"
        elif name not in recorded:
            yield f"added: {kind} {name}"
        elif recorded[name] != found[name]:
            yield f"changed: {kind} {name}"
