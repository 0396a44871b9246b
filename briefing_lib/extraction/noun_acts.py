"""Acts that are announced by a noun: "vowed revenge", "called a strike", "weighs sanctions", "a tariff until …"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import is_labour
from briefing_lib.extraction.candidates import Candidate
from briefing_lib.extraction.framing import governor_of, is_at_distance
from briefing_lib.extraction.grammar import base, is_negated, is_passive, is_to_infinitive, prepositional, subject_of
from briefing_lib.extraction.lexicon import STRONG, Lexicon
from briefing_lib.extraction.weighing import weigh
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


# Verbs that can take the threatened act as a noun.
NOUN_ACTS = {"vow", "swear", "promise", "pledge", "declare", "vote"}
# Verbs by which a strike is announced as a noun, and those of whoever considers what he may do to another.
CALLING = {"announce", "call", "declare", "schedule", "plan", "give", "serve", "issue"}
CONSIDERING = {"consider", "weigh", "mull", "contemplate"}
LEFT_OPEN = "rule out"  # with a "not"


def names_noun_act(verb: "Token") -> bool:
    """Tell whether a verb can take the threatened act as a noun: "vowed revenge", "voted for a strike"."""
    return verb.lemma in NOUN_ACTS and not is_negated(verb)


def vowed_noun(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "vowed revenge", "promised retaliation"."""
    if is_at_distance(verb, lexicon) or verb.lemma == "declare":
        return
    if verb.lemma == "vote":
        deeds = (c for c in verb.children if c.dep_ in {"xcomp", "advcl"} and is_to_infinitive(c) and c.i > verb.i)
        for noun in (*prepositional(verb, "for"), *_favoured(verb), *deeds):
            act = weigh(noun, lexicon)
            walks_out = act.mode is Mode.RELATIONS or (noun.pos_ == "VERB" and noun.lemma == "strike")
            if act.cost == STRONG and walks_out:
                yield Candidate(verb, "announce", 1 + act.cost, act, subject_of(verb), None, reasons=("a vote for it",))
        return
    for noun in verb.children:
        if noun.dep_ == "dobj" and noun.pos_ == "NOUN":
            inner = next(prepositional(noun, "of"), noun)
            act = weigh(noun, lexicon)
            act = act if act.cost == STRONG or inner.pos_ != "NOUN" else weigh(inner, lexicon)
            if act.cost == STRONG:
                target = next(prepositional(noun, "on", "against", "for"), None)
                yield Candidate(
                    verb, "vow", 1 + act.cost, act, subject_of(verb), target, reasons=(f"the verb “{verb.text}”",)
                )


def _favoured(verb: "Token") -> Iterator["Token"]:
    """Yield what a vote is in favour of."""
    for favour in prepositional(verb, "in"):
        if favour.lemma in {"favour", "favor"}:
            yield from prepositional(favour, "of")


def called_strike(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "announced a 48-hour strike", "has called a boycott of the poll"."""
    if verb.lemma not in CALLING or is_negated(verb) or is_passive(verb) or is_at_distance(verb, lexicon):
        return
    if any(c.dep_ == "prt" for c in verb.children):
        return  # "called off a strike"
    for noun in verb.children:
        told_of = any(c.lower_ in {"the", "this", "that", "its", "their"} for c in noun.children)
        if noun.lemma in {"notice", "ballot"} and noun.dep_ == "dobj":  # "gave notice of a strike"
            named = (t for t in noun.subtree if t.dep_ == "pobj" and is_labour(t))
            noun = next(named, noun)  # noqa: PLW2901 (what it is of stands for it)
        elif noun.dep_ != "dobj" or told_of or verb.lemma in {"give", "serve", "issue"}:
            continue
        act = weigh(noun, lexicon) if noun.pos_ == "NOUN" else None
        if act is not None and is_labour(noun):
            found = replace(act, cost=STRONG, mode=Mode.RELATIONS, military=False)
            why = (f"the verb “{verb.text}”", f"the act “{noun.text}”")
            yield Candidate(verb, "announce", 1 + STRONG, found, subject_of(verb), reasons=why)


def considered(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "is considering sanctions against the generals", "weighs legal action", "did not rule out a strike"."""
    left_open = is_negated(verb) and base(verb) == LEFT_OPEN
    if not left_open and (verb.lemma not in CONSIDERING or is_negated(verb) or is_at_distance(verb, lexicon)):
        return
    if is_passive(verb):
        return
    for noun in verb.children:
        if noun.dep_ != "dobj" or noun.pos_ != "NOUN":
            continue
        act = weigh(noun, lexicon)
        aim = next(prepositional(noun, "against", "on"), None)
        aimed = (
            aim is not None and aim.pos_ in {"NOUN", "PROPN"} and not lexicon.holds("objects.benign.nouns", aim.lemma)
        )
        at_law = act.mode is Mode.ARREST  # whoever considers legal action has somebody to take to court
        if act.cost == STRONG and (aimed or at_law or is_labour(noun)):
            why = (f"the verb “{verb.text}”", f"the act “{noun.text}”")
            yield Candidate(verb, "hint", 1 + STRONG, act, subject_of(verb), aim, reasons=why, firm=False)


def possibility(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "including the possibility of new sanctions" in somebody's statement."""
    if is_at_distance(noun, lexicon) or is_negated(noun.head):
        return
    for inner in prepositional(noun, "of"):
        act = weigh(inner, lexicon) if inner.pos_ in {"NOUN", "VERB"} else None
        if act is not None and act.cost == STRONG:
            governor = governor_of(noun, lexicon)
            if governor is not None and governor.frame in {"say", "announce", "hint"} and not governor.denied:
                yield Candidate(
                    governor.token,
                    "hint",
                    1 + act.cost,
                    act,
                    subject_of(governor.token),
                    reasons=(f"the “{noun.text}”",),
                )


# Verbs by which a measure is announced as a noun.
MEASURING = {"announce", "declare", "order", "decree", "impose"}


def measure_until(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "announced a tariff on goods from Lima until the border is shut": a measure that an end is put to."""
    if verb.lemma not in MEASURING or is_negated(verb) or is_passive(verb) or is_at_distance(verb, lexicon):
        return
    ends = any(t.lower_ in {"until", "unless"} and t.dep_ == "mark" for t in verb.subtree)
    for noun in verb.children if ends else ():
        if noun.dep_ != "dobj" or noun.pos_ != "NOUN" or noun.i < verb.i:
            continue
        act = weigh(noun, lexicon)
        aimed = next(prepositional(noun, "on", "against", "of"), None)
        if act.cost == STRONG and act.mode is Mode.RESTRICT and not act.vague and aimed is not None:
            why = (f"the verb “{verb.text}”", f"the act “{noun.text}”")
            yield Candidate(verb, "announce", 1 + STRONG, act, subject_of(verb), reasons=why)
