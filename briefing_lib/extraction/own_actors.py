"""A collection's own actors, as its ``actors.toml`` names them: docs/actors.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing_lib.errors import BadMetadata
from briefing_lib.models import ActorType
from briefing_lib.reading import parse_toml, place_in, unlike

LONGEST_NAME = 100
_ACTOR = "actor"
_NAMES = ("name", "capital", "part_of")
_LISTS = ("aliases", "short", "demonyms", "leaders", "bodies")
_KEYS = ("type", "family_name_first", *_NAMES, *_LISTS)


def own_actors(text: str, name: str) -> list[dict[str, Any]]:
    """Return the actors of a file, each checked to have a name, a type and no key that is not known.

    Raises
    ------
    BadMetadata
        The text is no TOML, or an actor in it cannot be used as it is; the message gives the line.
    """
    return _OwnActors(text, name).actors(parse_toml(text, name))


@dataclass(frozen=True, slots=True)
class _OwnActors:
    """One file: its text and name, for errors."""

    text: str
    name: str

    def actors(self, told: Mapping[str, object]) -> list[dict[str, Any]]:
        for key in told:
            self.refuse_if(unlike(key, (_ACTOR,)), key)
        actors: Any = told.get(_ACTOR, [])
        if not isinstance(actors, list) or not all(isinstance(actor, Mapping) for actor in actors):
            self.refuse_if("must be a list of tables; begin each with [[actor]]", _ACTOR)
        return [self.checked(actor) for actor in actors]

    def checked(self, actor: Mapping[str, Any]) -> dict[str, Any]:
        if not actor.get("name"):
            self.refuse_if("one of them has no name", _ACTOR)
        named = str(actor["name"])
        for key, value in actor.items():
            self.refuse_if(unlike(key, _KEYS), named, key)
            if key in _NAMES and not _is_name(value):
                self.refuse_if(f"must be a name of at most {LONGEST_NAME} characters", named, key)
            if key in _LISTS and not (isinstance(value, list) and all(map(_is_name, value))):
                self.refuse_if('must be a list of names, such as ["the Front", "HF"]', named, key)
            if key == "family_name_first" and not isinstance(value, bool):
                self.refuse_if("must be true or false", named, key)
        self.refuse_if(unlike(str(actor.get("type", "")), list(ActorType)), named, "type")
        return dict(actor)

    def refuse_if(self, problem: str, *at: str) -> None:
        if problem:
            raise BadMetadata(f"{place_in(self.text, self.name, *at)}: {problem}")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable() and len(value) <= LONGEST_NAME
