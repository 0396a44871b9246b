"""Deeds by the change that they bring about (lexicon/deeds.toml): which are alike by other words, which undo which."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from briefing_lib.assessment.likeness import stem, words_in
from briefing_lib.extraction import load_lexicon
from briefing_lib.models import Deed, Threat

# A particle stands within this many words of its verb: "turned the gas back on".
_REACH = 5
# What a verb that says little takes for its object stands among the first words of an act.
_OBJECT = 3
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being) (?:not |\w+ly )?\w+(?:ed|en|wn|ut|ld|nt|de)\b", re.I)
# Groups whose deed leaves something behind that another deed is done to again: these say that it had been done.
NO_GROUPS: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _index() -> dict[str, dict[str, frozenset[str]]]:
    """Return, for verbs, nouns and states, the groups of each word, its first word as a stem."""
    lexicon = load_lexicon()
    found: dict[str, dict[str, set[str]]] = {kind: {} for kind in ("verbs", "nouns", "states")}
    for group in lexicon.sections("deeds"):
        for kind, words in found.items():
            for entry in lexicon.words[f"deeds.{group}.{kind}"]:
                words.setdefault(stemmed(entry), set()).add(group)
    return {kind: {word: frozenset(groups) for word, groups in words.items()} for kind, words in found.items()}


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    lexicon = load_lexicon()
    return {group: frozenset(lexicon.words[f"deeds.{group}.undone"]) for group in lexicon.sections("deeds")}


def stemmed(form: str) -> str:
    """Return a form with its first word as a stem: "turned off" and "turn off" are one."""
    first, _, rest = form.partition(" ")
    return f"{stem(first)} {rest}" if rest else stem(first)


def groups_of(forms: Iterable[str], *kinds: str) -> frozenset[str]:
    """Return the groups of the first form that a list of one of the kinds has: a longer form says more than a bare."""
    forms = tuple(map(stemmed, forms))
    for kind in kinds:
        for form in forms:
            if form in _index()[kind]:
                return _index()[kind][form]
    return NO_GROUPS


@lru_cache(maxsize=64)  # a deed is compared with one threat after the other
def groups_of_deed(deed: Deed) -> frozenset[str]:
    """Return the groups of what a clause reports."""
    if deed.is_state:
        return groups_of(deed.forms, "states")
    found = groups_of(deed.forms, "verbs", "nouns")
    if not deed.undergoers and (len(deed.forms) == 1 or "go from" in deed.forms):
        found |= groups_of(deed.forms[-1:], "states")  # "has gone" is a state as "is gone" is
    if not found or is_light(deed):
        # "Printed an apology", "launched an attack": the noun says what was done.
        found |= frozenset(group for noun in _named_by(deed) for group in groups_of((noun,), "nouns"))
    return found


def _named_by(deed: Deed) -> Iterator[str]:
    """Yield the nouns that may name a deed: "a mention of duties" is a mention, "two of the strikes" are strikes."""
    lexicon = load_lexicon()
    for noun in deed.undergoers:
        yield noun
        if not lexicon.holds("outcomes.told.quantities", noun) and not noun[:1].isdigit():
            return


def is_light(deed: Deed) -> bool:
    """Tell whether a deed's verb says little: what it is done to says what was done."""
    lexicon = load_lexicon()
    return any(
        lexicon.holds("outcomes.told.light", form) or lexicon.holds("outcomes.told.comes", form) for form in deed.forms
    )


def groups_of_act(threat: Threat) -> frozenset[str]:
    """Return the groups of a threatened act: those of its verb, or of its noun where the verb is in none."""
    if not threat.terms:
        return NO_GROUPS
    words = words_in(threat.act)
    head = stem(threat.terms[0])
    at = next((i for i, word in enumerate(words) if stem(word) == head), None)
    forms = [*_forms_at(words, at), threat.terms[0]] if at is not None else [threat.terms[0]]
    return groups_of(forms, "verbs") or groups_of(threat.terms[:_OBJECT], "nouns")


def groups_asked(condition: str) -> frozenset[str]:
    """Return the groups of what a condition asks for, by any of its words."""
    small = load_lexicon().words["outcomes.terms.small"]
    words = words_in(condition)
    light = set(map(stem, load_lexicon().words["outcomes.told.light"]))
    verbs: set[str] = set()
    nouns: set[str] = set()
    is_named = True  # by a noun, where the verb says little: "unless an apology was offered"
    # "Unless the tax was frozen": what is asked is the participle, whatever else could be a verb.
    told = [match.end() for match in _PASSIVE.finditer(condition)]
    passive = {len(words_in(condition[:end])) - 1 for end in told}
    for at, word in enumerate(words):
        if word in small:
            continue
        nouns |= groups_of((word,), "nouns")
        if not passive or at in passive:
            found = groups_of(_forms_at(words, at), "verbs")
            verbs |= found
            is_named = is_named and (not found or stem(word) in light)
    return frozenset(verbs | nouns if is_named else verbs)


def _forms_at(words: Sequence[str], at: int) -> Iterator[str]:
    """Yield a word with each of the small words that follow it near, and alone."""
    following = words[at + 1 : at + 1 + _REACH]
    for count in (2, 1):
        for start in range(len(following) - count + 1):
            yield " ".join((words[at], *following[start : start + count]))
    yield words[at]


@lru_cache(maxsize=1)
def _things() -> dict[str, frozenset[str]]:
    lexicon = load_lexicon()
    found: dict[str, set[str]] = {}
    for sort in lexicon.sections("outcomes.things"):
        for entry in lexicon.words[f"outcomes.things.{sort}"]:
            found.setdefault(stem(entry), set()).add(sort)
    return {word: frozenset(sorts) for word, sorts in found.items()}


def things_of(stems: Iterable[str]) -> frozenset[str]:
    """Return the sorts of things that some stems name, where a text calls one thing by several of their names."""
    return frozenset(path for one in stems for path in _things().get(one, NO_GROUPS))


def undoing(groups: Iterable[str]) -> frozenset[str]:
    """Return the groups that bring about the opposite of some."""
    return frozenset(other for group in groups for other in _opposites().get(group, NO_GROUPS))
