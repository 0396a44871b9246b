"""Whether an act is willed: an infinitive or gerund under a word of will ("vowed to close", "the plan of closing")."""

from briefing_lib.extraction.glance import ANY, FINITE
from briefing_lib.extraction.sight import JOINING, REACH, Sight
from briefing_lib.extraction.word_tables import readings

# What looks ahead without a modal: "is to strike", "is going to strike", "high time to strike".
_LOOKING_AHEAD = frozenset({"is", "are", "was", "were", "going", "high"})
# Bare infinitives stand under these.
_LETTING = frozenset({"let", "make", "help"})
# Tokens from "is" to its infinitive, before which the parser may see a long noun: "it is the will of the army and the
# people of the republic to strike"; and from what joins to a verb that the tagger takes for a bare infinitive.
_ASIDE, _CLOSE = 20, 3
# Marks that may end an aside.
_CLOSING = frozenset({",", "-", ")"})
# The lists of words of will.
_FRAMING = frozenset({"will", "willing", "stating noun", "stating verb", "spoken noun", "spoken verb"})


def is_willed(sight: Sight) -> bool:
    """Tell whether a word of will is followed by an infinitive or gerund that may be a costly act."""
    if sight.lists.isdisjoint(_FRAMING) and sight.glance.found.isdisjoint(_LOOKING_AHEAD):
        return False
    walk = _Walk(sight)
    return any(map(walk.finds_at, range(len(sight.glance.words))))


class _Walk:
    """A walk through a sentence: which words of will have been met, and what may hang on them."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._words, self._forms = sight.glance.words, sight.glance.forms
        self._costs = sight.costs | sight.burdens
        self._conditional = "condition" in sight.lists
        # It may stand after what it frames: "repeal the law, he said".
        self._spoken = not sight.lists.isdisjoint({"spoken noun", "spoken verb"})
        self._willed = self._stating = self._joined = self._infinitive = self._is_to = self._parted = False
        self._since_so = self._since_to = self._since_joint = _ASIDE + 1

    def finds_at(self, place: int) -> bool:
        """Go on to a word, and tell whether it may be an act that is willed."""
        word, form = self._words[place], self._forms[place]
        self._since_so += 1
        self._since_to += 1
        self._since_joint += 1
        if word in JOINING:
            self._since_joint, self._joined = 0, self._joined or self._infinitive
            return False
        may_cost = not self._sight.bare_or_gerund_at(place).isdisjoint(self._costs)
        if form and ((may_cost and self._is_willed_at(place)) or (self._conditional and self._is_open_at(place))):
            return True
        self._take_in(place, word, form)
        return False

    def _is_willed_at(self, place: int) -> bool:
        """Tell whether an infinitive or gerund under a word of will may stand at a place."""
        form, before = self._forms[place], self._words[max(0, place - 1)]
        willed = self._willed and not self._parted
        if form == "VBG":
            return willed and before != ","  # ", closing the gate" is a clause of its own
        near = self._since_to <= REACH or ((self._infinitive or self._is_to) and self._since_joint <= REACH)
        return ((willed or self._is_to) and near) or (self._spoken and self._is_joined(form))

    def _is_joined(self, form: str) -> bool:
        return form != "VBG" and self._since_joint <= (REACH if form == ANY else _CLOSE)

    def _is_open_at(self, place: int) -> bool:
        """Tell whether any act may stand at a place, on a condition."""
        form = self._forms[place]
        if form == "VBG":
            return self._stating
        if form not in {ANY, "VB"}:
            return False
        near = self._since_to <= REACH or self._is_joined(form)
        return near and ((self._stating and self._infinitive) or self._is_to or (self._spoken and self._joined))

    def _take_in(self, place: int, word: str, form: str) -> None:
        lists = self._sight.lists_at(place)
        if word == "to" or not readings(word).isdisjoint(_LETTING):
            # A finite verb parts what is willed from its infinitive, but for an aside: "vowed, as talks failed, to …".
            self._parted = self._parted and (place == 0 or self._words[place - 1] not in _CLOSING)
            self._since_to = 0
            self._infinitive = self._infinitive or (self._willed and not self._parted) or self._spoken
            self._is_to = self._is_to or self._since_so <= _ASIDE
        elif form in FINITE and "transparent" not in lists:
            self._parted, self._since_so = True, _ASIDE + 1
        elif form in {"VBN", "VBG"} and self._sight.glance.before(place) in _LOOKING_AHEAD:
            self._since_so = _ASIDE + 1  # "is said to strike": it hangs on what is said
        if word in _LOOKING_AHEAD:
            self._since_so = 0
        if "will" in lists or "willing" in lists:
            self._willed, self._parted = True, False
        self._stating = self._stating or "stating noun" in lists or "stating verb" in lists
