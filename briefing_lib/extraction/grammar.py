"""Questions to a dependency parse, in the terms of grammar: subject, object, modality, negation, clause."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
OBJECTS = {"dobj", "obj", "dative", "attr", "oprd"}
CLAUSES = {"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp"}
FUTURE = {"will", "'ll", "shall", "wo", "sha", "would", "'d", "may", "might", "could", "can", "must", "should", "ca"}
FIRM = {"will", "'ll", "shall", "wo", "sha", "would", "'d"}
NEGATIONS = {"not", "n't", "never", "no", "neither", "nor"}


# What they take, they take to do something themselves: "used the clause to restrict exports".
_TAKERS = {
    "take",
    "use",
    "launch",
    "hold",
    "begin",
    "start",
    "adopt",
    "introduce",
    "make",
    "employ",
    "invoke",
    "plan",
    "lead",
    "form",
    "build",
    "assemble",
}


Answer = TypeVar("Answer")


def once(question: Callable[["Token"], Answer]) -> Callable[["Token"], Answer]:
    """Have a question to a token answered once for each parse: each rule asks most of them anew."""
    name = question.__qualname__

    @wraps(question)
    def asked(token: "Token") -> Answer:
        answers: dict[int, Answer] = token.doc.answers.setdefault(name, {})
        if token.i not in answers:
            answers[token.i] = question(token)
        return answers[token.i]

    return asked


def base(token: "Token") -> str:
    """Return a lemma in lower case, with a verb's particle: "cut off"."""
    lemma = token.lemma
    particles = [child.lower_ for child in token.children if child.dep_ == "prt"]
    return f"{lemma} {particles[0]}" if particles else lemma


@once
def lemma_forms(token: "Token") -> tuple[str, ...]:
    """Return the forms under which a list may hold a verb or noun: with particle, with a following word, alone."""
    lemma = token.lemma
    followed, compounds = [], []
    for child in token.children:
        if child.dep_ in {"compound", "amod"}:
            compounds.append(f"{child.lower_} {lemma}")
        elif child.dep_ in {"prt", "prep", "advmod"} and child.i > token.i:
            followed.append(f"{lemma} {child.lower_}")
    return (*followed, *compounds, lemma)


def subject_of(verb: "Token") -> "Token | None":
    """Return the grammatical subject of a verb, through conjunctions, control and participles, or None."""
    seen = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = next((child for child in verb.children if child.dep_ in SUBJECTS and child.dep_ != "expl"), None)
        own = own if own is not None else _joined_to(verb)
        if own is not None:
            return _antecedent(_noun_of(own))
        if verb.dep_ == "xcomp" and is_to_infinitive(verb) and (controller := _object_control(verb.head)) is not None:
            return controller
        if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"}:
            verb = _next_verb_up(verb)
        elif verb.dep_ == "acl" and (taker := taker_of(verb)) is not None:
            verb = taker
        elif verb.dep_ in {"acl", "relcl"}:
            return verb.head if verb.tag_ != "VBN" or verb.dep_ == "relcl" or _heads_its_sentence(verb) else None
        else:
            return None
    return None


def _heads_its_sentence(verb: "Token") -> bool:
    """Tell whether a sentence has no other verb: "the army, which holds it, announced that …", a noun to the parser."""
    telling = any(c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children)
    return telling and verb.head.head == verb.head and not is_passive(verb)


def _joined_to(verb: "Token") -> "Token | None":
    """Return a name that the parser joins to the verb whose subject it is, as if the two made one name."""
    if verb.tag_ not in {"VBZ", "VBD"}:
        return None
    return next((c for c in verb.children if c.dep_ == "compound" and c.pos_ == "PROPN" and c.i < verb.i), None)


def _noun_of(subject: "Token") -> "Token":
    """Return the noun of a subject whose participle the parser takes for it: "ministers meeting in Rome agreed"."""
    after = list(subject.doc[subject.i + 1 : subject.i + 3])
    if len(after) == 2 and after[0].text == "-" and after[1].dep_ == subject.dep_ and after[1].head == subject.head:
        return after[1]  # of "vice-president" and "non-compliance" the parser makes three subjects
    if subject.dep_ != "csubj" or subject.tag_ not in {"VBG", "VBN"}:
        return subject
    return next((c for c in subject.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < subject.i), subject)


def taker_of(deed: "Token") -> "Token | None":
    """Return the verb whose subject also does what its object is for: "took a step to close the road"."""
    if not is_to_infinitive(deed):
        return None
    if deed.dep_ == "advcl" and deed.i > deed.head.i:  # as the parser hangs it where it sees a purpose
        verb = deed.head
        taken = any(c.dep_ == "dobj" and c.i < deed.i for c in verb.children)
    else:
        verb = deed.head.head
        taken = deed.dep_ in {"acl", "relcl"} and deed.head.dep_ == "dobj"
    if not taken or verb.pos_ != "VERB" or any(c.dep_ == "dative" for c in verb.children):
        return None
    return verb if verb.lemma in _TAKERS else None


