"""Announced acts: vowed, planned, hinted at, said, told in the first person, or done as they were threatened."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act
from briefing_lib.extraction.attribution import reserved, source_named_by, teller_of
from briefing_lib.extraction.candidates import ENOUGH, Candidate, doer_of, owner_of
from briefing_lib.extraction.conditions import is_open_subject
from briefing_lib.extraction.framing import Governor, governor_of, is_binding
from briefing_lib.extraction.grammar import (
    FIRM,
    ancestors_with,
    is_alternative,
    is_negated,
    is_passive,
    is_to_infinitive,
    modals_of,
    subject_of,
    taker_of,
)
from briefing_lib.extraction.lexicon import STRONG, WEAK, Lexicon
from briefing_lib.extraction.phrases import YOURS, is_own_word
from briefing_lib.extraction.weighing import weigh
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


def announced(verb: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    """Yield an act that is announced, vowed, hinted at, or told in the speaker's own words."""
    act = weigh(verb, lexicon)
    if not act.cost or _is_counterfactual(verb):
        return
    if _has_to(verb) and not act.borne and is_open_subject(subject_of(verb)):
        act = replace(act, borne=True)  # "those who do not sign will have to leave"
    driven = _driven_by(verb)
    governor = _governor(driven, lexicon)
    if governor is not None and not _may_frame(governor):
        return
    if governor is None and _is_asked(verb):
        return
    bound = verb.head if verb.dep_ in {"ccomp", "xcomp"} and is_binding(verb.head, lexicon) else None
    modals = modals_of(driven) or _modals_above(verb, act, lexicon) or (modals_of(bound) if bound else set())
    if not modals and act.cost == STRONG and _is_compelled(verb):
        modals = {"will"}
    if not modals and not _is_prospective(verb, governor, lexicon):
        return
    if not _may_announce(verb, act, modals, governor):
        return
    frame, points, head = _frame_of_future(verb, governor, own_words, lexicon)
    if bound is not None and frame == "none":
        frame, points = "announce", lexicon.points["announce"]
    if frame == "none" and act.borne and not (act.cost == STRONG and is_open_subject(subject_of(verb))):
        return
    subject = _after_one_more(subject_of(driven))
    actor = doer_of(verb) if is_passive(verb) else subject
    if actor is not None and actor.lower_ in YOURS and _is_forced(verb):
        actor = None
    if governor is not None and actor == governor.token:
        actor = None
    sender = None if frame == "own" and act.borne else _sender_token(governor, act, actor, lexicon)
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


def _has_to(verb: "Token") -> bool:
    """Tell whether a verb is what somebody will have to do."""
    return verb.dep_ == "xcomp" and verb.head.lemma == "have" and is_to_infinitive(verb) and bool(modals_of(verb.head))


def _after_one_more(subject: "Token | None") -> "Token | None":
    """Return the doer of "one more raid and the army will …", where the parser makes one subject of the two."""
    if subject is None or not any(c.lower_ in {"more", "another", "false", "single"} for c in subject.children):
        return subject
    return next((c for c in subject.children if c.dep_ == "conj"), subject)


def _driven_by(verb: "Token") -> "Token":
    """Return the "have" of "have no choice but to strike", else the verb itself."""
    doc, start = verb.doc, max(verb.sent.start, verb.i - _TO_CHOICE)
    words = [t.lower_ for t in doc[start : verb.i]]
    if not {"no", "to"} <= set(words) or not set(words) & {"but", "except", "than"} or not set(words) & _CHOICES:
        return verb
    return next((t for t in reversed(doc[start : verb.i]) if t.lemma in {"have", "leave"}), verb)


# Tokens from "have" to the act in "have no other course open to it but to strike".
_TO_CHOICE = 12
_CHOICES = {"choice", "option", "alternative", "course", "recourse", "way"}


