"""Whether a briefing and its sources are still, to the byte, what the record of the run says."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_lib.errors import NotVerified
from briefing_lib.publishing import provenance
from briefing_lib.publishing.origins import sources_of
from briefing_lib.publishing.places import no_briefing
from briefing_lib.publishing.rendering import RUN
from briefing_lib.reading import content_digests


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files of each kind were compared, and each difference in words."""

    outputs: int
    sources: int
    differences: tuple[str, ...]


def verify(output: Path, *, sources: str | Path | None = None) -> Verified:
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
    NotThere
        There is no record.
    NotVerified
        It is none of a run that succeeded.
    SourcesNotFound
        The sources are not where the record says; give them.
    """
    folder = output.parent if output.name == RUN and not output.is_dir() else output
    text, record = read_record(folder)
    place = sources_of(record, folder, sources)
    made = {name: digest for name, digest in provenance.hashes_of_outputs(folder).items() if name != RUN}
    used = content_digests(place)
    seal = () if provenance.is_sealed(text) else (f"changed: {RUN} itself",)
    found = (
        *seal,
        *differences(record["outputs"], made, "output"),
        *differences(record["sources"], used, "source"),
    )
    return Verified(len(record["outputs"]), len(record["sources"]), found)


def read_record(folder: Path) -> tuple[str, dict[str, Any]]:
    """Return the record of the run that made a folder of outputs, as it is written and as it is read.

    Raises
    ------
    NotThere
        There is none.
    NotVerified
        It is damaged, or of a run that did not succeed.
    """
    path = folder / RUN
    try:
        text = path.read_bytes().decode("utf-8")
        record = json.loads(text)
    except OSError as error:
        raise no_briefing(path, error) from error
    except UnicodeDecodeError as error:
        raise NotVerified(f"{path} is damaged: byte {error.start:,} is not UTF-8; render the briefing again") from error
    except (ValueError, RecursionError) as error:
        raise NotVerified(f"{path} is damaged: no JSON; render the briefing again") from error
    hashes = [record.get(key) for key in ("outputs", "sources")] if isinstance(record, dict) else [None]
    if not all(isinstance(value, dict) for value in hashes) or record.get("status") != "ok":
        raise NotVerified(f"{path} records no run that succeeded; render the briefing again")
    return text, dict(record)


def differences(recorded: Mapping[str, Any], found: Mapping[str, str], kind: str) -> Iterator[str]:
    """Yield each file that is missing, added or changed, in words."""
    for name in sorted({*recorded, *found}):
        if name not in found:
            yield f"missing: {kind} {name}"
        elif name not in recorded:
            yield f"added: {kind} {name}"
        elif recorded[name] != found[name]:
            yield f"changed: {kind} {name}"
