"""One candidate in its surroundings: what the questions who, to whom and whose act are asked of."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefing_lib.extraction.actors import Cast, Party
from briefing_lib.extraction.candidates import Candidate
from briefing_lib.extraction.gazetteer import Gazetteer
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.statements import Statements, Voice, voice_of
from briefing_lib.models import ActorType, Document, Passage

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token


_CLEARLY = 4  # words of sport or polls that make a report one of a contest


@dataclass(frozen=True)
class Reader:
    """What finding threats in a document needs: its cast, its voice, the word lists; made when it is asked for."""

    document: Document
    gazetteer: Gazetteer
    lexicon: Lexicon

    @cached_property
    def cast(self) -> Cast:
        """The actors of the document."""
        return Cast(self.document, self.gazetteer, self.lexicon)

    @cached_property
    def voice(self) -> Voice:
        """Whose words the document is made of."""
        return voice_of(self.document, self.cast, self.gazetteer)

    @cached_property
    def is_contest(self) -> bool:
        """Tell whether the document is about a match or a poll, by its words, and not about arms."""
        words = Counter(re.findall(r"[a-z]+", self.cast.document.text.lower()))
        contest, arms = (
            sum(words[w] for w in self.lexicon.words[f"frames.contest.{kind}"]) for kind in ("nouns", "arms")
        )
        return contest >= _CLEARLY and contest > 2 * arms


@dataclass(frozen=True, slots=True)
class Scene:
    """A candidate, its sentence and passage, who says what in it, and what is known of the document."""

    candidate: Candidate
    sentence: "Stretch"
    passage: Passage
    statements: Statements
    reader: Reader

    @property
    def cast(self) -> Cast:
        """The actors of the document."""
        return self.reader.cast

    @property
    def lexicon(self) -> Lexicon:
        """The word lists."""
        return self.reader.lexicon

    def party(self, token: "Token") -> Party:
        """Return who a noun phrase of the sentence stands for."""
        return self.cast.party(token, self.passage.start)

    def bounds(self) -> tuple[int, int]:
        """Return where the sentence stands in the document, half-open."""
        return self.passage.start + self.sentence.start_char, self.passage.start + self.sentence.end_char

    def same_side(self, one: Party, other: Party) -> bool:
        """Tell whether two parties act for one state or body; one that nobody names is on any side."""
        if one.actor is None or other.actor is None:
            return True
        mine = {other.actor.name, self.cast.home_of(other.actor).name, other.actor.home} - {""}
        return bool(mine & {one.actor.name, self.cast.home_of(one.actor).name, one.actor.home})

    def speaks_for(self, party: Party, doer: Party) -> bool:
        """Tell whether a speaker of no known country speaks for the doer: a president, a union for its members."""
        is_person = party.role == "pronoun" and party.actor is not None and _is_stateless(party)
        if doer.actor is not None and (party.role in _SPEAK or is_person):
            unknown = party.actor is None or not party.certain
            unknown = unknown or (party.actor is not None and _is_stateless(party))
            of_a_union = (
                doer.actor.type is ActorType.ORGANISATION and not doer.actor.home and party.role != "collectives"
            )
            if unknown or of_a_union:
                return doer.role not in _NOBODY and doer.actor.type is not ActorType.PERSON
        members = party.speaker.lower().split()[-1:]
        speaks = bool(members) and self.lexicon.holds("frames.watcher.members", members[0])
        return speaks and doer.role in {"groups", "victims", "observers"}


_SPEAK = frozenset({"heads", "officials", "spokespersons", "name", "unlisted", "collectives"})
_NOBODY = frozenset({"thing", "observers", "pronoun"})


def _is_stateless(party: Party) -> bool:
    return party.actor is not None and party.actor.type is ActorType.PERSON and not party.actor.home
