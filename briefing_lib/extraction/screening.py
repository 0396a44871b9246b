"""Which paragraphs can hold a threat at all: a look at their words, so that the others need no parser.

Every rule that finds a threat needs certain words: a word of threatening; a modal before a costly act or beside a
condition; a word of will before an infinitive or gerund of such an act. The screen asks for those words, from the lists
that the rules go by, in any form that the parser's own tables of inflection could bring back to the listed one, within
one sentence. It may let through what holds nothing, and is tested to hold back nothing that the rules find
(tests/extraction/test_screening.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise

from briefing_lib.extraction.acts import COURTS, TO_COURT
from briefing_lib.extraction.announced import AS_SAID, CALLING, CONSIDERING, FORCED, LABOUR, NOUN_ACTS
from briefing_lib.extraction.borne import ALLOWING, MEETING, PAYING
from briefing_lib.extraction.entries import DENYING, Entries
from briefing_lib.extraction.explicit import DEMANDING, LIMITING, UNITS
from briefing_lib.extraction.glance import ANY, FINITE, MODAL, Glance
from briefing_lib.extraction.grammar import FUTURE
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.phrases import TIMES
from briefing_lib.extraction.spotting import POSSIBLE
from briefing_lib.extraction.suggested import ASKING, OPTIONS, RECOMMENDING, TALKING
from briefing_lib.extraction.word_tables import readings, readings_as

# Alone these announce nothing but what the other side will have to bear (`announced`).
_OBLIGING = frozenset({"must", "should", "can", "ca"})
# What looks ahead without a modal: "is to strike", "is going to strike", "high time to strike".
_LOOKING_AHEAD = frozenset({"is", "are", "was", "were", "going", "high"})
# Under these an act need not be costly where it hangs on a condition (`senders`); under the others it must be.
_ON_CONDITION = ("announce", "vow", "warn", "hint")
_WILLED = (*_ON_CONDITION, "intend", "decide", "ready")
# Under these only what is joined to an infinitive looks ahead: "told them to leave and close …".
_SPOKEN = ("say", "demand")
_JOINING = frozenset({"and", "or", "but", "then", ",", ";", ":", "-", '"', "(", "/"})
# Bare infinitives stand under these.
_LETTING = frozenset({"let", "make", "help"})
# Words that make a condition by grammar and stand in no list (`conditions_in`).
_CONDITIONAL = frozenset({"or", "case", "event", "moment", "failing", "long", "condition", "absence", "short", "were"})
_LACKING = frozenset({"without", "absent", "barring"})
_HAVING = frozenset({"have", "has", "had", "having"})
# Tokens from "to", or from what joins, to the verb: adverbs and asides stand between. And from "is" to its infinitive,
# before which the parser may see a long noun: "it is the will of the army and people of the republic to strike".
_REACH, _ASIDE = 5, 20
# And from what joins to a verb that the tagger takes for a bare infinitive.
_CLOSE = 3
# Marks that may end an aside.
_CLOSING = frozenset({",", "-", ")"})
# The lists of words of will, and those in which a word must be a verb to count.
_FRAMING = frozenset({"will", "willing", "stating noun", "stating verb", "spoken noun", "spoken verb"})
_OF_VERBS = frozenset({"willing", "stating verb", "spoken verb", "transparent"})
_NOT: frozenset[str] = frozenset()


class Screen:
    """Tells by its words whether a sentence can hold a threat; made of the word lists that the rules go by."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lists = Entries(_lists_of(lexicon))

    def may_threaten(self, sentences: Iterable[Glance]) -> bool:
        """Tell whether one of some sentences may hold a threat: False only where no rule could find one."""
        return any(self._may(glance) for glance in sentences)

    def _may(self, glance: Glance) -> bool:
        found = glance.found
        lists = self._lists.of(glance.readings, found)
        if "threatening" in lists or _sets_a_time(glance) or _has_a_time(glance) or _is_as_said(glance):
            return True
        # "Or risk jail", "or be sued".
        if "or" in found and ("risked" in lists or ("or", "be") in pairwise(glance.words)):
            return True
        names_act = "act noun" in self._lists.of(glance.nouns, found)
        sight = _Sight(glance, self._lists, lists, names_act=names_act)
        if names_act and (sight.vows_a_noun() or sight.braces_for_a_noun()):
            return True
        if "there" in found and names_act and not found.isdisjoint(FUTURE - _OBLIGING):
            return True
        return sight.is_ahead() or sight.is_put_in_the_air() or sight.is_willed()


