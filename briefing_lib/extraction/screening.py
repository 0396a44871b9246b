"""Which paragraphs can hold a threat at all: a look at their words, so that the others need no parser.

Every rule that finds a threat needs certain words: a word of threatening; a modal before a costly act or beside a
condition; a word of will before an infinitive or gerund of such an act. The screen asks for those words, from the lists
that the rules go by, in any form that the parser's own tables of inflection could bring back to the listed one, within
one sentence. It may let through what holds nothing, and is tested to hold back nothing that the rules find
(tests/extraction/test_screening.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import pairwise

from briefing_lib.extraction.acts import (
    ANSWERING,
    BALLOTING,
    CHARGING,
    IN_COURT,
    LABOUR,
    PERSONA,
    REVIEWING,
    SHARES,
    TO_COURT,
)
from briefing_lib.extraction.announced import AS_SAID, FORCED
from briefing_lib.extraction.borne import ALLOWING, ESCAPING, MEETING, PAYING
from briefing_lib.extraction.entries import Entries
from briefing_lib.extraction.explicit import DEMANDING, LIMITING, UNITS
from briefing_lib.extraction.glance import Glance
from briefing_lib.extraction.grammar import FUTURE
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.noun_acts import MEASURING
from briefing_lib.extraction.phrases import TIMES
from briefing_lib.extraction.sight import OBLIGING, REACH, Sight
from briefing_lib.extraction.spotting import POSSIBLE
from briefing_lib.extraction.suggested import BETTER, CAREFUL, WATCHING
from briefing_lib.extraction.willed import is_willed
from briefing_lib.extraction.word_tables import readings

# Under these an act need not be costly where it hangs on a condition (`senders`); under the others it must be.
_ON_CONDITION = ("announce", "vow", "warn", "hint")
_WILLED = (*_ON_CONDITION, "intend", "decide", "ready")
# Under these only what is joined to an infinitive looks ahead: "told them to leave and close …".
_SPOKEN = ("say", "demand")
# Words that make a condition by grammar and stand in no list (`conditions_in`).
_CONDITIONAL = frozenset({"or", "case", "event", "moment", "failing", "long", "condition", "absence", "short", "were"})
_LACKING = frozenset({"without", "absent", "barring"})
_HAVING = frozenset({"have", "has", "had", "having"})


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
        if BETTER in found and _is_told_for_its_own_good(glance):
            return True
        if {"vote", "strike"} <= found:
            return True
        # "Or risk jail", "or be sued".
        if "or" in found and ("risked" in lists or ("or", "be") in pairwise(glance.words)):
            return True
        names_act = "act noun" in self._lists.of(glance.nouns, found) or "%" in glance.words
        sight = Sight(glance, self._lists, lists, names_act=names_act)
        if names_act and (sight.vows_a_noun() or sight.braces_for_a_noun() or _puts_an_end(glance)):
            return True
        withheld = "no" in found and "withheld" in lists  # "there will be no more talks"
        if "there" in found and (names_act or withheld) and not found.isdisjoint(FUTURE - OBLIGING):
            return True
        # Half of the sentences of a newspaper hold neither a word for anything costly nor one for a condition.
        if not sight.may_cost:
            return sight.is_told_without_a_verb()
        return sight.is_ahead() or sight.is_put_in_the_air() or is_willed(sight)


def _sets_a_time(glance: Glance) -> bool:
    """Tell whether a demand with a time limit may stand there (`demanded_by_deadline`)."""
    words = glance.words
    if glance.found.isdisjoint(DEMANDING):
        return False
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


def _is_told_for_its_own_good(glance: Glance) -> bool:
    """Tell whether the other side may be told what it had better do (`had_better`)."""
    following = (glance.words[at + 1 : at + 3] for at, word in enumerate(glance.words) if word == BETTER)
    return any(
        "not" in words or ("be" in words and not CAREFUL.isdisjoint(words)) or not WATCHING.isdisjoint(words)
        for words in following
    )


def _puts_an_end(glance: Glance) -> bool:
    """Tell whether a measure may be announced until something is done (`measure_until`)."""
    return not MEASURING.isdisjoint(glance.found) and not glance.found.isdisjoint({"until", "unless"})


def _has_a_time(glance: Glance) -> bool:
    """Tell whether somebody may be told how long he has: "had ninety days to leave"."""
    words = glance.words
    return "to" in words and any(
        not UNITS.isdisjoint(readings(token))
        for at, word in enumerate(words)
        if word in _HAVING
        for token in words[at + 1 : at + 1 + REACH]
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
        "act noun": _all(
            *(lexicon.act_nouns, words["objects.vague.nouns"], words["frames.consequence.objects"]),
            *(PERSONA, SHARES, ("confidence",)),
        ),
        "deed": _all(
            *(lexicon.act_verbs, words["frames.light.verbs"] & words["objects.vague.verbs"]),
            *(words["frames.cease.verbs"], REVIEWING),
        ),
        # With an act for their object, or told of one: "take action", "troops would return"; "face charges".
        "light": _all(words["frames.light.verbs"], words["frames.move.verbs"], CHARGING),
        "bearing": _all(*bearing),
        "borne": _all(*borne),
        "borne by being": {phrase for phrase in phrases if phrase.startswith("be ")},
        # Costly acts that take place by themselves, and what the other side will look for in vain.
        "happening": _all(*happening),
        "being": ("be",),
        "as what": _all(words["frames.take_place.as_what"], ("next", "war", "subject", "liable")),
        "allowing": _all(ALLOWING, ESCAPING, words["frames.consequence.given"]),
        "barred": words["frames.consequence.barred"],
        "having": ("find", "have", "get", "know"),
        "denied": words["frames.consequence.denied"],
        "withheld": words["frames.consequence.denied"] | words["objects.beneficial.nouns"],
        "regard": words["frames.regard.verbs"],
        "enmity": words["frames.regard.nouns"],
        "court": TO_COURT | IN_COURT,
        "cooperation": words["frames.cooperate.verbs"],
        "own body": words["frames.own_body.nouns"],
        "bracing": words["frames.brace.words"],
        "labour": LABOUR,
        "taken part in": BALLOTING | {"join"},
        "answer": ANSWERING,
        "answered so": words["objects.hostile.answers"],
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
