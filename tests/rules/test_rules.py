"""Each rule has an example in which it decides, and a near miss: little differs, and it must not fire."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rules.switching import NO_RULES, Text, cases_in, in_full, in_short, rules

HERE = Path(__file__).parent
# Of the longer text's words, how many the shorter shares at least: a near miss differs in little.
LEAST_SHARED = 0.5


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """Read the examples with their near misses."""
    paths = sorted(HERE.glob("rows/*.toml"))
    return tuple(row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8"))["rule"])


def words_of(text: Text) -> Counter[str]:
    """Count the words of a text."""
    told = text if isinstance(text, str) else " ".join(one["text"] for one in text)
    return Counter(re.findall(r"\w+", told.lower()))


def test_each_rule_has_a_row_or_a_reason_to_have_none() -> None:
    """A new rule fails here until it has an example and a near miss, and a row of a rule that is gone until it goes."""
    named = {row["name"] for row in rows()}
    reasons = NO_RULES["no_rule"]
    assert not named & set(reasons)
    assert sorted(named | set(reasons)) == sorted(rules())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
def test_a_near_miss_differs_in_little(row: dict[str, Any]) -> None:
    """Half of the words are the same."""
    one, other = words_of(row["example"]), words_of(row["near_miss"])
    assert (one & other).total() / max(one.total(), other.total()) >= LEAST_SHARED


def sides() -> list[Any]:
    """Each example and each near miss; one that is misread is a strict expected failure."""
    found = []
    for row in rows():
        miss = pytest.mark.xfail(reason=row.get("known_miss"), strict=True) if "known_miss" in row else ()
        found.append(pytest.param(row, "example", id=f"{row['name']}-example"))
        found.append(pytest.param(row, "near_miss", id=f"{row['name']}-near-miss", marks=miss))
    return found


@pytest.mark.parametrize(("row", "side"), sides())
def test_both_are_read_as_they_should_be(row: dict[str, Any], side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who threatens whom, the kind and the status, and where it matters act, condition and day."""
    cases = cases_in(row[side], monkeypatch)
    assert row[f"{side}_reads"] in {in_short(cases), in_full(cases)}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
def test_the_rule_decides_on_its_example(row: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the example is read otherwise."""
    before = in_full(cases_in(row["example"], monkeypatch))
    rules()[row["name"]].switch_off(monkeypatch)
    assert in_full(cases_in(row["example"], monkeypatch)) != before


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
def test_the_rule_does_not_fire_on_its_near_miss(row: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A predicate that said yes would change how it is read; a finder finds nothing."""
    rule = rules()[row["name"]]
    before = in_full(cases_in(row["near_miss"], monkeypatch))
    if rule.is_predicate:
        rule.switch_on(monkeypatch)
        assert in_full(cases_in(row["near_miss"], monkeypatch)) != before
    else:
        answers = rule.watch(monkeypatch)
        assert in_full(cases_in(row["near_miss"], monkeypatch)) == before
        assert not any(answers)
