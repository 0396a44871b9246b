"""What is said of a threat, a plan, a demand or an act: that it was dropped, put off, met, or never came."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act, noun_class
from briefing_lib.extraction.grammar import is_passive, lemma_forms, objects_of, once, prepositional, subject_of
from briefing_lib.extraction.lexicon import STRONG, Lexicon
from briefing_lib.extraction.outcomes.clauses import (
    PROFORMS,
    Found,
    doer_in,
    is_denied,
    is_partial,
    modals_in,
    phrase_at,
)
from briefing_lib.extraction.phrases import names_time
from briefing_lib.extraction.weighing import weigh
from briefing_lib.models import Status

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

# The order in which lists are asked: a verb may stand in several ("withdraw", "drop").
_BY_OBJECT = (
    (Status.CARRIED_OUT, "outcomes.carried_out.object"),
    (Status.SUSPENDED, "outcomes.suspended.object"),
    (Status.WITHDRAWN, "outcomes.withdrawn.object"),
)


def _pointed_at(verb: "Token", lexicon: Lexicon) -> "Token | None":
    """Return the threat, plan or costly act that a verb is said of: its object, or that of its preposition."""
    particles = [c for c in verb.children if c.dep_ == "prep"]
    particles += [g for c in verb.children if c.dep_ in {"advmod", "prt"} for g in c.children if g.dep_ == "prep"]
    candidates = [*objects_of(verb), *(g for p in particles for g in p.children if g.dep_ == "pobj")]
    for noun in (_counted(noun, lexicon) for noun in candidates):
        if (
            noun.lower_ in PROFORMS - {"they"}
            and noun.pos_ in {"PRON", "DET"}
            and noun.dep_ in {"dobj", "pobj", "nsubjpass"}
        ):
            return noun
        if noun.pos_ not in {"NOUN", "PROPN"} or any(c.lower_ in {"similar", "other", "many"} for c in noun.children):
            continue
        if lexicon.holds("outcomes.anaphor.threats", noun.lemma):
            return noun
        costly = noun_class(noun, lexicon)
        names_act = names_threat(noun, lexicon) or (costly is not None and costly.strength == STRONG)
        if (names_act and _is_definite(noun)) or _is_gerund_of_act(noun, lexicon):
            return noun
    return None


def _ordered(verb: "Token", lexicon: Lexicon) -> "Token | None":
    """Return the act of "a court ordered the strike suspended", "declared the walkout cancelled"."""
    if verb.tag_ != "VBN" or verb.dep_ not in {"ccomp", "oprd", "acl"} or verb.head.lemma not in _ORDERING:
        return None
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject if subject is not None and names_threat(subject, lexicon) and _is_definite(subject) else None


_ORDERING = frozenset({"order", "declare", "have", "rule", "pronounce"})


def _is_gerund_of_act(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun is a costly act's own: "halted the shelling", "suspend the scattering of leaflets"."""
    lemma = noun.lemma
    bare = lemma.removesuffix("ing")
    return lemma.endswith("ing") and any(form in lexicon.act_verbs for form in (bare, f"{bare}e", bare[:-1]))


def _counted(noun: "Token", lexicon: Lexicon) -> "Token":
    """Return what a word of quantity counts: the requirements of "most of his requirements"."""
    if noun.lower_ in {"all", "each", "both"} or lexicon.holds("outcomes.partly_carried_out.quantities", noun.lower_):
        return next(prepositional(noun, "of"), noun)
    return noun


# "A strike that was due on Monday" is one that was announced.
_FORESEEN = frozenset({"due", "planned", "scheduled", "set", "called", "announced", "threatened"})


