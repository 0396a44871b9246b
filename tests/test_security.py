"""SECURITY.md says what was measured, and names tests that exist."""

import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from programs import a_program

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")


@pytest.fixture(scope="module")
def trials() -> ModuleType:
    return a_program(ROOT / "docs" / "record_trials.py")


def test_the_table_is_that_of_the_record(trials: ModuleType) -> None:
    """Figures are written by ``python docs/record_trials.py``, never by hand."""
    kept = json.loads(trials.KEPT.read_text("utf-8"))
    assert trials.page_with(trials.to_table(kept), PAGE) == PAGE
    assert kept["hostile"] == trials.hostile()


def test_no_fault_of_the_record_lost_anything(trials: ModuleType) -> None:
    kept = json.loads(trials.KEPT.read_text("utf-8"))
    wrong = ("failures", "errors", "lost")
    assert {
        name: found for name, trial in kept.items() if (found := [trial[one] for one in wrong if trial.get(one)])
    } == {}
    assert kept["fuzz"]["cases"] == sum(kept["fuzz"]["properties"].values())
    assert kept["faults"]["survived"] == sum(kept["faults"]["killed"].values())
    assert kept["patterns"]["slow"] == []


def test_each_file_that_holds_a_promise_exists() -> None:
    named = set(re.findall(r"`((?:tests/)?[\w/]*test_\w+\.py|tests/\w+)`", PAGE))
    assert named
    known = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*")}
    assert {one for one in named if not any(path == one or path.endswith(f"/{one}") for path in known)} == set()


def test_each_limit_is_told(trials: ModuleType) -> None:
    from dataclasses import fields

    from briefing_lib.reading.limits import Limits

    assert [one.name for one in fields(Limits) if f"`{one.name}`" not in PAGE] == []


def test_a_figure_changed_by_hand_is_found(trials: ModuleType) -> None:
    kept = json.loads(trials.KEPT.read_text("utf-8"))
    forged = PAGE.replace(f"{kept['patterns']['texts']:,}", "999,999,999")
    assert forged != PAGE
    assert trials.page_with(trials.to_table(kept), forged) != forged
