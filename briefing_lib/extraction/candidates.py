"""Where a sentence may hold a threat: the frame, the act, and how far they go towards being one.

A candidate's points are the frame's plus the act's cost, plus what makes a threat of an announcement: a condition, a
target that the act is aimed at, a reason of retaliation. ``ENOUGH`` points make a threat. Explicit threats (CAMEO 130)
have enough by themselves; an announced step must be costly whoever takes it; a weak one needs a condition or a target.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act, noun_class, weigh
from briefing_lib.extraction.framing import (
    Condition,
    Governor,
    conditions_in,
    governor_of,
    is_at_distance,
    is_open_subject,
)
from briefing_lib.extraction.grammar import (
    FIRM,
    is_negated,
    is_passive,
    is_to_infinitive,
    lemma_forms,
    modals_of,
    objects_of,
    prepositional,
    subject_of,
)
from briefing_lib.extraction.lexicon import STRONG, WEAK, Lexicon, load_lexicon
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame and an act that may be a threat.

    ``sender`` and ``target`` are the tokens that the grammar gives those parts, where it gives any; ``frame`` is a name
    from frames.toml, ``ultimatum``, ``own`` (first person or the speaker's own text) or ``none``.
    """

    head: "Token"
    frame: str
    points: int
    act: Act | None = None
    sender: "Token | None" = None
    target: "Token | None" = None
    actor: "Token | None" = None
    condition: Condition | None = None
    reasons: tuple[str, ...] = ()
    firm: bool = True


def candidates_in(sentence: "Span", lexicon: Lexicon, *, own_words: "set[int] | None" = None) -> Iterator[Candidate]:
    """Yield the candidates of a sentence; ``own_words`` are the tokens that are a speaker's own, quoted or not."""
    conditions = tuple(conditions_in(sentence, lexicon))
    hypothetical = {i for c in conditions if not c.alternative for i in range(c.start, c.end)}
    for token in sentence:
        if token.i in hypothetical:
            continue
        for found in _at(token, lexicon, own_words or set()):
            yield _conditioned(found, conditions, lexicon)


def _conditioned(candidate: Candidate, conditions: tuple[Condition, ...], lexicon: Lexicon) -> Candidate:
    """Add what a condition, an aim and a reason of retaliation contribute."""
    head = candidate.act.head if candidate.act else candidate.head
    extra, reasons, chosen = 0, list(candidate.reasons), None
    outside = [c for c in conditions if not c.start <= head.i < c.end and (not c.alternative or head.i >= c.end)]
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


