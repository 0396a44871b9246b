"""What a model says → records: a span of the document, a known name, a date in its words, or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from briefing_lib.extraction.actors import Cast
from briefing_lib.extraction.details import content_terms, last_date_before, not_after
from briefing_lib.extraction.language_model.answer import SaidOutcome, SaidThreat
from briefing_lib.extraction.parsing import parse
from briefing_lib.extraction.phrases import NEUTRAL, OWN, PERSONAL, YOURS
from briefing_lib.extraction.scene import Reader
from briefing_lib.models import Actor, ActorType, DateRange, Outcome, Passage, PassageKind, Threat
from briefing_lib.reading import resolve_date

NOT_THERE = "quotes that are not in the document, dropped"
TOO_SHORT = "quotes of less than two words, dropped"
OF_NOBODY = "threats of nobody whom the document names, dropped"
NO_WORDS = "further values that are no words of the document, left out"

# Characters of the same length that part words as a blank does, so that a line break is none to the reader of a quote.
_BLANKS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u00a0": " "})
_PRONOUNS = frozenset(PERSONAL | NEUTRAL | OWN | YOURS)


def as_shown(passage: Passage) -> str:
    """Return a passage as the model is shown it: of the same length, with blanks for line breaks."""
    return passage.quote().translate(_BLANKS)


class Ground:
    """A piece of a document that an answer is held to.

    Parameters
    ----------
    passages
        The paragraphs that the model was shown.
    reason
        What a record says of where it comes from.
    dropped
        Counts what is left out, by a description of it.
    """

    def __init__(self, passages: Sequence[Passage], reader: Reader, reason: str, dropped: Counter[str]) -> None:
        self.document = passages[0].document
        self._shown = [(passage, as_shown(passage)) for passage in passages]
        self._whole = self.document.text.translate(_BLANKS)
        self._reader = reader
        self._reasons = (reason,)
        self._dropped = dropped

    def threat(self, said: SaidThreat | None) -> Threat | None:
        """Return a threat whose quote stands in one paragraph and whose sender the document names, or None."""
        found = None if said is None else self._quoted(said.quote)
        if said is None or found is None:
            return None
        paragraph, quote = found
        sender, speaker = self._sender(said, quote)
        if sender is None:
            self._dropped[OF_NOBODY] += 1
            return None
        target = self._party(said.target, quote)
        act = self._words(said.act, paragraph, quote) or quote
        deadline = self._words(said.deadline, paragraph, quote)
        condition = self._words(said.condition, paragraph, quote)
        return Threat(
            sender=sender,
            target=None if target is None or target.name == sender.name else target,
            speaker=speaker,
            act=_text_of(act),
            kind=said.kind,
            mode=said.mode,
            modality=said.modality,
            condition=_text_of(condition),
            deadline_words=_text_of(deadline),
            deadline=resolve_date(_text_of(deadline), published=self._day, future=True) if deadline else None,
            issued=self._issued(self._words(said.issued, paragraph, quote), quote),
            terms=_terms_of(act),
            passage=quote,
            reasons=self._reasons,
        )

    def outcome(self, said: SaidOutcome, threats: Sequence[Threat | None]) -> Outcome | None:
        """Return an outcome whose quote stands in one paragraph, or None.

        Parameters
        ----------
        threats
            Those of the same answer, in its order, as far as they were kept.
        """
        found = self._quoted(said.quote)
        if found is None:
            return None
        paragraph, quote = found
        actor, target = self._party(said.actor, quote), self._party(said.target, quote)
        when = self._words(said.when, paragraph, quote)
        on = resolve_date(_text_of(when), published=self._day) if when else None
        return Outcome(
            status=said.status,
            passage=quote,
            stated=said.stated,
            actor=actor,
            target=None if target is None or (actor and target.name == actor.name) else target,
            terms=_terms_of(self._words(said.act, paragraph, quote) or quote),
            mode=said.mode,
            refers_to=threats[said.threat] if said.threat is not None and said.threat < len(threats) else None,
            on=not_after(on, self._day) if on else self.document.published,
            reasons=self._reasons,
        )

    @property
    def _cast(self) -> Cast:
        return self._reader.cast

    # --- words ---------------------------------------------------------------------------------------------------

    def _quoted(self, words: str) -> tuple[Passage, Passage] | None:
        """Return the first paragraph of the piece that holds a quote to the letter, and where in it."""
        words = words.translate(_BLANKS)
        if len(words.split()) < 2:
            self._dropped[TOO_SHORT] += 1
            return None
        for paragraph, shown in self._shown:
            start = _place(words, shown)
            if start >= 0:
                return paragraph, _part(paragraph, start, len(words))
        self._dropped[NOT_THERE] += 1
        return None

    def _words(self, words: str, paragraph: Passage, quote: Passage) -> Passage | None:
        """Return where words stand, in the quote or else in its paragraph; None where they do not."""
        words = words.translate(_BLANKS)
        if not words:
            return None
        for passage in (quote, paragraph):
            start = _place(words, as_shown(passage))
            if start >= 0:
                return _part(passage, start, len(words))
        self._dropped[NO_WORDS] += 1
        return None

    # --- who -----------------------------------------------------------------------------------------------------

    def _sender(self, said: SaidThreat, quote: Passage) -> tuple[Actor | None, str]:
        """Return who threatens, the state or body where a person of it speaks, and who uttered it."""
        sender, place = self._party(said.sender, quote), self._span(said.sender, quote)
        if sender is None:
            return None, ""
        speaker = self._span(said.speaker, quote)
        if said.speaker and speaker is None:
            self._dropped[NO_WORDS] += 1
        if speaker is None and place is not None and sender.surface != _text_of(place):
            speaker = place  # "Ruritania's minister": the state's threat, in the minister's words
        words = _text_of(speaker)
        return sender, "" if words in {sender.name, sender.surface} else words

    def _party(self, words: str, quote: Passage) -> Actor | None:
        """Return whom words stand for: an actor whom lists or the text explain, else the words themselves as a name.

        ``surface`` is the part of the words that names the actor itself: nothing of a person who speaks for a state.
        """
        if not words or words.lower() in _PRONOUNS:
            return None
        place = self._span(words, quote)
        if place is None:
            named = next((m for m in self._cast.mentions if words in {m.entry.actor.name, m.state}), None)
            if named is None:
                self._dropped[NO_WORDS] += 1
                return None
            return self._cast.home_of(named.entry.actor)
        if self._cast.is_newsroom(place.start, place.end):
            return None
        inner = next(iter(self._cast.within(place.start, place.end)), None)
        if inner is None:
            name = _text_of(place)
            return Actor(name, ActorType.GROUP, name)
        actor = inner.entry.actor
        home = self._cast.home_of(actor)
        return replace(home, surface=self.document.text[inner.start : inner.end] if home == actor else home.name)

    def _span(self, words: str, quote: Passage) -> Passage | None:
        """Return where a name stands: in the quote, else first in the document."""
        words = words.translate(_BLANKS)
        if not words:
            return None
        start = _place(words, as_shown(quote))
        if start >= 0:
            return _part(quote, start, len(words))
        start = _place(words, self._whole)
        return Passage(self.document, start, start + len(words), PassageKind.CLAUSE) if start >= 0 else None

    # --- when ----------------------------------------------------------------------------------------------------

    @property
    def _day(self) -> date | None:
        return self.document.published.end if self.document.published else None

    def _issued(self, words: Passage | None, quote: Passage) -> DateRange | None:
        """Return when a threat was made: as its words say, else as the rules take it of such a document."""
        published, voice = self.document.published, self._reader.voice
        told = resolve_date(_text_of(words), published=self._day) if words else None
        if told is not None and (self._day is None or told.start is None or told.start <= self._day):
            return not_after(told, self._day)
        if published is None:
            return last_date_before(self.document, quote.start)
        if voice.party is not None:
            return voice.issued or published
        return DateRange(None, published.end, published.precision)


def _place(words: str, text: str) -> int:
    """Return where whole words stand first in a text, or -1."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        cuts_before = start > 0 and words[0].isalnum() and text[start - 1].isalnum()
        cuts_after = end < len(text) and words[-1].isalnum() and text[end].isalnum()
        if not cuts_before and not cuts_after:
            return start
        start = text.find(words, start + 1)
    return -1


def _part(passage: Passage, start: int, length: int) -> Passage:
    first = passage.start + start
    return Passage(passage.document, first, first + length, PassageKind.CLAUSE)


def _text_of(passage: Passage | None) -> str:
    return " ".join(passage.quote().split()) if passage else ""


def _terms_of(passage: Passage) -> tuple[str, ...]:
    return content_terms(token for _, doc in parse([passage]) for token in doc)
