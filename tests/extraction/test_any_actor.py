"""The names of states and of their leaders exchanged for others: what is read changes in the names alone."""

import re
from functools import cache
from typing import Any

import pytest
from reports import documents, known_misses, to_document

from briefing_lib.extraction import Rules
from briefing_lib.extraction.gazetteer import Mention, to_gazetteer
from briefing_lib.extraction.lexicon import read_toml
from briefing_lib.models import Threat

# States of no document: a republic takes the place of one, a kingdom that of a kingdom ("the republic's navy").
_REPUBLICS = ("Zambia", "Peru", "Slovakia", "Tunisia", "Portugal", "Honduras", "Malawi", "Uruguay")
_OTHERS = ("Norway", "Sweden", "Jordan", "Bhutan")
_KINDS = {"name", "demonym", "capital", "leader", "leader, family name first"}


@cache
def states() -> dict[str, dict[str, Any]]:
    """Read the list of states by name."""
    return {item["name"]: item for item in read_toml("actors.toml")["actor"] if item["type"] == "state"}


class Exchange:
    """Which state and which leader of a document another takes the place of."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.leaders: dict[str, str] = {}

    def of_state(self, name: str) -> str:
        """Return the state that takes another's place, the same throughout."""
        if name not in self.states:
            pool = _OTHERS if name in read_toml("names.toml")["forms_of_state"]["no_republic"] else _REPUBLICS
            self.states[name] = next(other for other in pool if other not in self.states.values())
        return self.states[name]

    def of_leader(self, name: str, home: str) -> str:
        """Return the leader of the other state who takes another's place."""
        if name not in self.leaders:
            pool = (one for one in states()[self.of_state(home)]["leaders"] if len(one.split()) == 2)
            self.leaders[name] = next(other for other in pool if other not in self.leaders.values())
        return self.leaders[name]

    def words(self, mention: Mention, said: str) -> str:
        """Return what stands in the place of a mention."""
        actor = mention.entry.actor
        if mention.entry.how.startswith("leader"):
            other = self.of_leader(actor.name, actor.home)
            return other if " " in said else other.split()[-1]
        other_state = states()[self.of_state(actor.name)]
        if mention.entry.how == "demonym":
            mine, forms = states()[actor.name]["demonyms"], other_state["demonyms"]
            is_people = said in mine[1:] and said.endswith("s")
            return str(forms[-1] if is_people else forms[0])
        return str(other_state["capital"] if mention.entry.how == "capital" else other_state["name"])


def exchanged(text: str) -> tuple[str, Exchange] | None:
    """Exchange the states and leaders of a text, or return None where it names a state in another way too."""
    exchange, pieces, at = Exchange(), [], 0
    for mention in to_gazetteer().scan(text):
        actor, how = mention.entry.actor, mention.entry.how
        is_exchanged = how in _KINDS and (
            actor.name in states() or (how.startswith("leader") and actor.home in states())
        )
        if not is_exchanged:
            if actor.name in states() or actor.home in states():
                return None  # "the Knesset", "the North"
            continue
        pieces += [text[at : mention.start], exchange.words(mention, text[mention.start : mention.end])]
        at = mention.end
    return ("".join([*pieces, text[at:]]), exchange) if exchange.states else None


def parties(threats: tuple[Threat, ...], exchange: Exchange | None = None) -> list[tuple[str, str]]:
    """Name the senders and targets, after an exchange where one is given."""

    def name(said: str) -> str:
        if exchange is None:
            return said
        for mine, other in (*exchange.states.items(), *exchange.leaders.items()):
            said = re.sub(rf"\b{re.escape(mine)}\b", other, said)
        return said

    return [(name(t.sender.name), name(t.target.name) if t.target else "") for t in threats]


def marked() -> list[Any]:
    """Mark each known miss as a strict expected failure."""
    reasons = known_misses().get("exchanged", {})
    return [
        pytest.param(
            row,
            id=row["name"],
            marks=pytest.mark.xfail(reason=reasons[row["name"]], strict=True) if row["name"] in reasons else (),
        )
        for row in documents()
        if exchanged(row["text"]) is not None
    ]


@pytest.mark.parametrize("row", marked())
def test_other_names_change_the_names_alone(row: dict[str, Any]) -> None:
    """Whatever state takes a state's place, the same threats have the same parts."""
    changed = exchanged(row["text"])
    assert changed is not None
    text, exchange = changed
    before = Rules().extract(to_document(row)).threats
    after = Rules().extract(to_document({**row, "text": text})).threats
    assert parties(after) == parties(before, exchange)
