"""Whether the files of a collection are still the same: digests of their content, or what their storage says."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from briefing_lib.errors import BadMetadata
from briefing_lib.reading.files import in_order
from briefing_lib.reading.formats import RECORDS
from briefing_lib.reading.limits import Limits, Unreadable
from briefing_lib.reading.metadata import read_configuration
from briefing_lib.reading.origins import File, Origin, origin_at

_CHUNK = 1 << 20


def content_digests(sources: str | Path | Origin) -> dict[str, str]:
    """Return the SHA-256, in hex, of each file that a collection holds, its own settings among them, by path within it.

    Hidden files are left out, and devices and links that lead out of the collection. A file that is gone by then,
    cannot be opened, or is remote and over the limit of a document, so that it would be fetched for nothing, stands
    with an empty digest. What an origin was given that has fetched a remote file already, that is not fetched again.
    """
    origin = origin_at(sources)
    return _of_each(origin, _digester(origin))


def state_of(sources: str | Path | Origin) -> dict[str, str]:
    """Return what tells whether each file has changed, without fetching one whose storage says that.

    Of files of this machine it is the SHA-256; of remote ones what their entity tag, or size and time of change, gives,
    and the SHA-256 where a server tells neither.
    """
    origin = origin_at(sources)
    marks = _of_each(origin, partial(_mark_of, origin))
    if all(marks.values()):
        return marks
    digest = _digester(origin)
    return _of_each(origin, lambda file: marks[_encodable(file.path)] or digest(file))


def _mark_of(origin: Origin, file: File) -> str:
    with suppress(OSError):
        return origin.mark_of(file)
    return ""


def _of_each(origin: Origin, work: Callable[[File], str]) -> dict[str, str]:
    files = [file for file in origin.files() if file.key]
    made = in_order(work, files, origin=origin)
    return {_encodable(file.path): one for file, one in zip(files, made, strict=True)}


def _encodable(name: str) -> str:
    """Return a name as a record can hold it: bytes of it that are no UTF-8 are escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _digester(origin: Origin) -> Callable[[File], str]:
    """Return what digests a file, or gives up where it would fetch more than a document may have."""
    limits = Limits()
    if origin.is_remote:
        # What is wrong in it is told by whoever reads the documents.
        with suppress(BadMetadata):
            limits = read_configuration(origin).limits

    def digest(file: File) -> str:
        bounded = origin.is_remote and not file.path.lower().endswith(RECORDS)
        most = limits.max_bytes if bounded else None
        if most is not None and (file.size or 0) > most:
            return ""
        try:
            return _digest_of(origin, file, most)
        except (OSError, Unreadable):
            return ""

    return digest


def _digest_of(origin: Origin, file: File, most: int | None) -> str:
    fetched = origin.fetched(file)
    if fetched is not None and most is not None and fetched.length > most:
        return ""
    if fetched is not None and fetched.sha256:
        return fetched.sha256
    digest, length = hashlib.sha256(), 0
    with origin.open(file) as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            length += len(chunk)
            if most is not None and length > most:
                return ""
    return digest.hexdigest()
