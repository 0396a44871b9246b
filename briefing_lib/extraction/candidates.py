"""A candidate for a threat, and what the questions that find one have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act, noun_class
from briefing_lib.extraction.conditions import Condition
from briefing_lib.extraction.grammar import is_negated, objects_of, prepositional, subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.parsing import entity_type
from briefing_lib.extraction.phrases import role_of

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

ENOUGH = 3  # points that make a threat


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


def doer_of(verb: "Token") -> "Token | None":
    """Return who a passive says did it."""
    return next(prepositional(verb, "by"), None)


def is_act_noun(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun names a costly act, or one without content."""
    if noun.pos_ != "NOUN":
        return False
    return noun_class(noun, lexicon) is not None or lexicon.holds("objects.vague.nouns", noun.lemma)


def owner_of(noun: "Token", lexicon: Lexicon) -> tuple["Token | None", bool]:
    """Return who made a threat, ultimatum or warning, and whether a verb of making says so."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child, False
    by = next(prepositional(noun, "by", "from"), None)
    if by is not None:
        return by, False
    for told in noun.children:  # "the warning which has been given to Lima by the ministry"
        if told.dep_ in {"relcl", "acl"} and lexicon.holds("frames.make.verbs", told.lemma):
            maker = doer_of(told) if told.tag_ == "VBN" else subject_of(told)
            if maker is not None and maker != noun:
                return maker, True
    head = noun.head
    if (
        noun.dep_ in {"dobj", "nsubjpass"}
        and head.pos_ == "VERB"
        and lexicon.holds("frames.make.verbs", head.lemma)
        and not is_negated(head)
    ):
        subject = doer_of(head) if noun.dep_ == "nsubjpass" else subject_of(head)
        if subject is not None:
            return subject, True
    for child in noun.children:
        if child.dep_ in {"amod", "compound"} and (
            child.pos_ == "PROPN"
            or role_of(child) is not None
            or entity_type(child) in {"NORP", "GPE", "ORG", "PERSON"}
        ):
            return child, False
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        return owner_of(noun.head, lexicon)  # "the junta's appeals and threats"
    return None, False


def aims_of(verb: "Token") -> Iterator["Token"]:
    """Yield what an act may be aimed at: objects, and what it is against, on, at, over, into or from."""
    yield from objects_of(verb)
    yield from prepositional(verb, "against", "on", "at", "over", "into", "to", "with", "toward", "towards")
