"""A real article that is not in the repository: the rows that an analyst marked in it.

The article stands in a folder beside the checkout on the project's own machines. Elsewhere these tests skip; in CI a
missing article is a failure.
"""

import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from briefing_lib.models import Case, FollowThrough
from briefing_lib.pipeline import follow_through

FOLDER = Path(__file__).parents[2] / "shared" / "sources" / "2020-06-24-kim-suspends"
EXPECTED = FOLDER / "expected.json"

pytestmark = pytest.mark.skipif(
    not EXPECTED.exists() and not os.environ.get("CI"), reason="the article is not on this machine"
)


@cache
def expected() -> dict[str, Any]:
    """Read what the analyst marked."""
    assert EXPECTED.exists(), f"the article belongs beside the checkout in CI: {FOLDER}"
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


@cache
def table() -> FollowThrough:
    """Run the suite on the article as of its day."""
    day = date.fromisoformat(expected()["as_of"])
    return follow_through(FOLDER / expected()["document"], as_of=day)


def spans(quote: str) -> tuple[int, int]:
    """Find where a marked quote stands in the text that was read."""
    text = table().documents[0].text
    return text.index(quote), text.index(quote) + len(quote)


def found_for(row: dict[str, Any]) -> list[Case]:
    """Find the cases whose evidence of the threat overlaps the row's quote."""
    start, end = spans(row["threat_quote"])
    return [c for c in table().cases if any(m.passage.start < end and start < m.passage.end for m in c.threats)]


CARDS = ("christmas-present", "guam", "troops-and-guard-posts")


@pytest.mark.parametrize("key", CARDS)
def test_each_row_that_the_user_named_is_found_once_and_is_right(key: str) -> None:
    """Sender, target, status and issue date are as marked."""
    row = next(row for row in expected()["threats"] if row["key"] == key)
    assert row["card"]
    (case,) = found_for(row)
    assert case.status.value in row["statuses"]
    assert case.sender.name == row["sender"]
    assert case.target is not None
    assert case.target.name == row["target"]
    issued = case.issued
    assert issued is not None
    assert issued.start is not None
    assert issued.end is not None
    assert row["issued"]["from"] <= issued.start.isoformat() <= issued.end.isoformat() <= row["issued"]["to"]
    assert any(
        spans(row["outcome_quote"])[0] < o.passage.end and o.passage.start < spans(row["outcome_quote"])[1]
        for o in case.outcomes
    )


def test_the_rows_named_are_the_rows_marked() -> None:
    """The list of this file is that of the analyst."""
    assert set(CARDS) == {row["key"] for row in expected()["threats"] if row["card"]}


def test_at_least_five_of_the_six_rows_are_found() -> None:
    """A row is found when evidence of a case overlaps its quote."""
    assert len([row for row in expected()["threats"] if found_for(row)]) >= 5


def test_no_evidence_overlaps_what_is_no_threat_or_boilerplate() -> None:
    """Neither threats nor outcomes rest on them."""
    for quote in (*expected()["not_threats"], *expected()["boilerplate"]):
        start, end = spans(quote)
        for case in table().cases:
            for mention in (*case.threats, *case.outcomes):
                assert not (mention.passage.start < end and start < mention.passage.end), quote


def test_another_country_s_names_give_the_same_table(tmp_path: Path) -> None:
    """With all names swapped for another country's, the table has the same rows and statuses."""
    swaps = {
        "North Korea": "Kyrgyzstan", "North Korean": "Kyrgyz", "Pyongyang": "Bishkek", "South Korea": "Tajikistan",
        "South Korean": "Tajik", "Kim Jong Un": "Sadyr Japarov", "Kim Yo Jong": "Aigul Japarova", "Kim": "Japarov",
        "Moon Jae-in": "Emomali Rahmon", "Moon": "Rahmon", "the South": "Tajikistan", "Seoul": "Dushanbe",
    }  # fmt: skip
    original = (FOLDER / expected()["document"]).read_text(encoding="utf-8")
    text = original
    for name in sorted(swaps, key=len, reverse=True):
        text = text.replace(name, f"\0{list(swaps).index(name)}\0")
    for index, other in enumerate(swaps.values()):
        text = text.replace(f"\0{index}\0", other)
    text = text.replace("the south", "Tajikistan")
    path = tmp_path / "2020-06-24-swapped.txt"
    path.write_text(text, encoding="utf-8")
    swapped = follow_through(path, as_of=table().as_of)

    def rows(cases: tuple[Case, ...]) -> list[tuple[str, str, str]]:
        return sorted((case.status.value, case.kind.value, case.mode.value) for case in cases)

    assert rows(swapped.cases) == rows(table().cases)
    assert {case.sender.name for case in swapped.cases} == {"Kyrgyzstan"}
