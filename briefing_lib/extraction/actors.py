"""Who a noun phrase stands for: names, titles, roles, pronouns and "the regime", resolved within one document."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.gazetteer import Entry, Gazetteer, Mention
from briefing_lib.extraction.grammar import SUBJECTS
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.parsing import entity_type, plain
from briefing_lib.extraction.persons import persons_in
from briefing_lib.extraction.phrases import (
    NEUTRAL,
    PERSONAL,
    YOURS,
    described_by,
    is_definite,
    is_own_word,
    members_of,
    modifiers_of,
    name_in,
    role_of,
    words_of_phrase,
)
from briefing_lib.models import Actor, ActorType, Document

if TYPE_CHECKING:
    from spacy.tokens import Token

# What many actors have: a bare "the troops" stands for nobody in particular.
_TOOLS = {
    "division",
    "brigade",
    "regiment",
    "battalion",
    "squadron",
    "force",
    "forces",
    "troop",
    "troops",
    "army",
    "navy",
    "fleet",
    "coalition",
    "police",
    "court",
    "militia",
    "soldier",
    "unit",
}
_FIRMS = {
    "company",
    "firm",
    "bank",
    "airline",
    "carmaker",
    "automaker",
    "manufacturer",
    "union",
    "club",
    "party",
    "group",
    "carrier",
}

# Bodies that a state has, and no union of states or company: "the government" is never the United Nations.
_OF_A_STATE = {
    "government",
    "administration",
    "cabinet",
    "regime",
    "junta",
    "ministry",
    "parliament",
    "legislature",
    "military",
    "court",
    "authorities",
    "army",
    "navy",
    "police",
    "embassy",
}

# Words before a noun that do not tell which one is meant.
_SMALL = {
    "the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your",
    "of", "and", "or", "but", "no", "any", "some", "every", "each", "another", "other", "same", "one", "new",
    "old", "big", "main", "whole", "own", "said", "told", "in", "on", "at", "by", "for", "to", "from", "with",
    "as", "is", "was", "be", "been", "has", "had", "will", "would",
}  # fmt: skip

# White space is bounded: each run of it that is not multiplies the ways to read a text that begins with many blanks.
_DATELINE = re.compile(
    r"^\s{0,9}[A-Z][\w .]{1,30}(?:,\s{0,3}[A-Z]?[\w .]{1,24}){0,2}\s{0,3}\([A-Z][\w ]{1,20}\)\s{0,3}[-–—]{1,2}"
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a sentence.

    ``actor`` is None for a role without a name or country ("a senior official"). ``role`` is the class of its head
    noun in roles.toml, ``name`` for a name that a list or the text explains, ``unlisted`` for another and ``pronoun``
    for a pronoun. ``speaker`` is the phrase as it stands. ``certain`` is False where a pronoun or "the ministry" was
    taken for the nearest actor that fits.
    """

    actor: Actor | None
    role: str
    speaker: str = ""
    certain: bool = True

    @property
    def may_threaten(self) -> bool:
        """Tell whether this is somebody who acts, not somebody who only watches or reports."""
        return self.role not in {"observers", "newsroom", "thing"}


