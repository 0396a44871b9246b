"""Questions to a clause that may tell of an outcome: did it come about, who did it, wholly or in part."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act
from briefing_lib.extraction.grammar import (
    FUTURE,
    SUBJECTS,
    agent_of,
    is_negated,
    is_passive,
    is_to_infinitive,
    modals_of,
    once,
    subject_of,
)
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.phrases import names_time
from briefing_lib.models import Status

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token

_FEWEST_WORDS = 3  # a shorter clause ("and did") is quoted as its sentence
# What points back without a name of its own.
PROFORMS = frozenset({"it", "them", "that", "this", "these", "those", "so", "they", "which"})
_POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my"})
_NO = frozenset({"no", "neither", "nobody", "nothing", "none"})
_HAVE_AND_BE = frozenset({"has", "have", "had", "was", "were", "is", "are", "been", "being", "'s", "'ve", "'d", "got"})
# Branches that say when, why or of whom else, not what was done.
_BESIDE = frozenset({"advcl", "relcl", "ccomp", "parataxis", "npadvmod", "conj", "appos", "mark", "punct", "cc"})


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome as the grammar gives it, before anybody in it is resolved.

    ``about`` is the word for the threat, plan or act that it is said of, or None; ``near`` where the words only mean
    something beside a threat (a pronoun, an ellipsis): they point at one in the same sentence or the one before, or
    are dropped; ``within`` where only the same sentence will do, ``announced`` where
    it is only said to be going to be so. ``deed`` is the verb that tells what was
    done, for a report.
    """

    head: "Token"
    status: Status
    stated: bool
    actor: "Token | None"
    about: "Token | None"
    reason: str
    act: Act | None = None
    near: bool = False
    within: bool = False
    announced: bool = False
    deed: "Token | None" = None
    state: "Token | None" = None


def modals_in(verb: "Token") -> set[str]:
    """Return the modals that a verb stands under; a finite past form beside "would cut" is under none."""
    if verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ == "conj":
        return {c.lower_ for c in verb.children if c.dep_ == "aux" and c.lower_ in FUTURE}
    return modals_of(verb)


def is_going_to(verb: "Token") -> bool:
    """Tell whether a verb is the "going" of "is going to do", which says what will be."""
    return verb.lower_ == "going" and any(c.dep_ == "xcomp" and is_to_infinitive(c) for c in verb.children)


def is_bidding(verb: "Token") -> bool:
    """Tell whether a verb bids somebody do something: "If you want it closed, just cut it": no subject, a bare form."""
    if verb.dep_ not in {"ROOT", "ccomp"} or verb.lower_ != verb.lemma or subject_of(verb) is not None:
        return False
    return all(c.dep_ in {"advcl", "advmod", "punct", "intj", "cc"} for c in verb.children if c.i < verb.i)


