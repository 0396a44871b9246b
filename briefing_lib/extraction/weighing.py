"""How costly an act is, from its verb and what it is done to."""

from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import INVERTED, Act, verb_class, weigh_deed, weigh_noun
from briefing_lib.extraction.borne import borne
from briefing_lib.extraction.events import moved, taking_place
from briefing_lib.extraction.grammar import (
    is_negated,
    is_passive,
    lemma_forms,
    modals_of,
    objects_of,
    prepositional,
)
from briefing_lib.extraction.lexicon import WEAK, Lexicon
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


def weigh(token: "Token", lexicon: Lexicon) -> Act:
    """Return how costly the act is that a verb or noun names."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return weigh_noun(token, lexicon)
    befalls = borne(token, lexicon)
    if befalls is not None:
        return befalls
    if _is_course_of_law(token, lexicon):
        return Act(token, WEAK, Mode.ARREST, neutral=True, word=token.text)
    if _is_business(token, lexicon):
        lays_off = any(lexicon.holds("objects.business.people", n.lemma) for n in objects_of(token))
        return Act(token, WEAK, Mode.RESTRICT, neutral=lays_off, word=token.text)
    done = moved(token, lexicon) or taking_place(token, lexicon) or weigh_deed(token, lexicon)
    if done.cost and is_negated(token):
        return _nothing_more(token, lexicon)
    if (
        not done.cost
        and is_negated(token)
        and any(lexicon.holds("frames.cooperate.verbs", f) for f in lemma_forms(token))
    ):
        if any(_is_danger(noun, lexicon) for noun in objects_of(token)):
            return Act(token, 0)  # "will not accept a threat to our country"
        return Act(token, WEAK, Mode.RELATIONS, refusal=True, word=f"not {token.lemma}")
    return done if done.cost else _neutral(token, lexicon)


def _is_danger(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun is what nobody would put up with."""
    return lexicon.holds("frames.threaten.nouns", noun.lemma) or lexicon.holds("frames.hazard.nouns", noun.lemma)


def _nothing_more(verb: "Token", lexicon: Lexicon) -> Act:
    """Weigh a costly act that is denied, a relief; but "no fuel will leave the depots" withholds a benefit."""
    for subject in verb.children:
        none = any(c.dep_ == "det" and c.lower_ == "no" for c in subject.children)
        if subject.dep_ in {"nsubj", "nsubjpass"} and none and lexicon.holds("objects.beneficial.nouns", subject.lemma):
            return Act(verb, WEAK, Mode.RELATIONS, refusal=True, word=f"no {subject.text} … {verb.text}")
    return Act(verb, 0)


def _is_course_of_law(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb says that suspects will be tried: "will bring suspects to trial"."""
    culprits = [n for n in objects_of(verb) if lexicon.holds("objects.culprits.nouns", n.lemma)]
    found = verb_class(verb, lexicon)
    to_court = [n for n in prepositional(verb, "to", "on", "before") if n.lemma in {"trial", "justice", "court"}]
    return bool(culprits) and (bool(to_court) or (found is not None and found.name == "arrest"))


def _is_business(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb says that a firm will cut what is its own: "plans to cut 30,000 jobs"."""
    found = verb_class(verb, lexicon)
    lays_off = any(form in {"lay off", "fire", "dismiss"} for form in lemma_forms(verb))
    if found is None or not (found.name in INVERTED or lays_off):
        return False
    kinds = ("objects.business.people", "objects.business.nouns")
    return any(lexicon.holds(kind, noun.lemma) for noun in objects_of(verb) for kind in kinds)


def _neutral(verb: "Token", lexicon: Lexicon) -> Act:
    """Return an act that is nobody's favour: costly to the other side if it is announced on a condition about it."""
    forms = lemma_forms(verb)
    if _is_presence(verb, lexicon):
        return Act(verb, WEAK, neutral=True, offer=True, word=verb.text)
    if (
        verb.pos_ == "VERB"
        and is_passive(verb)
        and modals_of(verb)
        and lexicon.holds("frames.offer.handled", verb.lemma)
    ):
        return Act(verb, WEAK, neutral=True, offer=True, word=verb.text)
    if verb.pos_ != "VERB" or any(lexicon.holds("frames.offer.static", form) for form in forms):
        return Act(verb, 0)
    if is_passive(verb) and any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
        return Act(verb, 0)  # "would be taken as a sign": how it is seen
    if any(lexicon.holds("frames.offer.always", form) for form in forms) or _is_meeting(verb, lexicon):
        refused = is_negated(verb) and any(lexicon.holds("frames.offer.verbs", form) for form in forms)
        return Act(verb, WEAK if refused else 0, refusal=refused, neutral=refused, word=f"not {verb.lemma}")
    refused = is_negated(verb)
    if any(lexicon.holds("frames.offer.verbs", form) for form in forms):
        word = f"not {verb.lemma}" if refused else verb.text
        return Act(verb, WEAK, refusal=refused, neutral=True, offer=not refused, word=word)
    return Act(verb, WEAK, refusal=refused, neutral=True, word=verb.text)


def _is_meeting(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether somebody will only meet or look into it: "would hold a meeting of experts"."""
    return any(lexicon.holds("frames.offer.meetings", noun.lemma) for noun in objects_of(verb))


def _is_presence(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether people will be, stay or not go somewhere: "would stay at home", "will be out again"."""
    lemma = verb.lemma
    if lemma == "go" and not is_negated(verb):
        return False
    if not lexicon.holds("frames.presence.verbs", lemma):
        return False
    where = [c for c in verb.children if c.dep_ in {"advmod", "prt", "prep"} and c.i > verb.i]
    return any(lexicon.holds("frames.presence.places", c.lower_) for c in where)
