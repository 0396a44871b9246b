"""Who a noun phrase stands for: names, titles, roles, pronouns and "the regime", resolved within one document."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.antecedents import Antecedents, load_noun_kinds
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
    role_noun,
    role_of,
    words_of_phrase,
)
from briefing_lib.models import Actor, ActorType, Document

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

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
        self.antecedents = Antecedents(text, known, list(self.newsrooms))
        self.mentions = self.antecedents.mentions
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
        if head.lemma in {"member", "majority"} and (body := members_of(head)) is not None:
            return self.party(body, offset)
        if is_own_word(head) or head.lower_ in YOURS:
            return Party(None, "own" if is_own_word(head) else "yours", head.text)
        if any(is_own_word(c) for c in modifiers_of(head)):  # "our armed forces", "the army of our republic"
            return Party(None, "own", words)
        if head.lower_ in PERSONAL | NEUTRAL and head.pos_ in {"PRON", "DET"}:
            return self._pronoun(head, offset)
        if self.is_newsroom(start, end):
            return Party(None, "newsroom", words)
        if head.lower_ in {"latter", "former"} and is_definite(head):
            return self._of_two(head, offset)
        own = next((m for m in self._covering(start, end)), None)
        if own is not None:
            watches = own.entry.how == "text" and self._only_watches(own.entry.actor.name)
            return Party(self._in_office(own, head, offset), "observers" if watches else "name", words)
        role = role_of(head)
        whose = self._whose(head, offset)
        if role:
            return self._role_party(head, role, whose, words, offset)
        return self._unlisted(head, whose, words, offset)

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
        noun = head.lemma
        if role == "groups" and whose is None and is_definite(head):
            named = self._named_by(head, noun, words, offset)
            if named is not None:
                return Party(_as_met(named, self.document), role, words, certain=False)
            if head.tag_ == "NN" and (one := self.antecedents.holder(noun, offset + head.idx)) is not None:
                return Party(replace(one, surface=words), role, words, certain=False)
        if role in {"observers", "groups"}:
            home = whose.state if whose else ""
            described = name_in(head) or (described_by(head) if words == head.text else words)
            return Party(Actor(described, ActorType.GROUP, words, home=home), role, words)
        if whose is not None:
            actor = whose.entry.actor
            kept = actor if not actor.home else self._state(actor.home) or actor
            return Party(replace(kept, surface=words), role, words, certain=whose.entry.how != "guess")
        is_body = role == "officials" and noun in load_noun_kinds().bodies  # "the regulator"
        if is_body or role in {"collectives", "states", "adversaries"}:
            return self._nominal(head, role, words, offset)
        name = name_in(head)
        body = _body_of(head) or _office_of(head)
        if body is not None and (party := self.party(body, offset)).actor is not None:
            return replace(party, role=role, speaker=words)
        if not name and is_definite(head) and (holder := self._holder(head, role, offset)) is not None:
            return Party(replace(holder, surface=words), role, words, certain=False)
        return Party(Actor(name, ActorType.PERSON, words) if name else None, role, words)

    def _holder(self, head: "Token", role: str, offset: int) -> Actor | None:
        """Resolve "the president", "the commodore": who has that title, else a person told of before."""
        position, noun = offset + head.idx, role_noun(head)
        holder = self.antecedents.holder(noun, position)
        if holder is not None or role != "heads":
            return holder
        after = self.within(position, len(self.document.text))
        return next((_as_met(m, self.document) for m in after if m.entry.actor.type is ActorType.PERSON), None)

    def _of_two(self, head: "Token", offset: int) -> Party:
        """Resolve "the latter" and "the former" to the last and the last but one of those whom the text names."""
        names: dict[str, Mention] = {}
        for mention in self.before(offset + head.idx):
            if mention.entry.how != "demonym":
                names.setdefault(mention.entry.actor.name, mention)
        pair = list(names.values())[:2]
        chosen = pair[:1] if head.lower_ == "latter" else pair[1:]
        return Party(_as_met(chosen[0], self.document) if chosen else None, "name", head.text, certain=False)

    def _agent(self, head: "Token", words: str, offset: int) -> Party | None:
        """Resolve a noun that no list has where the grammar makes it somebody: "the poet said he would …"."""
        verb, noun = head.head, head.lemma
        if head.dep_ not in SUBJECTS or head.tag_ not in {"NN", "NNP", "CD", "JJ"} or not is_definite(head):
            return None
        if self.lexicon.holds("frames.say.nouns", noun) or self.lexicon.holds("frames.bill.nouns", noun):
            return None
        is_said = verb.lemma in {
            "say",
            "tell",
            "vow",
            "warn",
            "promise",
            "swear",
            "announce",
            "insist",
            "pledge",
            "add",
        }
        is_one = noun.endswith(("year-old", "man", "woman", "ian", "ist")) or head.text.endswith("-old")
        is_maker = noun.endswith(("maker", "giant", "producer", "builder"))
        if not (is_said or is_one or is_maker):
            return None
        position = offset + head.idx
        found = self.antecedents.of_kind("company", position) if is_maker else self.antecedents.somebody(position)
        return Party(_as_met(found, self.document), "name", words, certain=False) if found is not None else None

    def _named_by(self, head: "Token", noun: str, words: str, offset: int) -> Mention | None:
        """Return the named body that "the union", "the rebels" means; what has words of its own is another."""
        kinds = load_noun_kinds()
        if not kinds.of_a_body(noun) or words.lower() not in {head.lower_, noun}:
            return None
        position = offset + head.idx
        return self.antecedents.called(noun, position) or self.antecedents.of_kind(noun, position)

    def _nominal(self, head: "Token", role: str, words: str, offset: int) -> Party:
        """Resolve "the regime", "the bloc", "the company" to an actor of that sort before it."""
        noun, kinds, position = head.lemma, load_noun_kinds(), offset + head.idx
        if role == "collectives" and noun in kinds.tools:
            return Party(None, role, words)
        is_bare = words.lower() in {head.lower_, *(f"{own} {head.lower_}" for own in (*NEUTRAL, *_WIDE))}
        bare = described_by(head) if words == head.text else words
        if kinds.of_a_body(noun) and head.tag_ == "NNS":
            return Party(Actor(bare, ActorType.GROUP, words), "groups", words)  # "talks with companies"
        is_new = any(child.lower_ in {"a", "an", "another"} for child in head.children)
        if role in {"states", "adversaries"}:
            found = next(self.antecedents.states_before(position, noun), None)
        elif not is_new and (noun in kinds.of_a_state or is_bare):
            found = self.antecedents.called(noun, position)
            if found is None and noun not in kinds.companies and (in_full := self._in_full(head, offset)):
                known = self._body_named(in_full.removesuffix(f" {head.lower_}"))
                return Party(known or Actor(in_full, ActorType.GROUP, words), role, words)
            found = found or self.antecedents.of_kind(noun, self.antecedents.first(noun, position))
            if found is None and not kinds.of_a_body(noun):
                found = next(self.antecedents.actors_before(position), None)
        else:
            found = None if is_new else self.antecedents.called(noun, position)
        if found is not None:
            actor = found.entry.actor
            state = self._state(actor.home) if actor.home and noun in kinds.of_a_state else actor
            return Party(replace(state or actor, surface=words), role, words, certain=False)
        return Party(Actor(bare, ActorType.GROUP, words), role, words)

    def _body_named(self, name: str) -> Actor | None:
        """Return a body that a text names: the RMT for "the RMT union"."""
        found = (m.entry.actor for m in self.mentions if m.entry.actor.name == name)
        return next((actor for actor in found if actor.type is ActorType.ORGANISATION), None)

    def _in_full(self, head: "Token", offset: int) -> str:
        """Return how the text first named what it calls by a noun alone: "the union" after "the dockers' union"."""
        if not is_definite(head) and not any(c.dep_ == "poss" for c in head.children):
            return ""
        before = plain(self.document.text[: offset + head.idx])
        for named in re.finditer(rf"\b([A-Za-z]+(?:'s|s')?) {re.escape(head.lower_)}\b", before):
            if named.group(1).lower() not in _SMALL:
                return named.group()
        return ""

    def _unlisted(self, head: "Token", whose: Mention | None, words: str, offset: int) -> Party:
        """Return a name that no list has; a common noun that is no role is a thing."""
        name = name_in(head)
        if (not name or " " not in name) and whose is None and (agent := self._agent(head, words, offset)) is not None:
            return agent
        if self.lexicon.holds("frames.hazard.nouns", head.lemma):
            return Party(None, "thing", words)
        if name and self._only_watches(name):
            return Party(Actor(name, ActorType.ORGANISATION, words), "observers", words)
        if name and head.pos_ == "PROPN" and entity_type(head) in {"PERSON", "ORG", "GPE", "NORP", "FAC", ""}:
            kinds = {"PERSON": ActorType.PERSON, "GPE": ActorType.STATE}
            kind = kinds.get(entity_type(head), ActorType.ORGANISATION)
            if head.tag_ == "NNPS" and kind is ActorType.ORGANISATION:
                kind = ActorType.GROUP  # "the Ulster Unionists" are a party, not the state they live in
            return Party(Actor(name, kind, words, home=whose.state if whose else ""), "unlisted", words)
        if whose is not None:
            return Party(replace(whose.entry.actor, surface=words), "thing", words, certain=whose.entry.how != "guess")
        return Party(None, "thing", words)

    def _only_watches(self, name: str) -> bool:
        """Tell whether a name is that of a body that watches and reports."""
        return any(self.lexicon.holds("frames.watcher.names", word) for word in name.split())

    def _pronoun(self, token: "Token", offset: int) -> Party:
        """Resolve a pronoun: the nearest earlier subject that fits, else the most prominent mention that does."""
        return next(self.meanings(token, offset), None) or Party(None, "pronoun", token.text)

    def meanings(self, token: "Token", offset: int) -> Iterator[Party]:
        """Yield whom a pronoun may mean, likeliest first."""
        told_of = (self.party(one, offset).actor for one in _told_of(token))
        barred = {actor.name for actor in told_of if actor is not None}
        meant = self._meanings(token, offset)
        yield from (one for one in meant if one.actor is None or one.actor.name not in barred)

    def _meanings(self, token: "Token", offset: int) -> Iterator[Party]:
        personal = token.lower_ in PERSONAL
        if token.dep_ == "poss" and (owner := _owner_before(token)) is not None:
            yield replace(self.party(owner, offset), role="pronoun")
        for subject in _antecedents_in(token):
            if (subject.head == token.head and token.dep_ in SUBJECTS) or subject.is_ancestor(token):
                continue
            party = self.party(subject, offset)
            if party.role == "own" and not personal:
                yield party
            elif party.actor and party.role not in {"thing", "observers"} and _fits(party, personal=personal):
                yield replace(party, role="pronoun", speaker=party.speaker)
        for mention in self.antecedents.pronoun(token.lower_, offset + token.idx):
            met, certain = _as_met(mention, self.document), mention.entry.how != "unexplained"
            kind = ActorType.PERSON if personal and not certain else met.type
            yield Party(replace(met, type=kind), "pronoun", met.name, certain=certain)

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


# What tells a body from no other: "the world body", "the regional bloc".
_WIDE = frozenset({"world", "governing", "global", "regional", "international"})
_SAYING = frozenset({"say", "tell", "warn", "add", "write", "announce", "declare"})
_MANY = {"they", "them", "their", "theirs", "themselves"}


def _antecedents_in(pronoun: "Token") -> Iterator["Token"]:
    """Yield the nouns of a passage that a pronoun may mean: many in its own sentence, then subjects, nearest first.

    "It" is no police and "he" no ministers; whom the sentence names as an object may be "they" in its condition.
    """
    doc, many = pronoun.doc, pronoun.lower_ in _MANY
    before = [word for word in doc[: pronoun.i] if word.pos_ in {"NOUN", "PROPN"}]
    if many and pronoun.dep_ in SUBJECTS:
        here = (
            word
            for word in reversed(before)
            if word.sent.start == pronoun.sent.start and word.dep_ in {"dobj", "pobj", *SUBJECTS}
        )
        yield from (word for word in here if word.tag_ in {"NNS", "NNPS"})
    yield from _speaker_so_far(pronoun)
    for word in reversed(before):
        is_many = word.tag_ in {"NNS", "NNPS"} or word.lower_ in {"police", "people"}
        if word.dep_ in SUBJECTS and (many or not is_many):
            yield word


def _speaker_so_far(pronoun: "Token") -> Iterator["Token"]:
    """Yield who said the sentence before, where a pronoun goes on: "Roe said that Doe had paid. It is so, he said"."""
    start = pronoun.sent.start
    if pronoun.dep_ != "nsubj" or pronoun.head.lemma not in _SAYING or start == 0:
        return
    root = pronoun.doc[start - 1].sent.root
    if root.lemma in _SAYING:
        yield from (c for c in root.children if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"})


def _told_of(pronoun: "Token") -> Iterator["Token"]:
    """Yield the subjects of the clause that a speaker's words begin with: none of them is the speaker himself.

    "If Roe did not leave, he told reporters, the troops would move in": a pronoun does not command the name that it
    means (Principle C of Chomsky 1981, "Lectures on Government and Binding").
    """
    verb, doc = pronoun.head, pronoun.doc
    if pronoun.dep_ != "nsubj" or pronoun.i == pronoun.sent.start or doc[pronoun.i - 1].text not in {",", '"'}:
        return
    if verb.lemma not in _SAYING or verb.head.i <= verb.i:
        return
    if verb.dep_ not in {"ccomp", "parataxis", "advcl"}:
        return
    for word in doc[pronoun.sent.start : pronoun.i]:
        asked = {c.lower_ for c in word.head.children if c.dep_ in {"mark", "aux", "advmod"} and c.i < word.i}
        if word.dep_ in SUBJECTS and word.pos_ == "PROPN" and asked & {"if", "unless", "should", "until", "once"}:
            yield word


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
