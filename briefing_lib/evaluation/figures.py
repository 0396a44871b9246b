"""Ratios with bootstrap intervals over documents.

The unit that is resampled is the document (the sentence, the cluster, the story): mentions within one are not
independent. Percentile intervals, Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from briefing_lib.evaluation.records import Detection, Figure

RESAMPLES = 2_000
SEED = 20_190_731
LEVEL = 95


def to_figure(numerators: Sequence[int], denominators: Sequence[int]) -> Figure:
    """Return the ratio of two sums over units, with its interval.

    The same counts give the same interval: the seed is fixed. Where a resample's denominator is nought it is left out.
    """
    over, under = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    total = float(under.sum())
    if not total:
        return Figure(int(over.sum()), 0, float("nan"), float("nan"), float("nan"))
    ratios = _resampled(over, under)
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(ratios, [tail, 100 - tail])
    return Figure(int(over.sum()), int(total), float(over.sum() / total), float(low), float(high))


def to_detection(hits: Sequence[int], false_positives: Sequence[int], misses: Sequence[int]) -> Detection:
    """Return precision, recall and F1 from counts by unit."""
    predicted = [hit + extra for hit, extra in zip(hits, false_positives, strict=True)]
    wanted = [hit + miss for hit, miss in zip(hits, misses, strict=True)]
    both = [one + other for one, other in zip(predicted, wanted, strict=True)]
    return Detection(
        hits=sum(hits),
        false_positives=sum(false_positives),
        misses=sum(misses),
        precision=to_figure(hits, predicted),
        recall=to_figure(hits, wanted),
        f1=to_figure([2 * hit for hit in hits], both),
    )


def _resampled(over: npt.NDArray[np.float64], under: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    chance = np.random.default_rng(SEED)
    drawn = chance.integers(0, len(under), size=(RESAMPLES, len(under)))
    above, below = over[drawn].sum(axis=1), under[drawn].sum(axis=1)
    kept = below > 0
    return np.asarray(above[kept] / below[kept])
