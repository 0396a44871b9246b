"""Where a collection's files are, on this machine or where a URL says: they are listed and opened here only."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefing_lib.errors import UrlUnavailable
from briefing_lib.reading.origins.local import LocalOrigin, not_found
from briefing_lib.reading.origins.origin import File, Origin, OwnFile
from briefing_lib.reading.origins.urls import checked, is_url, is_web, shown_url

__all__ = ["File", "Origin", "OwnFile", "named", "not_found", "origin_at", "shown_url", "writable"]


def named(sources: str | Path) -> str | Path:
    """Return what a person named as sources: a path of this machine, or a URL that is safe to write down.

    Raises
    ------
    UrlUnavailable
        The URL holds a user, password or query, or is none that can be read.
    """
    if isinstance(sources, Path) or not is_url(sources):
        return Path(sources)
    return checked(sources)


def origin_at(sources: "str | Path | Origin") -> Origin:
    """Return where the files of a collection are. Nothing is looked up yet.

    Parameters
    ----------
    sources
        A folder or a file of this machine, or a URL that fsspec knows, such as ``s3://bucket/folder``. The driver of
        a URL is imported when its files are asked for, and finds credentials by fsspec's own configuration.

    Raises
    ------
    UrlUnavailable
        As `named` raises.
    """
    if not isinstance(sources, str | Path):
        return sources
    place = named(sources)
    if isinstance(place, Path):
        return LocalOrigin(place)
    from briefing_lib.reading.origins.remote import RemoteOrigin

    return RemoteOrigin(place)


@contextmanager
def writable(folder: str | Path) -> Iterator[tuple[Any, str]]:
    """Give the file system of fsspec that a folder or a URL is in, and its path there, to be written to.

    Opening a file makes its folders, and no bucket.

    Raises
    ------
    UrlUnavailable
        It is a URL, and its driver is not installed, does not write, or fails.
    """
    from briefing_lib.reading.origins.drivers import file_system, refused, told

    place = named(folder)
    if isinstance(place, Path):
        import fsspec

        # Errors of this machine's disk say enough by themselves.
        yield fsspec.filesystem("file", auto_mkdir=True), place.absolute().as_posix()
        return
    if is_web(place):
        raise UrlUnavailable(f"{place!r} cannot be written to; give a folder, or a URL such as s3://bucket/folder")
    fs, root = file_system(place)
    try:
        with told():
            fs.invalidate_cache()
            yield fs, root
    except OSError as error:
        raise refused(place, error) from error