@dataclass(frozen=True, slots=True)
class _Sight:
    """One sentence, with the lists that its words are in."""

    glance: Glance
    entries: Entries
    lists: frozenset[str]
    names_act: bool
    costs: frozenset[str] = field(init=False)
    burdens: frozenset[str] = field(init=False)
    verbs: tuple[frozenset[str], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "costs", frozenset(self._costly()))
        object.__setattr__(self, "burdens", frozenset(self._borne()))
        object.__setattr__(self, "verbs", tuple(map(self._verb_at, range(len(self.glance.words)))))

    def _costly(self) -> Iterator[str]:
        """Yield the lists of verbs that can be a costly act here."""
        found = self.glance.found
        yield "deed"
        if self.names_act:
            yield from ("light", "bearing")
        if "enmity" in self.lists and not found.isdisjoint({"as", "consider", "deem"}):
            yield "regard"
        if not found.isdisjoint(COURTS):
            yield "court"
        if not found.isdisjoint(DENYING):
            yield "cooperation"

    def _borne(self) -> Iterator[str]:
        """Yield the lists of verbs of which the subject may have to bear something here."""
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
        return self.entries.of((readings_as(self.glance.words[place], "verb"),), self.glance.found)

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
                parted, obliged, ahead = False, True, ahead or bool(modals - _OBLIGING)
        return ahead and "condition" in self.lists

    def _may_hang(self, place: int, *, parted: bool) -> bool:
        """Tell whether a verb may hang on a modal before it; ``parted`` where a finite verb stands between the two."""
        form, before = self.glance.forms[place], self.glance.before(place)
        if form in {"VBN", "VBG"}:  # "will be struck", "will answer by striking"
            return not parted
        if form == "VB":
            return not parted or before in _JOINING
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
        words, found = self.glance.words, self.glance.found
        if "heads" in words and "roll" in found:
            return True
        if ("what", "if") in pairwise(words) and self._costs_after(words.index("what")):
            return True
        if "including" in words and not found.isdisjoint(OPTIONS) and (self.names_act or self._costs_after(0)):
            return True
        return any(self._is_asked_at(at) for at, word in enumerate(words) if not readings(word).isdisjoint(_ASKING))

    def _costs_after(self, place: int, *, within: int | None = None) -> bool:
        end = len(self.glance.words) if within is None else min(len(self.glance.words), place + 1 + within)
        return any(not self.verbs[at].isdisjoint(self.costs) for at in range(place + 1, end))

    def _is_asked_at(self, place: int) -> bool:
        words = self.glance.words
        lemmas = readings(words[place])
        if not lemmas.isdisjoint(TALKING):
            near = range(place + 1, min(len(words), place + 1 + _REACH))
            if any(words[at] in {"of", "about"} and self._costs_after(at, within=2) for at in near):
                return True
        if not lemmas.isdisjoint(RECOMMENDING):
            passive = (at for at in range(place + 1, len(words)) if words[at] == "be")
            if any(self._costs_after(at, within=_REACH) for at in passive):
                return True
        if lemmas.isdisjoint(ASKING) or "own body" not in self.lists:
            return False
        asked = (at for at in range(place + 1, len(words)) if words[at] == "to")
        return any(self._costs_after(at, within=_REACH) for at in asked)

    def is_willed(self) -> bool:
        """Tell whether a word of will is followed by an infinitive or gerund that may be a costly act."""
        if self.lists.isdisjoint(_FRAMING) and self.glance.found.isdisjoint(_LOOKING_AHEAD):
            return False
        walk = _Walk(self)
        return any(map(walk.finds_at, range(len(self.glance.words))))


class _Walk:
    """A walk through a sentence: which words of will have been met, and what may hang on them."""

    def __init__(self, sight: _Sight) -> None:
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
        if word in _JOINING:
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
        near = self._since_to <= _REACH or ((self._infinitive or self._is_to) and self._since_joint <= _REACH)
        return ((willed or self._is_to) and near) or (self._spoken and self._is_joined(form))

    def _is_joined(self, form: str) -> bool:
        return form != "VBG" and self._since_joint <= (_REACH if form == ANY else _CLOSE)

    def _is_open_at(self, place: int) -> bool:
        """Tell whether any act may stand at a place, on a condition."""
        form = self._forms[place]
        if form == "VBG":
            return self._stating
        if form not in {ANY, "VB"}:
            return False
        near = self._since_to <= _REACH or self._is_joined(form)
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


# After these an act stands as a noun; "declare" takes none, and of what is possible the act stands after "of".
_VOWING = frozenset((NOUN_ACTS | POSSIBLE | CONSIDERING) - {"declare"})
_ASKING = frozenset(TALKING | RECOMMENDING | ASKING)


