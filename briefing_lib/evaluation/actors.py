"""When a predicted actor is the one that the gold names.

The rule, in docs/decisions/when-two-names-are-one-actor.md: a name is right if it is one of the gold's alternatives,
in whatever form; a state is right for its executive and the other way round; a description is right if its head is
the same noun and the one says no more than the other. A person whom the gold gives as the speaker is right for the
state that he acts for.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing_lib.models import Actor

_SPLIT = re.compile(r"\s*(?:/|,|;|\band\b|&)\s*")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_PARENTHESIS = re.compile(r"\(([^)]*)\)")
_TAIL = re.compile(r"\b(?:of|for|in|on|at|by|from|to|with|behind|involved|who|that|which|against|near)\b")


@dataclass(frozen=True, slots=True)
class _Lists:
    canonical: dict[str, str]
    executive: frozenset[str]
    titles: tuple[str, ...]
    generic: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Form:
    """One alternative of a name: its canonical wording, and the state or organisation that it is or acts for."""

    text: str
    polity: str = ""
    executive_of: str = ""


def is_same_actor(gold: str, predicted: Actor | None, *, speaker: str = "", utterer: str = "") -> bool:
    """Tell whether a predicted actor counts as right.

    Parameters
    ----------
    gold
        The annotation; ``/``, ``,``, ``and`` and parentheses give alternatives, any of which counts.
    speaker
        Whom the gold names as the speaker: a predicted person of that name counts for his state, not by himself.
    utterer
        Whom the prediction names as the speaker: counts where the gold names that person as the sender.
    """
    if predicted is None or not gold:
        return predicted is None and not gold
    if is_same_name(gold, predicted.name) or (predicted.surface and is_same_name(gold, predicted.surface)):
        return True
    if predicted.home and is_same_name(gold, predicted.home):
        return True
    named_as_speaker = bool(speaker) and is_same_name(speaker, gold)
    return bool(utterer) and (named_as_speaker or not speaker) and is_same_name(gold, utterer)


def is_same_name(gold: str, predicted: str) -> bool:
    """Tell whether two wordings name one actor, by the wordings alone."""
    ours, theirs = _forms(gold), _forms(predicted)
    return any(_is_same_form(one, other) for one in ours for other in theirs)


def _is_same_form(one: _Form, other: _Form) -> bool:
    if one.text == other.text:
        return True
    if one.polity or other.polity:
        # What the lists know is never matched by a shared word: "Guinea" is not "Equatorial Guinea".
        return (bool(one.polity) and one.polity == other.executive_of) or (
            bool(other.polity) and other.polity == one.executive_of
        )
    return _is_same_description(one.text, other.text)


def _is_same_description(one: str, other: str) -> bool:
    """Tell whether two wordings have the same head and one's words are all among the other's."""
    first, second = _stems(one), _stems(other)
    if not first or not second:
        return False
    return _head(one) == _head(other) and (first <= second or second <= first)


def _head(text: str) -> str:
    """Return the last noun before any preposition, past heads that add nothing, or of what follows if none is left."""
    parts = [part for part in _TAIL.split(text) if part.strip()]
    for part in parts:
        words = [word for word in _words(part) if word not in _lists().generic]
        if words:
            return words[-1]
    return ""


def _stems(text: str) -> frozenset[str]:
    return frozenset(word for word in _words(_TAIL.sub(" ", text)) if word not in _lists().generic)


def _words(text: str) -> list[str]:
    """Words in their singular, demonyms as their state, without articles."""
    found = (re.sub(r"'s?$", "", word) for word in re.findall(r"[\w'&-]+", text))
    words = [word for word in found if word not in ("the", "a", "an", "those", "all", "any")]
    return [_lists().canonical.get(word) or _singular(word) for word in words]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@cache
def _forms(name: str) -> tuple[_Form, ...]:
    """List the alternatives in a name: the whole, its parts, and what stands in parentheses."""
    plain = _plain(name)
    outside = _PARENTHESIS.sub(" ", plain).strip()
    forms = [_to_form(part) for part in {outside, *_SPLIT.split(outside)} if part]
    # A parenthesis gives another name, not a body to be reduced: "Georgia (US state)" is not the United States.
    for inside in _PARENTHESIS.findall(plain):
        known = _lists().canonical.get(inside.strip(), "")
        forms.append(_Form(known or inside.strip(), polity=known))
    return tuple(forms)


def _to_form(text: str) -> _Form:
    lists = _lists()
    text = re.sub(r"^(?:the|a|an)\s+", "", text.strip())
    canonical = lists.canonical.get(text)
    if canonical:
        return _Form(canonical, polity=canonical)
    for title in lists.titles:
        if text.startswith(title + " "):
            rest = text[len(title) + 1 :]
            ruled = lists.canonical.get(re.sub(r"^of (?:the )?", "", rest))
            return _Form(text, executive_of=ruled) if ruled else _Form(rest)
    return _Form(text, executive_of=_executive_of(text))


def _executive_of(text: str) -> str:
    """Name the state whose executive it is: "Iranian army", "Russia's prison service", "government of Chad"."""
    lists = _lists()
    words = text.split()
    for size in range(len(words) - 1, 0, -1):
        front = lists.canonical.get(re.sub(r"'s?$", "", " ".join(words[:size])))
        if front:
            rest = words[size:]
            return front if " ".join(rest) in lists.executive or rest[-1] in lists.executive else ""
    body, _, owner = text.partition(" of ")
    ruled = lists.canonical.get(re.sub(r"^the ", "", owner), "")
    return ruled if ruled and body.split()[-1] in lists.executive else ""


def _plain(text: str) -> str:
    """Fold case, accents, curly apostrophes and the dots of initials."""
    folded = unicodedata.normalize(
        "NFKD", _DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), text.replace("’", "'")).casefold()
    )
    return " ".join("".join(mark for mark in folded if not unicodedata.combining(mark)).split())


@cache
def _lists() -> _Lists:
    read = tomllib.loads(files("briefing_lib.evaluation").joinpath("names.toml").read_text(encoding="utf-8"))
    canonical: dict[str, str] = {}
    for name, others in {**read["states"], **read["organisations"]}.items():
        canonical |= dict.fromkeys((name, *others), name)
    return _Lists(
        canonical=canonical,
        executive=frozenset(read["executive"]),
        titles=tuple(sorted(read["titles"], key=len, reverse=True)),
        generic=frozenset(read["generic"]),
    )
