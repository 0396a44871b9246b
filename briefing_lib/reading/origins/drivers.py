"""What opens a URL, and what it says where it cannot: fsspec and its drivers.

Credentials and addresses are those of fsspec's own configuration and of its drivers; none is a parameter here, and none
is kept. Nothing here is imported before a URL is named.
"""

import errno
import logging
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from briefing_lib.errors import BriefingError, UrlUnavailable, needs_extra
from briefing_lib.reading.limits import Unreadable
from briefing_lib.reading.origins.urls import is_web, scheme_of

if TYPE_CHECKING:
    import aiohttp

# What our extra brings the drivers of; any other that fsspec knows works where its package is installed.
_OURS = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "http": "aiohttp", "https": "aiohttp"}
_BY_GRPC = "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT"
_DENIED = (401, 403)
# Where a program configures no logging, Python prints what is logged; ours are the words that tell what went wrong.
_UNPRINTED = logging.NullHandler()
_NEXT = {
    errno.EACCES: "give credentials by fsspec's configuration or the driver's: docs/remote-sources.md",
    errno.EPROTO: "ask who runs the server, or trust an authority of your own by {trusted}: docs/remote-sources.md",
    errno.ECONNABORTED: "name the http:// address itself if what nobody vouches for will do",
}


class _Unencrypted(Exception):
    """A server at an ``https://`` URL leads on to an ``http://`` one."""


def file_system(url: str) -> tuple[Any, str]:
    """Return the file system that a URL names and the path in it.

    Raises
    ------
    UrlUnavailable
        Its driver is not installed, or there is none.
    """
    import fsspec

    scheme = scheme_of(url)
    options: dict[str, Any] = {"get_client": _client} if is_web(url) else {}
    try:
        if _OURS.get(scheme) == "gcsfs":
            _have_gcsfs_ask_by_http()
        return fsspec.url_to_fs(url, **options)  # type: ignore[no-any-return, unused-ignore]
    except ImportError as error:
        package = _OURS.get(scheme)
        why = needs_extra(f"{scheme}://", package, "remote") if package else str(error)
        raise UrlUnavailable(f"{url!r} cannot be used: {why}") from error
    except Exception as error:
        why = str(error).partition("\n")[0]
        raise UrlUnavailable(f"{url!r} cannot be used ({why}); s3://, gs:// and https:// can be") from error


def _have_gcsfs_ask_by_http() -> None:
    """Have gcsfs read and write by Google's JSON API alone, unless the environment says otherwise.

    By itself it asks first, by gRPC, which sort of bucket it is; where gRPC finds no way (an emulator, many a proxy) it
    tries for a minute at each file. The environment counts where gcsfs is imported, which somebody else may have done.
    """
    import fsspec

    if os.environ.setdefault(_BY_GRPC, "false").lower() not in {"true", "1"}:
        from gcsfs import core

        for protocol in ("gs", "gcs"):
            fsspec.register_implementation(protocol, core.GCSFileSystem, clobber=True)
    logging.getLogger("gcsfs").addHandler(_UNPRINTED)


async def _client(**options: Any) -> "aiohttp.ClientSession":
    """Return a session that follows what a server redirects, but never from ``https://`` to ``http://``."""
    import aiohttp

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(_require_encrypted)
    return aiohttp.ClientSession(**options | {"trace_configs": [*options.get("trace_configs", ()), trace]})


async def _require_encrypted(
    _session: object, _context: object, redirect: "aiohttp.TraceRequestRedirectParams"
) -> None:
    here, headers = str(redirect.url), redirect.response.headers
    target = urljoin(here, headers.get("Location") or headers.get("URI", ""))
    if scheme_of(here) == "https" and scheme_of(target) == "http":
        raise _Unencrypted


@contextmanager
def told() -> Iterator[None]:
    """Have whatever a driver raises come as an OSError that says in a few words why, and holds nothing secret."""
    try:
        yield
    except (Unreadable, BriefingError):
        raise
    except Exception as error:
        number, words = _explained(error)
        raise OSError(number, words) from error


def _explained(error: Exception) -> tuple[int, str]:
    untrusted = _of_encryption(error)
    if untrusted:
        return untrusted
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, OSError):
        # What fsspec says of a web server that it could not ask.
        return _explained(error.__cause__)
    name, status = type(error).__name__, _status(error)
    if isinstance(error, FileNotFoundError) or "NoSuch" in name:
        return errno.ENOENT, "it is not there"
    if isinstance(error, PermissionError) or status in _DENIED:
        return errno.EACCES, "access is denied"
    if "Credential" in name or "Token" in name:
        return errno.EACCES, "no credentials are found"
    if status is not None:
        return errno.EIO, f"the server answers {status}"
    if isinstance(error, ConnectionError | TimeoutError) or "Connect" in name or "Timeout" in name:
        return errno.ECONNREFUSED, "nothing answers there"
    return errno.EIO, f"its driver gave {name}"


def _of_encryption(error: BaseException) -> tuple[int, str] | None:
    """Tell of an error that comes of a connection that is not, or not well enough, encrypted; None of any other."""
    causes = list(_causes(error))
    if any(isinstance(cause, _Unencrypted) for cause in causes):
        return errno.ECONNABORTED, "it leads on to http://, which is not encrypted"
    # aiohttp's own error of a certificate is of the same class, and does not say what is wrong with it.
    for said in (getattr(cause, "verify_message", "") for cause in causes):
        if said:
            return errno.EPROTO, f"its certificate is not accepted ({said.rstrip('.')})"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return errno.EIO, "no encrypted connection can be made"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _status(error: Exception) -> int | None:
    """Return what a server answered, as aiohttp's errors have it, or gcsfs's."""
    if str(error).startswith("Forbidden: "):
        return 403
    status = str(getattr(error, "status", None) or getattr(error, "code", None))
    return int(status) if status.isdecimal() else None


def refused(url: str, error: OSError) -> UrlUnavailable:
    """Return what to tell a person who named a URL that cannot be got at."""
    next_ = _NEXT.get(error.errno or 0, "is the address right, and the network there?")
    next_ = next_.format(trusted="AWS_CA_BUNDLE" if _OURS.get(scheme_of(url)) == "s3fs" else "SSL_CERT_FILE")
    return UrlUnavailable(f"{url!r}: {error.strerror}; {next_}")