def has_come_about(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb stands in a past or present form of its own, or under one that brings it about."""
    if modals_in(verb) or is_going_to(verb) or is_bidding(verb):
        return False
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if verb.tag_ == "VB" and "did" in auxiliaries and is_negated(verb):
        return True
    if verb.tag_ == "VBN":
        return bool(auxiliaries & _HAVE_AND_BE) or (verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"})
    above = _brings_about(verb, lexicon)
    if above is not None:
        return has_come_about(above, lexicon)
    return verb.tag_ == "VBG" and bool(auxiliaries & _HAVE_AND_BE)


def _brings_about(verb: "Token", lexicon: Lexicon) -> "Token | None":
    """Return the verb that says of another that it was done: "began to", "responded by", "took a measure to"."""
    head = verb.head
    caused = lexicon.holds("outcomes.begun.causing", head.lemma)
    if caused and verb.dep_ in {"xcomp", "ccomp"} and is_to_infinitive(verb):
        return head
    if verb.dep_ == "xcomp" and verb.tag_ in {"VB", "VBG"}:
        return head if lexicon.holds("outcomes.begun.verbs", head.lemma) else None
    if verb.dep_ == "pcomp" and head.lower_ == "by" and head.head.pos_ == "VERB":
        return head.head
    if verb.dep_ in {"acl", "relcl"} and is_to_infinitive(verb) and head.dep_ == "dobj" and head.head.lemma == "take":
        return head.head if lexicon.holds("outcomes.begun.steps", head.lemma) else None
    if verb.dep_ == "advcl" and is_to_infinitive(verb) and head.lemma == "take":
        taken = any(c.dep_ == "dobj" and lexicon.holds("outcomes.begun.steps", c.lemma) for c in head.children)
        return head if taken else None
    return None


def is_told_back(verb: "Token") -> bool:
    """Tell whether a verb looks back from where the text stands ("had already fired"), with no "by then" before it."""
    if not any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ == "ccomp" and verb.head.tag_ == "VBD" and verb.head.lemma in _REPORTING:
        return False  # "said that it had accepted": it has
    return not any(c.dep_ == "prep" and c.lower_ in {"by", "within"} for c in verb.children)


# Under which a perfect is shifted back (Quirk et al. 1985, §14.31).
_REPORTING = frozenset({"say", "announce", "report", "confirm", "add", "declare", "state"})


def hears_of(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a clause is only what a rumour says, or what somebody denies."""
    above = verb.head
    if verb.dep_ not in {"acl", "ccomp", "relcl"}:
        return False
    kind = "hearsay" if above.pos_ == "NOUN" else "denying"
    return lexicon.holds(f"outcomes.anaphor.{kind}", above.lemma)


def is_wanted(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb is what somebody asks for or plans ("urged it to drop the plan"), not what came about."""
    if not is_to_infinitive(verb) or verb.dep_ not in {"xcomp", "ccomp", "acl", "advcl"}:
        return False
    above = verb.head
    if _brings_about(verb, lexicon) is not None:
        return False
    brought = lexicon.holds("outcomes.anaphor.brought_about", above.lemma)
    return not brought or bool(modals_in(above)) or (above.pos_ in {"VERB", "AUX"} and is_wanted(above, lexicon))


def is_denied(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a clause says that something was not done: "did not", "refused to", "no ship was fired upon"."""
    if is_negated(verb) or fails_to(verb, lexicon):
        return True
    if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB" and is_negated(verb.head):
        return True
    if any(c.dep_ == "advmod" and any(g.lower_ in _NO for g in c.children) for c in verb.children):
        return True  # "is no better paid"
    parties = [c for c in verb.children if c.dep_ in {*SUBJECTS, "dobj", "attr"}]
    return any(c.lower_ in _NO or any(d.lower_ in _NO for d in c.children if d.dep_ == "det") for c in parties)


def fails_to(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb is what somebody fails, refuses or forbears to do."""
    return verb.dep_ in {"xcomp", "pcomp"} and any(
        lexicon.holds("outcomes.not_carried_out.forbear", form) for form in words_up(verb)
    )


def words_up(verb: "Token") -> tuple[str, ...]:
    """Return the lemma of the verb above, alone and with what stands between ("stop short of")."""
    head = verb.head
    while head.pos_ in {"ADP", "ADV", "SCONJ"} and head.head != head:
        head = head.head
    lemma = head.lemma
    followed = " ".join(t.lower_ for t in verb.doc[head.i + 1 : verb.i] if t.lower_ != "to")
    return (lemma, f"{lemma} {followed}")


def doer_in(verb: "Token") -> "Token | None":
    """Return who does what a verb says: its subject, or its agent in the passive."""
    if is_passive(verb):
        return agent_of(verb)
    return subject_of(verb)


def is_partial(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a clause says that only a part was done: "partly", "some of", "two of them", "only the whisky"."""
    inner = [t for t in verb.subtree if abs(t.i - verb.i) < 14]
    if any(lexicon.holds("outcomes.partly_carried_out.adverbs", t.lower_) and _limits(t) for t in inner):
        return True
    text = f" {' '.join(t.lower_ for t in verb.sent)} "
    if any(f" {phrase} " in text for phrase in lexicon.words["outcomes.partly_carried_out.phrases"]):
        return True
    return any(
        lexicon.holds("outcomes.partly_carried_out.quantities", t.lower_) and _of_them(t)
        for t in inner
        if t.dep_ in {"dobj", "nsubjpass", "nsubj", "attr"}
    ) or any(t.pos_ == "NUM" and t.dep_ in {"dobj", "nsubjpass", "nsubj"} and _of_them(t) for t in inner)


def _limits(word: "Token") -> bool:
    """Tell "only the whiskey" and "in part" from "only on Friday", which limits the time."""
    if word.lower_ not in {"only", "just"}:
        return True
    following = word.nbor() if word.i + 1 < len(word.doc) else None
    return word.head.pos_ in {"NOUN", "PROPN", "NUM"} and following is not None and following.pos_ != "ADP"


def _of_them(word: "Token") -> bool:
    """Tell "two of the camps" from "the first of June"."""
    counted = [noun for c in word.children if c.dep_ == "prep" and c.lower_ == "of" for noun in (c, *c.children)]
    return bool(counted) and not any(map(names_time, counted))


def deed_words(verb: "Token") -> Iterator["Token"]:
    """Yield the words that tell what was done: the verb, its objects and complements, without its doer."""
    yield verb
    doer = doer_in(verb)
    for child in verb.children:
        if child.dep_ in _BESIDE or child.dep_ == "agent" or (child.dep_ == "nsubj" and not is_passive(verb)):
            continue
        if doer is not None and child.i == doer.i:
            continue
        yield from (t for t in child.subtree if abs(t.i - verb.i) < 16 and not _is_beside(t, verb))
    if is_passive(verb) and verb.dep_ == "relcl":
        yield from named_words(verb.head)


def _is_beside(token: "Token", verb: "Token") -> bool:
    while token not in (verb, token.head):
        if token.dep_ in {"relcl", "advcl", "ccomp", "appos", "parataxis"}:
            return True
        token = token.head
    return False


def named_words(noun: "Token") -> Iterator["Token"]:
    """Yield the words that name what an outcome is said of, without appositions and clauses."""
    yield noun
    for child in noun.children:
        if (
            child.dep_ in {"compound", "amod", "poss", "nmod", "prep", "pobj", "pcomp", "acl", "dobj", "xcomp"}
            and abs(child.i - noun.i) < 8
        ):
            yield from named_words(child)


@once
def phrase_at(verb: "Token") -> str:
    """Return the words from a verb on, its lemma first, possessives as "one's", for comparing with set phrases."""
    following = verb.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)]
    words = [_plain(t) for t in following if t.dep_ not in {"neg"} and not t.is_punct]
    first = f"be {verb.lower_}" if is_passive(verb) else verb.lemma
    return " ".join([first, *words]) + " "


def _plain(token: "Token") -> str:
    return "one's" if token.lower_ in _POSSESSIVE else token.lower_


@once
def set_forms(verb: "Token") -> tuple[str, ...]:
    """Return a verb with a preposition and its bare noun: "go into effect", "come into force"."""
    return tuple(
        f"{verb.lemma} {small.lower_} {noun.lemma}"
        for small in verb.children
        if small.dep_ == "prep" and small.i > verb.i
        for noun in small.children
        if noun.dep_ == "pobj" and noun.pos_ == "NOUN" and not any(True for _ in noun.children)
    )


def clause_of(head: "Token", sentence: "Stretch") -> tuple[int, int]:
    """Return the half-open tokens of a word's own clause, without clauses beside it that have subjects of their own."""
    top = head
    while top.pos_ not in {"VERB", "AUX"} and top.head != top and top.i != sentence.root.i:
        top = top.head
    beside = {
        i.i
        for c in top.children
        if c.dep_ in {"conj", "advcl", "parataxis"} and any(g.dep_ in {"nsubj", "nsubjpass"} for g in c.children)
        for i in c.subtree
    }
    keep = [t.i for t in top.subtree if t.i not in beside and sentence.start <= t.i < sentence.end]
    start, end = min(keep), max(keep) + 1
    # Clauses cut out of the middle would leave a gap: end before the first of them.
    cut = [i for i in beside if start < i < end and i > max(head.i, top.i)]
    start, end = _trimmed(start, min([end, *cut]), sentence)
    if end - start < _FEWEST_WORDS:
        return _trimmed(sentence.start, sentence.end, sentence)
    return start, end


def _trimmed(start: int, end: int, sentence: "Stretch") -> tuple[int, int]:
    doc = sentence.doc
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ in _JOINING):
        end -= 1
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in _JOINING):
        start += 1
    return start, end


_JOINING = frozenset({"and", "but", "or"})
