"""What a sentence can say of a threat made elsewhere, by what its words may be, before it is parsed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing_lib.assessment.likeness import classes_of, stem, stems_of
from briefing_lib.extraction import COURTS, DENYING, TO_COURT, Entries, Lexicon, Told
from briefing_lib.models import Mode, Status

if TYPE_CHECKING:
    from briefing_lib.extraction.glance import Glance

_TELLING = (
    *(f"{status}.{kind}" for status in ("carried_out", "suspended", "withdrawn") for kind in ("object", "phrases")),
    *("not_carried_out.phrases", "unclear.phrases"),
)
_TELLING_BY_NOUN = ("carried_out.nouns", "suspended.nouns", "withdrawn.nouns")
_VERBS, _NOUNS = "verbs of", "nouns of"
_MODES = {kind: {f"{kind} {mode.value}": mode for mode in Mode} for kind in (_VERBS, _NOUNS)}


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
        self._stopping = lexicon.words["outcomes.terms.stopping"]
        self._lists = Entries(_lists_of(lexicon))

    def of(self, glance: "Glance") -> Sayable:
        """Return what a sentence can say."""
        found = glance.found
        told, nouns = self._lists.of(glance.readings, found), self._lists.of(glance.nouns, found)
        verbs, done = self._lists.of(glance.verbs, found), self._lists.of(glance.done, found)
        named = _modes_in(_NOUNS, nouns)
        return Sayable(
            stems=frozenset[str]().union(*map(_stems, glance.content)),
            deeds=frozenset[str]().union(*map(_stems, glance.done)),
            classes=frozenset[str]().union(*map(_classes, glance.content)),
            modes=_modes(told, nouns, done, named),
            named=named,
            states=_states(told, nouns, verbs),
            generic="generic" in nouns,
            reverses="undone" in done
            or ("ended" in done and "measure" in nouns)
            or ("undone again" in done and "again" in told),
            answers=any(phrase in glance.text for phrase in self._answers),
            stops="stopping" in told,
            denies="denying" in told,
        )

    def told(self, told: Told) -> Sayable:
        """Return what an outcome says of which nobody is known yet."""
        terms = frozenset(told.terms)
        modes = frozenset({told.mode} - {Mode.UNSPECIFIED})
        lower = " ".join(told.sentence.lower().split())
        return Sayable(
            stems=_stems(terms),
            deeds=_stems(frozenset(told.terms[:1])),
            classes=classes_of(told.terms[:1]),
            modes=modes,
            named=modes,
            states=told.stated,
            generic=not stems_of(terms),
            reverses=told.status is Status.REVERSED,
            answers=any(phrase in lower for phrase in self._answers),
            stops=not terms.isdisjoint(self._stopping),
            denies=told.status is Status.NOT_CARRIED_OUT,
        )


def _modes_in(kind: str, lists: frozenset[str]) -> frozenset[Mode]:
    return frozenset(mode for name, mode in _MODES[kind].items() if name in lists)


def _modes(
    told: frozenset[str], nouns: frozenset[str], done: frozenset[str], named: frozenset[Mode]
) -> frozenset[Mode]:
    """Return the modes of the deeds that a sentence may report."""
    modes = _modes_in(_VERBS, done)
    if "carrying" in done:
        modes |= named
    for mode, doing, what in ((Mode.VIOLENCE, "regarding", "enmity"), (Mode.TERRITORY, "taking", "control")):
        if doing in done and what in nouns:
            modes |= {mode}
    return modes | {Mode.ARREST} if "to court" in done and "court" in told else modes


def _states(told: frozenset[str], nouns: frozenset[str], verbs: frozenset[str]) -> bool:
    """Tell whether a sentence may say of a threat, plan or act what became of it, without standing beside it."""
    if ("complied" in verbs and "demand" in nouns) or ("averting" in verbs and "costly" in nouns):
        return True
    if not ("thing said of" in nouns or "gerund" in nouns):
        return False
    if "said" in verbs or ("said by being" in told and "being" in verbs) or ("said by noun" in nouns and "of" in told):
        return True
    return "denying" in told and "said if denied" in verbs


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
        # "Took control of".
        "taking": ("take", "gain", "seize", "assume"),
        "control": ("control", "possession"),
        "court": COURTS,
        "to court": TO_COURT,
        "again": ("again", "back"),
        "of": ("of",),
        "being": ("be",),
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
        for name, mode in _MODES[kind].items():
            lists[name] = [word for word, act in entries.items() if act.mode is mode]
    return lists


def _all(*lists: Iterable[str]) -> set[str]:
    return {entry for entries in lists for entry in entries}


# Of the words that most of a text is made of; the others are looked up again.
@lru_cache(maxsize=12_288)
def _stems(lemmas: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, lemmas))


@lru_cache(maxsize=12_288)
def _classes(lemmas: frozenset[str]) -> frozenset[str]:
    return classes_of(lemmas)
