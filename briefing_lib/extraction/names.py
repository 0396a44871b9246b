"""Names that no list has: where a text has one, and whether its own words say that a person or a body bears it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing_lib.extraction.gazetteer import Mention
from briefing_lib.extraction.lexicon import read_toml
from briefing_lib.extraction.phrases import load_roles

PERSON, BODY = "person", "body"
# Roles of one human being, and of many or of a body, in roles.toml.
HUMAN = frozenset({"heads", "spokespersons", "officials", "observers", "groups"})
_TITLED = HUMAN - {"groups"}
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_LINKS = frozenset({"of", "for", "and", "the", "&"})
_LONGEST = 12  # words in a name
_BESIDE = 90  # characters in which a title or an apposition stands beside a name


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a text explains: half-open character offsets, its words, whose it is and the titles before it.

    ``sort`` is ``person``, ``body`` or empty where the text does not tell.
    """

    start: int
    end: int
    name: str
    sort: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameWords:
    """What names.toml says of the words of names."""

    heads: frozenset[str]
    forms: frozenset[str]
    organs: frozenset[str]
    things: frozenset[str]
    places: frozenset[str]
    before_a_place: frozenset[str]
    particles: frozenset[str]
    honorifics: frozenset[str]
    of_a_state: frozenset[str]
    of_a_body: frozenset[str]
    calendar: frozenset[str]
    function: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    acting: frozenset[str]


@lru_cache(maxsize=1)
def load_name_words() -> NameWords:
    """Return the word lists about names."""
    read = read_toml("names.toml")
    person, body = read["person"], read["body"]
    return NameWords(
        heads=frozenset(body["heads"]),
        forms=frozenset(body["forms"]),
        organs=frozenset(body["organs"]),
        things=frozenset(body["things"]),
        places=frozenset(read["place"]["heads"]),
        before_a_place=frozenset(read["place"]["before"]),
        particles=frozenset(person["particles"]),
        honorifics=frozenset(person["honorifics"]),
        of_a_state=frozenset(person["of_a_state"]),
        of_a_body=frozenset(person["of_a_body"]),
        calendar=frozenset(read["calendar"]["words"]),
        function=frozenset(read["function"]["words"]),
        titles=frozenset(person["honorifics"]) | {noun for noun, role in load_roles().items() if role in _TITLED},
        speech=frozenset(read["speech"]["verbs"]),
        acting=frozenset(read["acting"]["verbs"]),
    )


_LOWER = re.compile(r"\b[a-z][\w-]+")


