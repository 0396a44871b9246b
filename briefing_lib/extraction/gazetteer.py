"""Names that general knowledge gives: where a text mentions a state, a leader, a body or an organisation."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefing_lib.extraction.lexicon import read_toml
from briefing_lib.extraction.own_actors import own_actors
from briefing_lib.extraction.phrases import TIMES
from briefing_lib.models import Actor, ActorType

# A word for the purpose of names: dots and ampersands inside are part of it ("U.S", "R&D"), hyphens are not.
_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
# Surnames that are first of all something else; they count only within a full name.
_COMMON_SURNAMES = frozenset(
    {"May", "March", "Brown", "Long", "Li", "Major", "Day", "King", "Rice", "Hope", "Marshall", "Church"}
)


# What the name of a parliament holds.
_LEGISLATURES = frozenset(
    {
        "Congress",
        "Parliament",
        "Assembly",
        "Duma",
        "Knesset",
        "Bundestag",
        "Diet",
        "Senate",
        "Majlis",
        "Verkhovna",
        "Rada",
        "Sejm",
        "Cortes",
        "Storting",
        "Riksdag",
        "Folketing",
        "Dail",
        "Dáil",
        "Commons",
        "Lords",
        "Legislature",
    }
)
_HALVES = ("North ", "South ", "East ", "West ")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for, and how: ``name``, ``short`` form, ``demonym``, ``capital``, ``leader`` or ``body``."""

    actor: Actor
    how: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: half-open character offsets, and what it stands for."""

    start: int
    end: int
    entry: Entry

    @property
    def state(self) -> str:
        """The state that the name stands for or belongs to; an actor without one stands for itself."""
        return self.entry.actor.home or self.entry.actor.name


def is_legislature(name: str) -> bool:
    """Tell whether a body's name is that of a parliament."""
    return not _LEGISLATURES.isdisjoint(name.split())


# Several lists are looked for in one text.
@lru_cache(maxsize=2)
def words_of(text: str) -> Sequence[tuple[int, int, str]]:
    """Return the words of a text with their offsets, dots left out ("U.S." and "US" are one word)."""
    return [(match.start(), match.end(), match.group().replace(".", "")) for match in _WORD.finditer(text)]


class Gazetteer:
    """An index of names; the longest name at a place wins.

    Parameters
    ----------
    names
        Pairs of a name and what it stands for. The first of two equal names is kept.
    newsrooms
        The same of those who only report, where the index is of actors.
    """

    def __init__(self, names: Iterable[tuple[str, Entry]], newsrooms: "Gazetteer | None" = None) -> None:
        self._newsrooms = newsrooms
        self._by_first: dict[str, dict[tuple[str, ...], Entry]] = {}
        self._surnames: dict[str, dict[str, Entry]] = {}
        self._bearers: dict[str, set[str]] = {}
        for name, entry in names:
            key = tuple(word for _, _, word in words_of(name))
            if not key:
                continue
            self._by_first.setdefault(key[0], {}).setdefault(key, entry)
            if entry.how in {"leader", "leader, family name first"} and len(key) > 1:
                surname = key[0] if "first" in entry.how else key[-1]
                if surname not in _COMMON_SURNAMES:
                    self._surnames.setdefault(surname, {}).setdefault(entry.actor.home, entry)
                    self._bearers.setdefault(surname, set()).add(entry.actor.name)
        self._longest = {first: max(map(len, keys)) for first, keys in self._by_first.items()}

    def legislature_of(self, state: str) -> Actor | None:
        """Return a state's parliament, where a list names it."""
        entries = (entry for keys in self._by_first.values() for entry in keys.values())
        bodies = (
            e.actor for e in entries if e.how == "body" and e.actor.home == state and is_legislature(e.actor.name)
        )
        return next(bodies, None)

    def scan_newsrooms(self, text: str) -> tuple[Mention, ...]:
        """Return every mention of somebody who only reports, with the state that he speaks for where one owns him."""
        return self._newsrooms.scan(text) if self._newsrooms else ()

    def scan(self, text: str) -> tuple[Mention, ...]:
        """Return every mention in a text, in order; short forms and surnames only where the full actor is named too."""
        words = words_of(text)
        found = list(self._names_in(words))
        named = {mention.state for mention in found if mention.entry.how != "short"}
        # "The South" stands for South Ruritania where only North Ruritania is named in full.
        halves = {name.split()[1] for name in named if name.startswith(_HALVES)}
        named |= {
            m.state
            for m in found
            if m.entry.how == "short" and m.state.startswith(_HALVES) and m.state.split()[1] in halves
        }
        kept = [
            mention
            for mention in found
            if not _is_of_another(text, mention)
            and (mention.entry.how != "short" or (mention.state in named and not text.startswith(" of ", mention.end)))
        ]
        taken = {position for mention in kept for position in range(mention.start, mention.end)}
        for start, end, word in words:
            if word not in self._surnames or start in taken or _is_within_longer_name(text, start, end):
                continue
            homes = [entry for home, entry in self._surnames[word].items() if home in named]
            in_full = [
                m.entry for m in found if m.entry.how.startswith("leader") and m.entry.actor.name in self._bearers[word]
            ]
            if in_full or len(homes) == 1:
                kept.append(Mention(start, end, in_full[0] if in_full else homes[0]))
        return tuple(sorted(kept, key=lambda mention: mention.start))

    def _names_in(self, words: Sequence[tuple[int, int, str]]) -> Iterator[Mention]:
        """Yield the longest name at each place, and go on behind it."""
        behind = 0
        for index, (start, _, first) in enumerate(words):
            if index < behind or first not in self._by_first:
                continue
            keys = self._by_first[first]
            for length in range(min(self._longest[first], len(words) - index), 0, -1):
                entry = keys.get(tuple(word for _, _, word in words[index : index + length]))
                if entry:
                    yield Mention(start, words[index + length - 1][1], entry)
                    behind = index + length
                    break