def _at(token: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    lemma = str(token.lemma_).lower()
    if token.pos_ in {"VERB", "AUX"}:
        if lexicon.holds("frames.threaten.verbs", lemma):
            yield from _threaten(token, lexicon)
        elif lexicon.holds("frames.warn.verbs", lemma):
            yield from _warn(token, lexicon)
        else:
            if _names_noun_act(token, lexicon):
                yield from _vow_noun(token, lexicon)
            yield from _ultimatum_by_deadline(token, lexicon)
            yield from _future(token, lexicon, own_words)
            yield from _existential(token, lexicon, own_words)
            yield from _as_warned(token, lexicon)
    elif token.pos_ in {"NOUN", "PROPN"}:
        if lemma == "ultimatum":
            yield from _ultimatum(token)
        elif lemma == "threat":
            yield from _threat_noun(token, lexicon)
        elif lemma == "warning":
            yield from _warning_noun(token, lexicon)
        elif lemma in _POSSIBLE and token.dep_ != "compound":
            yield from _possible(token, lexicon)


_POSSIBLE = {"possibility", "option", "prospect"}


def _complement(verb: "Token") -> "Token | None":
    inner = [c for c in verb.children if c.pos_ in {"VERB", "AUX"} and c.i > verb.i]
    found = next((c for c in inner if c.dep_ in {"xcomp", "ccomp"}), None)
    return found if found is not None else next((c for c in inner if c.dep_ == "advcl" and is_to_infinitive(c)), None)


# --- explicit threats -------------------------------------------------------------------------------------------------


def _threaten(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    if verb.dep_ in {"amod", "compound"} or is_negated(verb) or is_at_distance(verb, lexicon) or modals_of(verb):
        return
    passive = is_passive(verb)
    sender = _agent(verb) if passive else subject_of(verb)
    objects = [c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubjpass"}]
    complement = _complement(verb)
    with_noun = next(prepositional(verb, "with"), None)
    named = next((o for o in objects if _is_act_noun(o, lexicon)), None)
    act_head = complement if complement is not None and (named is None or complement.i < named.i) else with_noun
    target = next((o for o in objects if o.dep_ != "dobj" or not _is_act_noun(o, lexicon)), None)
    if act_head is None:
        act_head = named
        target = None if act_head is not None and target == act_head else target
    if act_head is None and (target is None or _is_value(target, lexicon)):
        return
    act = weigh(act_head, lexicon) if act_head is not None else None
    if act is not None and not act.cost:
        act = Act(act_head, WEAK, word=act_head.text) if act_head is not None else None
    yield Candidate(verb, "threaten", ENOUGH, act, sender, target, reasons=(f"the verb “{verb.text}”",))


def _agent(verb: "Token") -> "Token | None":
    return next(prepositional(verb, "by"), None)


def _is_act_noun(noun: "Token", lexicon: Lexicon) -> bool:
    if noun.pos_ != "NOUN":
        return False
    return noun_class(noun, lexicon) is not None or lexicon.holds("objects.vague.nouns", str(noun.lemma_).lower())


def _is_value(noun: "Token", lexicon: Lexicon) -> bool:
    return noun.pos_ == "NOUN" and lexicon.holds("frames.hazard.objects", str(noun.lemma_).lower())


def _threat_noun(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "X's threat to do Y", "threats of war by X"; not a hazard ("nuclear threat", "a threat to peace")."""
    for child in noun.children:
        hazard = child.dep_ in {"compound", "amod"} and lexicon.holds("frames.hazard.nouns", str(child.lemma_).lower())
        if hazard or (child.dep_ == "det" and child.lower_ in {"that", "this", "those", "these", "no"}):
            return
    if is_at_distance(noun, lexicon) or (
        noun.dep_ == "pobj" and noun.head.lower_ in {"under", "despite"} and noun.head.lower_ == "under"
    ):
        return
    act_head = next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and is_to_infinitive(c)), None)
    if act_head is None:
        act_head = next((o for o in prepositional(noun, "of") if _is_act_noun(o, lexicon) or o.pos_ == "VERB"), None)
    sender, _ = _owner(noun)
    against = next(prepositional(noun, "against"), None)
    if sender is None or (act_head is None and against is None and not _is_conditional(noun)):
        return
    if act_head is None and any(c.dep_ == "prep" and c.lower_ in {"to", "of"} for c in noun.children):
        return
    act = weigh(act_head, lexicon) if act_head is not None else None
    if act is not None and not act.cost and act_head is not None:
        act = Act(act_head, WEAK, word=act_head.text)
    yield Candidate(noun, "threaten", ENOUGH, act, sender, against, reasons=(f"the noun “{noun.text}”",))


def _is_conditional(noun: "Token") -> bool:
    return any(c.dep_ == "advcl" and any(g.lower_ in {"if", "unless"} for g in c.children) for c in noun.children)


def _owner(noun: "Token") -> tuple["Token | None", bool]:
    """Return who made a threat, ultimatum or warning, and whether a verb of making says so."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child, False
    by = next(prepositional(noun, "by", "from"), None)
    if by is not None:
        return by, False
    head = noun.head
    if (
        noun.dep_ in {"dobj", "nsubjpass"}
        and head.pos_ == "VERB"
        and load_lexicon().holds("frames.make.verbs", str(head.lemma_).lower())
        and not is_negated(head)
    ):
        subject = _agent(head) if noun.dep_ == "nsubjpass" else subject_of(head)
        if subject is not None:
            return subject, True
    for child in noun.children:
        if child.dep_ in {"amod", "compound"} and (
            child.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} or child.pos_ == "PROPN"
        ):
            return child, False
    return None, False


def _ultimatum(noun: "Token") -> Iterator[Candidate]:
    if any(c.dep_ == "det" and c.lower_ in {"that", "this", "no"} for c in noun.children) or noun.dep_ == "compound":
        return
    sender, _ = _owner(noun)
    if noun.dep_ == "nsubj" and str(noun.head.lemma_) == "come":
        sender = next(prepositional(noun.head, "from"), sender)
    target = next(prepositional(noun, "to", "for"), None)
    head = noun.head
    if target is None and head.pos_ == "VERB":
        target = next((c for c in head.children if c.dep_ in {"dative"} or (c.dep_ == "dobj" and c != noun)), None)
        target = target if target is not None else next(prepositional(head, "to", "for"), None)
    if target is not None and target.pos_ == "ADP":
        target = next((g for g in target.children if g.dep_ == "pobj"), None)
    if sender is not None or target is not None:
        yield Candidate(noun, "ultimatum", ENOUGH, None, sender, target, reasons=("the noun “ultimatum”",))


def _ultimatum_by_deadline(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a demand with a time limit: "gave Y six months to leave", "demanded that Y leave within a week"."""
    lemma = str(verb.lemma_).lower()
    if lemma not in {"give", "demand", "order", "tell", "set"} or is_negated(verb) or is_at_distance(verb, lexicon):
        return
    if lemma in {"give", "set"}:
        limits = [
            c
            for c in verb.children
            if c.dep_ in {"dobj", "npadvmod"} or (c.dep_ == "prep" and c.lower_ in {"until", "till"})
        ]
        timed = any(str(c.lemma_).lower() in _UNITS or c.lower_ in {"until", "till"} for c in limits)
        target = next((c for c in verb.children if c.dep_ == "dative"), None)
        if target is None and any(c.lower_ in {"until", "till"} for c in limits):
            target = next((c for c in verb.children if c.dep_ == "dobj"), None)
        if target is None or not timed or not any(is_to_infinitive(t) for t in verb.subtree if t.pos_ == "VERB"):
            return
        if target.pos_ == "ADP":
            target = next((g for g in target.children if g.dep_ == "pobj"), None)
    else:
        complement = _complement(verb)
        if complement is None or not any(
            c.dep_ == "prep" and c.lower_ in {"within", "by"} and any(_is_time(t) for t in c.subtree)
            for c in complement.subtree
        ):
            return
        target = subject_of(complement)
    sender = subject_of(verb)
    yield Candidate(verb, "ultimatum", ENOUGH, None, sender, target, reasons=("a demand with a time limit",))


_UNITS = {"hour", "day", "week", "month", "year", "minute", "deadline"}


def _is_time(token: "Token") -> bool:
    return token.ent_type_ in {"DATE", "TIME"} or str(token.lemma_).lower() in _UNITS


# --- warnings ---------------------------------------------------------------------------------------------------------


def _warn(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield warnings of the sender's own act; what it warns of in a clause is weighed where the act stands."""
    if verb.dep_ in {"amod", "compound"} or is_negated(verb) or is_at_distance(verb, lexicon):
        return
    passive = is_passive(verb)
    sender = _agent(verb) if passive else subject_of(verb)
    target = next((c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubjpass"}), None)
    against = next(prepositional(verb, "against"), None)
    why = (f"the verb “{verb.text}”",)
    if against is not None and target is not None:
        # To caution is softer than to warn: it takes "any attack", or a condition, to be more than advice.
        points = ENOUGH if str(verb.lemma_).lower() == "warn" else ENOUGH - 1 + int(is_open_subject(against))
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
    if any(c.lower_ in _OTHERS_HAZARD or c.dep_ == "poss" for c in noun.children) or next(
        prepositional(noun, "by", "from"), None
    ):
        return
    own = lexicon.holds("frames.own.nouns", str(noun.lemma_).lower())
    aimed = act.cost == STRONG and next(prepositional(noun, "against", "on", "at"), None) is not None
    points = ENOUGH if own or aimed or quoted else 1
    if own or aimed or quoted or act.cost == STRONG:
        found = act if act.cost else Act(noun, STRONG, vague=True, word=noun.text)
        yield Candidate(verb, "warn_of", points, found, sender, target, reasons=(*why, f"of “{noun.text}”"))


def _warning_noun(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "issued a warning against taking part", "a warning to Y not to …"."""
    if any(c.dep_ == "det" and c.lower_ in {"that", "this", "no"} for c in noun.children) or is_at_distance(
        noun, lexicon
    ):
        return
    against = next(prepositional(noun, "against"), None)
    sender, _ = _owner(noun)
    if against is not None and sender is not None:
        target = next(prepositional(noun, "to"), None)
        yield Candidate(noun, "against", ENOUGH, None, sender, target, reasons=("a warning against an act",))


# --- vows, plans, announcements, statements ---------------------------------------------------------------------------


def _names_noun_act(verb: "Token", lexicon: Lexicon) -> bool:
    return str(verb.lemma_).lower() in {"vow", "swear", "promise", "pledge", "declare", "vote"} and not is_negated(verb)


def _vow_noun(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "vowed revenge", "promised retaliation"."""
    if is_at_distance(verb, lexicon) or str(verb.lemma_).lower() == "declare":
        return
    if str(verb.lemma_).lower() == "vote":
        for noun in prepositional(verb, "for"):
            act = weigh(noun, lexicon)
            if act.cost == STRONG and act.mode is Mode.RELATIONS:
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


def _possible(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "including the possibility of new sanctions" in somebody's statement."""
    if is_at_distance(noun, lexicon):
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


def _future(verb: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    """Yield an act that is announced, vowed, hinted at, or told in the speaker's own words."""
    act = weigh(verb, lexicon)
    if not act.cost or _is_counterfactual(verb):
        return
    governor = governor_of(verb, lexicon)
    if governor is not None and (governor.denied or governor.frame in {"blocked", "other", "relative"}):
        return
    modals = modals_of(verb) or _modals_above(verb, borne=act.borne)
    if not modals and not _is_prospective(verb, governor):
        return
    if modals and modals <= {"must", "should", "can", "ca"} and not act.borne:
        return
    if (
        act.borne
        and not modals
        and (governor is None or governor.frame not in {"demand", "warn", "threaten", "vow", "say"})
    ):
        return
    frame, points, head = _frame_of_future(verb, governor, own_words, lexicon)
    if frame == "none" and act.borne:
        return
    subject = subject_of(verb)
    actor = _agent(verb) if is_passive(verb) else subject
    if governor is not None and actor == governor.token:
        actor = None
    sender = _sender_token(governor, act, actor)
    firm = bool(modals & FIRM) or not modals
    reasons = [f"“{head.text}”" if governor else "a statement of intent", f"the act “{act.word}”"]
    if is_open_subject(subject):
        points += WEAK
        reasons.append("whoever does it")
    yield Candidate(
        head,
        frame,
        points + act.cost,
        act,
        sender,
        _target_of(verb, act, subject),
        actor,
        reasons=tuple(reasons),
        firm=firm,
    )


def _modals_above(verb: "Token", *, borne: bool) -> set[str]:
    """Return the modals of what an infinitive or gerund depends on: "will have to pay", "will answer by striking"."""
    token, climbed = verb, 0
    while climbed < 4 and token.head != token and token.dep_ in {"xcomp", "pcomp", "prep", "acomp"}:
        if token.dep_ == "prep" and token.lower_ not in {"by", "for"}:
            return set()
        token = token.head
        climbed += 1
        found = modals_of(token) if token.pos_ in {"VERB", "AUX"} else set()
        if found:
            lemma = str(token.lemma_).lower()
            if lemma == "have":  # "they will have to pay" threatens, "he would have to leave" does not
                return found if borne else set()
            return found if load_lexicon().holds("frames.transparent.under_modal", lemma) else set()
    return set()


def _existential(verb: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    """Yield "there would be a strike if …", said by somebody or in the speaker's own words."""
    if not any(c.dep_ == "expl" for c in verb.children) or not modals_of(verb) & FIRM or is_negated(verb):
        return
    governor = governor_of(verb, lexicon)
    if (governor is None and verb.i not in own_words) or (
        governor is not None and governor.frame not in {"say", "warn", "announce", "vow"}
    ):
        return
    if governor is not None and governor.denied:
        return
    for noun in verb.children:
        if noun.dep_ == "attr":
            act = weigh(noun, lexicon)
            if act.cost or lexicon.holds("frames.consequence.objects", str(noun.lemma_).lower()):
                frame, points, head = _frame_of_future(verb, governor, own_words, lexicon)
                found = act if act.cost else Act(noun, STRONG, vague=True, word=noun.text)
                sender = _sender_token(governor, found, None)
                target = next((c for c in head.children if c.dep_ in {"dobj", "dative"}), None)
                yield Candidate(
                    head, frame, points + found.cost, found, sender, target, reasons=(f"there will be “{noun.text}”",)
                )


_SAID = {"warn", "threaten", "vow", "promise", "announce", "pledge", "declare"}


def _as_said(verb: "Token") -> Iterator["Token"]:
    """Yield the verb of an "as already warned" clause of a verb."""
    for clause in verb.children:
        said = clause.dep_ == "advcl" and clause.i <= verb.i + 12 and str(clause.lemma_).lower() in _SAID
        if said and any(c.lower_ == "as" for c in clause.children):
            yield clause


def is_done_as_said(verb: "Token") -> bool:
    """Tell whether a verb reports an act that was done as somebody had threatened."""
    done = not modals_of(verb) and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP", "VBG"} and not is_negated(verb)
    return done and any(str(clause.lemma_) in {"warn", "threaten", "vow"} for clause in _as_said(verb))


def _as_warned(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield an act that is done "as already warned", "as it had threatened": the threat and its outcome in one."""
    for clause in _as_said(verb):
        done = not modals_of(verb) and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP", "VBG"}
        act = weigh(verb, lexicon)
        if done and not act.borne and ((act.cost and not act.neutral) or str(clause.lemma_) in {"warn", "threaten"}):
            found = act if act.cost else Act(verb, WEAK, word=verb.text)
            sender = _agent(verb) if is_passive(verb) else subject_of(verb)
            said_by = _agent(clause)
            yield Candidate(
                clause,
                "as_warned",
                ENOUGH,
                found,
                said_by if said_by is not None else sender,
                reasons=(f"done as “{clause.text}”",),
            )


def _frame_of_future(
    verb: "Token", governor: Governor | None, own_words: set[int], lexicon: Lexicon
) -> tuple[str, int, "Token"]:
    if governor is None:
        return ("own", 1, verb) if verb.i in own_words else ("none", 0, verb)
    frame = governor.frame
    if frame == "ready" and verb.i in own_words and modals_of(governor.token.head):
        return "own", 1, verb  # "you must be ready to pay": readiness is asked of the other side
    points = lexicon.points.get(frame, 0)
    if frame == "demand":
        points = 0
    return frame, points, governor.token


def _sender_token(governor: Governor | None, act: Act, actor: "Token | None") -> "Token | None":
    """Return whose act it is: of a frame word, its subject or owner; of a bare statement, the actor."""
    if governor is None:
        return None if act.borne else actor
    if governor.token.pos_ in {"NOUN", "ADJ"}:
        owner, _ = _owner(governor.token) if governor.token.pos_ == "NOUN" else (None, False)
        if owner is not None:
            return owner
        above = governor.token.head
        while above.pos_ not in {"VERB", "AUX"} and above.head != above:
            above = above.head
        return subject_of(above) if above.pos_ in {"VERB", "AUX"} else actor
    if is_passive(governor.token):
        return _agent(governor.token)
    return subject_of(governor.token)


def _target_of(verb: "Token", act: Act, subject: "Token | None") -> "Token | None":
    return subject if act.borne else None


def _is_counterfactual(verb: "Token") -> bool:
    """Tell whether an act is one that would have been, or has been."""
    return any(c.dep_ == "aux" and c.lower_ in {"have", "has", "had", "'ve", "having"} for c in verb.children)


def _is_prospective(verb: "Token", governor: Governor | None) -> bool:
    """Tell whether a verb without a modal still looks ahead: an infinitive or gerund under a word of will."""
    if governor is None:
        return False
    if any(c.dep_ == "aux" and c.lower_ in {"do", "does", "did"} for c in verb.children):
        return False
    if governor.token.pos_ == "VERB" and governor.frame == "announce":
        return is_to_infinitive(verb) or (verb.dep_ == "conj" and verb.tag_ == "VB")
    if governor.frame in {"vow", "intend", "hint", "announce", "warn", "threaten", "ready", "decide"}:
        return is_to_infinitive(verb) or verb.tag_ in {"VBG", "VB"}
    return governor.frame in {"demand", "say"} and verb.dep_ == "conj" and verb.tag_ == "VB"


def forms_of(token: "Token") -> tuple[str, ...]:
    """Return a token's forms as the lists hold them."""
    return lemma_forms(token)


def aims_of(verb: "Token") -> Iterator["Token"]:
    """Yield what an act may be aimed at: objects, and what it is against, on, at, over, into or from."""
    yield from objects_of(verb)
    yield from prepositional(verb, "against", "on", "at", "over", "into", "to", "with", "toward", "towards")