def names_threat(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun can name a threat, a plan or a threatened act."""
    lemma = noun.lemma
    return lexicon.holds("outcomes.anaphor.nouns", lemma) or lexicon.holds("outcomes.anaphor.threats", lemma)


def _is_definite(noun: "Token") -> bool:
    """Tell whether a noun is one that the text knows already: "the strike", "its attack", "planned sanctions"."""
    return any(
        (c.dep_ in {"det", "poss"} and c.lower_ not in {"a", "an", "no", "some", "any"})
        or c.lower_ in {"planned", "threatened", "military"}
        or (c.dep_ in {"relcl", "acl"} and any(t.lower_ in _FORESEEN for t in (c, *c.children)))
        or (c.dep_ == "relcl" and any(t.lower_ == "had" and t.dep_ == "aux" for t in c.children))
        for c in noun.children
    )


def of_object(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "dropped its threat", "put off the strike", "met the demands", "averted war"."""
    forms = [*lemma_forms(verb), *_longer_forms(verb)]
    for status, path in _BY_OBJECT:
        if not any(lexicon.holds(path, form) for form in forms):
            continue
        about = _pointed_at(verb, lexicon) or _ordered(verb, lexicon)
        if about is None:
            continue
        for_now = status is Status.WITHDRAWN and is_for_now(verb)
        return _judged(verb, Status.SUSPENDED if for_now else status, about, lexicon)
    return _of_demand(verb, forms, lexicon) or _averted(verb, forms, lexicon)


def _judged(verb: "Token", status: Status, about: "Token", lexicon: Lexicon) -> Found | None:
    """Turn a negated "carried out" into "not carried out"; a negated suspension or withdrawal says nothing."""
    if is_denied(verb, lexicon):
        if status is not Status.CARRIED_OUT:
            return None
        status = Status.NOT_CARRIED_OUT
    elif status is Status.CARRIED_OUT and is_partial(verb, lexicon):
        status = Status.PARTLY_CARRIED_OUT
    reason = f"“{verb.text} … {about.text}”"
    return Found(verb, status, True, doer_in(verb), about, reason, near=about.lower_ in PROFORMS)


def _of_demand(verb: "Token", forms: list[str], lexicon: Lexicon) -> Found | None:
    if is_denied(verb, lexicon) or not any(lexicon.holds("outcomes.target_complied.object", f) for f in forms):
        return None
    objects = [_counted(o, lexicon) for o in objects_of(verb)]
    objects += prepositional(verb, "to", "with", "on", "from", "in")
    demands = "outcomes.target_complied.demands"
    about = next((n for n in objects if lexicon.holds(demands, n.lemma)), None)
    if about is None:
        return None
    return Found(verb, Status.TARGET_COMPLIED, True, doer_in(verb), about, f"“{verb.text} … {about.text}”")


def _averted(verb: "Token", forms: list[str], lexicon: Lexicon) -> Found | None:
    if is_denied(verb, lexicon) or not any(lexicon.holds("outcomes.not_carried_out.avert", f) for f in forms):
        return None
    objects = [*objects_of(verb), *prepositional(verb, "to", "with", "on", "from", "in")]
    about = next((n for n in objects if noun_class(n, lexicon) is not None), None)
    if about is None:
        return None
    return Found(verb, Status.NOT_CARRIED_OUT, True, None, about, f"“{verb.text} … {about.text}”")


@once
def _longer_forms(verb: "Token") -> tuple[str, ...]:
    """Return a verb with two small words ("back away from"), and with "on hold" or "good on" about its object."""
    lemma = verb.lemma
    small = [c.lower_ for c in verb.children if c.dep_ in {"prt", "prep", "advmod"} and c.i > verb.i]
    joined = [f"{lemma} {a} {b}" for a, b in pairwise(small)]
    deeper = [
        f"{lemma} {c.lower_} {g.lower_}"
        for c in verb.children
        for g in c.children
        if g.dep_ == "prep" and c.dep_ in {"prep", "advmod", "prt"}
    ]
    below = {t.lower_ for t in verb.subtree}
    held = [f"{lemma} on {word}" for word in ("hold", "ice") if word in below]
    good = [f"{lemma} good on"] if any(t.lower_ == "good" for t in verb.children) else []
    return (*joined, *deeper, *held, *good)


def _threatened_thing(subject: "Token | None", lexicon: Lexicon) -> "Token | None":
    """Return the threat or act that a subject names; of a relative clause, the nearest noun above that does."""
    climbed = 0
    while subject is not None and climbed < 6:
        if subject.pos_ == "NOUN":
            lemma = subject.lemma
            if names_threat(subject, lexicon) or noun_class(subject, lexicon):
                return subject
            if lexicon.holds("frames.consequence.objects", lemma):
                return subject
        if subject.dep_ not in {"pobj", "prep", "compound", "appos"} or subject.head == subject:
            return None
        subject = subject.head
        climbed += 1
    return None


def of_subject(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "a strike that never materialized", "the threat was never carried out", "that never happened"."""
    forms = [*lemma_forms(verb), *_longer_forms(verb)]
    own = subject_of(verb)
    subject = _threatened_thing(own, lexicon)
    words = phrase_at(verb)
    happens = any(lexicon.holds("outcomes.carried_out.subject", form) for form in forms) or any(
        words.startswith(f"{form} ") for form in lexicon.words["outcomes.carried_out.subject"] if " " in form
    )
    happens = happens and not is_passive(verb)
    if subject is None:
        pronoun = own is not None and own.pos_ in {"PRON", "DET"} and own.lower_ in PROFORMS
        if not (pronoun and happens and is_denied(verb, lexicon)):
            return None
        return Found(verb, Status.NOT_CARRIED_OUT, True, None, None, f"not “{verb.text}”", near=True)
    denied = is_denied(verb, lexicon)
    delivered = is_passive(verb) and lexicon.holds("outcomes.carried_out.passive", verb.lemma)
    if delivered and denied:
        return Found(verb, Status.NOT_CARRIED_OUT, True, None, subject, f"no “{subject.text} … {verb.text}”")
    if happens and denied:
        return Found(verb, Status.NOT_CARRIED_OUT, True, None, subject, f"“{subject.text} … {verb.text}”, denied")
    if happens and not lexicon.holds("outcomes.carried_out.of_anything", verb.lemma):
        status = Status.PARTLY_CARRIED_OUT if is_partial(verb, lexicon) else Status.CARRIED_OUT
        return Found(verb, status, True, None, subject, f"“{subject.text} … {verb.text}”")
    return None


def of_itself(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "backed down", "followed through", "capitulated", said of an actor."""
    forms = [*_whole_forms(verb), *_longer_forms(verb)]
    denied = is_denied(verb, lexicon)
    doer = doer_in(verb)
    alone = doer is None
    if any(lexicon.holds("outcomes.carried_out.intransitive", form) for form in forms) and not objects_of(verb):
        status = Status.NOT_CARRIED_OUT if denied else Status.CARRIED_OUT
        return Found(verb, status, True, doer, None, f"“{verb.text}”", near=alone)
    if denied or any(t.lower_ == "before" and t.dep_ == "advmod" for t in verb.subtree):
        return None
    # "The bolts were drawn back" is done to something; bailiffs are stood down by whoever sent them.
    steps_back = not is_passive(verb) or "stand down" in forms
    if steps_back and any(lexicon.holds("outcomes.withdrawn.verbs", form) for form in forms):
        status = Status.SUSPENDED if is_for_now(verb) else Status.WITHDRAWN
        return Found(verb, status, True, doer, None, f"“{verb.text}”", near=alone)
    if any(lexicon.holds("outcomes.target_complied.restraint", form) for form in forms) and next(
        prepositional(verb, "from"), None
    ):
        # "Refrained from annexing it after …": restraint tells of a threat where both stand in one sentence.
        return Found(verb, Status.TARGET_COMPLIED, True, doer, None, f"“{verb.text}”", within=True)
    if verb.lemma in lexicon.words["outcomes.target_complied.bare"] and _is_bare(verb):
        return Found(verb, Status.TARGET_COMPLIED, True, doer, None, f"“{verb.text}”", near=True)
    if any(lexicon.holds("outcomes.target_complied.verbs", form) for form in forms) and not is_passive(verb):
        return Found(verb, Status.TARGET_COMPLIED, True, doer, None, f"“{verb.text}”", near=alone)
    return None


def _is_bare(verb: "Token") -> bool:
    """Tell whether a verb says nothing of what is accepted or agreed to: it is what was demanded."""
    said = {"dobj", "xcomp", "ccomp", "dative", "prt", "nsubjpass"}
    to = any(
        c.dep_ == "prep" and c.lower_ in {"to", "with", "on", "that"} and not any(map(names_time, c.children))
        for c in verb.children
    )
    return not to and not any(c.dep_ in said for c in verb.children) and verb.tag_ == "VBD"


_FOR_NOW = re.compile(
    r"\b(?:until|till|for now|for the (?:time being|moment)|pending|for (?:\w+ )?(?:hour|day|week|month|year)s?)\b"
)


def is_for_now(verb: "Token") -> bool:
    """Tell whether a step back is only for a time: "until then", "for now", "for the time being"."""
    words = " ".join(t.lower_ for t in verb.subtree if t.i > verb.i)
    return bool(_FOR_NOW.search(words))


def _whole_forms(verb: "Token") -> list[str]:
    """Return a verb alone and with a particle, not with a preposition: "gave in", not "gave in March"."""
    lemma = verb.lemma
    small = [
        c.lower_
        for c in verb.children
        if c.i > verb.i and (c.dep_ == "prt" or (c.dep_ == "advmod" and c.pos_ != "SCONJ"))
    ]
    small += [c.lower_ for c in verb.children if c.dep_ == "prep" and not any(g.dep_ == "pobj" for g in c.children)]
    small += [c.lower_ for c in verb.children if c.dep_ == "dobj" and not any(True for _ in c.children)]  # "gave way"
    return [lemma, *(f"{lemma} {word}" for word in small)]


def names_deed(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun is that of a deed: "without a shot", "no closure"."""
    return noun.pos_ == "NOUN" and noun.lemma in lexicon.across("deeds", "nouns")


def without(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "the deadline passed without an attack", "let the limit lapse without sending a ship"."""
    for noun in prepositional(verb, "without"):
        act = weigh(noun, lexicon)
        if (act.cost and not (act.neutral or act.vague)) or names_deed(noun, lexicon):
            return Found(
                verb, Status.NOT_CARRIED_OUT, True, None, noun, f"“{verb.text} without … {noun.text}”", near=True
            )
    return None


# --- nouns ------------------------------------------------------------------------------------------------------------


def presupposed(noun: "Token", lexicon: Lexicon) -> Found | None:
    """Read an act that a clause takes for granted: "called the closure childish", "the day after his release".

    A definite noun of a deed under a verb of judgement (VerbNet judgment-33), or after "after" and "since", is of a
    deed that was done (Kiparsky and Kiparsky 1970, "Fact").
    """
    if not names_deed(noun, lexicon) or not any(
        (c.dep_ == "poss") or (c.dep_ == "det" and c.lower_ in {"the", "that", "this"}) for c in noun.children
    ):
        return None
    verb = noun.head
    if noun.dep_ in {"dobj", "nsubj"} and (noun.dep_ == "dobj" or verb.lemma == "be"):
        judged = lexicon.holds("outcomes.anaphor.judging", verb.lemma)
        judged = judged and not any(c.dep_ == "prt" for c in verb.children)  # "called off the closure"
        if not judged or modals_in(verb) or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
            return None
    elif not (noun.dep_ == "pobj" and noun.head.lower_ in {"after", "since", "following"}):
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None) or next(prepositional(noun, "by"), None)
    return Found(noun, Status.CARRIED_OUT, False, owner, noun, f"“{noun.text}”, taken for done", Act(noun, 0))


def stated_by_noun(noun: "Token", lexicon: Lexicon) -> Iterator[Found]:
    """Read "ordered the suspension of military actions", "the cancellation of the strike"."""
    lemma = noun.lemma
    for status in (Status.SUSPENDED, Status.WITHDRAWN, Status.CARRIED_OUT):
        if not lexicon.holds(f"outcomes.{status.value}.nouns", lemma):
            continue
        for about in prepositional(noun, "of"):
            costly = noun_class(about, lexicon) if status is not Status.CARRIED_OUT else None
            verb = noun.head if noun.head.pos_ == "VERB" else None
            if not (costly or names_threat(about, lexicon)) or verb is None:
                continue
            if is_denied(verb, lexicon) or modals_in(verb) or _is_asked_for(verb, lexicon):
                continue
            yield Found(noun, status, True, doer_in(verb), about, f"“{noun.text} of … {about.text}”")


def _is_asked_for(verb: "Token", lexicon: Lexicon) -> bool:
    return lexicon.holds("outcomes.anaphor.asking", verb.lemma)
