"""Extraction over cores or a cluster: the same results in the same order, whatever becomes of a worker."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Self

from briefing_lib.errors import ClusterUnavailable
from briefing_lib.extraction import Extraction, Rules, Skimmer, batches_of
from briefing_lib.models import Document, Span
from briefing_lib.store.serialising import from_bytes, to_bytes

# Characters that a worker takes at once: some hundred reports.
_AT_ONCE = 200_000
# A worker loads the parser first, two or three seconds: below this many characters one process is done sooner.
WORTH_SHARING = 1_500_000
# Batches that wait for each worker, so that none is idle and no more is held than needed.
_WAITING = 2
# Seconds to wait for a scheduler; times that a batch is tried again where a worker fails at it.
TIMEOUT, _RETRIES = 10, 3

Work = tuple[Document, bytes | None, Sequence[Span]]


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """An extractor whose work is shared out over processes where there is enough of it.

    A worker that dies takes nothing with it: what it had is done in this process, with a line on standard error.
    """

    def __init__(self, reader: Skimmer, jobs: int) -> None:
        self.reader = reader
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def skim(self, documents: Sequence[Document]) -> Iterator[Extraction]:
        """Yield what the extractor's ``skim`` does."""
        if not self._is_worth(len(document.text) for document in documents):
            return self.reader.skim(documents)
        return self._shared([(document, None, ()) for document in documents])

    def read_on(self, wanted: Sequence[tuple[Extraction, Sequence[Span]]]) -> Iterator[Extraction]:
        """Yield what the extractor's ``read_on`` does."""
        if not self._is_worth(span.end - span.start for _, spans in wanted for span in spans):
            return self.reader.read_on(wanted)
        return self._shared([(one.document, to_bytes(one), spans) for one, spans in wanted])

    def _is_worth(self, lengths: Iterable[int]) -> bool:
        return self.jobs > 1 and sum(lengths) > WORTH_SHARING

    def _shared(self, work: Sequence[Work]) -> Iterator[Extraction]:
        batches = batches_of(work, characters=_AT_ONCE, len_of=_length)
        pending: deque[tuple[list[Work], Any]] = deque()
        while True:
            for batch in islice(batches, max(0, self._places() * _WAITING - len(pending))):
                pending.append((batch, self._submit(batch)))
            if not pending:
                return
            batch, future = pending.popleft()
            for (document, _, _), data in zip(batch, self._result(batch, future), strict=True):
                yield from_bytes(data, document)

    def _places(self) -> int:
        return self.jobs

    def _submit(self, batch: list[Work]) -> Any:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=(self.reader,)
            )
        with suppress(BrokenProcessPool):
            return self._pool.submit(_done, batch)
        return None

    def _result(self, batch: list[Work], future: Any) -> list[bytes]:
        if future is not None:
            try:
                return list(future.result())
            except BrokenProcessPool:
                sys.stderr.write("briefing: a worker died; its documents are read in this process\n")
        return do(self.reader, batch)


class Cluster(Workers):
    """An extractor whose work is spread over a Dask cluster; what a lost worker had is done by another.

    Parameters
    ----------
    cluster
        The scheduler's address, such as ``tcp://10.0.0.5:8786``, or a ``distributed.Client``. Its workers need this
        package of the same version, and no access to the sources: each is sent the text of its documents.

    Raises
    ------
    ClusterUnavailable
        Dask is not installed, nothing answers at the address, or a worker has another version.
    """

    def __init__(self, reader: Skimmer, cluster: Any) -> None:
        super().__init__(reader, jobs=1)
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterUnavailable("a cluster needs Dask; install briefing-lib[cluster]") from error
        self._own = isinstance(cluster, str)
        try:
            self._client: Any = Client(cluster, timeout=TIMEOUT) if self._own else cluster  # type: ignore[no-untyped-call]
            versions = set(self._client.run(_version).values())
        except (OSError, ValueError, ImportError) as error:
            raise ClusterUnavailable(f"no cluster answers at {cluster!r}; is its scheduler running there?") from error
        if versions != {_version()}:
            raise ClusterUnavailable("a worker of the cluster has another version of briefing-lib or of the parser")

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._client.close()

    def _is_worth(self, lengths: Iterable[int]) -> bool:
        return any(lengths)

    def _places(self) -> int:
        # A cluster may grow while it works, and has a worker at the least when it was asked.
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def _submit(self, batch: list[Work]) -> Any:
        return self._client.submit(do, self.reader, batch, pure=False, retries=_RETRIES)

    def _result(self, batch: list[Work], future: Any) -> list[bytes]:
        return list(future.result())


Share = Callable[[Skimmer], Workers]


def in_this_process(reader: Skimmer) -> Workers:
    """Return what shares nothing out."""
    return Workers(reader, 1)


def workers_for(reader: Skimmer, *, jobs: int, cluster: Any = None) -> Workers:
    """Return what shares out an extractor's work: a cluster where one is given, else this machine's processes."""
    return Cluster(reader, cluster) if cluster else Workers(reader, jobs)


def _version() -> str:
    """Return the version of the rules as they are installed, without any collection's own words."""
    return Rules().version


def do(reader: Skimmer, batch: Sequence[Work]) -> list[bytes]:
    """Return what is found in documents, as bytes without the documents: each skimmed, or read on in given spans."""
    if batch[0][1] is None:
        return [to_bytes(found) for found in reader.skim(document for document, _, _ in batch)]
    held = ((from_bytes(data or b"", document), spans) for document, data, spans in batch)
    return [to_bytes(found) for found in reader.read_on(held)]


_READER: list[Skimmer] = []


def _prepare(reader: Skimmer) -> None:
    Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    _READER[:] = [reader]


def _end_with_parent() -> None:
    """End when the run does, however it ends: a worker holds both ends of its queue, so that it would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _done(batch: list[Work]) -> list[bytes]:
    return do(_READER[0], batch)


def _length(work: Work) -> int:
    document, data, spans = work
    return len(document.text) if data is None else sum(span.end - span.start for span in spans)
