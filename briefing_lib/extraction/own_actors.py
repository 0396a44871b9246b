"""A collection's own actors, as its ``actors.toml`` names them: docs/actors.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing_lib.errors import BadMetadata
from briefing_lib.models import ActorType
from briefing_lib.reading import parse_toml, place_in, unlike

LONGEST_NAME = 100
_ACTOR, _NEWSROOM = "actor", "newsroom"
_KEYS = {
    _ACTOR: (
        "name",
        "type",
        "aliases",
        "short",
        "demonyms",
        "capital",
        "leaders",
        "bodies",
        "part_of",
        "family_name_first",
    ),
    _NEWSROOM: ("name", "aliases", "state"),
}
_NAMES = ("name", "capital", "part_of", "state")
_LISTS = ("aliases", "short", "demonyms", "leaders", "bodies")


@dataclass(frozen=True, slots=True)
class OwnActors:
    """What a collection's file names: who acts, and who only reports."""

    actors: tuple[Mapping[str, Any], ...]
    newsrooms: tuple[Mapping[str, Any], ...]


def own_actors(text: str, name: str) -> OwnActors:
    """Return what a file names, each block checked to have a name and no key that is not known, an actor a type too.

    Raises
    ------
    BadMetadata
        The text is no TOML, or a block in it cannot be used as it is; the message gives the line.
    """
    file = _File(text, name)
    told = parse_toml(text, name)
    for key in told:
        file.refuse_if(unlike(key, _KEYS), key)
    actors, newsrooms = (tuple(file.blocks(told.get(kind, []), kind)) for kind in _KEYS)
    for actor in actors:
        file.refuse_if(unlike(str(actor.get("type", "")), list(ActorType)), actor["name"], "type")
    return OwnActors(actors, newsrooms)


@dataclass(frozen=True, slots=True)
class _File:
    """One file: its text and name, for errors."""

    text: str
    name: str

    def blocks(self, told: Any, kind: str) -> Iterator[Mapping[str, Any]]:
        if not isinstance(told, list) or not all(isinstance(block, Mapping) for block in told):
            self.refuse_if(f"must be a list of tables; begin each with [[{kind}]]", kind)
        for block in told:
            self.refuse_if("" if block.get("name") else "one of them has no name", kind)
            named = str(block["name"])
            for key, value in block.items():
                self.refuse_if(unlike(key, _KEYS[kind]), named, key)
                self.refuse_if(_problem_of(key, value), named, key)
            yield block

    def refuse_if(self, problem: str, *at: str) -> None:
        if problem:
            raise BadMetadata(f"{place_in(self.text, self.name, *at)}: {problem}")


def _problem_of(key: str, value: object) -> str:
    """Return what is wrong with a value for its key, or nothing."""
    if key in _NAMES and not _is_name(value):
        return f"must be a name of at most {LONGEST_NAME} characters"
    if key in _LISTS and not (isinstance(value, list) and all(map(_is_name, value))):
        return 'must be a list of names, such as ["the Front", "HF"]'
    return "must be true or false" if key == "family_name_first" and not isinstance(value, bool) else ""


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable() and len(value) <= LONGEST_NAME
