"""A collection's own words, added to our lists or put in the place of one: docs/word-lists.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from briefing_lib.errors import BadLexicon
from briefing_lib.extraction.lexicon.lists import FAMILIES, ActClass, ClassWords, WordLists
from briefing_lib.models import Mode
from briefing_lib.reading import parse_toml, place_in, unlike

# Our own lists hold some four thousand words; the longest phrase has 24 characters.
MOST_WORDS = 5_000
LONGEST_WORD = 60

ACT = "act"
ADD, REPLACE = "add", "replace"
# Read again where mentions of several documents are compared, which goes by one set of lists for all of them.
FIXED = (
    "deeds",
    "outcomes.told",
    "outcomes.things",
    "outcomes.terms",
    "outcomes.not_carried_out.forbear",
    "outcomes.settled.both",
    "frames.retaliation.phrases",
)
# Names, which a text writes with a capital letter; all other lists hold lemmas.
NAMES = ("frames.watcher.names",)
_WORD_KEYS = ("verbs", "nouns")
_CLASS_KEYS = ("mode", "strength", "military")


def with_own_words(lists: WordLists, text: str, name: str) -> WordLists:
    """Return word lists with what a collection's file says of them; where it does both, it replaces before it adds.

    Raises
    ------
    BadMetadata
        The text is no TOML.
    BadLexicon
        The text names a list that is none or may not be changed, or says something that no list can hold. The message
        gives the line, the key, what may stand there, and what is nearest to it.
    """
    own = _OwnWords(text, name)
    told = own.tables(parse_toml(text, name), (), allowed=(ADD, REPLACE))
    for change in (REPLACE, ADD):
        families = own.tables(told.get(change, {}), (change,), allowed=(ACT, *(f for f in FAMILIES if f not in FIXED)))
        classes = own.classes(families.pop(ACT, []), change, lists.classes)
        lists = replace(lists, classes=classes, words={**lists.words, **own.words(families, change, lists.words)})
    return lists


@dataclass(slots=True)
class _OwnWords:
    """One file: its text and name for errors, and how many words it has given so far."""

    text: str
    name: str
    given: int = 0

    def tables(self, value: object, at: tuple[str, ...], *, allowed: Iterable[str]) -> dict[str, object]:
        """Return a table whose keys are all among those allowed."""
        if not isinstance(value, Mapping):
            self.refuse(at, f"must be a table with {', '.join(sorted(allowed))}")
        for key in value:
            self.require(str(key), (*at, str(key)), allowed)
        return dict(value)

    def words(
        self, families: Mapping[str, object], change: str, known: Mapping[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        """Return each list that the file changes, as it is then."""
        changed: dict[str, tuple[str, ...]] = {}
        for family, told in families.items():
            sections = {path.split(".")[1] for path in known if path.startswith(f"{family}.")}
            for section, content in self.tables(told, (change, family), allowed=sections).items():
                at = (change, family, section)
                kinds = [path.split(".")[2] for path in known if path.startswith(f"{family}.{section}.")]
                for kind, entries in self.tables(content, at, allowed=kinds).items():
                    path = f"{family}.{section}.{kind}"
                    if path.startswith(FIXED):
                        self.refuse((*at, kind), "is one list for all collections, since it compares their documents")
                    mine = self.entries(entries, (*at, kind), capitals=path in NAMES)
                    changed[path] = mine if change == REPLACE else (*known[path], *mine)
        return changed

    def classes(self, told: object, change: str, known: tuple[ClassWords, ...]) -> tuple[ClassWords, ...]:
        """Return the classes of acts with the file's; a word that it adds counts to the class that it is added to."""
        at = (change, ACT)
        if not isinstance(told, list):
            self.refuse(at, f"must be a list of tables; begin each with [[{change}.{ACT}]]")
        added: list[ClassWords] = []
        for item in told:
            entry = self.tables(item, at, allowed=("class", *_CLASS_KEYS, *_WORD_KEYS))
            mine = self.class_of(entry, at, [one.act for one in known], change)
            if change == ADD:
                added.append(mine)
                continue
            lists = {key: getattr(mine, key) for key in _WORD_KEYS if key in entry}
            known = tuple(replace(one, **lists) if one.act.name == mine.act.name else one for one in known)
        return (*added, *known)

    def class_of(
        self, entry: Mapping[str, object], at: tuple[str, ...], known: list[ActClass], change: str
    ) -> ClassWords:
        """Return the words of one class: one of ours, or a new one, which says what it is."""
        name = entry.get("class")
        if not isinstance(name, str) or not name.strip():
            self.refuse(at, f"needs a class: one of {', '.join(one.name for one in known)}, or a new name with a mode")
        if not any(key in entry for key in _WORD_KEYS):
            self.refuse((*at, name), "needs verbs, nouns or both")
        ours = next((one for one in known if one.name == name), None)
        if ours is None:
            act = self.new_class(name, entry, at, known, change)
        elif any(key in entry for key in _CLASS_KEYS):
            self.refuse((*at, name), f"is a class of ours, so leave out {', '.join(_CLASS_KEYS)}")
        else:
            act = ours
        lists = {key: self.entries(entry.get(key, []), (*at, name, key)) for key in _WORD_KEYS}
        return ClassWords(act, **lists)

    def new_class(
        self, name: str, entry: Mapping[str, object], at: tuple[str, ...], known: list[ActClass], change: str
    ) -> ActClass:
        """Return a class of the collection's own."""
        if change == REPLACE or "mode" not in entry:
            self.require(name, (*at, name), [one.name for one in known], "; a new class needs a mode, under add")
        mode, strength, military = (
            entry.get(key, given) for key, given in zip(_CLASS_KEYS, ("", 2, False), strict=True)
        )
        self.require(str(mode), (*at, name, "mode"), list(Mode))
        if isinstance(strength, bool) or strength not in (1, 2):
            self.refuse((*at, name, "strength"), "must be 2 (costly whoever does it) or 1 (only in a threat's frame)")
        if not isinstance(military, bool):
            self.refuse((*at, name, "military"), "must be true or false")
        return ActClass(name, Mode(str(mode)), 2 if strength == 2 else 1, military)

    def entries(self, value: object, at: tuple[str, ...], *, capitals: bool = False) -> tuple[str, ...]:
        """Return the words of a list, each checked to be one that a text could hold."""
        if not isinstance(value, list):
            self.refuse(at, 'must be a list of words, such as ["blockade"]')
        for word in value:
            if not isinstance(word, str) or word != " ".join(word.split()) or not word or not word.isprintable():
                self.refuse(at, f"{str(word)[:LONGEST_WORD]!r} is no word; give text, with one blank between words")
            if len(word) > LONGEST_WORD:
                self.refuse(at, f"{word[:20]!r}… is longer than {LONGEST_WORD} characters")
            if not capitals and word != word.lower():
                self.refuse(at, f"{word!r} must be as a dictionary has it, in small letters: {word.lower()!r}")
        self.given += len(value)
        if self.given > MOST_WORDS:
            self.refuse(at, f"the file has more than {MOST_WORDS:,} words")
        return tuple(value)

    def require(self, word: str, at: tuple[str, ...], allowed: Iterable[str], more: str = "") -> None:
        """Refuse a word that is none of those allowed, and say which is nearest."""
        problem = unlike(word, allowed)
        if problem:
            self.refuse(at, problem + more)

    def refuse(self, at: tuple[str, ...], problem: str) -> NoReturn:
        """Raise the error for what stands at a place in the file."""
        raise BadLexicon(f"{place_in(self.text, self.name, *at)}: {problem}")
