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
# One run in so many is kept, chosen by its digest, so that a large collection costs little.
SAMPLED = 4
_WORD = re.compile(r"\w+")


def originals_of(documents: Iterable[Document]) -> dict[str, str]:
    """Return, for each document's id, the id of the first document in order that tells the same story: often its own.

    Two documents tell one story where their words are the same, or where four fifths of the sampled runs of five words
    of the smaller one are in the other. A story told in other words is not found.
    """
    originals: dict[str, str] = {}
    by_words: dict[int, str] = {}
    by_run: dict[int, list[str]] = {}
    runs_of: dict[str, frozenset[int]] = {}
    for document in documents:
        words, runs = _sketch(document.text)
        same = by_words.get(words) or _nearest(runs, by_run, runs_of)
        originals[document.id] = same or document.id
        if same is None:
            by_words[words] = document.id
            runs_of[document.id] = runs
            for run in runs:
                by_run.setdefault(run, []).append(document.id)
    return originals


def published_first(document: Document) -> tuple[date, str]:
    """Order documents by the day of publication, then id; those without a day come last."""
    published = document.published
    return (published and (published.start or published.end)) or date.max, document.id


def _nearest(runs: frozenset[int], by_run: dict[int, list[str]], runs_of: dict[str, frozenset[int]]) -> str | None:
    shared = Counter(name for run in runs for name in by_run.get(run, ()))
    for name, many in shared.most_common(1):
        smaller = min(len(runs), len(runs_of[name]))
        if smaller >= FEWEST_RUNS and many / smaller >= SHARE_TO_BE_A_COPY:
            return name
    return None


@lru_cache(maxsize=2048)
def _sketch(text: str) -> tuple[int, frozenset[int]]:
    """Return a digest of all words, and those of the sampled runs; a digest that is the same in every process."""
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + RUN_OF_WORDS]) for at in range(len(words) - RUN_OF_WORDS + 1))
    digests = (zlib.crc32(run.encode()) for run in runs)
    return zlib.crc32(" ".join(words).encode()), frozenset(one for one in digests if one % SAMPLED == 0)
