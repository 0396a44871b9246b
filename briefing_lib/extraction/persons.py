"""People whom a text itself ties to an actor, by their office or by an apposition."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing_lib.extraction.gazetteer import Entry, Mention
from briefing_lib.extraction.names import load_name_words
from briefing_lib.extraction.phrases import load_roles
from briefing_lib.models import Actor, ActorType

_CAPITALISED = r"[A-Z][\w'’-]+(?:\s+(?:bin|al|de|van|von|der|el)\b)?"
# Words of a clause: with one of them between a name and a country, the one is no apposition of the other.
_CLAUSE = frozenset(
    {"that", "who", "which", "said", "says", "told", "announced", "warned", "will", "would", "has", "had", "was", "is"}
)
# Who is introduced by one of these acts for himself: "the Ruritanian opposition leader".
_AGAINST = frozenset(
    {
        "opposition",
        "dissident",
        "activist",
        "rebel",
        "separatist",
        "exiled",
        "jailed",
        "critic",
        "journalist",
        "guerrilla",
        "insurgent",
        "union",
        "labor",
        "labour",
        "strike",
        "protest",
        "militia",
        "gang",
        "cartel",
    }
)
_NAME = rf"(?:{_CAPITALISED}\s+){{1,3}}{_CAPITALISED}"


# Characters after a name, and before it, in which somebody of it may be introduced.
BEHIND, AHEAD = 90, 70
_INTRODUCED = re.compile(rf"(?:'s)?\s+((?:[\w-]+\s+){{1,5}}?)({_NAME})")
_BEFORE = re.compile(rf"({_NAME}),\s+(?:the\s+|an?\s+)?([\w\s-]{{0,40}})$")


def persons_in(text: str, known: list[Mention]) -> list[Mention]:
    """Find people whom the text itself ties to an actor: "Ruritanian Prime Minister Ada Novak"."""
    taken = {position for mention in known for position in range(mention.start, mention.end)}
    homes: dict[str, Actor] = {}
    for mention in known:
        for name, office in _introduced(text, mention):
            home = "" if _AGAINST & office else mention.state
            homes.setdefault(name, Actor(name, ActorType.PERSON, name, home=home))
    found: list[Mention] = []
    for name, actor in homes.items():
        for match in _either(name, _short_name(name, text)).finditer(text):
            if match.start() not in taken:
                found.append(Mention(match.start(), match.end(), Entry(actor, "leader")))
                taken.update(range(match.start(), match.end()))
    return found


# The same people are in the news in most of what is read.
@lru_cache(maxsize=2048)
def _either(*names: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def _short_name(name: str, text: str) -> str:
    """Return the part of a name that the text goes on with: the last, or the first where only that stands alone."""
    first, *_, last = name.split() if " " in name else (name, name)
    rest = text.replace(name, " ")
    alone = [part for part in (last, first) if part in rest and _either(part).search(rest)]
    return alone[0] if alone else last


def _introduced(text: str, mention: Mention) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the people whom the text introduces beside a mention, each with the words of the office."""
    roles = load_roles()
    after = text[mention.end : mention.end + BEHIND]
    match = _INTRODUCED.match(after)
    if match:
        name = _without_titles(match.group(2))
        office = f"{match.group(1)} {match.group(2).removesuffix(name)}".lower().split()
        between = match.group(1).lower().split()
        if any(word in roles for word in office) and not any(map(_is_of_a_clause, between)):
            yield name, frozenset(office)
    before = text[max(0, mention.start - AHEAD) : mention.start]
    match = _BEFORE.search(before)
    tail = text[mention.end : mention.end + 40].split(",", maxsplit=1)[0]
    between = {word.lower() for word in match.group(2).split()} if match else set()
    if match is not None and _is_place(before[: match.start()], match.group(1)):
        return
    if match and not between & _CLAUSE and any(word.lower() in roles for word in (match.group(2) + tail).split()):
        yield _without_titles(match.group(1)), frozenset((match.group(2) + tail).lower().split())


def _is_of_a_clause(word: str) -> bool:
    """Tell whether a word between a country and a name parts the two: "Ruritania favoured President …"."""
    return word in _CLAUSE or word in load_name_words().acting or word.endswith("ed")


def _is_place(before: str, name: str) -> bool:
    """Tell whether a name before a comma says where: "In Strelsau, a spokesman of …"."""
    words = load_name_words()
    last = re.search(r"\b(\w+) $", before)
    opens = name.split(maxsplit=1)[0].lower()
    return (
        opens in words.function
        or opens in {"should", "were", "had"}
        or (last is not None and last.group(1).lower() in words.before_a_place)
    )


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (
        words[0].lower() in load_roles() or words[0] in {"Ayatollah", "Sheikh", "Mr.", "Mrs.", "Dr."}
    ):
        words = words[1:]
    return " ".join(words)
