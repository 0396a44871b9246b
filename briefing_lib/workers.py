"""Extraction over the cores there are: the same results in the same order, whatever becomes of a worker."""

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Self

from briefing_lib.extraction import Extraction, Skimmer, batches_of
from briefing_lib.models import Document, Span
from briefing_lib.store.serialising import from_bytes, to_bytes

# Characters that a worker takes at once: some hundred reports.
_AT_ONCE = 200_000
# A worker loads the parser first, two or three seconds: below this many characters one process is done sooner.
WORTH_SHARING = 1_500_000
# Batches that wait for each worker, so that none is idle and no more is held than needed.
_WAITING = 2

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
        pending: deque[tuple[list[Work], Future[list[bytes]] | None]] = deque()
        while True:
            for batch in islice(batches, self.jobs * _WAITING - len(pending)):
                pending.append((batch, self._submit(batch)))
            if not pending:
                return
            batch, future = pending.popleft()
            for (document, _, _), data in zip(batch, self._result(batch, future), strict=True):
                yield from_bytes(data, document)

    def _submit(self, batch: list[Work]) -> "Future[list[bytes]] | None":
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=(self.reader,)
            )
        with suppress(BrokenProcessPool):
            return self._pool.submit(_done, batch)
        return None

    def _result(self, batch: list[Work], future: "Future[list[bytes]] | None") -> list[bytes]:
        if future is not None:
            try:
                return future.result()
            except BrokenProcessPool:
                sys.stderr.write("briefing: a worker died; its documents are read in this process\n")
        return do(self.reader, batch)


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
