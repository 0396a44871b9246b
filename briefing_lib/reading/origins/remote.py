"""Files that a URL names, through fsspec: https://filesystem-spec.readthedocs.io.

Nothing here is imported before a URL is named.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from briefing_lib.errors import SourcesNotFound, UrlUnavailable
from briefing_lib.reading.extracted import is_deceptive_name
from briefing_lib.reading.formats import known_suffix
from briefing_lib.reading.limits import Unreadable
from briefing_lib.reading.origins.drivers import file_system, refused, told
from briefing_lib.reading.origins.local import DECEPTIVE
from briefing_lib.reading.origins.origin import Fetched, File
from briefing_lib.reading.origins.urls import is_web, last_name_of

# A web server lists folders by pages of links, which need have no end.
MOST_FOLDERS = 10_000
# By which a storage tells one content from another: an entity tag or digest alone, else times with the size.
_TAGS = ("ETag", "etag", "md5Hash", "content_md5", "Content-MD5", "Digest", "generation")
_TIMES = ("LastModified", "Last-Modified", "last_modified", "updated", "mtime", "modified", "created")
# Google's storage tells the size of what is stored, and unpacks what it gives, of which gcsfs reads no more than that:
# https://github.com/fsspec/gcsfs/issues/461
_COMPRESSED = "stored compressed (Content-Encoding), of which a part would be read; store it as it is"
# Bytes that are asked of a driver at once, and that it may fetch beyond them.
_READ_AT_ONCE, _AHEAD = 1 << 20, 5 << 20


@dataclass(slots=True)
class RemoteOrigin:
    """A folder or a file that a URL names. It is listed once, and fetched once: one object sees one state."""

    url: str
    is_remote = True
    _listing: "_Listing | None" = field(default=None, repr=False, compare=False)
    _fetched: dict[str, Fetched] = field(default_factory=dict, repr=False, compare=False)
    # The files of the collection's own, which several stages ask for: those that were asked for, and what is in them.
    _own: dict[str, bytes | None] = field(default_factory=dict, repr=False, compare=False)

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of the URL's path, without its suffix where it is a file, or the host."""
        last = last_name_of(self.url)
        return last if self.is_folder else last.rpartition(".")[0] or last

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self._listed().is_folder

    def exists(self) -> bool:
        """Tell whether there is anything."""
        try:
            return bool(self._listed().files)
        except SourcesNotFound:
            return False

    def files(self) -> tuple[File, ...]:
        """Return the files in order of path.

        Raises
        ------
        SourcesNotFound
            There is nothing.
        UrlUnavailable
            Nothing answers, access is denied, or no driver is installed.
        """
        return self._listed().files

    def own(self, name: str) -> File | None:
        """Return a file of the collection's own, or None where it has none."""
        found = next((file for file in self.files() if file.path == name and not file.problem), None)
        if found:
            self._own.setdefault(found.key, None)
        return found

    def open(self, file: File) -> BinaryIO:
        """Open a file: what is read of it is fetched then, and no more."""
        kept = self._own.get(file.key)
        if kept is not None:
            return io.BytesIO(kept)
        fs, _ = file_system(self.url)
        # Of a web server as a stream, in one request: the size, which only another would tell, is not asked for.
        options = {"block_size": 0, "size": 1} if is_web(self.url) else {"block_size": _AHEAD}
        with told():
            opened = fs.open(file.key, "rb", **options)
        told_of = _Told(opened, partial(self._note, file.key), keep=file.key in self._own)
        return io.BufferedReader(told_of, _READ_AT_ONCE)

    def fetched(self, file: File) -> Fetched | None:
        """Return what was fetched of a file so far."""
        return self._fetched.get(file.key)

    def _note(self, key: str, fetched: Fetched, content: bytes | None) -> None:
        known = self._fetched.get(key)
        if known is None or not known.sha256:
            self._fetched[key] = fetched
        if content is not None:
            self._own[key] = content

    def mark_of(self, file: File) -> str:
        """Return a file's mark, asked for where the listing did not give it."""
        if file.mark or file.problem:
            return file.mark
        fs, _ = file_system(self.url)
        with told():
            return _mark(fs.info(file.key))

    def from_elsewhere(self) -> "RemoteOrigin":
        """Return it by its URL alone."""
        return RemoteOrigin(self.url)

    def _listed(self) -> "_Listing":
        if self._listing is None:
            self._listing = _listing_of(self.url)
        return self._listing


@dataclass(frozen=True, slots=True)
class _Listing:
    is_folder: bool
    files: tuple[File, ...]


def _listing_of(url: str) -> _Listing:
    fs, root = file_system(url)
    try:
        # Drivers remember what they listed; what was there in an earlier run is not what is there now.
        fs.invalidate_cache()
        listing = _listing_of_web(fs, root) if is_web(url) else _listing_of_store(fs, root)
    except FileNotFoundError as error:
        raise SourcesNotFound(f"there is nothing at {url!r}; give a folder of documents, or one document") from error
    except OSError as error:
        raise refused(url, error) from error
    if listing is None:
        raise SourcesNotFound(f"there is nothing at {url!r}; give a folder of documents, or one document")
    return listing