def _governor(verb: "Token", lexicon: Lexicon) -> Governor | None:
    """Return what frames a verb by the parse; where that is nothing, and it is told ahead, by its place."""
    found = governor_of(verb, lexicon)
    loose = found is None or (found.frame in _LOOSE and not found.denied)
    if loose and modals_of(verb) & FIRM:
        return teller_of(verb, lexicon) or found
    return (reserved(verb, lexicon) or found) if loose or (found and found.frame == "say") else found


# What the parser makes of a clause that it hangs on the wrong word.
_LOOSE = frozenset({"blocked", "other", "relative"})


def _may_frame(governor: Governor) -> bool:
    """Tell whether a frame announces what stands under it; "the threat to close …" is read at the noun."""
    if governor.denied or governor.frame in {"blocked", "other", "relative"}:
        return False
    if governor.frame == "threaten" and governor.token.pos_ == "NOUN":
        return False
    if governor.token.pos_ == "NOUN" and governor.token.head.lower_ in {"after", "since", "following"}:
        return False  # "after its decision to leave the treaty": told as done
    return not (governor.frame == "intend" and _is_past_plan(governor.token))


def _may_announce(verb: "Token", act: Act, modals: set[str], governor: Governor | None) -> bool:
    """Tell whether a verb with its modals announces: not what one ought to do, nor what will be done to oneself."""
    frame = governor.frame if governor is not None else None
    if act.borne:
        return bool(modals) or frame in {"demand", "warn", "threaten", "vow", "say"} or is_alternative(verb)
    if act.mode is Mode.RESTRICT and verb.dep_ == "xcomp" and verb.head.lemma == "continue":
        return False  # "will continue to enforce the ban": a measure in force
    if modals and modals <= {"must", "should", "can", "ca"}:
        return False
    if modals == {"could"} and any(c.lower_ == "already" for c in verb.children):
        return False  # what one is able to do
    if act.neutral and modals and not modals & FIRM and frame != "warn":
        return False  # what may be, of an act that may be anything
    suffered = "nsubjpass" if is_passive(verb) else "dobj"  # "sickness may kill me"
    return not any(c.dep_ == suffered and is_own_word(c) for c in verb.children)


def _is_forced(verb: "Token") -> bool:
    """Tell whether the other side is said to force the speaker's hand: "you will force me to veto it"."""
    above = [verb, *list(ancestors_with(verb))[:3]]
    deeds = [t for token in above for t in (token, *token.children) if t.lemma in FORCED]
    return any(
        c.dep_ in {"dobj", "nsubj"} and is_own_word(c)
        for deed in deeds
        for t in deed.children
        for c in (t, *t.children)
    )


FORCED = {"force", "compel", "oblige"}


def _is_compelled(verb: "Token") -> bool:
    """Tell whether the speaker says what he has to do: "it is compelled to strike back"."""
    above = verb.head
    if verb.dep_ != "xcomp" or above.lemma not in FORCED or not is_to_infinitive(verb):
        return False
    return any(c.dep_ == "auxpass" and c.lower_ in {"is", "are", "'re", "'s", "am"} for c in above.children)


def _modals_above(verb: "Token", act: Act, lexicon: Lexicon) -> set[str]:
    """Return the modals of what an infinitive or gerund depends on: "will have to pay", "will answer by striking"."""
    token, climbed = verb, 0
    if (taker := taker_of(verb)) is not None:
        return modals_of(taker)  # "will lead a coalition to disarm him"
    while climbed < 4 and token.head != token and token.dep_ in {"xcomp", "pcomp", "prep", "acomp"}:
        if token.dep_ == "prep" and token.lower_ not in {"by", "for"}:
            return set()
        token = token.head
        climbed += 1
        found = modals_of(token) if token.pos_ in {"VERB", "AUX"} else set()
        if found:
            lemma = token.lemma
            if lemma == "be" and _is_opinion(token):
                return set()
            if (
                lemma == "have"
            ):  # "they will have to pay", "those who … will have to leave"; not "he would have to leave"
                return found if act.borne or act.vague or is_open_subject(subject_of(token)) else set()
            if lemma in FORCED:  # "will be forced to strike", not "could be obliged to leave"
                return found if found & FIRM else set()
            return found if lexicon.holds("frames.transparent.under_modal", lemma) else set()
    return set()