def names_in(text: str, known: Sequence[Mention]) -> list[Named]:
    """Find the names in a text that its list of known mentions does not have, the first of each with its titles.

    A name of one word counts only where the text says what bears it, or writes it so in the middle of a sentence.
    """
    lower = frozenset(_LOWER.findall(text))
    spans = [(mention.start, mention.end) for mention in known]
    runs = [run for whole in _runs(text) for run in _apart(whole) if not _is_known(run, spans)]
    runs = [run for run in runs if not _is_dateline(text, run)]
    found = [named for run in runs if (named := _to_named(text, run, lower)) is not None]
    return _without_places(text, _agreeing(found))


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield stretches of capitalised words: "Association of Mineworkers and Construction Union", "Adama Sidibeh"."""
    words = load_name_words()
    run: list[re.Match[str]] = []
    links: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        last = links[-1] if links else run[-1] if run else None
        gap = text[last.end() : match.start()] if last is not None else ""
        beside = gap == " " or (gap == ". " and last is not None and _is_shortened(last.group()))
        if run and not beside:
            yield run
            run, links = [], []
        if not run and (word.lower() in words.function or _is_short_for_two(word)):
            continue
        if word[0].isupper() and word not in words.calendar and not word.lower().endswith(_ADJECTIVES):
            run = [*run, *links, match]
            links = []
            if (word.endswith(("'s", "’s")) and not _is_of_many(word[:-2])) or len(run) > _LONGEST:
                yield run
                run = []
        elif (
            run and len(links) < 2 and (word in words.particles or word == "and" or (word in _LINKS and _has_head(run)))
        ):
            links.append(match)
        elif run:
            yield run
            run, links = [], []
    if run:
        yield run


# "Indian-born", "Kyiv-based": of what bears it, not its name.
_ADJECTIVES = ("-born", "-based", "-led", "-backed", "-run", "-owned", "-controlled", "-held", "-occupied", "-trained")
_SUBJECTS = frozenset({"i", "he", "she", "we", "they", "you", "it", "that", "there", "who", "what", "let"})
_SHORTENED = frozenset({"ll", "m", "ve", "re", "d", "s"})


def _is_short_for_two(word: str) -> bool:
    """Tell whether a word that opens a sentence is two: "I'll", "We've", "Don't"."""
    first, _, second = word.lower().replace("’", "'").partition("'")
    return (first in _SUBJECTS and second in _SHORTENED) or (first.endswith("n") and second == "t")


def _is_of_many(word: str) -> bool:
    """Tell whether an owner inside a name is a common noun: "the People's Front", "Longshoremen's Association"."""
    lower = word.lower()
    return lower in load_roles() or lower in {"people", "lord", "nation", "world", "children"} or lower.endswith("men")


def _is_shortened(word: str) -> bool:
    """Tell whether a dot after a word may be no full stop: "K.P. Oli", "Gen. Novak"."""
    return len(word.replace(".", "")) < 3 or word.lower() in load_name_words().honorifics


def _apart(run: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Part two names that "and" joins; it is inside the name of a body: "Maritime and Coastguard Agency"."""
    at = next((i for i, match in enumerate(run) if match.group() == "and"), None)
    if at is None or _has_head(run[at:]) or _has_head(run[:at]):
        return [run]
    return [run[:at], *_apart(run[at + 1 :])]


def _has_head(run: list[re.Match[str]]) -> bool:
    heads = load_name_words().heads
    return any(match.group() in heads for match in run)


def _is_known(run: list[re.Match[str]], spans: list[tuple[int, int]]) -> bool:
    """Tell whether a list has the name, or all of it but a word that is no part of one."""
    start, end = run[0].start(), run[-1].end()
    covered = [(s, e) for s, e in spans if s < end and start < e]
    if not covered:
        return False
    if "-" in run[-1].group() and max(e for _, e in covered) < end - 2:
        return False  # "the Liberation Movement-North" is another than the movement
    if min(s for s, _ in covered) <= start and max(e for _, e in covered) >= end - 2:
        return len(covered) == 1 or not _has_head(run)
    return not _is_body_with_a_known_word(run, covered)


def _is_body_with_a_known_word(run: list[re.Match[str]], covered: list[tuple[int, int]]) -> bool:
    """Tell whether a longer name of a body holds a known one: "Kenya National Union of Teachers"."""
    words = load_name_words()
    heads = [match for match in run if match.group() in words.heads]
    if not heads or all(match.group() in words.organs for match in heads):
        return False
    # The known name may hold the head itself ("the European Union leaders"): then the rest adds nothing.
    return not any(s <= head.start() < e for s, e in covered for head in heads)


def _is_dateline(text: str, run: list[re.Match[str]]) -> bool:
    start = run[0].start()
    opens = start == 0 or text[:start].rstrip(" ").endswith(("\n", "  ")) or not text[:start].strip()
    return (
        opens
        and re.match(r"(?:, [A-Z][\w .]{1,20})?\s{0,2}(?:\([^()\n]{2,20}\)\s{0,2})?[–—-]{1,2}\s", text[run[-1].end() :])
        is not None
    )


