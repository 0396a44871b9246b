"""What a URL says, and what of it may be written down: never a user, a password or a query."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefing_lib.errors import UrlUnavailable

# Two letters at the least, so that C: is a drive.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}://")
_QUERY = re.compile(r"[?#]")
# What stands where a port would and is none: the beginning of a password that holds a slash.
_PORT = re.compile(r":(?!\d*$)")
# What no file system takes in a name.
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_LOCAL = ("file", "local")
_NEXT = "credentials go into the configuration of fsspec or of the driver: docs/remote-sources.md"


def is_url(sources: str) -> bool:
    """Tell whether sources are named by a URL, and not by a path."""
    return _SCHEME.match(sources) is not None


def shown_url(sources: str) -> str:
    """Return sources as a message may name them: of a URL, without what may be a user, a password or a query.

    Where it cannot be told what is secret, no more than the scheme is left.
    """
    found = _SCHEME.match(sources)
    if found is None:
        return sources
    before, _, after = _QUERY.sub("?", sources[found.end() :], count=1).partition("?")
    rest = before.rpartition("@")[2]
    ambiguous = "@" in after or ("@" not in before and _PORT.search(before.partition("/")[0]))
    return f"{found[0]}{'…' if ambiguous else rest}"


def checked(url: str) -> str | Path:
    """Return a URL that holds no secret, and that of a local file as its path.

    Raises
    ------
    UrlUnavailable
        It holds a user, password or query, or is not of a form that is read.
    """
    shown = shown_url(url)
    if "::" in url:
        raise UrlUnavailable(f"{shown!r} is a chain of URLs, which is not read; give one, such as s3://bucket/folder")
    try:
        parts = urlsplit(url)
        secret = "@" in parts.netloc or bool(parts.query or parts.fragment or _PORT.search(parts.netloc))
    except ValueError:
        secret = True
    if secret:
        raise UrlUnavailable(f"{shown!r} was given with a user, password, query or fragment; leave them out: {_NEXT}")
    if not url.isprintable():
        raise UrlUnavailable(f"{shown!r} holds control characters; write them as %0A")
    if not (parts.netloc or parts.path.strip("/")):
        raise UrlUnavailable(f"{shown!r} names nothing; give a folder or a document, such as s3://bucket/folder")
    if parts.scheme.lower() not in _LOCAL:
        return url
    if parts.netloc not in ("", "localhost"):
        raise UrlUnavailable(f"{shown!r} names a file of another machine; write file:///path for one of this machine")
    # What it brings along takes a tenth of a start, and few name a file so.
    from urllib.request import url2pathname

    return Path(url2pathname(parts.path))


def scheme_of(url: str) -> str:
    """Return the part before ``://``, in small letters."""
    return url.partition("://")[0].lower()


def is_web(url: str) -> bool:
    """Tell whether a URL is one of a web server, which lists no files but links them."""
    return scheme_of(url) in ("http", "https")


def last_name_of(url: str) -> str:
    """Return the last part of a URL's path, or its host or bucket, as a name that is safe for a folder here."""
    parts = urlsplit(url)
    path = unquote(parts.path) if is_web(url) else parts.path
    names = [name for name in re.split(r"[\\/]", path) if name.strip(". ")]
    return _UNSAFE.sub("-", names[-1] if names else parts.netloc.partition(":")[0]) or "sources"
