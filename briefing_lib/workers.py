"""Extraction over cores or a cluster: the same results in the same order, whatever becomes of a worker."""

import os
import pickle
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

from briefing_lib.assessment.reach import Reach, Sought
from briefing_lib.cluster import RETRIES, WAITING, places_of
from briefing_lib.collecting import seldom, settle
from briefing_lib.extraction import Extraction, Skimmer, batches_of
from briefing_lib.models import Document
from briefing_lib.store.serialising import from_bytes, to_bytes

# Characters that a worker takes at once: some dozens of reports, so that none waits long for the last.
_AT_ONCE = 100_000
# A worker loads the parser first, two or three seconds: below this many characters one process is done sooner.
WORTH_SHARING = 1_500_000

# A document, and what was found in it so far, as bytes; nothing before it is skimmed.
Work = tuple[Document, bytes]


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
        work = ((document, b"") for document in documents)
        return (found or Extraction(document) for document, found in zip(documents, self._shared(work), strict=True))

    def read_on(self, skimmed: Sequence[Extraction], reach: Reach) -> Iterator[Extraction]:
        """Yield each extraction with what of its document can bear on a threat; as it was where nothing can."""
        if not reach.sought:
            return iter(skimmed)
        if not self._is_worth(_unread(one) for one in skimmed):
            batches = batches_of(skimmed, characters=_AT_ONCE, len_of=_unread)
            found: Iterator[Extraction | None] = (
                more for batch in batches for more in _further(self.reader, batch, reach)
            )
        else:
            sought = pickle.dumps(reach.sought)
            found = self._shared(((one.document, to_bytes(one)) for one in skimmed), sought)
        return (more or one for one, more in zip(skimmed, found, strict=True))

    def _is_worth(self, lengths: Iterable[int]) -> bool:
        return self.jobs > 1 and sum(lengths) > WORTH_SHARING

    def _shared(self, work: Iterable[Work], sought: bytes = b"") -> Iterator[Extraction | None]:
        """Yield what is found in each document, or None where it is what was found before."""
        batches = batches_of(work, characters=_AT_ONCE, len_of=lambda pair: len(pair[0].text))
        pending: deque[tuple[list[Work], Any]] = deque()
        while True:
            for batch in islice(batches, max(0, self._places() * WAITING - len(pending))):
                pending.append((batch, self._submit(batch, sought)))
            if not pending:
                return
            batch, future = pending.popleft()
            for (document, _), data in zip(batch, self._result(batch, sought, future), strict=True):
                yield from_bytes(data, document) if data else None

    def _places(self) -> int:
        return self.jobs

    def _submit(self, batch: list[Work], sought: bytes) -> Any:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=(self.reader,)
            )
        with suppress(BrokenProcessPool):
            return self._pool.submit(_done, batch, sought)
        return None

    def _result(self, batch: list[Work], sought: bytes, future: Any) -> list[bytes]:
        if future is not None:
            try:
                return list(future.result())
            except BrokenProcessPool:
                sys.stderr.write("briefing: a worker died; its documents are read in this process\n")
        return do(self.reader, batch, sought)


class Cluster(Workers):
    """An extractor whose work is spread over a Dask cluster; what a lost worker had is done by another.

    Parameters
    ----------
    client
        A ``distributed.Client`` whose workers are fit: `briefing_lib.cluster.connected` gives one. They need no access
        to the sources: each is sent the text of its documents.
    """

    def __init__(self, reader: Skimmer, client: Any) -> None:
        super().__init__(reader, jobs=1)
        self._client = client

    def _is_worth(self, lengths: Iterable[int]) -> bool:
        return any(lengths)

    def _places(self) -> int:
        return places_of(self._client)

    def _submit(self, batch: list[Work], sought: bytes) -> Any:
        return self._client.submit(do, self.reader, batch, sought, pure=False, retries=RETRIES)

    def _result(self, batch: list[Work], sought: bytes, future: Any) -> list[bytes]:
        return list(future.result())


Share = Callable[[Skimmer], Workers]


def in_this_process(reader: Skimmer) -> Workers:
    """Return what shares nothing out."""
    return Workers(reader, 1)


def workers_for(reader: Skimmer, *, jobs: int, cluster: Any = None) -> Workers:
    """Return what shares out an extractor's work: a cluster where one is given, else this machine's processes."""
    return Cluster(reader, cluster) if cluster else Workers(reader, jobs)


def do(reader: Skimmer, batch: Sequence[Work], sought: bytes) -> list[bytes]:
    """Return what is found in documents, as bytes without the documents.

    Parameters
    ----------
    sought
        Nothing to skim them; what threats seek (`Reach.sought`, pickled by who asks) to read them on. A document of
        which nothing can bear on these comes back as no bytes.
    """
    if not sought:
        return [to_bytes(found) for found in reader.skim(document for document, _ in batch)]
    wanted: tuple[Sought, ...] = pickle.loads(sought)
    held = [from_bytes(data, document) for document, data in batch]
    return [to_bytes(one) if one else b"" for one in _further(reader, held, Reach(wanted, reader.lexicon))]


def _further(reader: Skimmer, skimmed: Sequence[Extraction], reach: Reach) -> Iterator[Extraction | None]:
    """Yield each extraction with more of its document read, or None where none of it can bear on a threat."""
    views = map(reach.seen_from, skimmed)
    wanted = [view.wanted() if view else None for view in views]
    more = reader.read_on(one for one in wanted if one)
    read = (next(more) if one else None for one in wanted)
    return (None if one is before else one for one, before in zip(read, skimmed, strict=True))


def _unread(extraction: Extraction) -> int:
    """Return the characters that were left unread."""
    return sum(span.end - span.start for span in extraction.unread)


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


def _done(batch: list[Work], sought: bytes) -> list[bytes]:
    with seldom():
        found = do(_READER[0], batch, sought)
    settle()
    return found
