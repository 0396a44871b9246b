"""Word lists as they can be looked for in a text that nobody has parsed."""

import re
from collections.abc import Iterable, Mapping, Set

from briefing_lib.extraction.grammar import NEGATIONS

_LETTERS = re.compile(r"[^\W\d_]+")
# Words of entries that stand for others in a text: "keep one's word", "be dealt with".
_STANDING_FOR_OTHERS = frozenset({"be", "one's"})
_NOTHING: frozenset[str] = frozenset()

# Words that are remembered; a few thousand make most of a text.
_MOST = 10_000
# The lists that have a word for an entry, and entries of several words that it begins, with their lists.
_Lists = tuple[frozenset[str], tuple[tuple[frozenset[str], frozenset[str]], ...]]

# What may deny a clause, or the party or adverb that does (`grammar.is_negated`).
DENYING = frozenset({*NEGATIONS, "longer", "nobody", "nothing", "none"})


class Entries:
    """Entries of named word lists, of one word or of several; of several, each word must be there.

    Parameters
    ----------
    lists
        The entries of each list, by the name that it is asked for by.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        single: dict[str, set[str]] = {}
        several: dict[str, dict[frozenset[str], set[str]]] = {}
        for name, entries in lists.items():
            for entry in entries:
                words = entry.lower().split()
                told = words if len(words) == 1 else [word for word in words if word not in _STANDING_FOR_OTHERS]
                parts = [part for word in told for part in _LETTERS.findall(word)]
                if len(parts) == 1:
                    single.setdefault(parts[0], set()).add(name)
                elif parts:
                    several.setdefault(parts[0], {}).setdefault(frozenset(parts), set()).add(name)
        self._single = {word: frozenset(names) for word, names in single.items()}
        self._several = {
            word: [(parts, frozenset(names)) for parts, names in longer.items()] for word, longer in several.items()
        }

        self._known: dict[frozenset[str], _Lists] = {}

    def of(self, words: Iterable[frozenset[str]], found: Set[str]) -> frozenset[str]:
        """Return the lists that some words of a sentence are in, or begin an entry of that the sentence holds whole.

        Parameters
        ----------
        words
            What each of the words may be.
        found
            What all words of the sentence may be.
        """
        names = _NOTHING
        for lemmas in words:
            alone, longer = self._known.get(lemmas) or self._look_up(lemmas)
            if alone:
                names |= alone
            for parts, others in longer:
                if parts <= found:
                    names |= others
        return names

    def _look_up(self, lemmas: frozenset[str]) -> "_Lists":
        if len(self._known) > _MOST:
            self._known.clear()
        alone = _NOTHING.union(*(self._single.get(lemma, _NOTHING) for lemma in lemmas))
        longer = tuple(entry for lemma in lemmas for entry in self._several.get(lemma, ()))
        self._known[lemmas] = found = (alone, longer)
        return found
