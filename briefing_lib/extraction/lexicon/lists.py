"""The word lists that come with the package, as they stand in their files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from briefing_lib.errors import BadLexicon
from briefing_lib.models import Mode

FAMILIES = ("frames", "objects", "outcomes", "deeds")


@dataclass(frozen=True, slots=True)
class ActClass:
    """A class of costly acts: what PLOVER calls its mode, and how plainly it is costly (1 or 2)."""

    name: str
    mode: Mode
    strength: int
    military: bool = False


@dataclass(frozen=True, slots=True)
class ClassWords:
    """The verbs and nouns of a class of acts, as lemmas."""

    act: ActClass
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordLists:
    """Word lists in the order of their files.

    ``classes`` stand in order of how much they cost; ``words`` maps a dotted path, such as ``"frames.warn.verbs"``, to
    its entries; ``points`` gives the points of a frame.
    """

    classes: tuple[ClassWords, ...]
    words: Mapping[str, tuple[str, ...]]
    points: Mapping[str, int]


def read_toml(name: str) -> dict[str, Any]:
    """Return one of the word lists that come with the package, as parsed."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLexicon(f"the word list {name} is not valid TOML: {error}") from error


def shipped_lists() -> WordLists:
    """Return the word lists that come with the package."""
    words: dict[str, tuple[str, ...]] = {}
    points: dict[str, int] = {}
    for family in FAMILIES:
        for section, content in read_toml(f"{family}.toml").items():
            for key, value in content.items():
                if isinstance(value, list):
                    words[f"{family}.{section}.{key}"] = tuple(value)
                elif key == "points":
                    points[section] = value
    return WordLists(tuple(map(_class_of, read_toml("acts.toml")["class"])), words, points)


def _class_of(entry: Mapping[str, Any]) -> ClassWords:
    act = ActClass(entry["name"], Mode(entry["mode"]), entry["strength"], entry.get("military", False))
    return ClassWords(act, tuple(entry["verbs"]), tuple(entry["nouns"]))