def _to_named(text: str, run: list[re.Match[str]], lower: frozenset[str]) -> Named | None:
    words = load_name_words()
    titles: list[str] = []
    while len(run) > 1 and not _has_head(run) and (title := run[0].group().lower()) in words.titles:
        titles.append(title)
        run = run[1:]
    inner = [at for at, match in enumerate(run[:-1]) if at and match.group().lower() in words.titles]
    if inner and inner[-1] + 1 < len(run):  # "European Council President Ada Novak"
        titles = [run[inner[-1]].group().lower()]
        run = run[inner[-1] + 1 :]
    parts = [match.group() for match in run]
    start, end = run[0].start(), run[-1].end()
    if parts[-1].endswith(("'s", "’s")):
        end -= 2
        parts[-1] = parts[-1][:-2]
    name = text[start:end]
    if parts[-1] in words.things or parts[-1].title() in words.things or text[end : end + 1] in {":", "="}:
        return None
    if parts[-1] in words.places or parts[0] in {"Mount", "Lake", "Cape", "Port", "Fort", "Camp"}:
        return None
    if " ".join(parts).lower() in load_roles() or not parts[-1]:
        return None
    sort = _sort_of(text, start, end, parts, titles)
    before = titles_at(text, start, end)
    if len(parts) == 1 and not sort and (not _is_sure(text, start, parts[0]) or parts[0].lower() in lower):
        return None
    if sort == PERSON and len(parts) == 1 and parts[0].lower() in load_roles():
        return None
    return Named(start, end, name, sort, (*_joined(titles), *before))


def _joined(titles: list[str]) -> tuple[str, ...]:
    """Return titles with those of two words put together: "prime minister"."""
    roles = load_roles()
    joined = " ".join(titles[-2:])
    return (joined, *titles) if len(titles) > 1 and joined in roles else tuple(titles)


def _is_sure(text: str, start: int, word: str) -> bool:
    """Tell whether one word is a name by its looks: inside a sentence, or in capitals."""
    if sum(letter.isupper() for letter in word) > 1:
        return "-" not in word
    before = text[max(0, start - 3) : start].rstrip(" ")
    return bool(before) and before[-1] not in '.!?"\n:”“'


def _sort_of(text: str, start: int, end: int, parts: list[str], titles: list[str]) -> str:
    words = load_name_words()
    if _is_headed(parts) or parts[-1].rstrip(".") in words.forms:
        return BODY
    if titles or _titles_before(text, start):
        return PERSON
    after = text[end : end + _BESIDE]
    if re.match(r", (?:who|whose|\d{2},|an? \d{2}-year)\b", after):
        return PERSON
    if len(parts) > 1 and re.match(r"[^.,;\n]{0,40}\b(?:he|she|his|her)\b", after):
        return PERSON
    if (
        len(parts) > 1
        and _opens(text, start)
        and re.match(r"[^.\n]{0,200}\.\s{1,2}(?:He|She|His|Her)\b", text[end : end + 210])
    ):
        return PERSON
    if re.match(r",? which\b|,? \([A-Z]{2,6}\)", after):
        return BODY
    if (noun := _apposition(after)) is not None:
        return PERSON if load_roles()[noun] in HUMAN and not noun.endswith("group") else BODY
    if _called(text, start):
        return BODY
    beside = re.match(r" (\w+)\b", after)
    told = re.search(r"\b(\w+) $", text[max(0, start - 14) : start])
    if len(parts) > 1 and any(found and found.group(1) in words.speech for found in (beside, told)):
        return PERSON
    return ""


def _is_headed(parts: list[str]) -> bool:
    """Tell whether a name is headed by a word for a body: its last word, or one that "of" or "for" follows."""
    heads = load_name_words().heads
    at = [i for i, part in enumerate(parts) if part.split("-")[0] in heads]
    return any((i and i == len(parts) - 1) or (i + 1 < len(parts) and parts[i + 1] in {"of", "for", "and"}) for i in at)


def _apposition(after: str) -> str | None:
    """Return the role noun of an apposition: ", their union", ", the coalition's junior partner"."""
    found = re.match(
        r",\s((?:the|an?|his|her|its|their|[A-Z][\w-]*'s|\w+'s)\s[^,.;:\n]{2,80}|[a-z][\w -]{3,60})", after
    )
    if found is None:
        return None
    roles = load_roles()
    said = re.split(r"\b(?:of|for|at|in|on|with|who|which|that|to|from)\b", found.group(1))[0].split()
    for size in (2, 1):
        noun = " ".join(said[-size:]).lower()
        if len(said) >= size and noun in roles:
            return noun
    return None


