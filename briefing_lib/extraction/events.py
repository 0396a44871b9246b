"""What takes place: acts of which the sentence names no doer."""

from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act, noun_class, weigh_noun
from briefing_lib.extraction.grammar import is_negated, lemma_forms, objects_of, prepositional
from briefing_lib.extraction.lexicon import STRONG, WEAK, Lexicon
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


def moved(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return a move of forces told of the forces themselves: "troops would return to the border"."""
    if not lexicon.holds("frames.move.verbs", verb.lemma):
        return None
    movers = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    for noun in movers:
        kind = noun_class(noun, lexicon)
        if kind is not None and kind.name == "force" and not any(c.lower_ == "home" for c in verb.children):
            cost = STRONG if lexicon.holds("frames.move.assault", verb.lemma) else WEAK
            return Act(verb, cost, kind.mode, military=True, word=f"{noun.text} … {verb.text}")
    return None


def taking_place(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return a costly act, or the end of a benefit, that is itself the subject: "sanctions will follow"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
    if any(c.dep_ == "poss" for noun in subjects for c in noun.children) or is_negated(verb):
        return None
    if _takes_place(verb, lexicon):
        for noun in subjects:
            act = weigh_noun(noun, lexicon)
            if act.cost:
                return Act(verb, act.cost, act.mode, act.military, borne=True, word=f"{noun.text} … {verb.text}")
    if _ends(verb, lexicon):
        for noun in subjects:
            words = [noun, *(c for c in noun.children if c.dep_ == "compound")]
            if any(lexicon.holds("objects.beneficial.nouns", word.lemma) for word in words):
                return Act(verb, WEAK, Mode.RELATIONS, borne=True, word=f"{noun.text} … {verb.text}")
    return None


def _takes_place(verb: "Token", lexicon: Lexicon) -> bool:
    lemma = verb.lemma
    if lemma == "follow" and objects_of(verb):
        return False  # "the strikes would follow the law"
    if lemma == "be":  # "a ban would be the next step"
        told = [c for c in verb.children if c.dep_ in {"attr", "acomp", "advmod"}]
        return any(t.lower_ == "next" or lexicon.holds("frames.take_place.as_what", t.lemma) for t in told)
    if lemma == "go" and any(c.dep_ == "prep" and c.lower_ in {"on", "into"} for c in verb.children):
        return True  # "duties will go on that list"
    return any(lexicon.holds("frames.take_place.verbs", form) for form in lemma_forms(verb))


def _ends(verb: "Token", lexicon: Lexicon) -> bool:
    if any(lexicon.holds("frames.ending.verbs", form) for form in lemma_forms(verb)) and not objects_of(verb):
        return True
    lemma = verb.lemma
    if lemma in {"come", "grind"}:  # "relations would come to a halt"
        return any(lexicon.holds("frames.ending.nouns", n.lemma) for n in prepositional(verb, "to"))
    return lemma == "be" and any(lexicon.holds("frames.ending.states", c.lower_) for c in verb.children)
