"""Whom a text has named before, and which of them "the union", "the commodore", "she" or "they" stands for."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

from briefing_lib.extraction.gazetteer import Entry, Mention
from briefing_lib.extraction.lexicon import read_toml
from briefing_lib.extraction.names import BODY, PERSON, Named, load_name_words, names_in, titles_at
from briefing_lib.extraction.phrases import load_roles
from briefing_lib.extraction.prominence import HALF_LIFE, Prominence
from briefing_lib.models import Actor, ActorType

_LOWER = re.compile(r"\b[a-z]+(?:-[a-z]+)*\b")
# Whose office it is, right before it: "the Kyrgyz leader" (a mention ends there), "its president", "the union's head".
_OWNED = re.compile(
    r"\b(its|their|the (?:country|nation|state|republic|kingdom|island)'s|the ([a-z]+)'s) (?:[\w-]+,? ){0,3}$", re.I
)
# What ties a name to whom it acts for, right after it.
_OFFICER_OF = re.compile(
    r",? (?:of|(?:the |an? )?(?:[\w-]+ ){1,4}(?:of|for)"
    r"|who (?:leads|led|heads|headed|runs|chairs|owns|founded|commands|commanded|represents|represented"
    r"|speaks for|spoke for)) (?:the )?"
)
_AGAINST = frozenset(
    {
        "opposition",
        "dissident",
        "exiled",
        "jailed",
        "rebel",
        "separatist",
        "former",
        "guerrilla",
        "union",
        "student",
        "protest",
    }
)
# Titles that anybody who leads may be given.
_ANY_LEADER = frozenset(
    {"leader", "head", "head of state", "head of government", "ruler", "strongman", "chief", "boss", "politician"}
)
# Titles that the press gives one and the same officer.
_ALIKE = {
    "minister": frozenset({"minister", "secretary"}),
    "secretary": frozenset({"secretary", "minister"}),
    "premier": frozenset({"premier", "prime minister"}),
    "prime minister": frozenset({"premier", "prime minister"}),
}
_SAME_STORY = 8  # sentences
_GROUPS = frozenset({"groups", "observers"})
_COLLECTIVE = frozenset({ActorType.GROUP, ActorType.ARMED_GROUP, ActorType.ORGANISATION, ActorType.COMPANY})


@dataclass(frozen=True, slots=True)
class NounKinds:
    """What sort of actor a common noun may stand for, by lemma."""

    of_a_state: frozenset[str]
    unions: frozenset[str]
    companies: frozenset[str]
    parties: frozenset[str]
    armed_groups: frozenset[str]
    clubs: frozenset[str]
    bodies: frozenset[str]
    organs: frozenset[str]
    tools: frozenset[str]

    def of_a_body(self, noun: str) -> bool:
        """Tell whether a noun stands for a body that acts for itself."""
        return noun in self.unions | self.companies | self.parties | self.armed_groups | self.clubs | self.bodies


@lru_cache(maxsize=1)
def load_noun_kinds() -> NounKinds:
    """Return the kinds of common nouns."""
    return NounKinds(**{kind: frozenset(nouns) for kind, nouns in read_toml("names.toml")["kinds"].items()})


@lru_cache(maxsize=1)
def _forms_of_state() -> Mapping[str, Collection[str]]:
    """Return which states each word for a form of state fits, and under ``no_republic`` those that are none."""
    forms: dict[str, list[str]] = read_toml("names.toml")["forms_of_state"]
    return {form: frozenset(states) for form, states in forms.items()}


class Antecedents:
    """The people, bodies and states that a text names, with what it says of them.

    ``mentions`` holds those whom a list or the text itself explains, in order.
    """

    def __init__(self, text: str, known: list[Mention], reporting: list[Mention]) -> None:
        self._text = text
        named = names_in(text, [*known, *reporting])
        self._titles: dict[str, set[str]] = {}
        for one in named:
            self._titles.setdefault(one.name, set()).update(one.titles)
        for mention in known:
            if mention.entry.actor.type is ActorType.PERSON:
                titles = titles_at(text, mention.start, mention.end)
                self._titles.setdefault(mention.entry.actor.name, set()).update(titles)
        states = Prominence(text, _in_order(known))
        bodies = [self._body(one, states) for one in named if one.sort == BODY]
        listed = _without_parts(known, bodies)
        self._bodies = Prominence(text, _in_order(listed + bodies))
        self._listed = [*listed, *bodies]
        homes: dict[str, str] = {}
        for one in named:
            if one.sort == PERSON and one.name not in homes:
                homes[one.name] = self._home_of(one)
        persons = [_mention(one, ActorType.PERSON, "text", homes[one.name]) for one in named if one.sort == PERSON]
        self.mentions = _in_order(listed + bodies + persons)
        self._unexplained = [_mention(one, ActorType.ORGANISATION, "unexplained") for one in named if not one.sort]

    # Of most documents nothing is parsed, so that nobody asks for these.

    @cached_property
    def _groups(self) -> list[Mention]:
        return list(self._by_plural())

    @cached_property
    def _actors(self) -> Prominence:
        return Prominence(self._text, _in_order([*self._listed, *self._groups]))

    @cached_property
    def _named(self) -> Prominence:
        return Prominence(self._text, _in_order([*self.mentions, *self._unexplained]))

    @cached_property
    def _all(self) -> Prominence:
        phrases = [*self._groups, *self._by_office(), *self._by_organ()]
        return Prominence(self._text, _in_order([*self.mentions, *self._unexplained, *phrases]))

    def _body(self, one: Named, states: Prominence) -> Mention:
        """Return a body that the text names; a state's organ is of the state beside it or spoken of."""
        organs = load_name_words().organs
        if organs.isdisjoint(re.split(r"\b(?:of|for)\b", one.name)[0].split()):
            return _mention(one, ActorType.ORGANISATION, "text")
        beside = re.match(r" (?:of|in) (?:the )?", self._text[one.end : one.end + 12])
        owner = next((m for m in states.at(one.end + beside.end()) if _is_state(m)), None) if beside else None
        inside = next((m for m in states.at(one.start) if _is_state(m)), None)
        spoken_of = next(iter(states.before(one.start, _is_state, topic=1.0)), None)
        home = owner or inside or spoken_of
        return _mention(one, ActorType.ORGANISATION, "body", home.state if home is not None else "")

    # --- what the text says of whom it names -----------------------------------------------------------------------

    def _home_of(self, one: Named) -> str:
        """Name the state or body that a person acts for: by an owner or an apposition, else by his office."""
        words = load_name_words()
        office = next((title for title in one.titles if title in words.of_a_state | words.of_a_body), "")
        beside = self._text[max(0, one.start - 60) : one.start].split(".")[-1].lower().split()
        if _AGAINST.intersection(beside[-5:]):
            return ""
        if (owner := self._owner(one.start, one.end)) is not None:
            return owner.state
        for title in one.titles:  # "Commissioner Ada Novak" is of the Commission that the text names
            stem = title.removesuffix("er").removesuffix("or").removesuffix("l")
            named = self._bodies.before(one.start, partial(_is_headed, stem=stem)) if stem != title else []
            if named:
                return named[0].state
        if office in words.of_a_state:
            return _state_of(self._bodies.before(one.start, _is_of_state, topic=1.0))
        if office in words.of_a_body or "spokesman" in one.titles or "spokeswoman" in one.titles:
            return _state_of(self._bodies.before(one.start, _is_body)) or _state_of(
                self._bodies.before(one.start, _is_state) if office not in words.of_a_body else []
            )
        return ""

    def _owner(self, start: int, end: int) -> Mention | None:
        """Return whose officer a name is said to be: "its president, …", "…, who leads the union"."""
        before = self._text[max(0, start - 70) : start]
        owned = _OWNED.search(before.split(".")[-1])
        if owned is not None:
            at = start - len(before.split(".")[-1]) + owned.start()
            noun = (owned.group(2) or "").lower()
            if load_roles().get(noun) in {"heads", "officials"}:  # "the president's spokesman"
                return next(iter(self._bodies.before(at, _is_of_state, topic=1.0)), None)
            if noun and noun not in load_noun_kinds().of_a_state:
                return self.called(noun, at, self._bodies) or self.of_kind(noun, at, self._bodies)
            return next(iter(self._bodies.before(at, _is_state if noun else _acts)), None)
        after = _OFFICER_OF.match(self._text[end : end + 60])
        if after is None:
            return None
        at = end + after.end()
        noun = re.match(r"(them|it)\b|([a-z]+)\b", self._text[at : at + 30])
        if noun is not None and noun.group(1):
            return next(_by_number(self._actors, noun.group(1), start, self._text), None)
        if noun is not None and noun.group(2) in load_noun_kinds().of_a_state:
            return self._state_called(noun.group(2), start)
        if noun is not None and load_noun_kinds().of_a_body(noun.group(2)):
            return self.called(noun.group(2), start, self._bodies) or self.of_kind(noun.group(2), start, self._bodies)
        return next((m for m in self._bodies.at(at) if m.entry.actor.type is not ActorType.PERSON), None)

    def _by_plural(self) -> Iterator[Mention]:
        """Yield the people whom the text tells of in the plural, who are "they"."""
        roles, kinds = load_roles(), load_noun_kinds()
        for found in _LOWER.finditer(self._text):
            noun = found.group()
            lemma = _singular(noun) if noun.endswith("s") and noun not in roles else noun
            if lemma == noun or roles.get(lemma) not in _GROUPS:
                continue
            start = self._phrase_start(found.start())
            words = self._text[start : found.end()]
            named = None
            if lemma in kinds.armed_groups and start == found.start():
                named = next(
                    iter(self._bodies.before(start, lambda m: m.entry.actor.type is ActorType.ARMED_GROUP)), None
                )
            actor = named.entry.actor if named is not None else Actor(words, ActorType.GROUP, words)
            yield Mention(start, found.end(), Entry(actor, "noun"))

    def _by_office(self) -> Iterator[Mention]:
        """Yield the officers whom the text tells of without their names, who are "he"."""
        roles = load_roles()
        for found in _LOWER.finditer(self._text):
            if roles.get(found.group()) in {"heads", "officials"}:
                holder = self._office(found.group(), found.start())
                if holder is not None:
                    yield Mention(found.start(), found.end(), Entry(holder, "office"))

    def _by_organ(self) -> Iterator[Mention]:
        """Yield the organs that stand for a state: "the government", "parliament"."""
        for found in _LOWER.finditer(self._text):
            if found.group() in load_noun_kinds().organs:
                owner = next((m for m in self._named_at(found.start() - 1) if _is_state(m)), None)
                state = owner or self.of_kind("government", found.start())
                if state is not None:
                    actor = replace(state.entry.actor, surface=found.group())
                    yield Mention(found.start(), found.end(), Entry(actor, "organ"))

    def _phrase_start(self, position: int) -> int:
        """Return where a plural's own words begin: "striking teachers", "the co-operative miners"."""
        before = self._text[max(0, position - 40) : position]
        found = re.search(r"((?:[a-z]{1,40}-)?[a-z]{1,40}) $", before, re.I)
        if found is None or found.group(1).lower() in load_name_words().function or len(found.group(1)) < 4:
            return position
        is_verb = found.group(1).lower() in load_name_words().speech
        return position if is_verb else position - len(found.group())

    def _office(self, noun: str, position: int) -> Actor | None:
        """Return who holds an office that the text names without its holder: the state or body that owns it."""
        owner = next(
            (m for m in self._named_at(position - 1) if m.entry.how in {"demonym", "name", "body", "text"}), None
        )
        if owner is not None and owner.entry.actor.type is not ActorType.PERSON:
            return replace(owner.entry.actor, surface=noun)
        return self.holder(noun, position)

    def _named_at(self, position: int) -> list[Mention]:
        end = position
        if self._text[max(0, end - 2) : end] == "'s":
            end -= 2
        return self._named.at(end - 1)

    # --- what a later phrase means ---------------------------------------------------------------------------------

    def holder(self, noun: str, position: int) -> Actor | None:
        """Return whom "the president" means: one whom the text gives that title, else the state that he is of."""
        words = load_name_words()
        titled = self._named.before(position, lambda m: _is_person(m) and self._is_titled(m, noun))
        if titled:
            return titled[0].entry.actor
        if noun in _ANY_LEADER:
            led = self._named.before(position, _is_person)
            return led[0].entry.actor if led else None
        if noun in words.of_a_body:
            found = self._named.before(position, _is_body)
            return found[0].entry.actor if found else None
        untitled = self._named.before(
            position, lambda m: (_is_person(m) and not self._has_office(m)) or _may_be_one(m), topic=0.5
        )
        if untitled and self._named.sentence_at(position) - self._named.sentence_at(untitled[0].start) < 4:
            return untitled[0].entry.actor
        return None

    def _is_titled(self, mention: Mention, noun: str) -> bool:
        """Tell whether a text gives somebody a title, in full or by its last word: "the minister", "the premier"."""
        alike = _ALIKE.get(noun, frozenset({noun}))
        titles = self._titles.get(mention.entry.actor.name, ())
        return any(title in alike or title.split()[-1] in alike for title in titles)

    def _has_office(self, mention: Mention) -> bool:
        titles = self._titles.get(mention.entry.actor.name, set())
        return not titles.isdisjoint(load_name_words().of_a_state | load_name_words().of_a_body)

    def called(self, noun: str, position: int, among: Prominence | None = None) -> Mention | None:
        """Return whom "the union" means by its words: one whose name or apposition holds the noun."""
        among, kinds = among or self._named, load_noun_kinds()
        alike = next(
            (group for group in (kinds.unions, kinds.parties, kinds.clubs) if noun in group), frozenset({noun})
        )

        def is_called(mention: Mention) -> bool:
            actor = mention.entry.actor
            if actor.type is ActorType.PERSON or (actor.type is ActorType.STATE and noun not in kinds.of_a_state):
                return False
            said = {word.lower() for word in re.findall(r"[\w-]+", actor.name)} | self._titles.get(actor.name, set())
            return not said.isdisjoint(alike)

        return next(iter(among.before(position, is_called)), None)

    def of_kind(self, noun: str, position: int, among: Prominence | None = None) -> Mention | None:
        """Return the most prominent actor of the sort that a noun stands for: a company for "the carrier"."""
        return next(iter((among or self._named).before(position, lambda mention: _is_of_kind(mention, noun))), None)

    def pronoun(self, word: str, position: int) -> Iterator[Mention]:
        """Yield whom a pronoun may mean, likeliest first: by number and person, then by prominence."""
        if word in {"he", "she", "him", "her", "his", "hers", "himself", "herself"}:
            yield from self._all.before(position, lambda m: _is_person(m) or m.entry.how == "office" or _may_be_one(m))
            return
        yield from _by_number(self._all, word, position, self._text)

    def first(self, noun: str, position: int) -> int:
        """Return where a text first spoke of "the junta": it goes on with the one that it meant there."""
        low = self._named.start_of(self._named.sentence_at(position) - _SAME_STORY)
        found = re.search(rf"\b[Tt]he {re.escape(noun)}\b", self._text[low:position])
        return low + found.start() if found else position

    def somebody(self, position: int) -> Mention | None:
        """Return whom a phrase that says nothing of him means: the most prominent person or body before it."""
        found = self._named.before(position, lambda m: _is_person(m) or _may_be_one(m) or _is_body(m))
        return next(iter(found), None)

    def states_before(self, position: int, form: str = "") -> Iterator[Mention]:
        """Yield the states named before a position that a word for a form of state fits, the likeliest first."""
        yield from self._named.before(position, partial(_has_form, form=form), topic=1.0)

    def _state_called(self, form: str, position: int) -> Mention | None:
        return next(iter(self._bodies.before(position, partial(_has_form, form=form), topic=1.0)), None)

    def actors_before(self, position: int, *, half_life: float = HALF_LIFE) -> Iterator[Mention]:
        """Yield the actors named before a position, the most prominent first."""
        yield from self._named.before(position, _acts, half_life=half_life)


