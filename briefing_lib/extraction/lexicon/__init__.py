"""Word lists as data, each with its source, and the record that holds them once read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from briefing_lib.errors import BadLexicon
from briefing_lib.models import Mode

STRONG, WEAK = 2, 1


@dataclass(frozen=True, slots=True)
class ActClass:
    """A class of costly acts: what PLOVER calls its mode, and how plainly it is costly (1 or 2)."""

    name: str
    mode: Mode
    strength: int
    military: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word list of the extractor, by lemma.

    ``words`` maps a dotted path of a list, such as ``"frames.warn.verbs"``, to the set of its entries; ``points`` gives
    the points of a frame.
    """

    act_verbs: Mapping[str, ActClass] = field(repr=False)
    act_nouns: Mapping[str, ActClass] = field(repr=False)
    words: Mapping[str, frozenset[str]] = field(repr=False)
    points: Mapping[str, int] = field(repr=False)

    def holds(self, path: str, lemma: str) -> bool:
        """Tell whether a list has an entry."""
        return lemma in self.words[path]


def read_toml(name: str) -> dict[str, Any]:
    """Return one of the word lists that come with the package, as parsed."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLexicon(f"the word list {name} is not valid TOML: {error}") from error


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the word lists that come with the package."""
    verbs: dict[str, ActClass] = {}
    nouns: dict[str, ActClass] = {}
    for entry in read_toml("acts.toml")["class"]:
        act = ActClass(entry["name"], Mode(entry["mode"]), entry["strength"], entry.get("military", False))
        # The first class that lists a word keeps it: classes stand in order of how much they cost.
        for verb in entry["verbs"]:
            verbs.setdefault(verb, act)
        for noun in entry["nouns"]:
            nouns.setdefault(noun, act)
    words: dict[str, frozenset[str]] = {}
    points: dict[str, int] = {}
    for name in ("frames", "objects", "outcomes"):
        for section, content in read_toml(f"{name}.toml").items():
            for key, value in content.items():
                if isinstance(value, list):
                    words[f"{name}.{section}.{key}"] = frozenset(value)
                elif key == "points":
                    points[section] = value
    return Lexicon(act_verbs=verbs, act_nouns=nouns, words=words, points=points)
