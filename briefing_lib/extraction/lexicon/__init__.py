"""Word lists as data, each with its source, and the record that holds them once read."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from briefing_lib.extraction.lexicon.lists import ActClass, ClassWords, read_toml, shipped_lists
from briefing_lib.extraction.lexicon.own_words import with_own_words

__all__ = ["STRONG", "WEAK", "ActClass", "Lexicon", "load_lexicon", "read_toml"]

STRONG, WEAK = 2, 1


@dataclass(frozen=True)
class Lexicon:
    """Every word list of the extractor, by lemma.

    ``words`` maps a dotted path of a list, such as ``"frames.warn.verbs"``, to its entries, which keep the order of the
    list, so that of two that fit the same one is taken in every run; ``points`` gives the points of a frame.
    """

    act_verbs: Mapping[str, ActClass] = field(repr=False)
    act_nouns: Mapping[str, ActClass] = field(repr=False)
    words: Mapping[str, Set[str]] = field(repr=False)
    points: Mapping[str, int] = field(repr=False)

    def sections(self, family: str) -> tuple[str, ...]:
        """Return the sections of a family ("deeds", "outcomes.things"), in the order of their file."""
        return tuple(self._sections[family])

    def across(self, family: str, kind: str) -> Set[str]:
        """Return what the lists of one kind hold in all sections of a family: the nouns of all deeds."""
        return self._unions[family, kind]

    def holds(self, path: str, lemma: str) -> bool:
        """Tell whether a list has an entry."""
        return lemma in self.words[path]

    @cached_property
    def _sections(self) -> Mapping[str, Mapping[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for path in self.words:
            parts = path.split(".")
            for at in range(1, len(parts)):
                found.setdefault(".".join(parts[:at]), {})[parts[at]] = None
        return found

    @cached_property
    def _unions(self) -> Mapping[tuple[str, str], Set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for path, entries in self.words.items():
            family, _, kind = path.rpartition(".")
            found.setdefault((family.rpartition(".")[0], kind), set()).update(entries)
        return found


@lru_cache(maxsize=4)
def load_lexicon(own: str = "", name: str = "words.toml") -> Lexicon:
    """Return the word lists that come with the package, with a collection's own words added or in their place.

    Parameters
    ----------
    own
        The text of the collection's file, so that an edited file is read anew; empty where it has none.
    name
        What an error calls the file.

    Raises
    ------
    BadMetadata
        The text is no TOML.
    BadLexicon
        The text names a list that is none, or says something that no list can hold.
    """
    lists = shipped_lists()
    if own:
        lists = with_own_words(lists, own, name)
    verbs: dict[str, ActClass] = {}
    nouns: dict[str, ActClass] = {}
    # The first class that lists a word keeps it.
    for entry in lists.classes:
        _keep_first(verbs, entry.verbs, entry)
        _keep_first(nouns, entry.nouns, entry)
    words = {path: dict.fromkeys(entries).keys() for path, entries in lists.words.items()}
    return Lexicon(act_verbs=verbs, act_nouns=nouns, words=words, points=lists.points)


def _keep_first(known: dict[str, ActClass], words: tuple[str, ...], entry: ClassWords) -> None:
    for word in words:
        known.setdefault(word, entry.act)
