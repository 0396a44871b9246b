"""Ratios, their intervals, and pairing one to one."""

import math

from briefing_lib.evaluation.figures import to_detection, to_figure
from briefing_lib.evaluation.matching import act_similarity, assign


def test_a_ratio_is_of_sums_not_a_mean_of_ratios():
    """Documents weigh by what they hold."""
    figure = to_figure([1, 9], [2, 10])
    assert figure.value == 10 / 12


def test_intervals_are_the_same_each_time_and_hold_the_value():
    """The seed is fixed."""
    first, second = to_figure([1, 0, 3, 2], [2, 1, 3, 4]), to_figure([1, 0, 3, 2], [2, 1, 3, 4])
    assert first == second
    assert first.low < first.value < first.high


def test_an_interval_of_one_unit_has_no_width():
    """Resampling one document gives the same document."""
    figure = to_figure([1], [2])
    assert (figure.low, figure.value, figure.high) == (0.5, 0.5, 0.5)


def test_nothing_over_nothing_is_no_number():
    """Rather than nought or one."""
    assert math.isnan(to_figure([0, 0], [0, 0]).value)
    assert math.isnan(to_figure([], []).value)


def test_precision_recall_and_f1():
    """3 hits, 1 false positive, 2 misses: 3/4, 3/5, 6/9."""
    score = to_detection([2, 1], [0, 1], [2, 0])
    assert (score.precision.value, score.recall.value, score.f1.value) == (3 / 4, 3 / 5, 6 / 9)


def test_the_number_of_pairs_comes_before_their_weight():
    """The heavy pair would leave the other row without one."""
    assert assign([[1.0, 0.1], [0.1, 0.0]]) == {0: 1, 1: 0}
    assert assign([[0.1, 1.0], [1.0, 0.1]]) == {0: 1, 1: 0}
    assert assign([[0.0]]) == {}
    assert assign([]) == {}


def test_acts_are_alike_by_their_content_words():
    """Endings and function words do not matter."""
    assert act_similarity("closing the strait", "close straits") > 0
    assert act_similarity("to the", "of the") == 0
    assert act_similarity("close the strait", "expel the envoys") == 0