def _listing_of_store(fs: Any, root: str) -> _Listing | None:
    with told():
        found: Mapping[str, Mapping[str, Any]] = fs.find(root, detail=True)
    if list(found) == [root]:
        folder = root.rpartition("/")[0]
        return _single(fs, f"{folder}/" if folder else "", root.rpartition("/")[2], found[root])
    start = f"{root.rstrip('/')}/"
    # A key that ends with a slash stands for a folder.
    below = {key.removeprefix(start): info for key, info in found.items() if not key.endswith("/")}
    files = (_file_of(path, f"{start}{path}", info) for path, info in below.items())
    return _Listing(True, _shown(files)) if found else None


def _listing_of_web(fs: Any, root: str) -> _Listing:
    """List a folder by its pages of links, or one document. A document is told from a folder by its suffix."""
    if not root.endswith("/"):
        last = root.rpartition("/")[2]
        try:
            known_suffix(last)
        except Unreadable:
            root = f"{root}/"
        else:
            # Of a document, whoever reads it will find whether it is there.
            return _single(fs, f"{root.rpartition('/')[0]}/", unquote(last), {})
    return _Listing(True, _shown(_links_below(fs, root)))


def _links_below(fs: Any, root: str) -> Iterator[File]:
    """Yield each file that a folder's pages link, their sub-folders' pages too."""
    pending, seen = [root], {root}
    folders = 0
    while pending:
        folder = pending.pop()
        folders += 1
        if folders > MOST_FOLDERS:
            raise UrlUnavailable(f"{root!r} links more than {MOST_FOLDERS:,} folders; name one further down")
        try:
            with told():
                links = sorted({entry["name"].replace("/./", "/") for entry in fs.ls(folder, detail=True)})
        except OSError as error:
            if folder == root:
                raise
            yield File(_path_of_link(folder, root) or folder, problem=f"the folder cannot be read: {error.strerror}")
            continue
        for link in links:
            path = _path_of_link(link, root)
            if path is None or link in seen or _is_hidden(path):
                continue
            seen.add(link)
            if link.endswith("/"):
                pending.append(link)
            else:
                yield File(path, key=link)


def _path_of_link(link: str, root: str) -> str | None:
    """Return the path that a link within a folder stands for; None of one that sorts the page or leads out of it."""
    rest = link.removeprefix(root)
    parts = [unquote(part) for part in rest.rstrip("/").split("/")]
    leads_away = rest == link or "?" in rest or "#" in rest
    if leads_away or any(part in ("", ".", "..") or "/" in part or "\\" in part for part in parts):
        return None
    return "/".join(parts)


def _single(fs: Any, folder: str, name: str, info: Mapping[str, Any]) -> _Listing:
    """Return a document with what of its metadata stands beside it."""
    web = is_web(folder)
    files = [_file_of(name, f"{folder}{quote(name) if web else name}", info)]
    if files[0].problem:
        return _Listing(False, tuple(files))
    for beside in (f"{name.rpartition('.')[0] or name}.toml", "sources.toml"):
        key = f"{folder}{quote(beside) if web else beside}"
        try:
            with told():
                told_of_it = fs.info(key)
        except FileNotFoundError:
            continue
        if beside != name and told_of_it["type"] == "file":
            files.append(_file_of(beside, key, told_of_it))
    return _Listing(False, tuple(files))


def _file_of(path: str, key: str, info: Mapping[str, Any]) -> File:
    """Return a file as a driver tells of it."""
    if info.get("contentEncoding"):
        return File(path, problem=_COMPRESSED)
    return File(path, key, info.get("size"), _mark(info))


def _shown(files: Iterable[File]) -> tuple[File, ...]:
    """Return the files that are not hidden, in order of path, with what is wrong with the name of each."""
    kept = (file for file in map(_checked, files) if file.problem or not _is_hidden(file.path))
    return tuple(sorted(kept, key=lambda file: file.path))


def _checked(file: File) -> File:
    if not file.problem and {"", ".", ".."} & set(file.path.split("/")):
        # Never opened: on the way to the server such a path becomes another.
        return replace(file, key="", problem="its path has an empty part, . or ..; rename it")
    return replace(file, problem=DECEPTIVE) if not file.problem and is_deceptive_name(file.path) else file


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _mark(info: Mapping[str, Any]) -> str:
    tags = [f"{name} {info[name]}" for name in _TAGS if info.get(name)]
    times = [f"{name} {info[name]}" for name in _TIMES if info.get(name)]
    if not tags and not times:
        return ""
    told_of_it = tags or [*times, f"size {info.get('size')}"]
    return hashlib.sha256("\n".join(told_of_it).encode()).hexdigest()


class _Told(io.RawIOBase):
    """A driver's open file, whose errors come as `told` has them, and which tells `note` as it is closed what it gave.

    ``keep``: of a file that was read to its end, the content too.
    """

    def __init__(self, file: Any, note: Callable[[Fetched, bytes | None], None], *, keep: bool) -> None:
        super().__init__()
        self._file = file
        self._note = note
        self._digest, self._length, self._is_whole = hashlib.sha256(), 0, False
        self._content = bytearray() if keep else None

    def readable(self) -> bool:
        """Tell that it is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next, and return how much that is: nothing at the end."""
        with told():
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._digest.update(data)
        self._length += len(data)
        self._is_whole = not data
        if self._content is not None:
            self._content += data
        return len(data)

    def close(self) -> None:
        """Close it, and give up what was not read."""
        if not self.closed:
            self._file.close()
            content = bytes(self._content) if self._is_whole and self._content is not None else None
            self._note(Fetched(self._length, self._digest.hexdigest() if self._is_whole else ""), content)
        super().close()
