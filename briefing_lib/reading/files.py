"""Which files of a collection are documents, and their bytes."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TypeVar

from briefing_lib.models import Skipped
from briefing_lib.reading.extracted import shown
from briefing_lib.reading.limits import Limits, Unopened, Unreadable, require
from briefing_lib.reading.origins import File, Origin, origin_at

Item = TypeVar("Item")
Result = TypeVar("Result")
# Files that are fetched side by side where each takes a request: enough to hide the way there and back, and of the
# largest files that are read no more than fit into memory.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of source documents, or one file of it.

    ``documents`` are in order of path; ``beside`` are the ``.toml`` files, by path; ``skipped`` is what cannot be a
    document. ``whole`` is False where one file was asked for and its neighbours were not looked at.
    """

    origin: Origin
    documents: tuple[File, ...]
    beside: Mapping[str, File]
    skipped: tuple[Skipped, ...]
    whole: bool = True


def find_collection(sources: str | Path | Origin) -> Collection:
    """List the files that a path or a URL stands for.

    Raises
    ------
    SourcesNotFound
        There is no such folder or file.
    UrlUnavailable
        It is a URL that cannot be used.
    """
    origin = origin_at(sources)
    files = origin.files()
    good = [file for file in files if not file.problem]
    whole = origin.is_folder
    # Of a single file, the others are what stands beside it.
    beside = {file.path: file for file in (good if whole else good[1:]) if file.path.lower().endswith(".toml")}
    documents = tuple(file for file in good if file.path not in beside and not (whole and _is_readme(file.path)))
    skipped = sorted((Skipped(shown(file.path), file.problem) for file in files if file.problem), key=lambda s: s.path)
    return Collection(origin, documents, beside, tuple(skipped), whole=whole)


def _is_readme(path: str) -> bool:
    return PurePosixPath(path).stem.casefold() == "readme"


def read_bytes(origin: Origin, file: File, limits: Limits) -> bytes:
    """Return the bytes of a file, opened once so that a file that changes is read as it was at one moment.

    Of one that is over the limit no more is fetched than shows that it is.

    Raises
    ------
    Unreadable
        It is no regular file, cannot be opened, or is over the limit.
    """
    _require_fits(file.size or 0, limits)
    try:
        with origin.open(file) as opened:
            data = opened.read(limits.max_bytes + 1)
    except OSError as error:
        raise Unopened(f"cannot be opened: {error.strerror}") from error
    _require_fits(len(data), limits)
    if not data.strip():
        raise Unreadable("empty")
    return data


def _require_fits(length: int, limits: Limits) -> None:
    require(length, limits.max_bytes, what="the file", option="max_bytes")


def in_order(work: Callable[[Item], Result], items: Iterable[Item], *, origin: Origin) -> Iterator[Result]:
    """Yield what is made of each item, in order; some at a time side by side where the origin is remote."""
    if not origin.is_remote:
        yield from map(work, items)
        return
    from concurrent.futures import Future, ThreadPoolExecutor

    waiting, pending = iter(items), deque[Future[Result]]()
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")
    try:
        while True:
            pending += [pool.submit(work, item) for item in islice(waiting, AT_ONCE - len(pending))]
            if not pending:
                return
            yield pending.popleft().result()
    finally:
        # Whoever stops a run does not wait for a server that does not answer.
        pool.shutdown(wait=False, cancel_futures=True)
