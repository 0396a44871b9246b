"""What one version finds against another."""

import json

import pytest

from briefing_lib.evaluation import BadGold, to_json
from briefing_lib.evaluation.changes import compare, read_baseline
from briefing_lib.evaluation.records import Prediction
from briefing_lib.models import Status

ONE = "Ruritania will close the strait."
TWO = "The storm threatens the coast."
TEXT = f"{ONE} {TWO}"


@pytest.fixture
def document(gold, gold_threat):
    """A threat and a sentence that is none."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, ONE)], not_threats=[TWO])
    return gold


def saved(card, path):
    """Keep a scorecard's predictions as a baseline."""
    path.write_text(to_json(card.predictions), encoding="utf-8")
    return path


def test_gained_and_lost_say_whether_they_are_right(document, found, tmp_path):
    """A right one gained, a wrong one lost."""
    found.add("a", TWO)
    baseline = saved(found.score(document), tmp_path / "before.json")
    found.mentions.clear()
    found.add("a", ONE)
    changes = found.score(document, baseline=baseline).changes
    assert [(one.quote, one.verdict) for one in changes.gained] == [(ONE, "right")]
    assert [(one.quote, one.verdict) for one in changes.lost] == [(TWO, "wrong")]


def test_the_same_mention_with_another_status_has_moved(document, found, tmp_path):
    """It is neither gained nor lost."""
    found.add("a", ONE)
    baseline = saved(found.score(document), tmp_path / "before.json")
    found.status = lambda case, as_of: Status.WITHDRAWN
    changes = found.score(document, baseline=baseline).changes
    assert (changes.gained, changes.lost) == ((), ())
    assert [(old.status, new.status) for old, new in changes.moved] == [("pending", "withdrawn")]


def test_nothing_changes_against_itself(document, found, tmp_path):
    """Every part is empty."""
    found.add("a", ONE)
    found.add("a", TWO)
    baseline = saved(found.score(document), tmp_path / "before.json")
    changes = found.score(document, baseline=baseline).changes
    assert (changes.gained, changes.lost, changes.moved) == ((), (), ())


def test_a_part_that_was_not_looked_at_is_not_lost(document, found, tmp_path):
    """Only documents of this evaluation are compared."""
    document.sentences((ONE, "threat", 1))
    found.add("a", ONE)
    found.add(ONE, ONE)
    baseline = saved(found.score(document), tmp_path / "before.json")
    assert found.score(document, baseline=baseline, only="documents").changes.lost == ()


def test_a_span_that_shrank_to_less_than_half_is_still_the_same():
    """Half of the shorter one is what counts."""
    whole = Prediction("a", 0, 100, "", "pending")
    part, other = Prediction("a", 40, 50, "", "pending"), Prediction("b", 40, 50, "", "pending")
    assert compare([part], [whole]).gained == ()
    assert compare([other], [whole]).gained == (other,)


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"predictions": [{"doc": "a"}]})])
def test_a_file_that_is_no_baseline_is_refused(tmp_path, content):
    """With its name."""
    path = tmp_path / "before.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadGold, match=r"before\.json"):
        read_baseline(path)
