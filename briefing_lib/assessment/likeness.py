"""How alike two acts are by their words: stems that inflection and derivation share, and classes of acts.

"Scattered" and "scattering", "suspend" and "suspension", "closure" and "close" are one stem. The stemmer takes off
what Porter (1980, "An algorithm for suffix stripping") takes off, and the t, s and d that Latin stems change between
(invade, invasion); it is there to compare, and its stems are no words.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from briefing_lib.extraction import load_lexicon
from briefing_lib.models import Actor

_SUFFIXES = (
    "ization", "isation", "ations", "ation", "itions", "ition", "ments", "ment", "sions", "sion", "tions", "tion",
    "ances", "ance", "ences", "ence", "ures", "ure", "ings", "ing", "als", "al", "ies", "ied",
    "ized", "ize", "ised", "ise", "ates", "ated", "ate", "ely", "ly", "ed", "es", "s", "e", "y",
)  # fmt: skip
_LATIN = ("ct", "ut", "pt")
_SHORTEST = 3  # letters that a stem keeps
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return what a word shares with its inflections and derivations."""
    word = _irregular().get(word, word)
    if word.endswith("men") and len(word) > len("omen"):
        word = f"{word[:-2]}an"  # "fishermen"
    for suffix in _SUFFIXES:
        if suffix == "s" and word.endswith("ss"):
            continue  # "pass" is no plural
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word.removesuffix(suffix)
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    # "Suspend" and "suspen-sion", "restrict" and "restric-tion": the last letter of a Latin stem says nothing.
    return word[:-1] if len(word) > _SHORTEST + 1 and (word[-1] == "d" or word[-2:] in _LATIN) else word


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    pairs = (entry.split() for entry in load_lexicon().words["outcomes.terms.irregular"])
    return {pair[0]: pair[1] for pair in pairs}


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    words = load_lexicon().words
    lists = ("generic", "empty", "counts")
    return frozenset(stem(word) for name in lists for word in words[f"outcomes.terms.{name}"])


def stems_of(terms: Iterable[str]) -> frozenset[str]:
    """Return the stems of terms that tell an act from others, without generic words."""
    return frozenset(map(stem, terms)) - _generic()


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text, lower case."""
    return tuple(match.lower() for match in _WORD.findall(text))


def asked_in(condition: str) -> frozenset[str]:
    """Return the stems of what a condition asks for, without the words that only make it a condition."""
    small = load_lexicon().words["outcomes.terms.small"]
    return stems_of(word for word in words_in(condition) if word not in small and len(word) > 2)


@lru_cache(maxsize=8192)
def class_of(term: str) -> str:
    """Return the class of costly acts that a term names (acts.toml), or an empty string."""
    lexicon = load_lexicon()
    found = lexicon.act_verbs.get(term) or lexicon.act_nouns.get(term)
    return found.name if found else ""


def classes_of(terms: Iterable[str]) -> frozenset[str]:
    """Return the classes of costly acts among terms."""
    return frozenset(map(class_of, terms)) - {""}


@lru_cache(maxsize=4096)
def name_stems(actor: Actor | None) -> frozenset[str]:
    """Return the stems of an actor's names and of its demonym, which say who and not what."""
    if actor is None:
        return frozenset()
    words = {
        word.lower().removesuffix("'s").removesuffix("’s")
        for name in (actor.name, actor.surface, actor.home)
        for word in name.split()
    }
    return frozenset(map(stem, words | {f"{word}n" for word in words} | {word.removesuffix("n") for word in words}))
