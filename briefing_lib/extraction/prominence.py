"""Which of those whom a text has named a later phrase most likely means, from the text alone.

Centering theory (Grosz, Joshi and Weinstein, Computational Linguistics 21, 1995) and the resolution of pronouns by
salience (Lappin and Leass, Computational Linguistics 20, 1994; without a parse: Mitkov, 1998) rank antecedents by how
they were last told of: a subject before an object, an object before an adjunct, the nearer sentence before the farther.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from briefing_lib.extraction.gazetteer import Mention
from briefing_lib.extraction.names import load_name_words
from briefing_lib.models import ActorType

_SENTENCE = re.compile(r"(?<=[.!?])[\"')]{0,2}\s+(?=[\"'(]?[A-Z])|\n+")
# A subject before an object before an adverbial, as Lappin and Leass have it (80, 50 and less).
_SUBJECT, _OBJECT, _ADJUNCT, _ADJECTIVE = 0.8, 0.5, 0.1, 0.3
HALF_LIFE = 2.0  # sentences after which a mention counts for half; a paragraph of news is about as long
_OFTEN = 0.1  # what each further mention of the same adds, up to _MOST of them
_MOST = 4
_STORY = 8  # sentences in which a text still speaks of the same matter: a broadcast goes on to another
_FAR = 12  # sentences after which a phrase seldom means what was told of before
_BEFORE = 40  # characters before a mention that tell its part in the sentence
_PREPOSITION = re.compile(r"\b(\w+)(?: the| an?| \w+'s)? $")
_THE = re.compile(r"\b[Tt]he $")
_NEXT = re.compile(r"(?:'s)? (\w+)\b")


@lru_cache(maxsize=4)  # a text is looked at in several ways, one after the other
def _sentences(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in _SENTENCE.finditer(text)))


class Prominence:
    """The mentions of a text with the parts they play in their sentences."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._sentences = _sentences(text)
        self._parts: dict[int, float] = {}

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence that a position is in."""
        return bisect_right(self._sentences, position) - 1

    def sentence_start(self, position: int) -> int:
        """Return where the sentence of a position begins."""
        return self._sentences[self.sentence_at(position)]

    def start_of(self, sentence: int) -> int:
        """Return where a sentence begins, the first one for a number below nought."""
        return self._sentences[max(0, sentence)]

    def at(self, position: int) -> list[Mention]:
        """Return the mentions that cover a position."""
        index = bisect_right(self._starts, position)
        return [m for m in self._mentions[max(0, index - 4) : index] if position < m.end]

    def before(
        self, position: int, fits: Callable[[Mention], bool], *, topic: float = 0.5, half_life: float = HALF_LIFE
    ) -> list[Mention]:
        """Return the mentions before a position that fit, the most prominent first.

        Parameters
        ----------
        topic
            How much it counts that a text speaks of somebody often: a pronoun means whoever was told of last, "the
            government" the one that the text is about.
        half_life
            Sentences after which a mention counts for half.
        """
        here = self.sentence_at(position)
        often: Counter[str] = Counter()
        parts: dict[str, tuple[float, int]] = {}
        for index in range(bisect_right(self._starts, position - 1) - 1, -1, -1):
            mention = self._mentions[index]
            away = here - self.sentence_at(mention.start)
            if away > _FAR and parts:
                break
            if mention.end > position:
                continue
            if away <= _STORY:
                often[_of_whom(mention)] += 1
            if fits(mention):
                part, name = self._part(index) * 2.0 ** (-away / half_life), mention.entry.actor.name
                if name not in parts or part > parts[name][0]:
                    parts[name] = part, index
        scores = [
            (part + topic * _OFTEN * min(often[_of_whom(self._mentions[index])], _MOST), index)
            for part, index in parts.values()
        ]
        return [self._mentions[index] for _, index in sorted(scores, reverse=True)]

    def _part(self, index: int) -> float:
        if index not in self._parts:
            self._parts[index] = self._part_of(index)
        return self._parts[index]

    def _part_of(self, index: int) -> float:
        """Weigh the part that a mention plays in its sentence."""
        mention, text = self._mentions[index], self._text
        begin = max(self.sentence_start(mention.start), mention.start - _BEFORE)
        before, after = text[begin : mention.start], text[mention.end : mention.end + 24]
        preposition = _PREPOSITION.search(before)
        word = preposition.group(1).lower() if preposition else ""
        if word in load_name_words().before_a_place and mention.entry.actor.type is not ActorType.PERSON:
            return _ADJUNCT
        if mention.entry.how == "demonym" and re.match(r" [a-z]", after) and not _is_verb(after):
            return _ADJECTIVE if not before.strip() or word else _ADJECTIVE + 0.1
        if (
            mention.entry.how == "demonym"
            and not text[mention.start : mention.end].endswith("s")
            and _THE.search(before)
        ):
            return _ADJECTIVE  # "the German": a man, not his country
        if word in {"of", "for", "with", "on", "against", "by", "about", "over", "under"}:
            return _OBJECT if word == "by" else _ADJECTIVE
        if word in load_name_words().speech or _is_verb(after) or not before.strip():
            return _SUBJECT
        return _OBJECT


def _of_whom(mention: Mention) -> str:
    """Name whom a mention speaks of: a person himself, any other by his state."""
    actor = mention.entry.actor
    return actor.name if actor.type is ActorType.PERSON else mention.state


def _is_verb(after: str) -> bool:
    """Tell whether what follows a mention is a verb of which it may be the subject."""
    found = _NEXT.match(after)
    if found is None:
        return bool(re.match(r", (?:who|which|whose|the|an?)\b", after))
    word, words = found.group(1), load_name_words()
    return word in words.acting or word in words.speech or (word.islower() and word.endswith(("ed", "s")))
