"""A briefing as one archive: the page, the PDF, the tables, the notebook as it ran, and the record of the run."""

import json
import zipfile
from datetime import date
from pathlib import Path

from briefing_lib.errors import NotVerified
from briefing_lib.publishing import provenance
from briefing_lib.publishing.origins import given
from briefing_lib.publishing.rendering import RUN
from briefing_lib.publishing.verification import Verified, differences, read_record
from briefing_lib.reading import content_digests
from briefing_lib.writing import whole

# The first year that a zip archive can hold (APPNOTE.TXT, 4.4.6).
_EARLIEST = 1980
_READABLE = 0o644 << 16


def bundle(folder: Path, *, to: Path | None = None) -> Path:
    """Write a folder of outputs as one zip archive, and return its path.

    The same briefing gives the same bytes: names in order, the briefing's own day as the time, nothing compressed,
    since what compression gives depends on the system's library.

    Parameters
    ----------
    to
        The archive; ``COLLECTION-DATE.zip`` beside the folder where None.

    Raises
    ------
    NotThere
        The folder is none of a briefing.
    NotVerified
        Its run did not succeed, or one of its files is not what the run recorded.
    """
    _, record = read_record(folder)
    names = sorted([*record["outputs"], RUN])
    made = {name: digest for name, digest in provenance.hashes_of_outputs(folder).items() if name != RUN}
    if made != record["outputs"]:
        raise NotVerified(f"{folder}: its files are not what {RUN} records; render it again")
    day = date.fromisoformat(record["as_of"])
    stem = f"{record['collection']}-{record['as_of']}"
    path = to or folder.parent / f"{stem}.zip"
    with whole(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"{stem}/{name}", (max(day.year, _EARLIEST), day.month, day.day, 0, 0, 0))
            entry.external_attr = _READABLE
            entry.create_system = 3
            archive.writestr(entry, (folder / name).read_bytes())
    return path


def verify_bundle(path: Path, *, sources: str | Path | None = None) -> Verified:
    """Compare what a bundle holds, and the sources where they are given, with its own record of the run.

    Raises
    ------
    NotVerified
        It is no archive, or none of a briefing.
    SourcesNotFound
        There are no such sources.
    """
    import hashlib

    try:
        with zipfile.ZipFile(path) as archive:
            _require_ours(archive)
            held = {Path(name).name: archive.read(name) for name in archive.namelist()}
        text = held.pop(RUN).decode("utf-8")
        record = json.loads(text)
        recorded, of_sources = dict(record["outputs"]), dict(record["sources"])
        sealed = provenance.is_sealed(text)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise NotVerified(f"{path} is no bundle of a briefing, or is damaged: {error}") from error
    outputs = {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    found = [] if sealed else [f"changed: {RUN} itself"]
    found += differences(recorded, outputs, "output")
    if sources:
        found += differences(of_sources, content_digests(given(sources)), "source")
    return Verified(len(outputs), len(of_sources) if sources else 0, tuple(found))


def _require_ours(archive: zipfile.ZipFile) -> None:
    """Refuse what `bundle` never writes: compressed files, which may unpack to anything, and two of one name."""
    names = [Path(entry.filename).name for entry in archive.infolist()]
    if len(set(names)) < len(names) or any(entry.compress_type for entry in archive.infolist()):
        raise zipfile.BadZipFile("it holds a compressed file, or two of one name")
