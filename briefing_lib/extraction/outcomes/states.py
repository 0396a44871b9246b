"""How things are told to be: "the hilltop was empty", "the road is open again", "the army is still there".

A state is what an act leaves behind (VerbNet's result states), so that it tells of the act without naming it; what is
told to last tells that no act has changed it.
"""

from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import CLAUSES, objects_of, once, subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.outcomes.clauses import Found, is_denied
from briefing_lib.models import Status

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

# What a verb of being takes: "is open", "is down", "is a member", "is on strike".
_COMPLEMENTS = frozenset({"acomp", "attr", "advmod", "prep", "oprd", "prt"})
_COPULAS = frozenset({"be", "lie", "stand", "remain", "stay"})


def told_as_so(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Return the state that a clause reports, or what it tells to last, or None."""
    subject = subject_of(verb)
    if subject is None or subject.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"}:
        return None
    if _keeps_off(verb):
        return None
    state = state_in(verb, lexicon)
    if state is not None:
        status = Status.NOT_CARRIED_OUT if is_denied(verb, lexicon) else Status.CARRIED_OUT
        return Found(verb, status, False, subject, subject, f"“{verb.text} {state.text}”", state=state)
    if lasts(verb, lexicon) and not is_denied(verb, lexicon):
        return Found(verb, Status.CARRIED_OUT, False, subject, None, f"“{verb.text}” lasts", deed=verb)
    return None


def _keeps_off(verb: "Token") -> bool:
    """Tell whether a verb tells that somebody did not come: "the players stayed away", "the drivers stayed home"."""
    return verb.lemma in {"stay", "keep"} and any(c.lower_ in {"away", "home"} for c in verb.children)


def state_in(verb: "Token", lexicon: Lexicon) -> "Token | None":
    """Return the word for a state that a verb of being takes, or None."""
    if verb.lemma not in _COPULAS:
        return None
    for child in verb.children:
        if child.dep_ not in _COMPLEMENTS or child.i < verb.i:
            continue
        if lexicon.holds("outcomes.lasting.adverbs", child.lower_) and not _stands_still(verb, child):
            continue
        # "Is on strike" is a state by its noun, "is on the mainland" by none.
        of_it = [g for g in child.children if child.dep_ == "prep" and g.dep_ in {"pobj", "prep"}]
        words = of_it or [child]
        found = next((w for w in words if _is_state(w, lexicon)), None)
        if found is not None:
            return found
    return None


def _stands_still(verb: "Token", word: "Token") -> bool:
    """Tell "the trains stood still" from "the trains still stood"."""
    return word.lower_ == "still" and word.i == verb.i + 1 and verb.lemma in {"stand", "lie", "sit"}


def _is_state(word: "Token", lexicon: Lexicon) -> bool:
    states = lexicon.across("deeds", "states")
    return word.lower_ in states or word.lemma in states


def lasts(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a clause tells what goes on unchanged: "still", "remain", "to this day", "as before"."""
    if _keeps_off(verb):
        return False
    if any(lexicon.holds("outcomes.lasting.verbs", form) for form in (verb.lemma, *_with_particle(verb))):
        return not objects_of(verb) or verb.lemma == "remain"
    own = [c for c in verb.children if c.dep_ not in CLAUSES | {"conj", "parataxis"}]
    openings = tuple(f"{phrase} " for phrase in lexicon.words["outcomes.lasting.phrases"])
    if any(_words_of(t).startswith(openings) for c in own for t in (c, *c.children)):
        return True
    return any(
        lexicon.holds("outcomes.lasting.adverbs", c.lower_) and c.dep_ == "advmod" and not _stands_still(verb, c)
        for c in verb.children
    )


@once
def _words_of(word: "Token") -> str:
    """Return the words of a branch of a clause, in lower case."""
    return " ".join(t.lower_ for t in word.subtree) + " "


def _with_particle(verb: "Token") -> list[str]:
    return [f"{verb.lemma} {c.lower_}" for c in verb.children if c.dep_ in {"prt", "advmod"}]


def is_again(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a clause tells what is so once more: "again", "back", "since Sunday"."""
    return any(
        lexicon.holds("outcomes.lasting.again", t.lower_)
        for c in verb.children
        for t in (c, *c.children)
        if t.dep_ in {"advmod", "prep", "prt", "mark", "acomp"}
    )
