"""The figures of the last scorecard, for the method note: how often the rules are right on annotated texts."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from briefing_lib.assessment.rates import INTERVAL_LEVEL
from briefing_lib.extraction import RULES
from briefing_lib.presentation.computed import prose, sentence_case
from briefing_lib.presentation.markup import data_table, tag, together
from briefing_lib.wording import capital, is_or_are

# `briefing evaluate --write docs/scorecard.md` writes it; the wheel carries it.
NAME = "scorecard.json"
# What a figure counts, for a reader who does not know the terms (docs/evaluation.md defines each).
FIGURE_WORDS = {
    ("sentences", "precision"): "Sentences read as threats that are (precision)",
    ("sentences", "recall"): "Threats among sentences that are found (recall)",
    ("sentences", "exact quotes"): "Quotes from sentences that are to the letter",
    ("documents", "precision"): "Rows that are a threat, each once (precision)",
    ("documents", "recall"): "Threats in documents that are found (recall)",
    ("documents", "status"): "Threats found with the right outcome",
    ("documents", "status, not pending"): "The same, without those pending",
    ("documents", "sender"): "Threats found with the right sender",
    ("documents", "target"): "Threats found with the right target",
    ("documents", "not-threats hit"): "Tempting quotes taken for threats",
    ("documents", "exact quotes"): "Quotes from documents that are to the letter",
    ("stories", "status as of each day"): "Outcomes in stories that are right on each day",
}


def scorecard_note() -> Markup:
    """Return the figures that have a floor to clear, with their intervals, and what they were measured on.

    Where the package has no scorecard, one sentence says so.
    """
    card = _scorecard()
    if card is None:
        return tag("p", "How often the rules are right was not measured for this version.")
    held = [one for one in card["figures"] if one["floor"]]
    below = sum(not one["clears"] for one in held)
    measured = prose(
        "Measured on {documents} annotated documents, {sentences} sentences and {stories} stories of several documents "
        "(version {version}, {day}); they are not the sources of this briefing. {standing}. The rules were written "
        "with these documents in view: in others they find fewer of the threats, and less of what came of them.",
        documents=card["documents"],
        sentences=card["sentences"],
        stories=card["stories"],
        version=card["version"],
        day=date.fromisoformat(card["made_on"]),
        standing=_standing(below, len(held)),
    )
    what = "the rules are" if card["extractor"] == RULES else f"{card['extractor']} is"
    table = data_table(
        prose(
            "How often {what} right, as a share of the count beside it, with {level} bootstrap intervals",
            what=what,
            level=INTERVAL_LEVEL,
        ),
        ("What is counted", "Share", "95% interval", "Count", "At least", "Reached"),
        [_row(one) for one in held],
        numeric=(1, 2, 3),
    )
    return together(tag("h3", prose("How often {what} right", what=what)), tag("p", measured, class_="method"), table)


def _standing(below: int, of: int) -> Markup:
    """Say how many figures miss the floor that the project sets."""
    if not below:
        return prose("All {of} figures reach the floor that the project sets", of=of)
    template = "{below} of {of} figures {are} below the floor that the project sets"
    return sentence_case(prose(template, below=below, of=of, are=is_or_are(below)))


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        FIGURE_WORDS.get((one["part"], one["figure"]), capital(f"{one['part']}: {one['figure']}")),
        f"{one['value']:.2f}",
        f"{one['low']:.2f} to {one['high']:.2f}",
        f"{one['numerator']} of {one['denominator']}",
        one["floor"],
        "yes" if one["clears"] else "no",
    )


@cache
def _scorecard() -> Any:
    package = Path(__file__).resolve().parent.parent
    for place in (package / NAME, package.parent / "docs" / NAME):
        if place.is_file():
            return json.loads(place.read_text("utf-8"))
    return None
