"""What somebody will have to bear: acts of which the grammatical subject is the one who suffers them."""

from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act, noun_class, weigh_deed, weigh_noun
from briefing_lib.extraction.conditions import is_refusal
from briefing_lib.extraction.grammar import is_alternative, is_negated, is_passive, modals_of, objects_of, prepositional
from briefing_lib.extraction.lexicon import STRONG, WEAK, Lexicon
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


def borne(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what the verb's subject will have to bear ("pay a price", "be met with force"), or None."""
    for found in (
        _suffered,
        _risked,
        _lost,
        _met,
        _paid,
        _subject_to,
        _denied_what_it_seeks,
        _not_allowed,
        _not_escaped,
        _given_to_none,
        _made_a_target,
        _undone_to,
        _entailed,
        _idiom,
    ):
        if (act := found(verb, lexicon)) is not None:
            return act
    return None


def _suffered(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return "will regret it", "faces jail", "would pay for its crime"."""
    if is_passive(verb):
        return None
    lemma, direct = verb.lemma, objects_of(verb)
    if is_negated(verb) and lemma == "pay":
        return None  # "could no longer pay in coin"
    if lexicon.holds("frames.consequence.subjects_pay", lemma):
        nouns = [n for n in direct if not lexicon.holds("frames.consequence.objects", n.lemma)]
        bought = lemma == "pay" and any(not _is_misdeed(n, lexicon) for n in prepositional(verb, "for"))
        if not bought and (lemma not in {"pay", "burn"} or not nouns):
            return Act(verb, STRONG, vague=True, borne=True, word=verb.text)
    if not lexicon.holds("frames.consequence.verbs_with_objects", lemma):
        return None
    of_any = lexicon.holds("frames.consequence.of_any_act", lemma)
    enough = WEAK if is_alternative(verb) else STRONG
    for noun in [*direct, *prepositional(verb, "to", "in", "with")]:
        kind = weigh_noun(noun, lexicon)
        listed = lexicon.holds("frames.consequence.objects", noun.lemma)
        is_met = lemma == "meet" and noun.head.lower_ == "with" and kind.cost  # "will meet with a harsh response"
        if listed or is_met or (of_any and noun in direct and kind.cost >= enough):
            return _of_noun(verb, noun, kind)
    return None


def _risked(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return "risk losing their licences", "would face being deported"."""
    if is_passive(verb) or not lexicon.holds("frames.consequence.of_any_act", verb.lemma):
        return None
    for deed in verb.children:
        if deed.tag_ == "VBG" and deed.dep_ in {"xcomp", "ccomp", "dobj"} and deed.i > verb.i:
            loses = lexicon.holds("frames.consequence.subjects_lose", deed.lemma)
            act = weigh_deed(deed, lexicon) if is_passive(deed) else Act(deed, 0)
            if loses or act.cost == STRONG:
                return Act(verb, STRONG, act.mode, act.military, borne=True, word=f"{verb.text} {deed.text}")
    return None


def _of_noun(verb: "Token", noun: "Token", kind: Act) -> Act:
    return Act(verb, STRONG, kind.mode, kind.military, kind.vague or not kind.cost, borne=True, word=noun.text)


def _lost(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return "would lose its seat"."""
    loses = lexicon.holds("frames.consequence.subjects_lose", verb.lemma)
    return Act(verb, WEAK, borne=True, word=verb.text) if loses and objects_of(verb) and not is_passive(verb) else None


def _met(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return "will be met with force"."""
    if verb.lemma not in MEETING or not is_passive(verb):
        return None
    for noun in prepositional(verb, "with", "by", "into"):
        if lexicon.holds("frames.consequence.objects", noun.lemma) or noun_class(noun, lexicon):
            return _of_noun(verb, noun, weigh_noun(noun, lexicon))
    return None


def _paid(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return "a severe price will be paid", "all consequences will be borne by the other side"."""
    if verb.lemma not in PAYING or not is_passive(verb) or not modals_of(verb):
        return None
    for noun in objects_of(verb):
        if lexicon.holds("frames.consequence.objects", noun.lemma):
            return Act(verb, STRONG, vague=True, borne=True, word=f"{noun.text} … {verb.text}")
    return None


# Passives that say what somebody will have to bear.
MEETING = {"meet", "hit", "greet", "answer", "counter", "plunge"}
PAYING = {"pay", "exact", "bear"}


def _is_misdeed(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether somebody is to pay for what he did, not for what he buys."""
    if noun.pos_ in {"PRON", "DET", "VERB", "SCONJ"}:
        return True
    lemma = noun.lemma
    return (
        noun_class(noun, lexicon) is not None
        or lexicon.holds("frames.breach.deed", lemma)
        or lexicon.holds("frames.breach.misdeed", lemma)
    )


def _subject_to(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what something will be subject to: "the products will be subject to duties"."""
    if verb.lemma != "be" or not modals_of(verb):
        return None
    for state in verb.children:
        if state.dep_ == "acomp" and state.lower_ in {"subject", "liable"}:
            for noun in prepositional(state, "to", "for"):
                act = weigh_noun(noun, lexicon)
                if act.cost == STRONG:
                    return Act(verb, STRONG, act.mode, act.military, borne=True, word=noun.text)
    return None


def _denied_what_it_seeks(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what the subject will look for in vain: "would find no berth", "will have no peace"."""
    if verb.lemma not in {"find", "have", "get", "know"} or is_passive(verb):
        return None
    for noun in objects_of(verb):
        if any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
            listed = lexicon.holds("frames.consequence.denied", noun.lemma)
            if listed:
                return Act(verb, STRONG, vague=False, borne=True, word=f"no {noun.text}")
    return None


def _not_allowed(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what the subject may no longer do: "will not be allowed to sail", "may no longer operate there"."""
    if not is_negated(verb) or not modals_of(verb):
        return None
    if verb.lemma in ALLOWING and is_passive(verb):
        return Act(verb, WEAK, Mode.RESTRICT, borne=True, word=f"not {verb.text}")
    no_longer = any(c.lower_ == "longer" for c in verb.children) and modals_of(verb) & {"may", "can", "could", "might"}
    if no_longer and lexicon.holds("frames.consequence.barred", verb.lemma):
        return Act(verb, WEAK, Mode.RESTRICT, borne=True, word=f"no longer {verb.text}")
    return None


ALLOWING = {"allow", "permit", "let"}


def _not_escaped(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what the subject will not escape: "will not evade justice", "shall not escape punishment"."""
    if verb.lemma not in ESCAPING or not is_negated(verb) or not modals_of(verb):
        return None
    for noun in (*objects_of(verb), *prepositional(verb, "from")):
        act = weigh_noun(noun, lexicon)
        if act.cost == STRONG or noun.lemma in _AWAITING or lexicon.holds("frames.consequence.objects", noun.lemma):
            return Act(verb, STRONG, act.mode, act.military, vague=True, borne=True, word=f"not {verb.text}")
    return None


ESCAPING = {"escape", "evade", "avoid", "elude", "dodge"}
_AWAITING = {"justice", "judgment", "judgement", "retribution", "fate", "doom"}


def _given_to_none(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what nobody who does something will be given: "nobody who resists would be given a licence"."""
    if not modals_of(verb) or not lexicon.holds("frames.consequence.given", verb.lemma):
        return None
    for subject in verb.children:
        none = subject.lower_ in _NOBODY or any(c.dep_ == "det" and c.lower_ == "no" for c in subject.children)
        told = any(c.dep_ in {"relcl", "acl"} for c in subject.children)
        if subject.dep_ in {"nsubj", "nsubjpass"} and none and told:
            return Act(verb, STRONG, Mode.RESTRICT, borne=True, word=f"{subject.text} … {verb.text}")
    return None


_NOBODY = {"nobody", "none", "no-one"}


def _made_a_target(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return that the subject may be struck: "any ship would become a legitimate target"."""
    if verb.lemma not in {"become", "be"} or is_negated(verb) or not modals_of(verb):
        return None
    for noun in verb.children:
        if noun.dep_ == "attr" and noun.lemma == "target" and not any(True for _ in prepositional(noun, "for", "of")):
            marked = any(c.lower_ in _LICIT for c in noun.children)
            return Act(verb, STRONG, Mode.VIOLENCE, military=True, borne=True, word="target") if marked else None
    return None


_LICIT = {"legitimate", "military", "lawful", "fair", "valid", "direct", "first", "primary"}


def _undone_to(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what the subject will have done to what is its own: "will have their contracts ended"."""
    if verb.lemma not in {"have", "see"} or not modals_of(verb):
        return None
    for deed in verb.children:
        if deed.tag_ == "VBN" and deed.dep_ in {"ccomp", "xcomp"} and deed.i > verb.i + 1 and not modals_of(deed):
            act = weigh_deed(deed, lexicon)
            if act.cost:
                return Act(verb, act.cost, act.mode, act.military, borne=True, word=deed.text)
            if lexicon.holds("frames.consequence.done_to_goods", deed.lemma):
                return Act(verb, WEAK, Mode.RESTRICT, borne=True, word=deed.text)
    return None


def _entailed(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what will follow from a breach: "any attack would lead to war", "failure to pay may result in arrest"."""
    entails = lexicon.holds("frames.entail.verbs", verb.lemma) and modals_of(verb)
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if not entails or is_negated(verb) or not subjects:
        return None
    breached = any(is_breach(subject, lexicon) for subject in subjects)
    results = (*objects_of(verb), *prepositional(verb, "to", "in"))
    if (breached or _points_at_a_condition(subjects[0])) and any(_ends_a_benefit(one, lexicon) for one in results):
        return Act(verb, STRONG, Mode.RELATIONS, borne=True, word="end")
    if not breached:
        return _of_what_is_done(verb, subjects[0], lexicon)
    if any(_means_war(noun) for noun in (*objects_of(verb), *prepositional(verb, "to"))):
        return Act(verb, STRONG, Mode.VIOLENCE, military=True, borne=True, word="war")
    for noun in [*objects_of(verb), *prepositional(verb, "in", "to", "about")]:
        if _ends_an_attack(noun, lexicon):
            continue
        kind = weigh_deed(noun, lexicon) if noun.pos_ == "VERB" else weigh_noun(noun, lexicon)
        undone = next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.tag_ in {"VBN", "VBG"}), None)
        if not kind.cost and undone is not None:  # "result in a claim being withdrawn"
            kind = weigh_deed(undone, lexicon)
        if kind.cost or lexicon.holds("frames.consequence.objects", noun.lemma):
            return Act(verb, STRONG, kind.mode, kind.military, kind.vague or not kind.cost, borne=True, word=noun.text)
    return None


def _of_what_is_done(verb: "Token", deed: "Token", lexicon: Lexicon) -> Act | None:
    """Return what will follow from what somebody does already: "the offensive would have consequences"."""
    if not lexicon.holds("frames.breach.deed", deed.lemma):
        return None
    for noun in objects_of(verb):
        if lexicon.holds("frames.consequence.objects", noun.lemma):
            return Act(verb, STRONG, vague=True, borne=True, word=noun.text)
    return None


def _ends_a_benefit(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun is the end of what benefits: "would mean the end of the talks"."""
    ends = lexicon.holds("frames.ending.nouns", noun.lemma)
    return ends and any(lexicon.holds("objects.beneficial.nouns", o.lemma) for o in prepositional(noun, "of", "to"))


def _ends_an_attack(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun is a relief: "would mean the end of the war"."""
    ends = lexicon.holds("frames.ending.nouns", noun.lemma)
    return ends and any(noun_class(o, lexicon) is not None for o in prepositional(noun, "of", "to"))


def _means_war(noun: "Token") -> bool:
    """Tell whether a noun is a declaration or act of war: "would amount to a declaration of war"."""
    lemma = noun.lemma
    return lemma == "war" or (
        lemma in {"declaration", "act"} and any(o.lower_ == "war" for o in prepositional(noun, "of"))
    )


def is_breach(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun names what others may fail to do, or may do: "failure to comply", "any attack"."""
    lemma = noun.lemma
    if is_refusal(noun, lexicon):
        return True
    is_open = any(
        c.lower_ in {"any", "a", "an", "further", "another", "such", "every", "this", "that", "these"}
        for c in noun.children
    )
    return lexicon.holds("frames.breach.deed", lemma) and is_open


def _points_at_a_condition(noun: "Token") -> bool:
    """Tell whether a pronoun stands for the condition before it: "if it is brought back, that would mean the end"."""
    before = noun.doc[noun.sent.start : noun.i]
    return noun.lower_ in {"that", "this", "it", "which"} and any(t.lower_ == "if" for t in before)


def _not_shrunk_from(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what somebody will not hesitate to do: what pleases is none, what costs nobody anything a hint."""
    deed = next((c for c in verb.children if c.dep_ in {"xcomp", "advcl"} and c.i > verb.i), None)
    if deed is None:
        return None
    act = weigh_deed(deed, lexicon)
    if act.cost:
        return Act(deed, STRONG, act.mode, act.military, act.vague, word=f"not hesitate to {deed.text}")
    kind = lexicon.holds("frames.offer.always", deed.lemma) and deed.lemma not in {"defend", "protect", "act", "do"}
    return Act(deed, 0 if kind else STRONG, vague=not kind, word=f"not hesitate to {deed.text}")


def _idiom(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return a consequence told by a set phrase ("will not go unanswered"), read from the verb on."""
    words = [t.lower_ for t in verb.doc[verb.i : min(verb.i + 7, verb.sent.end)]]
    words[0] = verb.lemma
    text = " ".join(words) + " "
    passive = f"be {verb.lower_} " if is_passive(verb) else ""
    for phrase in lexicon.words["frames.consequence.phrases"]:
        if text.startswith(phrase + " ") or (
            passive and (passive + " ".join(words[1:]) + " ").startswith(phrase + " ")
        ):
            return Act(verb, STRONG, vague=True, borne=True, word=phrase)
    if verb.lemma == "roll" and any(c.dep_ == "nsubj" and c.lower_ == "heads" for c in verb.children):
        return Act(verb, STRONG, vague=True, borne=True, word="heads … roll")
    if any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children):
        for phrase in lexicon.words["frames.consequence.stands"]:
            if text.startswith(phrase + " ") or (passive and passive.startswith(phrase + " ")):
                return Act(verb, WEAK, vague=True, word=f"not {phrase}")
        for phrase in lexicon.words["frames.consequence.refused"]:
            if text.startswith(phrase + " ") or (passive and passive.startswith(phrase + " ")):
                if verb.lemma == "hesitate" and (deed := _not_shrunk_from(verb, lexicon)) is not None:
                    return deed
                own = ("stand", "sit", "tolerate", "remain", "hesitate", "rule", "look", "turn", "rest")
                borne = "without" in phrase or not phrase.startswith(own)
                return Act(verb, STRONG, vague=True, borne=borne, word=f"not {phrase}")
    return None
