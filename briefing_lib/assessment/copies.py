"""Which documents tell one story: copies of a wire report are one source, however many publishers print it."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from briefing_lib.models import Document

# Runs of words are compared (Broder 1997, "On the resemblance and containment of documents").
RUN_OF_WORDS = 5
# Of the smaller document's runs; a paper cuts a wire story from the end, and adds a line or two of its own.
SHARE_TO_BE_A_COPY = 0.8
# With fewer runs than this only the same words in the same order are a copy.
FEWEST_RUNS = 8
# A wire story is printed within days; nearly the same words a month later report another event. Days are inclusive.
MOST_DAYS_APART = 14
# One run in so many is kept, chosen by its digest, so that a large collection costs little.
SAMPLED = 4
_WORD = re.compile(r"\w+")


def originals_of(documents: Iterable[Document]) -> dict[str, str]:
    """Return, for each document's id, the id of the first document in order that tells the same story: often its own.

    Two documents tell one story where their words are the same, or where four fifths of the sampled runs of five words
    of the smaller one are in the other, and no more than two weeks lie between their days, as far as these are known. A
    story told in other words is not found.
    """
    return dict(_originals(tuple(documents)))


@lru_cache(maxsize=8)
def _originals(documents: tuple[Document, ...]) -> dict[str, str]:
    """Find them once for a table, which asks several times."""
    originals: dict[str, str] = {}
    stories: dict[str, tuple[Document, frozenset[int]]] = {}
    by_digest: dict[int, list[str]] = {}
    for document in documents:
        words, runs = _sketch(document.text)
        same = _original_of(document, words, runs, stories, by_digest)
        originals[document.id] = same or document.id
        if same is None:
            stories[document.id] = (document, runs)
            for digest in (words, *runs):
                by_digest.setdefault(digest, []).append(document.id)
    return originals


def published_first(document: Document) -> tuple[date, str]:
    """Order documents by the day of publication, then id; those without a day come last."""
    published = document.published
    return (published and (published.start or published.end)) or date.max, document.id


def _original_of(
    document: Document,
    words: int,
    runs: frozenset[int],
    stories: dict[str, tuple[Document, frozenset[int]]],
    by_digest: dict[int, list[str]],
) -> str | None:
    near = {
        name for digest in (words, *runs) for name in by_digest.get(digest, ()) if _near(document, stories[name][0])
    }
    shared = Counter(name for run in runs for name in by_digest.get(run, ()) if name in near)
    for name in by_digest.get(words, ()):
        if name in near:
            return name
    for name, many in shared.most_common(1):
        smaller = min(len(runs), len(stories[name][1]))
        if smaller >= FEWEST_RUNS and many / smaller >= SHARE_TO_BE_A_COPY:
            return name
    return None


def _near(one: Document, other: Document) -> bool:
    days = [published_first(document)[0] for document in (one, other)]
    return date.max in days or abs((days[0] - days[1]).days) <= MOST_DAYS_APART


@lru_cache(maxsize=2048)
def _sketch(text: str) -> tuple[int, frozenset[int]]:
    """Return a digest of all words, and those of the sampled runs; a digest that is the same in every process."""
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + RUN_OF_WORDS]) for at in range(len(words) - RUN_OF_WORDS + 1))
    digests = (zlib.crc32(run.encode()) for run in runs)
    # A mark of its own keeps the digest of all words apart from that of a run.
    return zlib.crc32(f"={' '.join(words)}".encode()), frozenset(one for one in digests if one % SAMPLED == 0)