def _is_asked(verb: "Token") -> bool:
    """Tell whether a verb is what a question asks: "how could they walk away from the men?"."""
    return any(t.text == "?" for t in verb.sent) and (verb.head == verb or verb.dep_ in {"conj", "xcomp"})


def _is_opinion(be: "Token") -> bool:
    """Tell whether a clause only says what one thinks of an act: "it would be unlawful to close it"."""
    empty = any(c.dep_ in {"nsubj", "expl"} and c.lower_ == "it" for c in be.children)
    return empty and any(c.dep_ == "acomp" for c in be.children)


def there_will_be(verb: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
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
            act = _withheld(noun, lexicon) or weigh(noun, lexicon)
            if act.cost or lexicon.holds("frames.consequence.objects", noun.lemma):
                frame, points, head = _frame_of_future(verb, governor, own_words, lexicon)
                found = act if act.cost else Act(noun, STRONG, vague=True, word=noun.text)
                sender = _sender_token(governor, found, None, lexicon)
                target = next((c for c in head.children if c.dep_ in {"dobj", "dative"}), None)
                yield Candidate(
                    head, frame, points + found.cost, found, sender, target, reasons=(f"there will be “{noun.text}”",)
                )


def _withheld(noun: "Token", lexicon: Lexicon) -> Act | None:
    """Return the refusal of "there will be no talks until …": of what is costly to go without."""
    before = [t for c in noun.children for t in (c, *c.children) if t.i < noun.i]  # of "no more" the parser makes one
    if not any(t.lower_ == "no" for t in before):
        return None
    listed = any(lexicon.holds(path, noun.lemma) for path in ("objects.beneficial.nouns", "frames.consequence.denied"))
    cost = STRONG if listed and any(c.lower_ == "more" for c in noun.children) else WEAK if listed else 0
    return Act(noun, cost, Mode.RELATIONS, refusal=listed, word=f"no {noun.text}")


AS_SAID = {"warn", "threaten", "vow", "promise", "announce", "pledge", "declare", "say"}


def _as_said(verb: "Token") -> Iterator["Token"]:
    """Yield the verb of an "as already warned" clause of a verb."""
    for clause in verb.children:
        said = clause.dep_ == "advcl" and clause.i <= verb.i + 12 and clause.lemma in AS_SAID
        if clause.lemma == "say":  # "as it had said it would", not "as the minister said"
            said = said and any(t.lower_ == "would" for t in clause.subtree)
        if said and {"as"} == {c.lower_ for c in clause.children} & {"as", "if"}:
            yield clause


def is_done_as_said(verb: "Token") -> bool:
    """Tell whether a verb reports an act that was done as somebody had threatened."""
    done = not modals_of(verb) and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP", "VBG"} and not is_negated(verb)
    return done and any(clause.lemma in {"warn", "threaten", "vow"} for clause in _as_said(verb))


def done_as_warned(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield an act that is done "as already warned", "as it had threatened": the threat and its outcome in one."""
    for clause in _as_said(verb):
        done = not modals_of(verb) and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP", "VBG"}
        begun = (c for c in verb.children if c.dep_ == "xcomp" and verb.lemma in {"begin", "start"})
        act = weigh(next(begun, verb), lexicon)  # "began to charge more, as it had said it would"
        if done and not act.borne and ((act.cost and not act.neutral) or clause.lemma in {"warn", "threaten"}):
            found = act if act.cost else Act(verb, WEAK, word=verb.text)
            sender = doer_of(verb) if is_passive(verb) else subject_of(verb)
            said_by = doer_of(clause)
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


def _sender_token(governor: Governor | None, act: Act, actor: "Token | None", lexicon: Lexicon) -> "Token | None":
    """Return whose act it is: of a frame word, its subject or owner; of a bare statement, the actor."""
    if governor is None:
        return None if act.borne else actor
    if governor.frame == "remind":  # its subject is told; who tells it stands above, or speaks
        above = governor.token.head
        return subject_of(above) if above != governor.token and above.pos_ == "VERB" else None
    if (source := source_named_by(governor.token)) is not None:
        return source
    if governor.token.pos_ in {"NOUN", "ADJ"}:
        owner, _ = owner_of(governor.token, lexicon) if governor.token.pos_ == "NOUN" else (None, False)
        if owner is not None:
            return owner
        above = governor.token.head
        while above.pos_ not in {"VERB", "AUX"} and above.head != above:
            above = above.head
        return subject_of(above) if above.pos_ in {"VERB", "AUX"} else actor
    if is_passive(governor.token) and governor.frame != "intend":  # "are set to strike"
        return doer_of(governor.token)
    return subject_of(governor.token)


def _target_of(verb: "Token", act: Act, subject: "Token | None") -> "Token | None":
    return subject if act.borne else None


def _is_past_plan(verb: "Token") -> bool:
    """Tell whether a plan is only told of the past: "they intended to …", "originally meant to …"."""
    if verb.pos_ != "VERB":
        return False
    said = verb.dep_ in {"ccomp", "conj"} and verb.head.pos_ == "VERB"
    forms = {"has", "have", "is", "are", "was", "were"}
    perfect = any(c.dep_ in {"aux", "auxpass"} and c.lower_ in forms for c in verb.children)
    return verb.tag_ in {"VBD", "VBN"} and not perfect and not said


def _is_counterfactual(verb: "Token") -> bool:
    """Tell whether an act is one that would have been, or has been."""
    return any(c.dep_ == "aux" and c.lower_ in {"have", "has", "had", "'ve", "having"} for c in verb.children)


def _is_finite(verb: "Token") -> bool:
    """Tell whether a participle is the verb of its clause: "is considering"."""
    return any(c.dep_ == "aux" and c.lemma == "be" for c in verb.children)


def _is_under_way(verb: "Token") -> bool:
    """Tell whether a step is told in the present progressive, as one that is about to be taken."""
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ in {"is", "are", "'re", "'s"} for c in verb.children)


def _is_prospective(verb: "Token", governor: Governor | None, lexicon: Lexicon) -> bool:
    """Tell whether a verb without a modal still looks ahead: an infinitive or gerund under a word of will."""
    if governor is None:
        return False
    if any(c.dep_ == "aux" and c.lower_ in {"do", "does", "did"} for c in verb.children):
        return False
    if lexicon.holds("frames.hint.of_gerund", governor.token.lemma):
        return verb.tag_ == "VBG" and (governor.token.tag_ != "VBG" or _is_finite(governor.token))
    if governor.token.pos_ == "VERB" and governor.frame == "announce" and _is_under_way(verb):
        return True  # "announced that they are quitting the bloc"
    if governor.token.pos_ == "VERB" and governor.frame == "announce":
        return is_to_infinitive(verb) or (verb.dep_ == "conj" and verb.tag_ in {"VB", "VBP"})
    if governor.frame == "warn" and lexicon.holds("frames.consequence.of_any_act", verb.lemma):
        return verb.tag_ in {"VB", "VBG", "VBP", "VBZ"}  # "warned that they risk losing it"
    if governor.frame in {"vow", "intend", "hint", "announce", "warn", "threaten", "ready", "decide"}:
        return is_to_infinitive(verb) or verb.tag_ in {"VBG", "VB"}
    return governor.frame in {"demand", "say"} and verb.dep_ == "conj" and verb.tag_ in {"VB", "VBP"}
