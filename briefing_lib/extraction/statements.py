"""Who is speaking: quotations and whom they belong to, and documents that are one speaker's own words."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.actors import Cast, Party
from briefing_lib.extraction.gazetteer import Gazetteer
from briefing_lib.extraction.grammar import subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.parsing import plain
from briefing_lib.extraction.phrases import is_own_word
from briefing_lib.models import Actor, DateRange, Document
from briefing_lib.reading import find_dates, resolve_date

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Parse, Stretch, Token

_QUOTED = re.compile(r'"[^"\n]*"')
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my)\b")
# A name that opens a statement: "Ada Novak, deputy minister of …, issued the following statement on Sunday".
_ISSUED = re.compile(
    r"(?:^|--\s*)([A-Z][^\n.]{2,160}?)\s+(?:issued|released|made public|published|gave|made|delivered)"
    r"\s+(?:the|a|an)\s+(?:following\s+)?(?:[\w']+\s+){0,3}"
    r"(?:statement|speech|commentary|notice|answer|report|declaration|announcement|crucial)"
)
# A report that opens with when it was said: "A spokesman for the ministry said on Oct. 18 that …".
_SAID_ON = re.compile(r"\b(?:said|stated|told|warned|announced)\b[^.\n]{0,40}?\bon (?=[A-Z])")
_INTRODUCTION = 160  # characters in which a statement's title may stand before its day
_ENOUGH_FIRST_PERSON = 2
_ENOUGH_OUTSIDE = 40  # characters that tell of somebody's words
_HEAD = 60  # characters: a dateline
_REPORTED = re.compile(r"\b(?:said|says|told|announced|reported|warned|threatened|added|according)\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a document is made of, outside quotations; ``party`` is None for a reporter's.

    ``issued`` is the day that a statement gives of itself, or None.
    """

    party: Party | None = None
    speaker: str = ""
    issued: DateRange | None = None


def voice_of(document: Document, cast: Cast, gazetteer: Gazetteer) -> Voice:
    """Return whose words a document is: a statement's or speech's author, a state's own news agency, or a reporter's.

    A document is somebody's own words where it says "we" or "I" outside quotations, or is introduced as a statement.
    """
    text = plain(document.text)
    issued = _ISSUED.search(text[:1200])
    speaker = issued.group(1).split(",")[0].strip() if issued else ""
    party = _author(document, text, cast, gazetteer, speaker=speaker, is_issued=issued is not None)
    if party is None:
        return Voice()
    return Voice(party, speaker, _day_of_issue(document, text, issued))


def _author(
    document: Document, text: str, cast: Cast, gazetteer: Gazetteer, *, speaker: str, is_issued: bool
) -> Party | None:
    organ = _organ(document, cast, gazetteer)
    if organ is not None:
        home = cast.home_of(organ)
        return Party(home, "name", speaker or home.name)
    outside = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)
    if len("".join(outside.split())) < _ENOUGH_OUTSIDE:
        outside = text  # a statement that is all one quotation
    enough = 1 if is_issued or not _REPORTED.search(outside) else _ENOUGH_FIRST_PERSON
    if len(_FIRST_PERSON.findall(outside)) < enough:
        return None
    if not is_issued and any(gazetteer.scan_newsrooms(plain(name)) for name in (document.publisher, document.author)):
        return None  # "we" is a reporter's: "Voice of America" is a broadcaster, not America
    for source in (document.publisher, document.author, document.title):
        found = gazetteer.scan(plain(source))
        if found:
            actor = found[0].entry.actor
            return Party(cast.home_of(actor), "name", speaker or actor.name)
    first = next(iter(cast.within(0, 400)), None)
    if is_issued and first is not None:
        return Party(cast.home_of(first.entry.actor), "name", speaker)
    return Party(None, "own", "")