def _sets_a_time(glance: Glance) -> bool:
    """Tell whether a demand with a time limit may stand there (`demanded_by_deadline`)."""
    words = glance.words
    given = demanded = limited = False
    for word in words:
        known = readings(word)
        timed = not known.isdisjoint(UNITS)
        if given and "to" in words and (timed or word in {"until", "till"}):
            return True
        if limited and (timed or not known.isdisjoint(TIMES) or word[0].isdigit()):
            return True
        given = given or not known.isdisjoint({"give", "set"})
        demanded = demanded or not known.isdisjoint(DEMANDING - {"give", "set"})
        limited = limited or (demanded and word in LIMITING)
    return False


def _has_a_time(glance: Glance) -> bool:
    """Tell whether somebody may be told how long he has: "had ninety days to leave"."""
    words = glance.words
    return "to" in words and any(
        not UNITS.isdisjoint(readings(token))
        for at, word in enumerate(words)
        if word in _HAVING
        for token in words[at + 1 : at + 1 + _REACH]
    )


def _is_as_said(glance: Glance) -> bool:
    """Tell whether something may be told as done as it was said (`done_as_warned`)."""
    found = glance.found
    said = AS_SAID if "would" in found else AS_SAID - {"say"}
    if "as" not in glance.words or found.isdisjoint(said):
        return False
    return any(not readings(word).isdisjoint(said) for word in glance.words[glance.words.index("as") + 1 :])


def _lists_of(lexicon: Lexicon) -> Mapping[str, Iterable[str]]:
    """Return what the screen asks for, under the names that it asks by."""
    words = lexicon.words
    bearing = (MEETING | PAYING, words["frames.consequence.verbs_with_objects"])
    phrases = _all(*(words[f"frames.consequence.{name}"] for name in ("phrases", "stands", "refused")))
    borne = (phrases, words["frames.consequence.subjects_pay"], words["frames.consequence.subjects_lose"])
    happening = (words["frames.take_place.verbs"], words["frames.entail.verbs"] - {"be"}, ("go",))
    return {
        "threatening": {
            *words["frames.threaten.verbs"],
            *words["frames.threaten.nouns"],
            *words["frames.warn.verbs"],
            *("ultimatum", "warning"),
        },
        "will": _all(
            *_of(words, _WILLED, verbs=False),
            *(words["frames.reserve.nouns"], words["frames.reserve.expressed"], POSSIBLE, words["frames.brace.words"]),
        ),
        "willing": _all(*_of(words, _WILLED, verbs=True), FORCED, words["frames.brace.words"]),
        "stating noun": _all(*_of(words, _ON_CONDITION, verbs=False)),
        "stating verb": _all(*_of(words, _ON_CONDITION, verbs=True)),
        "spoken noun": _all(*_of(words, _SPOKEN, verbs=False)),
        "spoken verb": _all(*_of(words, _SPOKEN, verbs=True)),
        "transparent": words["frames.transparent.verbs"],
        "act noun": _all(lexicon.act_nouns, words["objects.vague.nouns"], words["frames.consequence.objects"]),
        "deed": _all(
            lexicon.act_verbs, words["frames.light.verbs"] & words["objects.vague.verbs"], words["frames.cease.verbs"]
        ),
        # With an act for their object, or told of one: "take action", "troops would return"; "face charges".
        "light": _all(words["frames.light.verbs"], words["frames.move.verbs"]),
        "bearing": _all(*bearing),
        "borne": _all(*borne),
        "borne by being": {phrase for phrase in phrases if phrase.startswith("be ")},
        # Costly acts that take place by themselves, and what the other side will look for in vain.
        "happening": _all(*happening),
        "being": ("be",),
        "as what": _all(words["frames.take_place.as_what"], ("next", "war", "subject", "liable")),
        "allowing": ALLOWING,
        "barred": words["frames.consequence.barred"],
        "having": ("find", "have", "get", "know"),
        "denied": words["frames.consequence.denied"],
        "regard": words["frames.regard.verbs"],
        "enmity": words["frames.regard.nouns"],
        "court": TO_COURT,
        "cooperation": words["frames.cooperate.verbs"],
        "own body": words["frames.own_body.nouns"],
        "bracing": words["frames.brace.words"],
        "labour": LABOUR,
        "risked": words["frames.consequence.of_any_act"],
        "condition": _all(*_of(words, ("condition",)), _CONDITIONAL | _LACKING),
    }


def _all(*lists: Iterable[str]) -> set[str]:
    return {entry for entries in lists for entry in entries}


def _of(words: Mapping[str, Set[str]], frames: Iterable[str], *, verbs: bool | None = None) -> Iterator[Set[str]]:
    """Yield the lists of some frames: all of them, those of verbs, or the others."""
    for path, entries in words.items():
        room, frame, *kind = path.split(".")
        if room == "frames" and frame in frames and (verbs is None or verbs == (kind[0] in {"verbs", "of_gerund"})):
            yield entries
