"""Explicit threats: threaten and threat, ultimatum, warn and warning."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act
from briefing_lib.extraction.candidates import ENOUGH, Candidate, doer_of, is_act_noun, owner_of
from briefing_lib.extraction.conditions import is_open_subject
from briefing_lib.extraction.framing import frame_of, is_at_distance
from briefing_lib.extraction.grammar import (
    ancestors_with,
    is_negated,
    is_passive,
    is_to_infinitive,
    modals_of,
    prepositional,
    subject_of,
)
from briefing_lib.extraction.lexicon import STRONG, WEAK, Lexicon
from briefing_lib.extraction.parsing import entity_type
from briefing_lib.extraction.phrases import names_time
from briefing_lib.extraction.weighing import weigh

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


def _complement(verb: "Token") -> "Token | None":
    inner = [c for c in verb.children if c.pos_ in {"VERB", "AUX"} and c.i > verb.i]
    found = next((c for c in inner if c.dep_ in {"xcomp", "ccomp"}), None)
    return found if found is not None else next((c for c in inner if c.dep_ == "advcl" and is_to_infinitive(c)), None)


def threatened(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "threatened to …", "threatened Y with …", "threatened war"."""
    if verb.dep_ in {"amod", "compound"} or is_negated(verb) or is_at_distance(verb, lexicon) or modals_of(verb):
        return
    passive = is_passive(verb)
    sender = doer_of(verb) if passive else subject_of(verb)
    objects = [c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubjpass"}]
    complement = _complement(verb)
    with_noun = next(prepositional(verb, "with"), None)
    named = next((o for o in objects if is_act_noun(o, lexicon)), None)
    act_head = complement if complement is not None and (named is None or complement.i < named.i) else with_noun
    target = next((o for o in objects if o.dep_ != "dobj" or not is_act_noun(o, lexicon)), None)
    if act_head is None:
        act_head = named
        target = None if act_head is not None and target == act_head else target
    if act_head is None and (target is None or _is_value(target, lexicon) or _is_a_state_of_affairs(verb)):
        return
    act = weigh(act_head, lexicon) if act_head is not None else None
    if act is not None and (not act.cost or act.offer):
        act = Act(act_head, WEAK, word=act_head.text) if act_head is not None else None
    yield Candidate(verb, "threaten", ENOUGH, act, sender, target, reasons=(f"the verb “{verb.text}”",))


def _is_a_state_of_affairs(verb: "Token") -> bool:
    """Tell whether somebody is only said to be a danger: "the militia, which threatens our allies"."""
    return verb.dep_ == "relcl" and verb.tag_ in {"VBZ", "VBP"}


def _is_value(noun: "Token", lexicon: Lexicon) -> bool:
    return noun.pos_ == "NOUN" and lexicon.holds("frames.hazard.objects", noun.lemma)


def threat_noun(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "X's threat to do Y", "threats of war by X"; not a hazard ("nuclear threat", "a threat to peace")."""
    for child in noun.children:
        hazard = child.dep_ in {"compound", "amod"} and lexicon.holds("frames.hazard.nouns", child.lemma)
        if hazard or (child.dep_ == "det" and child.lower_ in {"that", "this", "those", "these", "no"}):
            return
    is_owned = any(c.dep_ == "poss" for c in noun.children)  # "its threat" was made, whatever one thinks of it
    if (is_at_distance(noun, lexicon) and not is_owned) or (
        noun.dep_ == "pobj" and noun.head.lower_ in {"under", "despite"} and noun.head.lower_ == "under"
    ):
        return
    act_head = next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and is_to_infinitive(c)), None)
    if act_head is None and noun.i + 1 < len(noun.doc) and noun.nbor().tag_ == "TO" and noun.nbor().head.pos_ == "VERB":
        act_head = noun.nbor().head  # hung on the verb before: "carried out their threat to blow up …"
    if act_head is None:
        act_head = next((o for o in prepositional(noun, "of") if is_act_noun(o, lexicon) or o.pos_ == "VERB"), None)
    sender, _ = owner_of(noun, lexicon)
    if sender is None and act_head is not None and act_head.pos_ == "NOUN":
        sender, _ = owner_of(act_head, lexicon)  # "the threat of a French invasion"
    against = next(prepositional(noun, "against"), None)
    if sender is None or (act_head is None and against is None and not _is_conditional(noun)):
        return
    if act_head is None and any(c.dep_ == "prep" and c.lower_ in {"to", "of"} for c in noun.children):
        return
    act = weigh(act_head, lexicon) if act_head is not None else None
    if act is not None and (not act.cost or act.offer) and act_head is not None:
        act = Act(act_head, WEAK, word=act_head.text)
    target = against if against is not None else _answerer(noun, lexicon)
    yield Candidate(noun, "threaten", ENOUGH, act, sender, target, reasons=(f"the noun “{noun.text}”",))


def _is_conditional(noun: "Token") -> bool:
    if noun.i + 1 < len(noun.doc) and noun.doc[noun.i + 1].lower_ in {"if", "unless"}:
        return True
    return any(c.dep_ == "advcl" and any(g.lower_ in {"if", "unless"} for g in c.children) for c in noun.children)


def _answerer(noun: "Token", lexicon: Lexicon) -> "Token | None":
    """Return who answers an ultimatum or threat: "Ruritania rejected the ultimatum", "bowed to its threats"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.pos_ != "VERB" or noun.dep_ not in {"dobj", "nsubjpass", "pobj"}:
        return None
    if not lexicon.holds("frames.answer.verbs", verb.lemma):
        return None
    return doer_of(verb) if is_passive(verb) else subject_of(verb)


def ultimatum(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "X's ultimatum to Y", "an ultimatum for Y to leave"."""
    if any(c.dep_ == "det" and c.lower_ in {"that", "this", "no"} for c in noun.children) or noun.dep_ == "compound":
        return
    sender, _ = owner_of(noun, lexicon)
    if noun.dep_ == "nsubj" and noun.head.lemma == "come":
        sender = next(prepositional(noun.head, "from"), sender)
    if sender is None and noun.dep_ == "nsubj" and lexicon.holds("frames.run_out.verbs", noun.head.lemma):
        above = next(ancestors_with(noun.head), noun.head)
        while above.pos_ not in {"VERB", "AUX"} and above.head != above:
            above = above.head
        sender = subject_of(above) if above != noun.head else None  # "he holds back as an ultimatum runs out"
    target = next(prepositional(noun, "to", "for"), None)
    head = noun.head
    if target is None and head.pos_ == "VERB":
        target = next((c for c in head.children if c.dep_ in {"dative"} or (c.dep_ == "dobj" and c != noun)), None)
        target = target if target is not None else next(prepositional(head, "to", "for"), None)
    if target is not None and target.pos_ == "ADP":
        target = next((g for g in target.children if g.dep_ == "pobj"), None)
    target = target if target is not None else _answerer(noun, lexicon)
    if sender is not None or target is not None:
        yield Candidate(noun, "ultimatum", ENOUGH, None, sender, target, reasons=("the noun “ultimatum”",))


# Verbs that demand something by a time, and the words that set the time beside its units.
DEMANDING = {"give", "demand", "order", "tell", "set"}
LIMITING = {"within", "by"}


def demanded_by_deadline(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a demand with a time limit: "gave Y six months to leave", "demanded that Y leave within a week"."""
    lemma = verb.lemma
    if lemma == "have":
        yield from _told_a_limit(verb, lexicon)
    if lemma not in DEMANDING or is_negated(verb) or is_at_distance(verb, lexicon):
        return
    if lemma in {"give", "set"}:
        limits = [
            c
            for c in verb.children
            if c.i > verb.i  # "that day he gave orders to build it" sets no time
            and (c.dep_ in {"dobj", "npadvmod"} or (c.dep_ == "prep" and c.lower_ in {"until", "till"}))
        ]
        timed = any(c.lemma in UNITS or c.lower_ in {"until", "till"} for c in limits)
        target = next((c for c in verb.children if c.dep_ in {"dative", "nsubjpass"}), None)
        if target is None and any(c.lower_ in {"until", "till"} or c.dep_ == "npadvmod" for c in limits):
            target = next((c for c in verb.children if c.dep_ == "dobj"), None)
        if target is None or not timed or not any(is_to_infinitive(t) for t in verb.subtree if t.pos_ == "VERB"):
            return
        if target.pos_ == "ADP":
            target = next((g for g in target.children if g.dep_ == "pobj"), None)
    else:
        complement = _complement(verb)
        if complement is None or is_negated(complement) or (lemma == "tell" and not _is_bidden(complement)):
            return
        if not any(
            c.dep_ == "prep" and c.lower_ in LIMITING and any(t.lemma in UNITS or names_time(t) for t in c.subtree)
            for c in complement.subtree
        ):
            return
        target = subject_of(complement)
    sender = doer_of(verb) if is_passive(verb) else subject_of(verb)
    yield Candidate(verb, "ultimatum", ENOUGH, None, sender, target, reasons=("a demand with a time limit",))


def _is_bidden(verb: "Token") -> bool:
    """Tell whether somebody is told to do something: "told them to leave", "that they must leave"."""
    return is_to_infinitive(verb) or bool(modals_of(verb) & {"must", "should"}) or verb.lemma == "have"


def _told_a_limit(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "told them that they had ninety days to leave"."""
    limit = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma in UNITS), None)
    teller = verb.head if verb.dep_ == "ccomp" and frame_of(verb.head, lexicon) in {"say", "warn", "announce"} else None
    if limit is None or teller is None or is_negated(verb) or is_at_distance(verb, lexicon):
        return
    if not any(is_to_infinitive(t) for t in verb.subtree if t.pos_ == "VERB" and t.i > limit.i):
        return
    told = next((c for c in teller.children if c.dep_ in {"dobj", "dative"}), None)
    sender = doer_of(teller) if is_passive(teller) else subject_of(teller)
    target = told if told is not None else subject_of(verb)
    yield Candidate(verb, "ultimatum", ENOUGH, None, sender, target, reasons=("a time limit that is told",))


def told_to_expect(word: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "Seoul should be ready for the North to shut the office", "it must expect them to leave"."""
    clause = word if word.pos_ in {"VERB", "AUX"} else word.head
    modals = modals_of(clause)
    target = subject_of(clause)
    if not modals or not modals <= {"must", "should"} or is_negated(clause) or target is None:
        return
    for verb in (*word.children, *clause.children):
        doer = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if verb.pos_ != "VERB" or verb.i < word.i or not is_to_infinitive(verb) or doer is None:
            continue
        act = weigh(verb, lexicon)
        teller = next(
            (t for t in (clause.head, *clause.children) if frame_of(t, lexicon) in {"say", "warn", "announce"}), None
        )
        sender = subject_of(teller) if teller is not None and teller.pos_ == "VERB" else None
        if act.cost and not act.neutral and not act.borne:
            why = (f"told to expect “{verb.text}”",)
            yield Candidate(
                verb, "say", 1 + STRONG, act, sender if sender is not None else doer, target, doer, reasons=why
            )
        return


def or_be(word: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "warned those who sell there to leave or be prosecuted", by its place: the parser hangs it wrongly."""
    if word.lower_ != "be" or word.i == 0 or word.nbor(-1).lower_ != "or" or word.head.tag_ != "VBN":
        return
    act = weigh(word.head, lexicon)
    tellers = (t for t in reversed(word.doc[word.sent.start : word.i]) if t.pos_ == "VERB" and t.tag_ in _FINITE)
    verb = next((t for t in tellers if frame_of(t, lexicon) in {"warn", "demand", "say", "announce"}), None)
    if verb is None or act.cost != STRONG or act.borne or is_negated(verb) or is_at_distance(verb, lexicon):
        return
    borne = replace(act, borne=True)
    target = next((c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubjpass"}), None)
    sender = doer_of(verb) if is_passive(verb) else subject_of(verb)
    yield Candidate(verb, "ultimatum", ENOUGH, borne, sender, target, reasons=(f"“or be {act.word}”",))


_FINITE = {"VBD", "VBZ", "VBP", "VBN"}


def or_risk(word: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "ordered him to come back or risk jail", where the parser takes the last verb for a noun."""
    if word.i == 0 or word.nbor(-1).lower_ != "or" or (word.dep_ == "conj" and word.pos_ == "VERB"):
        return
    noun = (
        word
        if word.i + 1 == len(word.doc)
        else next((t for t in word.doc[word.i + 1 : word.i + 5] if t.pos_ == "NOUN"), word)
    )
    act = weigh(noun, lexicon)
    listed = lexicon.holds("frames.consequence.objects", noun.lemma)
    verb = next((t for t in ancestors_with(word) if t.pos_ == "VERB" and frame_of(t, lexicon) is not None), None)
    if verb is None or is_negated(verb) or is_at_distance(verb, lexicon) or not (act.cost == STRONG or listed):
        return
    borne = Act(noun, STRONG, act.mode, act.military, not act.cost, borne=True, word=noun.text)
    target = next((c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubjpass"}), None)
    sender = doer_of(verb) if is_passive(verb) else subject_of(verb)
    yield Candidate(verb, "ultimatum", ENOUGH, borne, sender, target, reasons=(f"“or {word.text} {noun.text}”",))


UNITS = {"hour", "day", "week", "month", "year", "minute", "deadline"}


def warned(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield warnings of the sender's own act; what it warns of in a clause is weighed where the act stands."""
    if verb.dep_ in {"amod", "compound"} or is_negated(verb) or is_at_distance(verb, lexicon):
        return
    passive = is_passive(verb)
    sender = doer_of(verb) if passive else subject_of(verb)
    target = next((c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubjpass"}), None)
    against = next(prepositional(verb, "against"), None)
    why = (f"the verb “{verb.text}”",)
    if against is not None and target is not None:
        # To caution is softer than to warn: it takes "any attack", or a condition, to be more than advice.
        points = ENOUGH if verb.lemma == "warn" else ENOUGH - 1 + int(is_open_subject(against))
        yield Candidate(verb, "against", points, None, sender, target, reasons=(*why, "warned against an act"))
        return
    # The parser often hangs "of" on whom is warned: "warned the administration of …".
    nouns = [*prepositional(verb, "of", "about"), *(prepositional(target, "of", "about") if target is not None else ())]
    for noun in nouns:
        yield from _warned_of(verb, noun, sender, target, lexicon, why)
    complement = _complement(verb)
    if complement is not None and complement.dep_ == "xcomp" and is_negated(complement) and target is not None:
        yield Candidate(verb, "against", ENOUGH, None, sender, target, reasons=(*why, "warned not to act"))


_OTHERS_HAZARD = {"possible", "potential", "imminent", "looming", "growing", "rising", "impending", "likely", "deadly"}


def _warned_of(
    verb: "Token", noun: "Token", sender: "Token | None", target: "Token | None", lexicon: Lexicon, why: tuple[str, ...]
) -> Iterator[Candidate]:
    if noun.pos_ == "VERB":
        return
    quoted = noun.i > 0 and any(t.text in {'"', "'"} for t in noun.doc[max(0, noun.i - 3) : noun.i])
    act = weigh(noun, lexicon)
    others = any(c.dep_ in {"amod", "compound"} and entity_type(c) in {"NORP", "GPE"} for c in noun.children)
    if (
        others
        or any(c.lower_ in _OTHERS_HAZARD or c.dep_ == "poss" for c in noun.children)
        or next(prepositional(noun, "by", "from"), None)
    ):
        return
    own = lexicon.holds("frames.own.nouns", noun.lemma)
    aimed = act.cost == STRONG and next(prepositional(noun, "against", "on", "at"), None) is not None
    points = ENOUGH if own or aimed or quoted else 1
    if own or aimed or quoted or act.cost == STRONG:
        found = act if act.cost else Act(noun, STRONG, vague=True, word=noun.text)
        yield Candidate(verb, "warn_of", points, found, sender, target, reasons=(*why, f"of “{noun.text}”"))


def warning_noun(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "issued a warning against taking part", "a warning to Y not to …"."""
    if any(c.dep_ == "det" and c.lower_ in {"that", "this", "no"} for c in noun.children) or is_at_distance(
        noun, lexicon
    ):
        return
    against = next(prepositional(noun, "against"), None)
    sender, _ = owner_of(noun, lexicon)
    if against is not None and sender is not None:
        target = next(prepositional(noun, "to"), None)
        yield Candidate(noun, "against", ENOUGH, None, sender, target, reasons=("a warning against an act",))
