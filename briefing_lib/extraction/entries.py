"""Word lists as they can be looked for in a text that nobody has parsed."""

import re
from collections.abc import Iterable, Set

from briefing_lib.extraction.grammar import NEGATIONS

_LETTERS = re.compile(r"[^\W\d_]+")
# Words of entries that stand for others in a text: "keep one's word", "be dealt with".
_STANDING_FOR_OTHERS = frozenset({"be", "one's"})

# What may deny a clause, or the party or adverb that does (`grammar.is_negated`).
DENYING = frozenset({*NEGATIONS, "longer", "nobody", "nothing", "none"})


class Entries:
    """Entries of word lists, of one word or of several, of which each must be there."""

    def __init__(self, *lists: Iterable[str]) -> None:
        self._single: set[str] = set()
        self._several: dict[str, set[frozenset[str]]] = {}
        self.add(*lists)

    def add(self, *lists: Iterable[str]) -> None:
        """Take in the entries of more lists."""
        for entry in (entry for entries in lists for entry in entries):
            words = (word for word in entry.lower().split() if word not in _STANDING_FOR_OTHERS)
            parts = [part for word in words for part in _LETTERS.findall(word)]
            if len(parts) == 1:
                self._single.update(parts)
            elif parts:
                self._several.setdefault(parts[0], set()).add(frozenset(parts))

    def among(self, found: Set[str]) -> set[str]:
        """Return the words of a passage with which an entry begins that the passage holds whole.

        Parameters
        ----------
        found
            Every lemma that a word of the passage may have (`briefing_lib.extraction.possible_lemmas`).
        """
        first = {one for one in self._several.keys() & found if any(parts <= found for parts in self._several[one])}
        return first | (self._single & found)

    def are_in(self, found: Set[str]) -> bool:
        """Tell whether a passage holds an entry whole."""
        if not found.isdisjoint(self._single):
            return True
        return any(parts <= found for one in self._several.keys() & found for parts in self._several[one])
