"""When a predicted row is a gold row: by the share of characters, one to one."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from briefing_lib.evaluation.gold import Quote
from briefing_lib.models import Passage

# The gold's scoring rule: "at least half of the shorter one's characters".
LEAST_SHARE = 0.5

# Words that tell no act from another (Snowball's stop list has these too; the short list keeps the rule readable).
_EMPTY = frozenset(
    re.findall(r"\w+", "a an and any as at be by for from in into of on or the their them they to up with will would")
)


def is_hit(start: int, end: int, quote: Quote) -> bool:
    """Tell whether a span and a quote share at least half of the shorter one's characters."""
    shared = min(end, quote.end) - max(start, quote.start)
    return shared > 0 and shared >= LEAST_SHARE * min(end - start, quote.end - quote.start)


def hits(passages: Iterable[Passage], quotes: Iterable[Quote]) -> int:
    """Count the quotes that at least one of the passages hits."""
    spans = [(passage.start, passage.end) for passage in passages]
    return sum(any(is_hit(start, end, quote) for start, end in spans) for quote in quotes)


def act_similarity(one: str, other: str) -> float:
    """Return the Jaccard index of two acts' content words, crudely stemmed: 0 to 1."""
    first, second = _words(one), _words(other)
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def assign(weights: Sequence[Sequence[float]]) -> dict[int, int]:
    """Pair rows with columns one to one: as many pairs as can be, and of those ways the heaviest.

    ``weights[i][j]`` is 0 where row i and column j may not pair, else in (0, 1].
    """
    if not weights or not weights[0]:
        return {}
    table = np.asarray(weights, dtype=float)
    # A pair outweighs any sum of preferences, so that the number of pairs comes first.
    benefit = np.where(table > 0, table + min(table.shape), 0.0)
    rows, columns = linear_sum_assignment(benefit, maximize=True)
    return {int(row): int(column) for row, column in zip(rows, columns, strict=True) if table[row, column] > 0}


def preference(hit_share: float, similarity: float) -> float:
    """Weigh a possible pair: the act decides where one sentence serves two rows, then the share of quotes hit."""
    return 0.01 + 0.66 * similarity + 0.33 * hit_share


def _words(text: str) -> frozenset[str]:
    """Content words without their commonest endings: enough to tell two acts apart, no more."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(re.sub(r"(?:ing|ed|es|s)$", "", word) or word for word in words if word not in _EMPTY)
