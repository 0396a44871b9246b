"""Which paragraphs can hold a threat at all: a look at their words, so that the others need no parser.

Every rule that finds a threat needs certain words: a word of threatening; a modal beside a costly act or a condition; a
word of will before an infinitive or gerund of such an act. The screen asks for those words, from the lists that the
rules go by, in any form that the parser's own tables of inflection could bring back to the listed one. It may let
through what holds nothing, and is tested to hold back nothing that the rules find (tests/extraction/test_screening.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from briefing_lib.extraction.acts import COURTS, TO_COURT
from briefing_lib.extraction.announced import AS_SAID, FORCED, NOUN_ACTS
from briefing_lib.extraction.borne import MEETING, PAYING
from briefing_lib.extraction.entries import DENYING, Entries
from briefing_lib.extraction.explicit import DEMANDING, LIMITING, UNITS
from briefing_lib.extraction.grammar import FUTURE
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.parsing import plain
from briefing_lib.extraction.spotting import POSSIBLE
from briefing_lib.extraction.suggested import ASKING, OPTIONS, RECOMMENDING, TALKING
from briefing_lib.extraction.word_tables import readings

# Words, with the apostrophes that part them in tokens ("we'll", "won't"), and marks.
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|'[^\W\d_]+|[^\w\s]")
# Alone these announce nothing but what the other side will have to bear (`announced`).
_OBLIGING = frozenset({"must", "should", "can", "ca"})
# What looks ahead without a modal: "is to strike", "is going to strike", "high time to strike".
_LOOKING_AHEAD = frozenset({"is", "are", "was", "were", "going", "high"})
# Under these an act need not be costly where it hangs on a condition (`senders`); under the others it must be.
_ON_CONDITION = ("announce", "vow", "warn", "hint")
_ALWAYS_COSTLY = ("intend", "decide", "ready")
# Under these only what is joined to an infinitive looks ahead: "told them to leave and close …".
_SPOKEN = ("say", "demand")
_JOINING = frozenset({"and", "or", "but", "then", ",", ";", ":", "-", '"', "(", "/"})
# Bare infinitives stand under these.
_LETTING = frozenset({"let", "make", "help"})
# Words that make a condition by grammar and stand in no list (`conditions_in`).
_CONDITIONAL = frozenset({"or", "case", "event", "moment", "failing", "long", "condition", "absence", "short", "were"})
_LACKING = frozenset({"without", "absent", "barring"})
_HAVING = frozenset({"have", "has", "had", "having"})
# Tokens from "to", or from what joins, to the verb: adverbs and asides stand between.
_REACH = 5


def words_in(text: str) -> frozenset[str]:
    """Return every token and lemma, in lower case, that the parser may see in a text."""
    return frozenset[str]().union(*map(readings, _tokens(text)))


def _tokens(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(plain(text))]


class Screen:
    """Tells by its words whether a passage can hold a threat; made of the word lists that the rules go by."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words
        self._threats = Entries(words["frames.threaten.verbs"], words["frames.threaten.nouns"], ("ultimatum",))
        self._threats.add(words["frames.warn.verbs"], ("warning",))
        self._willed = Entries(*(_of(words, f"frames.{name}") for name in (*_ON_CONDITION, *_ALWAYS_COSTLY)))
        self._willed.add(words["frames.reserve.nouns"], POSSIBLE, FORCED, words["frames.brace.words"])
        self._stating = Entries(*(_of(words, f"frames.{name}") for name in _ON_CONDITION))
        self._spoken = Entries(*(_of(words, f"frames.{name}") for name in _SPOKEN))
        self._nouns = Entries(lexicon.act_nouns, words["objects.vague.nouns"], words["frames.consequence.objects"])
        self._deeds = Entries(lexicon.act_verbs, words["frames.light.verbs"] & words["objects.vague.verbs"])
        self._deeds.add(words["frames.cease.verbs"])
        # With an act for their object, or told of one: "take action", "troops would return"; "face charges".
        self._light = Entries(words["frames.light.verbs"], words["frames.move.verbs"])
        self._bearing = Entries(MEETING | PAYING, words["frames.consequence.verbs_with_objects"])
        self._borne = Entries(*(words[f"frames.consequence.{name}"] for name in ("phrases", "stands", "refused")))
        self._borne.add(words["frames.consequence.subjects_pay"], words["frames.consequence.subjects_lose"])
        self._risked = words["frames.consequence.of_any_act"]
        self._cooperation = Entries(words["frames.cooperate.verbs"])
        self._regard = Entries(words["frames.regard.verbs"])
        self._enmity = Entries(words["frames.regard.nouns"])
        # Costly acts that take place by themselves, and what the other side will look for in vain (`events`).
        self._happening = Entries(words["frames.take_place.verbs"], words["frames.take_place.as_what"])
        self._happening.add(words["frames.entail.verbs"] - {"be"}, ("next", "go", "war", "subject", "liable"))
        self._denied = Entries(words["frames.consequence.denied"])
        # Acts put in the air (`suggested`).
        self._own_bodies = Entries(words["frames.own_body.nouns"])
        self._brace = Entries(words["frames.brace.words"])
        self._conditions = Entries(_of(words, "frames.condition"), _CONDITIONAL | _LACKING)

    def may_threaten(self, text: str) -> bool:
        """Tell whether a passage may hold a threat: False only where no rule could find one."""
        said = _tokens(text)
        found = words_in(text)
        if self._threats.among(found) or _sets_a_time(found) or _has_a_time(said):
            return True
        if "as" in found and not found.isdisjoint(AS_SAID if "would" in found else AS_SAID - {"say"}):
            return True
        if "or" in found and not found.isdisjoint(self._risked):  # "or risk jail"
            return True
        names_act = bool(self._nouns.among(found))
        if names_act and not (found.isdisjoint(NOUN_ACTS) and found.isdisjoint(POSSIBLE)):
            return True
        costly = self._costly(found, names_act=names_act)
        ahead = not found.isdisjoint(FUTURE - _OBLIGING)
        borne = self._borne.among(found) | (self._bearing.among(found) if names_act else set())
        if names_act and self._happening.among(found):
            borne.add("be")
        if borne and (ahead or not found.isdisjoint(_OBLIGING)):
            return True
        if ahead and (("there" in found and names_act) or ("no" in found and self._denied.among(found))):
            return True
        if self._is_put_in_the_air(found, costly, names_act=names_act):
            return True
        conditional = bool(self._conditions.among(found))
        if ahead:
            return conditional or bool(costly)
        return self._is_willed(said, found, costly | borne, conditional=conditional)

    def _is_put_in_the_air(self, found: Set[str], costly: Set[str], *, names_act: bool) -> bool:
        """Tell whether an act may be asked about, talked of, or asked of one's own (`suggested`)."""
        if names_act and "better" in found and self._brace.among(found):
            return True
        if "heads" in found or (costly and ("what" in found and "if" in found)):
            return True
        spoken = not found.isdisjoint(TALKING) and not found.isdisjoint({"of", "about"})
        asked = not found.isdisjoint(ASKING) and bool(self._own_bodies.among(found))
        asked = asked or not found.isdisjoint(RECOMMENDING)
        chosen = "including" in found and not found.isdisjoint(OPTIONS)
        return bool(costly and (spoken or asked)) or (chosen and (names_act or bool(costly)))

    def _costly(self, found: Set[str], *, names_act: bool) -> set[str]:
        """Return the words of a passage that can be the verb of a costly act."""
        costly = self._deeds.among(found)
        if names_act:
            costly |= self._light.among(found) | self._bearing.among(found)
        if "as" in found and self._enmity.among(found):
            costly |= self._regard.among(found)
        if not found.isdisjoint(COURTS):
            costly |= found & TO_COURT
        if not found.isdisjoint(DENYING):
            costly |= self._cooperation.among(found)
        return costly

    def _is_willed(self, said: Sequence[str], found: Set[str], costly: Set[str], *, conditional: bool) -> bool:
        """Tell whether a word of will is followed by an infinitive or gerund that may be a costly act."""
        wills, states, speaks = (one.among(found) for one in (self._willed, self._stating, self._spoken))
        willed = stating = joined = infinitive = is_so = is_to = False
        spoken = bool(speaks)  # it may stand after what it frames: "replace it and repeal the law, he said"
        since_to = since_joint = _REACH + 1
        for token in said:
            since_to += 1
            since_joint += 1
            if token in _JOINING:
                since_joint = 0
                joined = joined or infinitive
                continue
            known = readings(token)
            gerund = token.endswith(("ing", "in'"))
            may_cost = not costly.isdisjoint(known) if gerund else token in costly
            near = since_to <= _REACH or ((infinitive or is_to) and since_joint <= _REACH)
            if may_cost and ((willed and (gerund or near)) or (is_to and near) or (spoken and since_joint <= _REACH)):
                return True
            if conditional and ((stating and (infinitive or gerund)) or is_to or (spoken and joined)):
                return True
            if token == "to" or not known.isdisjoint(_LETTING):
                since_to, infinitive, is_to = 0, infinitive or willed or spoken, is_to or is_so
            is_so = is_so or token in _LOOKING_AHEAD
            willed = willed or not wills.isdisjoint(known)
            stating = stating or not states.isdisjoint(known)
        return False


def _sets_a_time(found: Set[str]) -> bool:
    """Tell whether a demand with a time limit may stand there (`demanded_by_deadline`)."""
    given = "to" in found and not found.isdisjoint({"give", "set"})
    if given and not (found.isdisjoint(UNITS) and found.isdisjoint({"until", "till"})):
        return True
    return not found.isdisjoint(DEMANDING - {"give", "set"}) and not found.isdisjoint(LIMITING)


def _has_a_time(said: Sequence[str]) -> bool:
    """Tell whether somebody may be told how long he has: "had ninety days to leave"."""
    return "to" in said and any(
        not UNITS.isdisjoint(readings(token))
        for at, word in enumerate(said)
        if word in _HAVING
        for token in said[at + 1 : at + 1 + _REACH]
    )


def _of(words: Mapping[str, Set[str]], family: str) -> Iterator[str]:
    """Yield the entries of every list of a family."""
    for path, entries in words.items():
        if path.startswith(f"{family}."):
            yield from entries
