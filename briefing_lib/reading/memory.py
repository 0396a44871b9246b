"""What was found in bytes, under all that decides on it, so that the same bytes are not read twice."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from briefing_lib.installed import digest_of
from briefing_lib.models import Document, Skipped

# What decides on a result beside the bytes and what is known of them: this room, the records, and who reads formats.
_CODE = ("reading", "models")
_READERS = (
    "charset-normalizer",
    "htmldate",
    "lxml",
    "py3langid",
    "pypdf",
    "python-docx",
    "python-frontmatter",
    "pyyaml",
    "trafilatura",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A document, or why there is none.

    Attributes
    ----------
    place
        Of a line of a file of records, the id that its document gets where its own is taken; else empty.
    opened
        False where the file could not be got at from here, which from elsewhere it may be.
    """

    item: Document | Skipped
    place: str = ""
    opened: bool = True


class Memory(Protocol):
    """Where what was found in bytes is kept."""

    def recall(self, key: bytes) -> Sequence[Found] | None:
        """Return what is kept under a key, or None."""
        ...

    def remember(self, key: bytes, found: Sequence[Found]) -> None:
        """Keep what was found under a key."""
        ...


class Recollection:
    """A memory of one file: what was found in its bytes, as long as what else is known of it stays the same.

    Parameters
    ----------
    memory
        None to read everything.
    known
        All that decides on what is found, beside the bytes and the code; told apart by its ``repr``.
    """

    def __init__(self, memory: Memory | None, *known: object) -> None:
        self._memory = memory
        self._digest = hashlib.sha256(repr((_version(), known)).encode(errors="surrogatepass")) if memory else None

    def of(self, parts: Iterable[bytes], read: Callable[[], list[Found]], *known: object) -> Sequence[Found]:
        """Return what was found in bytes, read only where it is not kept.

        What raises is not kept, nor what holds no document.
        """
        if self._memory is None or self._digest is None:
            return read()
        digest = self._digest.copy()
        digest.update(repr(known).encode(errors="surrogatepass"))
        for part in parts:
            digest.update(b"%d " % len(part))
            digest.update(part)
        key = digest.digest()
        found = self._memory.recall(key)
        if found is None:
            found = read()
            if any(isinstance(one.item, Document) for one in found):
                self._memory.remember(key, found)
        return found


@lru_cache(maxsize=1)
def _version() -> str:
    return digest_of(*_CODE, packages=_READERS)