def _day_of_issue(document: Document, text: str, issued: re.Match[str] | None) -> DateRange | None:
    """Return the day that the introduction of a statement gives ("… issued the following statement on Sunday")."""
    published = document.published
    if published is None or published.end is None:
        return None
    said = issued or _SAID_ON.search(text[:600])
    if said is None:
        return None
    rest = text[said.start() : said.end() + _INTRODUCTION].split("\n", maxsplit=1)[0]
    for mention in find_dates(rest):
        day = resolve_date(mention.words, published=published.end)
        if day is not None and day.start is not None and day.start <= published.end and mention.start > 20:
            return day
    return None


def _organ(document: Document, cast: Cast, gazetteer: Gazetteer) -> Actor | None:
    """Return the state organ whose own copy a document is, by its publisher or the head of its text."""
    for room in gazetteer.scan_newsrooms(plain(document.publisher)):
        if room.entry.actor.home:
            return room.entry.actor
    return next((room.entry.actor for room in cast.newsrooms if room.entry.actor.home and room.start < _HEAD), None)


@dataclass(frozen=True, slots=True)
class Statements:
    """Which tokens of a passage are somebody's own words, and whose the quoted ones are."""

    own: frozenset[int]
    quoted: frozenset[int]
    speakers: tuple[tuple[int, int, Party], ...]
    voice: Voice

    def speaker_of(self, token: "Token") -> Party | None:
        """Return who says a token in his own words, or None for a reporter's words."""
        for start, end, party in self.speakers:
            if start <= token.i < end:
                return party
        return self.voice.party


def statements_in(doc: "Parse", cast: Cast, offset: int, voice: Voice, lexicon: Lexicon) -> Statements:
    """Return the quotations of a passage with their speakers; in a statement, all of it is the author's own."""
    ranges = _quotations(doc)
    quoted = frozenset(i for start, end in ranges for i in range(start, end))
    speakers = []
    for start, end in ranges:
        party = _speaker_of_quotation(doc, start, end, quoted, cast, offset, lexicon)
        if party is not None:
            speakers.append((start, end, party))
    own = quoted if voice.party is None else frozenset(range(len(doc)))
    return Statements(own, quoted, tuple(speakers), voice)


def _quotations(doc: "Parse") -> list[tuple[int, int]]:
    """Return the token ranges in double quotes; an unclosed one runs to the end (its paragraph goes on)."""
    marks = [t.i for t in doc if t.text in {'"', "``", "''"}]
    ranges = [(marks[k] + 1, marks[k + 1]) for k in range(0, len(marks) - 1, 2)]
    if len(marks) % 2:
        ranges.append((marks[-1] + 1, len(doc)))
    return [(start, end) for start, end in ranges if end - start > 2]


def _speaker_of_quotation(
    doc: "Parse", start: int, end: int, quoted: frozenset[int], cast: Cast, offset: int, lexicon: Lexicon
) -> Party | None:
    """Find the subject of the verb of saying that stands nearest to a quotation, outside all quotations."""
    outside = [t for t in doc if t.i not in quoted and _says(t, lexicon)]
    near = sorted(outside, key=lambda t: min(abs(t.i - start), abs(t.i - end)))
    for verb in near:
        subject = subject_of(verb)
        if subject is None or subject.i in quoted or is_own_word(subject):
            continue
        party = cast.party(subject, offset)
        if party.actor is not None:
            return party
    return None


def _says(token: "Token", lexicon: Lexicon) -> bool:
    if token.pos_ != "VERB":
        return False
    lemma = token.lemma
    return lemma == "ask" or any(
        lexicon.holds(f"frames.{frame}.verbs", lemma) for frame in ("say", "warn", "threaten", "announce", "vow")
    )


def sentence_speaker(sentence: "Stretch", cast: Cast, offset: int, lexicon: Lexicon) -> Party | None:
    """Return who says a sentence: the subject of its verb of saying, if it has one."""
    for token in sentence:
        if _says(token, lexicon):
            subject = subject_of(token)
            if subject is not None:
                party = cast.party(subject, offset)
                if party.actor is not None and party.may_threaten:
                    return party
    return None
