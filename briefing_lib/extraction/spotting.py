"""Where a sentence may hold a threat: the frame, the act, and how far they go towards being one.

A candidate's points are the frame's plus the act's cost, plus what makes a threat of an announcement: a condition, a
target that the act is aimed at, a reason of retaliation. ``ENOUGH`` points make a threat. Explicit threats (CAMEO 130)
have enough by themselves; an announced step must be costly whoever takes it; a weak one needs a condition or a target.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.announced import announced, done_as_warned, there_will_be
from briefing_lib.extraction.candidates import Candidate
from briefing_lib.extraction.conditions import Condition, conditions_in
from briefing_lib.extraction.explicit import (
    demanded_by_deadline,
    or_be,
    or_risk,
    threat_noun,
    threatened,
    told_to_expect,
    ultimatum,
    warned,
    warning_noun,
)
from briefing_lib.extraction.grammar import base
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.noun_acts import (
    CALLING,
    CONSIDERING,
    LEFT_OPEN,
    called_strike,
    considered,
    measure_until,
    names_noun_act,
    possibility,
    vowed_noun,
)
from briefing_lib.extraction.suggested import (
    among_options,
    asked_of_its_own,
    had_better,
    had_better_expect,
    recommended,
    talked_of,
    what_if,
)

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token


def candidates_in(sentence: "Stretch", lexicon: Lexicon, *, own_words: "set[int] | None" = None) -> Iterator[Candidate]:
    """Yield the candidates of a sentence; ``own_words`` are the tokens that are a speaker's own, quoted or not."""
    conditions = tuple(conditions_in(sentence, lexicon))
    hypothetical = {i for c in conditions if not c.alternative for i in range(c.start, c.end)}
    for token in sentence:
        yield from what_if(token, lexicon, own_words or set())
        yield from had_better(token, lexicon, own_words or set())
        if token.i in hypothetical:
            continue
        for found in _at(token, lexicon, own_words or set()):
            candidate = _conditioned(found, conditions, lexicon)
            if candidate.act is None or not candidate.act.offer or _is_price(candidate):
                yield candidate


def _is_price(candidate: Candidate) -> bool:
    """Tell whether what might please is told as the price of a refusal: "unless it agrees, we sign with others"."""
    return candidate.condition is not None and candidate.condition.compels


def _conditioned(candidate: Candidate, conditions: tuple[Condition, ...], lexicon: Lexicon) -> Candidate:
    """Add what a condition, an aim and a reason of retaliation contribute."""
    head = candidate.act.head if candidate.act else candidate.head
    extra, reasons, chosen = 0, list(candidate.reasons), None
    outside = [
        c
        for c in conditions
        if not c.start <= head.i < c.end and (not c.alternative or head.i >= c.end) and not _is_of_a_relative(c, head)
    ]
    if outside:
        chosen = min(outside, key=lambda c: (-c.weight, abs(c.start - head.i)))
        # A refusal is a threat only as a sanction: "no loan unless …", not "no more guests if it rains".
        is_refusal = candidate.act is not None and candidate.act.refusal
        extra += chosen.weight if chosen.compels or not is_refusal else 0
        reasons.append(f"a condition ({head.doc[chosen.start].text.lower()})")
    sentence = head.sent.text.lower()
    if any(phrase in sentence for phrase in lexicon.words["frames.retaliation.phrases"]):
        extra += 1
        reasons.append("said to be in retaliation")
    return replace(candidate, points=candidate.points + extra, condition=chosen, reasons=tuple(reasons))


def _is_of_a_relative(condition: Condition, act: "Token") -> bool:
    """Tell whether a condition belongs to a clause about one of the act's nouns: "a law which lets it, unless …"."""
    token = act.doc[condition.start]
    while token.head not in (token, act):
        token = token.head
        if token.dep_ == "relcl" and act.is_ancestor(token) and not token.is_ancestor(act):
            return True
    return False


def _at(token: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    yield from _at_word(token, lexicon)
    if token.pos_ in {"VERB", "AUX"}:
        yield from _at_verb(token, lexicon, own_words)
    elif token.pos_ in {"NOUN", "PROPN"}:
        yield from _at_noun(token, lexicon)


def _at_word(token: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what is found by a word's place, whatever the parser takes it for."""
    if lexicon.holds("frames.consequence.of_any_act", token.lower_):
        yield from or_risk(token, lexicon)
    if token.lower_ == "be":
        yield from or_be(token, lexicon)
    if lexicon.holds("frames.brace.words", token.lemma):
        yield from told_to_expect(token, lexicon)
        yield from had_better_expect(token, lexicon)


def _at_verb(verb: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    lemma = verb.lemma
    if lexicon.holds("frames.threaten.verbs", lemma):
        yield from threatened(verb, lexicon)
    elif lexicon.holds("frames.warn.verbs", lemma):
        yield from warned(verb, lexicon)
    else:
        if names_noun_act(verb):
            yield from vowed_noun(verb, lexicon)
        if lemma in CALLING:
            yield from called_strike(verb, lexicon)
        yield from measure_until(verb, lexicon)
        if lemma in CONSIDERING or base(verb) == LEFT_OPEN:
            yield from considered(verb, lexicon)
        yield from demanded_by_deadline(verb, lexicon)
        yield from announced(verb, lexicon, own_words)
        yield from there_will_be(verb, lexicon, own_words)
        yield from done_as_warned(verb, lexicon)
        yield from talked_of(verb, lexicon)
        yield from asked_of_its_own(verb, lexicon)
        yield from recommended(verb, lexicon)


def _at_noun(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    yield from among_options(noun, lexicon)
    lemma = noun.lemma
    if lemma == "ultimatum":
        yield from ultimatum(noun, lexicon)
    elif lexicon.holds("frames.threaten.nouns", lemma):
        yield from threat_noun(noun, lexicon)
    elif lemma == "warning":
        yield from warning_noun(noun, lexicon)
    elif lemma in POSSIBLE and noun.dep_ != "compound":
        yield from possibility(noun, lexicon)


POSSIBLE = {"possibility", "option", "prospect"}