class Cast:
    """The actors of one document, and what each noun phrase in it stands for.

    Everything is found from the whole text, before any of it is parsed, so that leaving paragraphs unparsed changes
    nothing.
    """

    def __init__(self, document: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.document = document
        self.legislature_of = gazetteer.legislature_of
        self.lexicon = lexicon
        text = plain(document.text)
        dateline = _DATELINE.match(text)
        self._from = dateline.end() if dateline else 0
        known = [mention for mention in gazetteer.scan(text) if mention.start >= self._from]
        self.newsrooms = gazetteer.scan_newsrooms(text)
        reporting = {position for room in self.newsrooms for position in range(room.start, room.end)}
        known = [mention for mention in known if mention.start not in reporting]
        known += persons_in(text, known)
        self.mentions = tuple(sorted(known, key=lambda mention: (mention.start, -mention.end)))
        self._starts = [mention.start for mention in self.mentions]
        self.counts = Counter(mention.state for mention in self.mentions)

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that begin in a span of the document."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, position: int) -> Iterator[Mention]:
        """Yield the mentions before a position, nearest first."""
        return reversed(self.mentions[: bisect_left(self._starts, position)])

    def is_newsroom(self, start: int, end: int) -> bool:
        """Tell whether a span names somebody who only reports."""
        return any(room.start < end and start < room.end for room in self.newsrooms)

    # --- noun phrases ---------------------------------------------------------------------------------------------

    def party(self, head: "Token", offset: int) -> Party:
        """Return who a noun phrase stands for; ``offset`` is where its passage begins in the document."""
        start, end = offset + head.idx, offset + head.idx + len(head)
        words = words_of_phrase(head)
        if str(head.lemma_).lower() in {"member", "majority"} and (body := members_of(head)) is not None:
            return self.party(body, offset)
        if is_own_word(head) or head.lower_ in YOURS:
            return Party(None, "own" if is_own_word(head) else "yours", head.text)
        if any(is_own_word(c) for c in modifiers_of(head)):  # "our armed forces", "the army of our republic"
            return Party(None, "own", words)
        if head.lower_ in PERSONAL | NEUTRAL and head.pos_ in {"PRON", "DET"}:
            return self._pronoun(head, offset)
        if self.is_newsroom(start, end):
            return Party(None, "newsroom", words)
        own = next((m for m in self._covering(start, end)), None)
        if own is not None:
            return Party(self._in_office(own, head, offset), "name", words)
        role = role_of(head)
        whose = self._whose(head, offset)
        if role:
            return self._role_party(head, role, whose, words, offset)
        return self._unlisted(head, whose, words)

    def _in_office(self, mention: Mention, head: "Token", offset: int) -> Actor:
        """Return an actor as met; a person in the office that the phrase gives ("European Council President …")."""
        actor = _as_met(mention, self.document)
        if actor.type is not ActorType.PERSON:
            return actor
        office = next(
            (m for t in modifiers_of(head) for m in self._covering(offset + t.idx, offset + t.idx + len(t))), None
        )
        if office is None or office.entry.actor.type is ActorType.PERSON or office.start == mention.start:
            return actor
        return replace(actor, home=office.state)

    def _covering(self, start: int, end: int) -> Iterator[Mention]:
        # A mention is a few words long: those that begin up to 60 characters before can cover the token.
        return (m for m in self.within(max(0, start - 60), end) if m.start < end and start < m.end)

    def _whose(self, head: "Token", offset: int) -> Mention | None:
        """Return the actor whose institution, official or group a noun phrase names."""
        for token in modifiers_of(head):
            start, end = offset + token.idx, offset + token.idx + len(token)
            if token.dep_ == "poss" and (
                token.lower_ in PERSONAL | NEUTRAL or role_of(token) in {"states", "collectives"}
            ):
                party = self.party(token, offset)
                if party.actor:
                    return Mention(start, end, Entry(party.actor, "guess"))
            found = next(self._covering(start, end), None)
            if found:
                return found
        return None

    def _role_party(self, head: "Token", role: str, whose: Mention | None, words: str, offset: int) -> Party:
        if role == "groups" and whose is None and str(head.lemma_).lower() in _FIRMS and is_definite(head):
            return self._nominal(head, role, words, offset)
        if role in {"observers", "groups"}:
            home = whose.state if whose else ""
            described = name_in(head) or (described_by(head) if words == head.text else words)
            return Party(Actor(described, ActorType.GROUP, words, home=home), role, words)
        if whose is not None:
            actor = whose.entry.actor
            kept = actor if not actor.home else self._state(actor.home) or actor
            return Party(replace(kept, surface=words), role, words, certain=whose.entry.how != "guess")
        if role in {"collectives", "states", "adversaries"}:
            return self._nominal(head, role, words, offset)
        name = name_in(head)
        body = _body_of(head) or _office_of(head)
        if body is not None and (party := self.party(body, offset)).actor is not None:
            return replace(party, role=role, speaker=words)
        if not name and role == "heads" and is_definite(head):
            return self._head_of(head, role, words, offset)
        return Party(Actor(name, ActorType.PERSON, words) if name else None, role, words)

    def _head_of(self, head: "Token", role: str, words: str, offset: int) -> Party:
        """Resolve "the president" to the nearest person before it whom a list or the text ties to a state."""
        after = self.within(offset + head.idx, len(self.document.text))
        for mention in (*self.before(offset + head.idx), *after):
            if mention.entry.actor.type is ActorType.PERSON:
                return Party(_as_met(mention, self.document), role, words, certain=False)
        return Party(None, role, words)

    def _nominal(self, head: "Token", role: str, words: str, offset: int) -> Party:
        """Resolve "the regime", "the bloc", "the company" to the nearest actor of that sort before it."""
        if role == "collectives" and str(head.lemma_).lower() in _TOOLS:
            return Party(None, role, words)
        is_state = role in {"states", "adversaries"}
        wanted = {ActorType.STATE, ActorType.ORGANISATION} if is_state else set(ActorType) - {ActorType.PERSON}
        if str(head.lemma_).lower() in _FIRMS and head.tag_ == "NNS" and not is_definite(head):
            described = described_by(head) if words == head.text else words
            return Party(Actor(described, ActorType.GROUP, words), "groups", words)  # "talks with companies"
        if str(head.lemma_).lower() in _FIRMS:
            wanted = {ActorType.COMPANY, ActorType.ORGANISATION}
            wanted |= {ActorType.ARMED_GROUP} if str(head.lemma_).lower() == "group" else set()
        if str(head.lemma_).lower() in _OF_A_STATE:
            wanted = {ActorType.STATE}
        for mention in self.before(offset + head.idx):
            actor = mention.entry.actor
            state = self._state(actor.home) if actor.home else actor
            if state and state.type in wanted:
                return Party(replace(state, surface=words), role, words, certain=False)
        described = self._in_full(head, offset) or described_by(head) if words == head.text else words
        return Party(Actor(described, ActorType.GROUP, words), role, words)

    def _in_full(self, head: "Token", offset: int) -> str:
        """Return how the text first named what it calls by a noun alone: "the union" after "the dockers' union"."""
        if not is_definite(head) and not any(c.dep_ == "poss" for c in head.children):
            return ""
        before = plain(self.document.text[: offset + head.idx])
        for named in re.finditer(rf"\b([A-Za-z]+(?:'s|s')?) {re.escape(head.lower_)}\b", before):
            if named.group(1).lower() not in _SMALL:
                return named.group()
        return ""

    def _unlisted(self, head: "Token", whose: Mention | None, words: str) -> Party:
        """Return a name that no list has; a common noun that is no role is a thing."""
        name = name_in(head)
        if self.lexicon.holds("frames.hazard.nouns", str(head.lemma_).lower()):
            return Party(None, "thing", words)
        if name and any(word in self.lexicon.words["frames.watcher.names"] for word in name.split()):
            return Party(Actor(name, ActorType.ORGANISATION, words), "observers", words)
        if name and head.pos_ == "PROPN" and entity_type(head) in {"PERSON", "ORG", "GPE", "NORP", "FAC", ""}:
            kind = {"PERSON": ActorType.PERSON, "GPE": ActorType.STATE}.get(entity_type(head), ActorType.ORGANISATION)
            return Party(Actor(name, kind, words, home=whose.state if whose else ""), "unlisted", words)
        if whose is not None:
            return Party(replace(whose.entry.actor, surface=words), "thing", words, certain=whose.entry.how != "guess")
        return Party(None, "thing", words)

    def _pronoun(self, token: "Token", offset: int) -> Party:
        """Resolve a pronoun: the nearest earlier subject that fits, else the nearest earlier mention that does."""
        personal = token.lower_ in PERSONAL
        position = offset + token.idx
        if token.dep_ == "poss" and (owner := _owner_before(token)) is not None:
            return replace(self.party(owner, offset), role="pronoun")
        subjects = [word for word in token.doc[: token.i] if word.dep_ in SUBJECTS and word.pos_ in {"NOUN", "PROPN"}]
        for subject in reversed(subjects):
            if (subject.head == token.head and token.dep_ in SUBJECTS) or subject.is_ancestor(token):
                continue
            party = self.party(subject, offset)
            if party.role == "own" and not personal:
                return party
            if party.actor and party.role not in {"thing", "observers"} and _fits(party, personal=personal):
                return replace(party, role="pronoun", speaker=party.speaker)
        for mention in self.before(position):
            party = Party(_as_met(mention, self.document), "pronoun", mention.entry.actor.name)
            if _fits(party, personal=personal):
                return party
        return Party(None, "pronoun", token.text)

    def _state(self, name: str) -> Actor | None:
        found = next((m.entry.actor for m in self.mentions if m.entry.actor.name == name), None)
        return found or (Actor(name, ActorType.STATE, name) if name else None)

    def home_of(self, actor: Actor) -> Actor:
        """Return the state that a person or body acts for, or the actor itself."""
        return self._state(actor.home) or actor if actor.home else actor

    def others_than(self, actor: Actor | None, start: int, end: int) -> list[Actor]:
        """Return the other actors that a span names, in order, without what belongs to the given one."""
        mine = {actor.name, actor.home} - {""} if actor else set()
        found: list[Actor] = []
        for mention in self.within(start, end):
            other = self.home_of(mention.entry.actor)
            if other.name not in mine and other.name not in {item.name for item in found}:
                found.append(replace(other, surface=self.document.text[mention.start : mention.end]))
        return found


def _fits(party: Party, *, personal: bool) -> bool:
    assert party.actor is not None
    is_person = party.actor.type is ActorType.PERSON or party.role in {"heads", "officials", "spokespersons"}
    return is_person if personal else party.actor.type is not ActorType.PERSON


def _office_of(head: "Token") -> "Token | None":
    """Return the body whose officer an apposition says somebody is: "Ada Novak, the president of Solvane"."""
    for child in head.children:
        if child.dep_ == "appos" and role_of(child) in {"heads", "officials", "spokespersons"}:
            return _body_of(child)
    return None


def _body_of(officer: "Token") -> "Token | None":
    """Return the proper name of the body that an officer serves: "the president of Solvane", "Solvane's owner"."""
    for child in officer.children:
        if child.dep_ == "poss" and child.pos_ == "PROPN" and entity_type(child) == "ORG":
            return child
        if child.dep_ == "prep" and child.lower_ in {"of", "at"}:
            return next((g for g in child.children if g.dep_ == "pobj" and g.pos_ == "PROPN"), None)
    return None


def _owner_before(token: "Token") -> "Token | None":
    """Return the first owner in a coordination: "Ruritania's refusal to talk, and its threat to leave"."""
    noun = token.head
    while noun.dep_ == "conj":
        noun = noun.head
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        if owner is not None and owner.pos_ == "PROPN":
            return owner
    return None


def _as_met(mention: Mention, document: Document) -> Actor:
    return replace(mention.entry.actor, surface=document.text[mention.start : mention.end])