def _by_number(among: Prominence, word: str, position: int, text: str) -> Iterator[Mention]:
    """Yield which bodies and groups "it" or "they" may mean: who is many first for "they", none such for "it"."""
    found = among.before(position, lambda m: not _is_person(m) and m.entry.how != "office")
    if word not in {"they", "them", "their", "theirs", "themselves"}:
        yield from (m for m in found if m.entry.how != "noun")
        return
    here = among.sentence_at(position)
    near = [m for m in found if _is_plural(m, text) and here - among.sentence_at(m.start) < 4]
    yield from near
    yield from (m for m in found if m not in near)


def _mention(one: Named, kind: ActorType, how: str, home: str = "") -> Mention:
    return Mention(one.start, one.end, Entry(Actor(one.name, kind, one.name, home=home), how))


def _without_parts(known: list[Mention], bodies: list[Mention]) -> list[Mention]:
    """Leave out names that are part of a longer one: "Kenya" in "Kenya National Union of Teachers"."""
    inside = {position for body in bodies for position in range(body.start, body.end)}
    return [mention for mention in known if mention.start not in inside]


def _in_order(mentions: list[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


def _state_of(mentions: list[Mention]) -> str:
    return mentions[0].state if mentions else ""


def _is_person(mention: Mention) -> bool:
    return mention.entry.actor.type is ActorType.PERSON


def _may_be_one(mention: Mention) -> bool:
    """Tell whether a name that nothing explains may be that of a person: two words or more."""
    return mention.entry.how == "unexplained" and " " in mention.entry.actor.name


def _acts(mention: Mention) -> bool:
    return mention.entry.actor.type is not ActorType.PERSON and mention.entry.how != "unexplained"


def _is_state(mention: Mention) -> bool:
    actor = mention.entry.actor
    return actor.type is ActorType.STATE or (mention.entry.how == "body" and bool(actor.home))


def _is_of_state(mention: Mention) -> bool:
    """Tell whether a mention is of a state or of one who acts for one."""
    return _is_state(mention) or (
        _is_person(mention) and bool(mention.entry.actor.home) and mention.entry.how != "text"
    )


def _has_form(mention: Mention, form: str) -> bool:
    """Tell whether a mention is of a state that a word for a form of state fits: "the kingdom", "the republic"."""
    forms = _forms_of_state()
    fitting, others = forms.get(form), forms["no_republic"] if form == "republic" else frozenset()
    return _is_state(mention) and (fitting is None or mention.state in fitting) and mention.state not in others


def _is_headed(mention: Mention, stem: str) -> bool:
    return not _is_person(mention) and any(word.lower() == stem for word in mention.entry.actor.name.split())


def _is_body(mention: Mention) -> bool:
    actor = mention.entry.actor
    return actor.type in _COLLECTIVE and not actor.home and mention.entry.how != "noun"


def _is_of_kind(mention: Mention, noun: str) -> bool:
    """Tell whether an actor may go by a noun: a company by "the carrier", an armed group by "the rebels"."""
    kinds, actor = load_noun_kinds(), mention.entry.actor
    if noun in kinds.of_a_state:
        return _is_state(mention)
    wanted: set[ActorType] = set()
    if noun in kinds.armed_groups:
        wanted.add(ActorType.ARMED_GROUP)
    if noun in kinds.companies:
        wanted.add(ActorType.COMPANY)
    if noun in kinds.bodies:
        wanted |= _COLLECTIVE - {ActorType.GROUP}
    if noun in kinds.companies | kinds.unions | kinds.parties | kinds.clubs:
        wanted.add(ActorType.ORGANISATION)
    return actor.type in wanted and not actor.home


def _is_plural(mention: Mention, text: str) -> bool:
    if mention.entry.how == "noun":
        return True
    said = text[mention.start : mention.end]
    return said.endswith("s") and mention.entry.how in {"demonym", "name"} and mention.entry.actor.name not in {said}


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(("sses", "ches", "shes")) else noun[:-1]
