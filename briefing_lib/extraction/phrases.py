"""Noun phrases: their words, the role of their head, whose they are."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing_lib.extraction.lexicon import read_toml
from briefing_lib.reading import MONTHS, UNITS, WEEKDAYS

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

PERSONAL = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
NEUTRAL = {"it", "its", "itself", "they", "them", "their", "theirs", "themselves"}
OWN = {"we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine", "myself"}
YOURS = {"you", "your", "yours", "yourself"}
# Parts of a noun phrase that say whose it is: "Iran's parliament", "Iranian officials", "the leader of Iran".
MODIFIERS = {"poss", "compound", "amod", "nmod", "appos", "nummod", "det", "case"}
# Places within the actor: a mention under one of these does not make the phrase that actor's ("talks in Geneva").
WHOSE = {"of", "for", "from", "in", "at"}


_LONGEST_DESCRIPTION = 8  # tokens
TIMES = frozenset(
    {
        *(*UNITS, *MONTHS, *WEEKDAYS),
        *("today", "tonight", "tomorrow", "yesterday", "dawn", "morning", "noon", "afternoon", "evening", "dusk"),
        *("night", "midnight", "minute", "moment", "time", "weekend", "weekday", "fortnight", "quarter", "decade"),
        *("century", "spring", "summer", "autumn", "winter", "a.m.", "p.m.", "am", "pm"),
    }
)
_TIME_IN_DIGITS = re.compile(r"1[5-9]\d\d|20\d\d|\d{1,2}(?:st|nd|rd|th)|\d{1,2}[:.]\d\d")


@lru_cache(maxsize=1)
def load_roles() -> Mapping[str, str]:
    """Return the class of each role noun: heads, spokespersons, officials, observers, collectives."""
    roles: dict[str, str] = {}
    for name, content in read_toml("roles.toml").items():
        for noun in content["nouns"]:
            roles.setdefault(noun, name)
    return roles


def is_own_word(token: "Token") -> bool:
    """Tell whether a word is a first person; "US" is not."""
    return token.lower_ in OWN and token.text != "US" and not (token.lower_ == "mine" and token.pos_ == "NOUN")


def names_time(token: "Token") -> bool:
    """Tell whether a word names a day, a month, a year, a season, a time of day or a span of these."""
    word = token.lower_
    if word in MONTHS or word in WEEKDAYS:
        return token.text[:1].isupper()
    return token.lemma in TIMES or _TIME_IN_DIGITS.fullmatch(word) is not None


def members_of(head: "Token") -> "Token | None":
    """Return whose members a phrase names: "members of the engineers' union"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def is_definite(head: "Token") -> bool:
    """Tell whether a phrase stands with "the"."""
    return any(child.lower_ == "the" for child in head.children)


def role_of(head: "Token") -> str | None:
    """Return the class of a head noun, looking at a compound first ("press secretary", "think tank")."""
    roles = load_roles()
    lemma = head.lemma
    for child in head.children:
        if child.dep_ in {"compound", "amod"}:
            role = roles.get(f"{child.lower_} {lemma}")
            if role:
                return role
    role = roles.get(lemma) or roles.get(head.lower_)
    if role is None and head.dep_ != "appos":
        # "Ada Novak, commander of the fleet": an apposition or title tells what a bare name is.
        for child in head.children:
            if child.dep_ in {"appos", "compound"} and (role := roles.get(child.lemma)):
                return role
    return role


def role_noun(head: "Token") -> str:
    """Return the noun that names an office, with the word before it where the two are one: "chief executive"."""
    lemma = head.lemma
    of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if of is not None and lemma == "head":
        office = f"{lemma} {of.subtree and ' '.join(t.lower_ for t in of.subtree)}"
        if office in load_roles():
            return office
    compounds = (f"{child.lower_} {lemma}" for child in head.children if child.dep_ in {"compound", "amod"})
    return next((noun for noun in compounds if noun in load_roles()), lemma)


def modifiers_of(head: "Token") -> Iterator["Token"]:
    """Yield the words of a phrase that can say whose it is, nearest first and depth first."""
    for child in sorted(head.children, key=lambda c: abs(c.i - head.i)):
        if child.dep_ in MODIFIERS:
            yield child
            yield from modifiers_of(child)
        elif child.dep_ == "acl" and child.lemma in {"lead", "back", "head", "command"}:
            for agent in child.children:  # "a coalition led by the United States"
                if agent.dep_ == "agent":
                    yield from (grand for grand in agent.children if grand.dep_ == "pobj")
        elif child.dep_ == "prep" and child.lower_ in WHOSE:
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield grand
                    yield from modifiers_of(grand)


def words_of_phrase(head: "Token") -> str:
    """Return a noun phrase as it stands, without relative clauses and appositions."""
    inner = [head]
    for child in head.children:
        if child.dep_ in {"compound", "amod", "poss", "nmod", "nummod", "quantmod"}:
            inner += list(child.subtree)
    first = min(token.i for token in inner)
    return str(head.doc[first : head.i + 1].text).strip()


def described_by(head: "Token") -> str:
    """Return a bare noun with what follows to tell which: "groups involved in the raid"."""
    after = next((c for c in head.children if c.dep_ in {"acl", "prep"} and c.i == head.i + 1), None)
    if after is None or head.tag_ != "NNS":
        return head.text
    last = max(t.i for t in after.subtree)
    return str(head.doc[head.i : last + 1].text).strip() if last - head.i <= _LONGEST_DESCRIPTION else head.text


def _is_of_name(word: "Token", head: "Token") -> bool:
    inside = word.head == head or (word.head.head == head and word.head.dep_ == "compound")
    return inside and word.text[:1].isupper() and word.dep_ in {"amod", "compound", "nmod"}


def name_in(head: "Token") -> str:
    """Return the proper name that a phrase ends in, or an empty string."""
    if head.pos_ == "PROPN":
        parts = [head] + [child for child in head.children if child.dep_ == "compound" and child.pos_ == "PROPN"]
        first = min(part.i for part in parts)
        while first > head.sent.start and _is_of_name(head.doc[first - 1], head):
            first -= 1  # "Red Valley Front": an adjective that the name begins with
        words = [token for token in head.doc[first : head.i + 1] if token.lower_ not in load_roles()]
        return " ".join(token.text for token in words if token.pos_ != "PUNCT")
    named = next((child for child in head.children if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
    return name_in(named) if named is not None else ""