# A capital before the plain name of a body, within a sentence; and whose such a word is without being another's.
_NAMED_BEFORE = re.compile(r"(?:[^.!?\n\"“” ]|\bThe) ([A-Z][\w'’-]+)[ -]$")
_SAME = frozenset({"Republican", "Democratic", "American", "Federal", "US"})


def _is_of_another(text: str, mention: Mention) -> bool:
    """Tell whether a body's plain name is the end of another's: "the Sivas Congress" is not the one in Washington."""
    name = text[mention.start : mention.end]
    if mention.entry.how != "body" or name not in _LEGISLATURES:
        return False
    before = _NAMED_BEFORE.search(text[max(0, mention.start - _NAME_LENGTH) : mention.start])
    return before is not None and before.group(1) not in _SAME and before.group(1).lower() not in TIMES


_NAME_LENGTH = 40  # characters that are looked at before a name


def _is_within_longer_name(text: str, start: int, end: int) -> bool:
    """Tell whether a surname is part of somebody else's name ("Donald Kim", "Kim Chong")."""
    after = text[end : end + 2]
    return len(after) == 2 and after[0] == " " and after[1].isupper()


def _names_of(item: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    kind = ActorType(item["type"])
    actor = Actor(item["name"], kind, item["name"], home=item.get("part_of", ""))
    yield item["name"], Entry(actor, "name")
    for alias in item.get("aliases", ()):
        yield alias, Entry(actor, "name")
        if alias.startswith("the "):  # at the beginning of a sentence
            yield f"T{alias[1:]}", Entry(actor, "name")
    for short in item.get("short", ()):
        yield short, Entry(actor, "short")
        if short.startswith("the "):  # "the south", as some presses write it
            yield short.lower(), Entry(actor, "short")
    for demonym in item.get("demonyms", ()):
        yield demonym, Entry(actor, "demonym")
    if item.get("capital"):
        yield item["capital"], Entry(actor, "capital")
    for leader in item.get("leaders", ()):
        how = "leader, family name first" if item.get("family_name_first") else "leader"
        yield leader, Entry(Actor(leader, ActorType.PERSON, leader, home=item.get("part_of") or item["name"]), how)
    for body in item.get("bodies", ()):
        yield body, Entry(Actor(body, ActorType.ORGANISATION, body, home=item["name"]), "body")


def _names_of_newsroom(item: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    actor = Actor(item["name"], ActorType.ORGANISATION, item["name"], home=item.get("state", ""))
    yield from ((name, Entry(actor, "name")) for name in (item["name"], *item.get("aliases", ())))


@lru_cache(maxsize=4)
def to_gazetteer(own: str = "", name: str = "actors.toml") -> Gazetteer:
    """Return the names of general knowledge, newsrooms among them, with those of a collection before them.

    Parameters
    ----------
    own
        The text of the collection's file, so that an edited file is read anew; empty where it has none.
    name
        What an error calls the file.

    Raises
    ------
    BadMetadata
        The text is no TOML, or an actor or newsroom in it cannot be used as it is.
    """
    mine = own_actors(own, name)
    actors = [*mine.actors, *read_toml("actors.toml")["actor"]]
    newsrooms = [*mine.newsrooms, *read_toml("newsrooms.toml")["newsroom"]]
    return Gazetteer(
        (pair for item in actors for pair in _names_of(item)),
        Gazetteer(pair for item in newsrooms for pair in _names_of_newsroom(item)),
    )
