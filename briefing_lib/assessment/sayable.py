"""What a sentence can say of a threat made elsewhere, by what its words may be, before it is parsed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing_lib.assessment.likeness import class_of, stem
from briefing_lib.extraction import COURTS, DENYING, TO_COURT, Entries, Lexicon
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.glance import Glance

_TELLING = (
    *(f"{status}.{kind}" for status in ("carried_out", "suspended", "withdrawn") for kind in ("object", "phrases")),
    *("not_carried_out.phrases", "unclear.phrases"),
)
_TELLING_BY_NOUN = ("carried_out.nouns", "suspended.nouns", "withdrawn.nouns")
# "Took control of".
_TAKING, _CONTROL = frozenset({"take", "gain", "seize", "assume"}), frozenset({"control", "possession"})
_VERBS, _NOUNS = "verbs of ", "nouns of "


@dataclass(frozen=True, slots=True)
class Sayable:
    """What a sentence can say.

    Attributes
    ----------
    stems, deeds
        Of all that tells what was done to what, and of the verbs that can be told as done.
    classes
        Of costly acts that its words name.
    modes, named
        Of the deeds that it may report, and of its nouns.
    states, generic
        Whether it may say what became of a threat, plan or act, and whether it may do so without saying of which.
    reverses, answers, stops, denies
        Whether it may take an act back, tell one as an answer, tell an end, deny something.
    """

    stems: frozenset[str]
    deeds: frozenset[str]
    classes: frozenset[str]
    modes: frozenset[Mode]
    named: frozenset[Mode]
    states: bool
    generic: bool
    reverses: bool
    answers: bool
    stops: bool
    denies: bool


class Sayings:
    """Tells by the word lists what sentences can say."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._answers = tuple(lexicon.words["frames.retaliation.phrases"] | lexicon.words["outcomes.terms.as_said"])
        self._lists = Entries(_lists_of(lexicon))

    def of(self, glance: "Glance") -> Sayable:
        """Return what a sentence can say."""
        found = glance.found
        told = self._lists.of(found, found)
        nouns = self._lists.of(glance.nouns, found)
        verbs, done = self._lists.of(glance.verbs, found), self._lists.of(glance.done, found)
        named = frozenset(mode for mode in Mode if f"{_NOUNS}{mode}" in nouns)
        return Sayable(
            stems=_stems(glance.content),
            deeds=_stems(glance.done),
            classes=frozenset(map(class_of, glance.content)) - {""},
            modes=_modes(glance, done, named, enmity="enmity" in nouns),
            named=named,
            states=_states(glance, told, nouns, verbs, done),
            generic="generic" in nouns,
            reverses=_reverses(glance, nouns, done),
            answers=any(phrase in glance.text for phrase in self._answers),
            stops="stopping" in told,
            denies="denying" in told,
        )


def _modes(glance: "Glance", done: frozenset[str], named: frozenset[Mode], *, enmity: bool) -> frozenset[Mode]:
    """Return the modes of the deeds that a sentence may report."""
    modes = {mode for mode in Mode if f"{_VERBS}{mode}" in done}
    if named and "carrying" in done:
        modes |= named
    if enmity and "regarding" in done:
        modes.add(Mode.VIOLENCE)
    if not glance.found.isdisjoint(_CONTROL) and glance.done & _TAKING:
        modes.add(Mode.TERRITORY)
    if not glance.found.isdisjoint(COURTS) and glance.done & TO_COURT:
        modes.add(Mode.ARREST)
    return frozenset(modes)


def _states(
    glance: "Glance", told: frozenset[str], nouns: frozenset[str], verbs: frozenset[str], done: frozenset[str]
) -> bool:
    """Tell whether a sentence may say of a threat, plan or act what became of it, without standing beside it."""
    if ("complied" in done and "demand" in nouns) or ("averting" in done and "costly" in nouns):
        return True
    if not ("thing said of" in nouns or "gerund" in nouns):
        return False
    if "said" in verbs or ("said by being" in told and "be" in glance.verbs):
        return True
    if "said by noun" in nouns and "of" in glance.found:
        return True
    return "denying" in told and "said if denied" in done


def _reverses(glance: "Glance", nouns: frozenset[str], done: frozenset[str]) -> bool:
    """Tell whether a sentence may take an act back."""
    if "undone" in done or ("ended" in done and "measure" in nouns):
        return True
    return "undone again" in done and not glance.found.isdisjoint({"again", "back"})


def _lists_of(lexicon: Lexicon) -> Mapping[str, Iterable[str]]:
    """Return what is asked for, under the names that it is asked by."""
    words = lexicon.words
    outcomes = {
        path.removeprefix("outcomes."): entries for path, entries in words.items() if path.startswith("outcomes.")
    }
    carrying = ("begun.enacting", "begun.of_act")
    lists: dict[str, Iterable[str]] = {
        # What does an act that its object names, or says that it took place.
        "carrying": _all(words["frames.light.verbs"], words["frames.move.verbs"], *(outcomes[one] for one in carrying)),
        "regarding": words["frames.regard.verbs"],
        "enmity": words["frames.regard.nouns"],
        "generic": outcomes["terms.generic"],
        "thing said of": _all(
            *(outcomes["anaphor.nouns"], outcomes["anaphor.threats"], lexicon.act_nouns),
            words["frames.consequence.objects"],
        ),
        "gerund": _all(*((f"{verb}ing", f"{verb[:-1]}ing", f"{verb}{verb[-1]}ing") for verb in lexicon.act_verbs)),
        "demand": outcomes["target_complied.demands"],
        "costly": lexicon.act_nouns,
        "said": _all(
            *(outcomes[one] for one in _TELLING),
            outcomes["carried_out.subject"] - outcomes["carried_out.of_anything"],
        ),
        "said by being": [phrase for one in _TELLING for phrase in outcomes[one] if phrase.startswith("be ")],
        "said by noun": _all(*(outcomes[one] for one in _TELLING_BY_NOUN)),
        "said if denied": _all(outcomes["carried_out.subject"], outcomes["carried_out.passive"]),
        "complied": outcomes["target_complied.object"],
        "denying": _all(DENYING, outcomes["not_carried_out.forbear"]),
        "averting": outcomes["not_carried_out.avert"],
        "undone": outcomes["reversed.verbs"],
        "undone again": outcomes["reversed.with_again"],
        "ended": outcomes["reversed.of_act"],
        "measure": outcomes["reversed.measures"],
        "stopping": outcomes["terms.stopping"],
    }
    for kind, entries in ((_VERBS, lexicon.act_verbs), (_NOUNS, lexicon.act_nouns)):
        for mode in Mode:
            lists[f"{kind}{mode}"] = [word for word, act in entries.items() if act.mode is mode]
    return lists


def _all(*lists: Iterable[str]) -> set[str]:
    return {entry for entries in lists for entry in entries}


@lru_cache(maxsize=1024)
def _stems(lemmas: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, lemmas))
