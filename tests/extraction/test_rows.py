"""Snippets of every sort of press → a threat or none, and its sender, target and kind."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from factories import a_document
from reports import read, snippets

from briefing_lib.extraction import Rules
from briefing_lib.models import DateRange, Kind, Threat

DAY = DateRange(date(2021, 3, 5), date(2021, 3, 5))


def rows() -> list[dict[str, Any]]:
    """Read the snippets; each says why it is a threat or none."""
    return snippets("threats")


def known_misses() -> dict[str, str]:
    """Read the snippets that the rules get wrong, with the reason."""
    return read("known_misses.toml")["misses"]


@cache
def threats_in(text: str) -> tuple[Threat, ...]:
    """Extract from a snippet as from a report of a fixed day."""
    return Rules().extract(a_document(text, published=DAY, publisher="", title="")).threats


def marked() -> list[Any]:
    """Mark each known miss as a strict expected failure."""
    misses = known_misses()
    return [
        pytest.param(
            row, marks=pytest.mark.xfail(reason=misses[row["text"]], strict=True) if row["text"] in misses else ()
        )
        for row in rows()
    ]


@pytest.mark.parametrize("row", marked())
def test_a_snippet_threatens_or_does_not(row: dict[str, Any]) -> None:
    """A threat is found where there is one, and none where there is none."""
    assert bool(threats_in(row["text"])) is row["threat"], row["why"]


def test_two_who_threaten_in_one_sentence_are_two() -> None:
    """A second threat with a sender of its own is no part of the first."""
    found = threats_in("Iran threatened to close the strait, and Oman threatened to bomb the port.")
    assert [threat.sender.name for threat in found] == ["Iran", "Oman"]


def test_nobody_threatens_himself_by_calling_another_an_enemy() -> None:
    """Where the document names no other, the enemy is nobody known."""
    found = threats_in('North Korea met envoys. "We will destroy the enemy," North Korea\'s army said.')
    assert [threat.target for threat in found] == [None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran said it would close the strait if Oman sold the port.", Kind.DETERRENT),
        ("Iran said it would close the strait unless Oman sold the port.", Kind.COMPELLENT),
        ("Iran said it would close the strait.", Kind.ANNOUNCED_INTENT),
        ("Iran vowed to close the strait.", Kind.UNCONDITIONAL),
        ("Oman will pay a heavy price, Iran said.", Kind.VAGUE),
        ("Iran told Oman to leave the port or lose it.", Kind.COMPELLENT),
        ("Iran told Oman that any attack would be met with force.", Kind.DETERRENT),
        ("Iran warned Oman against an attack.", Kind.DETERRENT),
    ],
)
def test_the_kind_is_told_by_what_is_asked_and_by_the_frame(text: str, kind: Kind) -> None:
    """Of texts that differ in little."""
    assert [threat.kind for threat in threats_in(text)] == [kind]


def test_known_misses_are_rows() -> None:
    """No miss is listed that no snippet has."""
    assert set(known_misses()) <= {row["text"] for row in rows()}


@pytest.mark.parametrize(("field", "least"), [("sender", 0.92), ("target", 0.9)])
def test_who_and_whom_are_right_nearly_always(field: str, least: float) -> None:
    """The share of right senders and targets over the threats found is at least what it was."""
    found = [(row[field], threats_in(row["text"])) for row in rows() if row["threat"] and field in row]
    pairs = [(wanted, getattr(threats[0], field)) for wanted, threats in found if threats]
    right = [
        wanted
        for wanted, actor in pairs
        if actor is not None and wanted.lower() in (actor.name.lower(), actor.home.lower())
    ]
    assert len(pairs) > 50
    assert len(right) / len(pairs) >= least, sorted((w, a and a.name) for w, a in pairs if w not in right)
