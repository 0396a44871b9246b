"""One sentence, with the word lists that its words are in: whether an act in it may be ahead, vowed, or in the air."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from briefing_lib.extraction.acts import COURTS
from briefing_lib.extraction.entries import DENYING, Entries
from briefing_lib.extraction.glance import ANY, FINITE, MODAL, Glance
from briefing_lib.extraction.grammar import FUTURE
from briefing_lib.extraction.noun_acts import CALLING, CONSIDERING, LEFT_OPEN, NOUN_ACTS
from briefing_lib.extraction.spotting import POSSIBLE
from briefing_lib.extraction.suggested import ASKING, OPTIONS, RECOMMENDING, TALKING
from briefing_lib.extraction.word_tables import readings, readings_as

# Alone these announce nothing but what the other side will have to bear (`announced`).
OBLIGING = frozenset({"must", "should", "can", "ca"})
JOINING = frozenset({"and", "or", "but", "then", ",", ";", ":", "-", '"', "(", "/"})
# Tokens from "to", or from what joins, to the verb: adverbs and asides stand between.
REACH = 5
# Lists in which a word must be a verb to count.
_OF_VERBS = frozenset({"willing", "stating verb", "spoken verb", "transparent"})
_NOT: frozenset[str] = frozenset()
# After these an act stands as a noun; "declare" takes none, and of what is possible the act stands after "of".
_VOWING = frozenset((NOUN_ACTS | POSSIBLE | CONSIDERING | {LEFT_OPEN.split()[0]}) - {"declare"})
_ASKING = frozenset(TALKING | RECOMMENDING | ASKING)


@dataclass(frozen=True)
class Sight:
    """One sentence, with the lists that its words are in."""

    glance: Glance
    entries: Entries
    lists: frozenset[str]
    names_act: bool

    @cached_property
    def costs(self) -> frozenset[str]:
        """The lists of verbs that can be a costly act here."""
        return frozenset(self._costly())

    @cached_property
    def burdens(self) -> frozenset[str]:
        """The lists of verbs of which the subject may have to bear something here."""
        return frozenset(self._borne())

    @cached_property
    def verbs(self) -> tuple[frozenset[str], ...]:
        """Of each word, the lists of what may be the verb there."""
        return tuple(map(self._verb_at, range(len(self.glance.words))))

    @property
    def may_cost(self) -> bool:
        """Whether a word may be an act that costs something, or make a condition, whatever stands around it."""
        return "condition" in self.lists or not (self.costs | self.burdens).isdisjoint(self.lists)

    def _costly(self) -> Iterator[str]:
        found = self.glance.found
        yield "deed"
        if self.names_act:
            yield from ("light", "bearing")
        if "enmity" in self.lists and not found.isdisjoint({"as", "consider", "deem"}):
            yield "regard"
        if not found.isdisjoint(COURTS):
            yield "court"
        if "labour" in self.lists:
            yield "taken part in"
        if {"answer", "answered so"} <= self.lists:
            yield "being"
        if not found.isdisjoint(DENYING):
            yield "cooperation"

    def _borne(self) -> Iterator[str]:
        yield "borne"
        if self.names_act:
            yield from ("bearing", "happening")
        if "borne by being" in self.lists or (self.names_act and "as what" in self.lists):
            yield "being"
        found = self.glance.found
        if "no" in found and "denied" in self.lists:
            yield "having"
        if not found.isdisjoint(DENYING):
            yield from ("allowing", "barred") if "longer" in found else ("allowing",)

    def lists_at(self, place: int) -> frozenset[str]:
        """Return the lists of what a place may hold: a noun, an adjective or a verb."""
        known = self.entries.of(self.glance.readings[place : place + 1], self.glance.found)
        return (known - _OF_VERBS) | self.verbs[place]

    def _verb_at(self, place: int) -> frozenset[str]:
        """Return the lists of what may be the verb at a place."""
        if not self.glance.forms[place]:
            return _NOT
        return self.entries.of((self.glance.tokens[place].verbs,), self.glance.found)

    def bare_or_gerund_at(self, place: int) -> frozenset[str]:
        """Return the lists of what may be a bare infinitive or a gerund at a place."""
        form, word = self.glance.forms[place], self.glance.words[place]
        if form == "VBG":
            return self.verbs[place]
        return self.entries.of((frozenset({word}),), self.glance.found) if form in {ANY, "VB", "VBP"} else _NOT

    # --- modals ---------------------------------------------------------------------------------------------------

    def is_ahead(self) -> bool:
        """Tell whether a modal stands before what may be costly, or beside a condition."""
        ahead = obliged = parted = False
        for at, word in enumerate(self.glance.words):
            if (ahead or obliged) and self._may_hang(at, parted=parted):
                lists = self.verbs[at]
                if (ahead and not lists.isdisjoint(self.costs)) or not lists.isdisjoint(self.burdens):
                    return True
            parted = parted or self.glance.forms[at] in FINITE
            modals = readings(word) & FUTURE if self.glance.forms[at] in {ANY, MODAL} else _NOT
            if modals:
                parted, obliged, ahead = False, True, ahead or bool(modals - OBLIGING)
        return ahead and "condition" in self.lists

    def _may_hang(self, place: int, *, parted: bool) -> bool:
        """Tell whether a verb may hang on a modal before it; ``parted`` where a finite verb stands between the two."""
        form, before = self.glance.forms[place], self.glance.before(place)
        if form in {"VBN", "VBG"}:  # "will be struck", "will answer by striking"
            return not parted
        if form == "VB":
            return not parted or before in JOINING
        return form not in FINITE or before in FUTURE  # of "will cut" the tagger may make a past

    # --- nouns ----------------------------------------------------------------------------------------------------

    def vows_a_noun(self) -> bool:
        """Tell whether an act is vowed, or possible, by its noun: "vowed revenge", "the possibility of a strike"."""
        vowed = called = False
        for word in self.glance.words:
            if vowed or called:
                names = self.entries.of((readings_as(word, "noun"),), self.glance.found)
                if (vowed and "act noun" in names) or (called and "labour" in names):
                    return True
            known = readings(word)
            vowed, called = vowed or not known.isdisjoint(_VOWING), called or not known.isdisjoint(CALLING)
        return False

    def braces_for_a_noun(self) -> bool:
        """Tell whether the other side may be told to be ready for an act: "had better prepare for an onslaught"."""
        return "bracing" in self.lists and not self.glance.found.isdisjoint({"better", "should", "must"})

    # --- acts in the air ------------------------------------------------------------------------------------------

    def is_put_in_the_air(self) -> bool:
        """Tell whether an act may be asked about, talked of, or asked of one's own (`suggested`)."""
        words = self.glance.words
        if self.is_told_without_a_verb() or ("including" in words and self._has_options() and self._costs_after(0)):
            return True
        if ("what", "if") in pairwise(words) and self._costs_after(words.index("what")):
            return True
        return any(self._is_asked_at(at) for at, word in enumerate(words) if not readings(word).isdisjoint(_ASKING))

    def is_told_without_a_verb(self) -> bool:
        """Tell whether an act may be told by nouns alone: "heads will roll", "all options, including sanctions"."""
        words = self.glance.words
        if "heads" in words and "roll" in self.glance.found:
            return True
        return self.names_act and "including" in words and self._has_options()

    def _has_options(self) -> bool:
        return not self.glance.found.isdisjoint(OPTIONS)

    def _costs_after(self, place: int, *, within: int | None = None) -> bool:
        end = len(self.glance.words) if within is None else min(len(self.glance.words), place + 1 + within)
        return any(not self.verbs[at].isdisjoint(self.costs) for at in range(place + 1, end))

    def _is_asked_at(self, place: int) -> bool:
        words = self.glance.words
        lemmas = readings(words[place])
        if not lemmas.isdisjoint(TALKING):
            near = range(place + 1, min(len(words), place + 1 + REACH))
            if any(words[at] in {"of", "about"} and self._costs_after(at, within=2) for at in near):
                return True
        if not lemmas.isdisjoint(RECOMMENDING):
            passive = (at for at in range(place + 1, len(words)) if words[at] == "be")
            if any(self._costs_after(at, within=REACH) for at in passive):
                return True
        if lemmas.isdisjoint(ASKING) or "own body" not in self.lists:
            return False
        asked = (at for at in range(place + 1, len(words)) if words[at] == "to")
        return any(self._costs_after(at, within=REACH) for at in asked)