def _object_control(governor: "Token") -> "Token | None":
    """Return whom a verb makes act: "forced the rebels to back down"; a promise binds its subject instead."""
    if governor.lemma in {"promise", "threaten", "vow", "swear", "pledge"} | _TAKERS:
        return None
    return next((c for c in governor.children if c.dep_ == "dobj" and c.pos_ in {"NOUN", "PROPN", "PRON"}), None)


def _next_verb_up(token: "Token") -> "Token":
    """Climb to the governing verb, over prepositions and nouns in between."""
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head != head:
        head = head.head
    return head


def _antecedent(subject: "Token") -> "Token":
    """Return what a relative pronoun stands for; the subject itself otherwise."""
    if subject.lower_ in {"that", "which", "who"} and subject.head.dep_ in {"relcl", "acl"}:
        return subject.head.head
    return subject


def agent_of(verb: "Token") -> "Token | None":
    """Return who did what a passive verb says, from its "by" phrase."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


@once
def is_passive(verb: "Token") -> bool:
    """Tell whether a verb stands in the passive, by itself or by the verb that it is joined to."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    joined = verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.pos_ == "VERB"
    return (
        joined and not any(child.dep_ in {"aux", "nsubj", "dobj"} for child in verb.children) and is_passive(verb.head)
    )


def objects_of(verb: "Token") -> list["Token"]:
    """Return direct objects, a passive's subject, and what a reduced relative clause modifies."""
    found = [child for child in verb.children if child.dep_ in OBJECTS]
    found += [_antecedent(child) for child in verb.children if child.dep_ == "nsubjpass"]
    found += [
        other for item in found for other in item.conjuncts if other.i > item.i and other.pos_ in {"NOUN", "PROPN"}
    ]
    return found


def prepositional(token: "Token", *prepositions: str) -> Iterator["Token"]:
    """Yield the objects of a token's own prepositional phrases, of the named prepositions where any are named."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and (not prepositions or child.lower_ in prepositions):
            for grand in child.children:
                if grand.dep_ in {"pobj", "pcomp"}:
                    yield grand
                    yield from grand.conjuncts
                elif grand.dep_ == "prep":
                    yield from (great for great in grand.children if great.dep_ in {"pobj", "pcomp"})


@once
def is_negated(verb: "Token") -> bool:
    """Tell whether a verb or one of its auxiliaries is negated."""
    children = list(verb.children)
    if verb.head.lower_ == "going" and _is_going_to(verb):
        children += verb.head.children  # "is not going to arrest anybody"
    if any(child.dep_ == "neg" or child.lower_ in {"never", "nor"} for child in children):
        return True
    for child in children:
        if child.dep_ in {"nsubj", "dobj"} and child.lower_ in {"nobody", "nothing", "none"}:
            return True
        if child.dep_ == "dobj" and any(c.lower_ == "no" and c.dep_ == "det" for c in child.children):
            return True  # "kill no prisoners"
        if child.dep_ in {"nsubj", "nsubjpass"} and any(c.lower_ == "no" and c.dep_ == "det" for c in child.children):
            return True  # "no train will be let through"
        if child.lower_ == "longer" and any(t.lower_ == "no" for t in child.children):
            return True
        # "At no point did they …": the negation stands before an inverted subject.
        if (
            child.dep_ == "prep"
            and child.i < verb.i
            and child.i + 1 < len(verb.doc)
            and verb.doc[child.i + 1].lower_ == "no"
        ):
            return True
    return False


def is_alternative(verb: "Token") -> bool:
    """Tell whether a verb is what else there is: "come back or face a fine"."""
    return verb.dep_ == "conj" and any(c.lower_ == "or" and c.i < verb.i for c in verb.head.children)


@once
def modals_of(verb: "Token") -> set[str]:
    """Return the modal auxiliaries of a verb, its own or those of the first of its conjuncts."""
    own = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"} and child.lower_ in FUTURE}
    if not own and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and not _has_subject(verb):
        return modals_of(verb.head)
    if not own and _is_going_to(verb):
        return {"will"}
    return own


def _has_subject(verb: "Token") -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _is_going_to(verb: "Token") -> bool:
    """Tell whether a verb stands in "is going to do" or "is to do"."""
    if verb.dep_ != "xcomp" or not is_to_infinitive(verb):
        return False
    if any(c.dep_ == "acomp" for c in verb.head.children):
        return False  # "it is impossible to do"
    return verb.head.lower_ in {"going", "is", "are", "was", "were"}


def is_to_infinitive(verb: "Token") -> bool:
    """Tell whether a verb is a "to" infinitive."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def ancestors_with(token: "Token") -> Iterator["Token"]:
    """Yield the heads above a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token
