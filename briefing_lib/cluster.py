"""A Dask cluster: asked once a run whether it is there and fit, then its workers read files and extract."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Any

from briefing_lib.errors import ClusterUnavailable, needs_extra
from briefing_lib.extraction import Rules, batches_of
from briefing_lib.installed import digest_of
from briefing_lib.reading import Found, Limits, Origin, ReadFiles, Wanted, read_files

# Seconds to wait for a scheduler; times that a batch is tried again where a worker fails at it.
TIMEOUT, RETRIES = 10, 3
# Batches that wait for each thread of a worker, so that none is idle and no more is held than needed.
WAITING = 2
# Bytes that a worker reads at once: some hundred reports. A file of no known size counts as a report of some pages.
_AT_ONCE, _UNKNOWN = 2_000_000, 20_000
# A larger file of records is read line by line by who asks: a worker would hold all of it.
_MOST_RECORDS = 50_000_000
_RECORDS = ".jsonl"


@contextmanager
def connected(cluster: Any) -> Iterator[Any]:
    """Give a client of a cluster, closed afterwards unless it was given; None where no cluster is named.

    Parameters
    ----------
    cluster
        The scheduler's address, such as ``tcp://10.0.0.5:8786``, or a ``distributed.Client``. Its workers need this
        package of the same version.

    Raises
    ------
    ClusterUnavailable
        Dask is not installed, nothing answers at the address, or a worker has another version.
    """
    if not cluster:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterUnavailable(needs_extra("a cluster", "distributed", "cluster")) from error
    own = isinstance(cluster, str)
    try:
        client: Any = Client(cluster, timeout=TIMEOUT) if own else cluster  # type: ignore[no-untyped-call]
        versions = set(client.run(_version).values())
    except (OSError, ValueError, ImportError) as error:
        raise ClusterUnavailable(f"no cluster answers at {cluster!r}; is its scheduler running there?") from error
    try:
        if versions != {_version()}:
            raise ClusterUnavailable("a worker of the cluster has another version of briefing-lib or of the parser")
        yield client
    finally:
        if own:
            client.close()


def _version() -> str:
    """Return the version of what decides on a worker's results: the rules and what weighs, as they are installed."""
    return f"{Rules().version} {digest_of('assessment')}"


def places_of(client: Any) -> int:
    """Return how many tasks a cluster works at side by side; it may grow while it works."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def reading_by(client: Any) -> ReadFiles:
    """Return what has the workers of a cluster read files, each its own share; what they cannot open is read here.

    A worker opens a file by the same path or URL, with the configuration of its own machine, and a file of a folder
    only if it is the very one that was listed. What a lost worker had is read by another.
    """

    def read(origin: Origin, wanted: Sequence[Wanted], limits: Limits) -> Iterator[Iterable[Found]]:
        elsewhere = origin.from_elsewhere()
        batches = _batches_of(wanted)
        pending: deque[tuple[list[Wanted], Any]] = deque()
        complete = True
        while True:
            for batch in islice(batches, max(0, places_of(client) * WAITING - len(pending))):
                shared = _is_for_a_worker(batch[0])
                task = client.submit(_read, elsewhere, batch, limits, pure=False, retries=RETRIES) if shared else None
                pending.append((batch, task))
            if not pending:
                return
            batch, task = pending.popleft()
            done = _result_of(task)
            for at, one in enumerate(batch):
                if done and all(found.opened for found in done[at]):
                    yield done[at]
                    continue
                if task is not None and complete:
                    complete = False
                    sys.stderr.write(
                        "briefing: not every file can be read by the cluster's workers; those are read here\n"
                    )
                yield from read_files(origin, [one], limits)

    return read


def _result_of(task: Any) -> list[list[Found]] | None:
    if task is None:
        return None
    try:
        done: list[list[Found]] = task.result()
    except Exception:  # noqa: BLE001 - whatever went wrong there, a driver that is missing or a file that kills, is told here
        return None
    return done


def _read(origin: Origin, batch: Sequence[Wanted], limits: Limits) -> list[list[Found]]:
    """Read files, on a worker."""
    return [list(found) for found in read_files(origin, batch, limits)]


def _batches_of(wanted: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    for shared, group in groupby(wanted, key=_is_for_a_worker):
        yield from batches_of(group, characters=_AT_ONCE if shared else 1, len_of=_length)


def _is_for_a_worker(one: Wanted) -> bool:
    return not one.file.path.lower().endswith(_RECORDS) or _length(one) <= _MOST_RECORDS


def _length(one: Wanted) -> int:
    return _UNKNOWN if one.file.size is None else one.file.size