def _opens(text: str, start: int) -> bool:
    """Tell whether a place in a text is where a sentence begins."""
    before = text[max(0, start - 3) : start].rstrip(" \"'")
    return not before or before[-1] in ".!?\n"


# A title, where it stands in or of what, and a name to come.
_BEFORE = re.compile(r"([\w'-]{1,40}(?: [\w'-]{1,40})?)(?: (?:in|of|at|for) [^,.;\n]{2,40},)?,? $")
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _title_ends() -> frozenset[str]:
    """Return the words that titles end with: of most places that a name stands in, none is near."""
    titles = (noun for noun, role in load_roles().items() if role in HUMAN)
    return frozenset(_LETTERS.findall(noun)[-1] for noun in titles if _LETTERS.findall(noun))


def _called(text: str, start: int) -> bool:
    """Tell whether a noun for a body names it: "a hedge fund called Sisu", "the group, Bodu Bala Sena"."""
    found = re.search(
        r"\b([\w-]{1,40}) (?:called|named|known as|calling itself) (?:the )?$", text[max(0, start - _BESIDE) : start]
    )
    return found is not None and load_roles().get(found.group(1).lower()) in {"collectives", "groups"}


def _titles_before(text: str, start: int) -> tuple[str, ...]:
    """Return the title that stands before a name: "the transport minister, Khaw Boon Wan", "Colonel Adama Sidibeh"."""
    return _title_in(text[max(0, start - _BESIDE) : start])


@lru_cache(maxsize=256)  # a place is asked for its title more than once
def _title_in(before: str) -> tuple[str, ...]:
    """Return the title at the end of a text."""
    if _title_ends().isdisjoint(_LETTERS.findall(before.lower())):
        return ()
    found = _BEFORE.search(before)
    if found is None:
        return ()
    said = found.group(1).lower().split()
    roles = load_roles()
    for size in (2, 1):
        title = " ".join(said[-size:])
        if len(said) >= size and roles.get(title) in HUMAN and not title.endswith("s"):
            return (title,)
    return ()


def titles_at(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the titles that a text gives a name where it stands, before it or in an apposition."""
    noun = _apposition(text[end : end + _BESIDE])
    return (*_titles_before(text, start), *((noun,) if noun else ()))


def _agreeing(found: list[Named]) -> list[Named]:
    """Give each name one sort over the whole text, and a surname alone the name that it is the end of."""
    sorts: dict[str, str] = {}
    titles: dict[str, tuple[str, ...]] = {}
    for one in found:
        sorts[one.name] = sorts.get(one.name) or one.sort
        titles[one.name] = titles.get(one.name, ()) + one.titles
    full = {name.split()[-1]: name for name in reversed(sorts) if " " in name and sorts[name] != BODY}
    alone = {one.name for one in found if one.name in full}
    for short in alone:
        sorts[full[short]] = sorts[full[short]] or PERSON  # the text goes on with the surname
        titles[full[short]] += titles.get(short, ())
    named = []
    for one in found:
        name = full.get(one.name, one.name)
        named.append(Named(one.start, one.end, name, sorts[name], titles[name]))
    return named


_WHERE = frozenset({"in", "at", "near"})


def _without_places(text: str, found: list[Named]) -> list[Named]:
    """Leave out what the text only ever names as where something is."""
    words = load_name_words()

    def is_place(one: Named) -> bool:
        before = re.search(r"\b(\w+)(?: the)? $", text[max(0, one.start - 20) : one.start])
        if before is None:
            return False
        # "To Norvik, the steel maker" is somebody; "at Velden, the ministry said" is still a place.
        where = _WHERE if one.sort else words.before_a_place
        return before.group(1).lower() in where

    somebody = {one.name for one in found if not is_place(one)}
    return [one for one in found if one.name in somebody]
