"""Which passages of a document without threats of its own can bear on a threat made elsewhere.

Most documents hold no threat, and most of what they report answers none. A passage is out of reach where no outcome in
it could be given to any threat, whatever the parser makes of its words: each rule of ``bearing`` and ``deeds`` that
speaks of another document is asked here for what it needs at the least. That reaching less changes no case is tested
(tests/assessment/test_reach.py).
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from briefing_lib.assessment.deeds import KIND_BY_MODE, LEAST_SHARE, MILITARY, asks_for_an_end, opposites
from briefing_lib.assessment.gist import ACT_WITHIN, Gist, gist_of, published_on, side
from briefing_lib.assessment.likeness import class_of, stem
from briefing_lib.extraction import DENYING, Entries, Extraction, Lexicon, possible_lemmas
from briefing_lib.models import Kind, Mode, Span, Threat
from briefing_lib.reading import find_dates

_LETTERS = re.compile(r"[^\W\d_]+")
_TELLING = (
    *(
        f"{status}.{part}"
        for status in ("carried_out", "suspended", "withdrawn")
        for part in ("object", "phrases", "nouns")
    ),
    "not_carried_out.phrases",
    "unclear.phrases",
)
_CONTROL = ("control", "possession")  # "took control of"


@dataclass(frozen=True, slots=True)
class Sought:
    """What threats that come to the same can be answered by, from the first day to the last on which they can be.

    It holds no document, so that it can be sent to whoever reads.
    """

    act: frozenset[str]
    asked: frozenset[str]
    head: str
    classes: frozenset[str]
    kind: Kind
    mode: Mode
    asks_for_an_end: bool
    since: date
    until: date
    sender: frozenset[str]
    target: frozenset[str]

    @property
    def key(self) -> tuple[object, ...]:
        """All of it that decides what is in reach, in an order of its own."""
        stems = (sorted(some) for some in (self.act, self.asked, self.classes, self.sender, self.target))
        rest = (self.head, self.kind, self.mode, self.asks_for_an_end, str(self.since), str(self.until))
        return (*map(tuple, stems), *rest)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a passage can say, by its words alone."""

    stems: frozenset[str]
    classes: frozenset[str]
    modes: frozenset[Mode]
    states: bool
    reverses: bool
    answers: bool
    stops: bool
    denies: bool


class Reach:
    """Tells which unread passages can bear on the threats of a collection.

    Parameters
    ----------
    sought
        What `sought_by` says of the threats.
    lexicon
        The word lists that the documents are read by.
    """

    def __init__(self, sought: Iterable[Sought], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.sought = tuple(sought)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._between: dict[tuple[frozenset[str], frozenset[str]], list[int]] = defaultdict(list)
        for at, one in enumerate(self.sought):
            self._between[one.sender, one.target].append(at)
            for term in one.act | one.asked:
                self._by_stem[term].append(at)

    @cached_property
    def mark(self) -> str:
        """A digest of all that the threats seek: of two collections with one mark, the same is in reach."""
        digest = hashlib.sha256()
        for line in sorted(repr(one.key) for one in self.sought):
            digest.update(line.encode())
        return digest.hexdigest()[:32]

    @cached_property
    def _words(self) -> "_Words":
        return _Words(self._lexicon)

    def passages(self, extraction: Extraction) -> tuple[Span, ...]:
        """Return the unread spans of a document that can bear on a threat, in order."""
        near = self._seen_from(_Named(extraction))
        if not near:
            return ()
        # Of threats between parties that are named, only their kinds count: there are few, however many threats.
        alike = {
            (one.kind, one.mode, one.classes, seen.in_time): one
            for at, seen in near.items()
            if seen.sender and seen.target
            for one in (self.sought[at],)
        }
        facing = [(one, in_time) for (*_, in_time), one in alike.items()]
        text = extraction.document.text
        return tuple(span for span in extraction.unread if self._reaches(text[span.start : span.end], near, facing))

    def _seen_from(self, known: "_Named") -> dict[int, "_Seen"]:
        """Return the threats that a document is late enough to speak of."""
        near: dict[int, _Seen] = {}
        for (sender, target), places in self._between.items():
            late = [at for at in places if known.day >= self.sought[at].since]
            if late:
                named = known.holds(sender), known.holds(target)
                near |= {at: _Seen(*named, known.day <= self.sought[at].until) for at in late}
        return near

    def _reaches(self, passage: str, near: Mapping[int, "_Seen"], facing: Iterable[tuple[Sought, bool]]) -> bool:
        said = self._words.of(passage)
        late = False
        for one, in_time in facing:
            if _by_parties(said, one, in_time=in_time):
                return True
            late = late or (not in_time and _by_parties(said, one, in_time=True))
        for at in {at for one in said.stems for at in self._by_stem.get(one, ()) if at in near}:
            sought, seen = self.sought[at], near[at]
            if _by_words(said, sought, seen, in_time=seen.in_time):
                return True
            late = late or (not seen.in_time and _by_words(said, sought, seen, in_time=True))
        # A report that names no day is of the day on which it was printed, which may be too late.
        return late and any(True for _ in find_dates(passage))


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of a threat, as a later document may speak of it: whether it names the parties, and is near enough in time."""

    sender: bool
    target: bool
    in_time: bool


def _by_words(said: _Said, sought: Sought, seen: _Seen, *, in_time: bool) -> bool:
    """Tell whether a passage shares enough words with a threat's act, or with what it asks for."""
    asked = len(said.stems & sought.asked)
    if in_time and (asked > 1 or (asked and said.stops and sought.asks_for_an_end)):
        return True
    shared = said.stems & sought.act
    if not shared:
        return False
    return (
        said.reverses
        or (said.states and _is_enough(shared, sought))
        or (in_time and _is_deed(said, sought, seen, shared - {sought.head}, shared))
    )


def _is_deed(said: _Said, sought: Sought, seen: _Seen, named: Set[str], shared: Set[str]) -> bool:
    """Tell whether a passage may report the threatened act, or its opposite (`deed_reason`)."""
    kind = _is_of_kind(said, sought)
    # Of a deed that nobody is said to do, two words are shared, and it is of the kind or denied.
    if not seen.sender and not (len(shared) > 1 and (kind or said.denies)):
        return False
    if _is_opposite(said, sought) and named:
        return True
    if len(shared) < LEAST_SHARE * len(sought.act) and not (kind and sought.head in shared):
        return False
    if sought.kind is Kind.VAGUE:
        return said.answers or (kind and len(named) > 1 and 2 * len(shared) >= len(sought.act))
    if sought.kind is Kind.DETERRENT and not (said.answers or len(named) > 1):
        return False
    return len(shared) > 1 or (kind and (bool(named) or seen.target)) or (shared >= sought.act and seen.target)


def _is_enough(shared: Set[str], sought: Sought) -> bool:
    """Tell whether a statement that shares these words with a threat may be of it (`stated_reason`)."""
    if sought.kind is Kind.VAGUE and len(sought.act) >= 4:
        return 2 * len(shared) >= len(sought.act)
    return len(shared) > 1 or len(sought.act) < 4


def _by_parties(said: _Said, sought: Sought, *, in_time: bool) -> bool:
    """Tell whether a passage can tell of the sender's action against the target without a word of the threat."""
    kind = _is_of_kind(said, sought)
    if said.states and (kind or not said.modes or sought.mode is Mode.UNSPECIFIED):
        return True
    if said.reverses and sought.mode in said.modes:
        return True
    if not in_time or sought.kind is Kind.DETERRENT:
        return False
    return said.answers if sought.kind is Kind.VAGUE else kind and sought.mode in KIND_BY_MODE


def _is_of_kind(said: _Said, sought: Sought) -> bool:
    mode = sought.mode
    military = mode in MILITARY and bool(said.modes & MILITARY)
    return military or (mode is not Mode.UNSPECIFIED and mode in said.modes) or bool(sought.classes & said.classes)


def _is_opposite(said: _Said, sought: Sought) -> bool:
    return any(sought.head in pair and bool((pair - {sought.head}) & said.stems) for pair in opposites())


def sought_by(threats: Iterable[Threat]) -> Iterator[Sought]:
    """Yield what threats seek, those that come to the same as one, from the first of them on."""
    alike: dict[object, list[Gist]] = defaultdict(list)
    for threat in threats:
        gist = gist_of(threat)
        key = (side(threat.sender), threat.target and (threat.target.name, threat.target.home), gist.act, gist.asked)
        alike[*key, gist.head, gist.classes, threat.mode, threat.kind, asks_for_an_end(threat)].append(gist)
    for gists in alike.values():
        gist, threat = gists[0], gists[0].threat
        yield Sought(
            gist.act,
            gist.asked,
            gist.head,
            gist.classes,
            threat.kind,
            threat.mode,
            asks_for_an_end(threat),
            since=min(published_on(one.threat.passage.document.published) for one in gists),
            until=max(map(_last_day_of, gists)),
            sender=frozenset({threat.sender.name, threat.sender.home} - {""}),
            target=frozenset({threat.target.name, threat.target.home} - {""}) if threat.target else frozenset(),
        )


def _last_day_of(gist: Gist) -> date:
    """Return the last day on which a deed can be the threatened one without words that say so."""
    issued = gist.threat.issued
    day = issued.end if issued and issued.end else published_on(gist.threat.passage.document.published)
    return day + ACT_WITHIN if date.min < day < date.max - ACT_WITHIN else date.max


class _Named:
    """Whom a document names: those that a list or the text itself explains, and any word of it."""

    def __init__(self, extraction: Extraction) -> None:
        self.day = published_on(extraction.document.published)
        self._names = frozenset(extraction.names)
        self._words = frozenset(_LETTERS.findall(extraction.document.text.lower()))

    def holds(self, names: Set[str]) -> bool:
        """Tell whether one of the names is a name that the document explains, or is made of words in it."""
        return any(name in self._names or self._words.issuperset(_LETTERS.findall(name.lower())) for name in names)


class _Words:
    """What the words of a passage can mean, by the word lists."""

    def __init__(self, lexicon: Lexicon) -> None:
        lists = {
            path.removeprefix("outcomes."): entries
            for path, entries in lexicon.words.items()
            if path.startswith("outcomes.")
        }
        self._modes = _modes_of(lexicon)
        self._named = Entries(lists["anaphor.nouns"], lists["anaphor.threats"], lexicon.act_nouns)
        self._named.add(lexicon.words["frames.consequence.objects"])
        self._demands = Entries(lists["target_complied.demands"])
        self._costly = Entries(lexicon.act_nouns)
        told = [lists[path] for path in _TELLING]
        self._said = Entries(*told, lists["carried_out.subject"] - lists["carried_out.of_anything"])
        self._said_denied = Entries(lists["carried_out.subject"], lists["carried_out.passive"])
        self._complied = Entries(lists["target_complied.object"])
        self._denials = Entries(DENYING, lists["not_carried_out.forbear"])
        self._averted = Entries(lists["not_carried_out.avert"])
        self._undone = Entries(lists["reversed.verbs"])
        self._ended, self._measures = Entries(lists["reversed.of_act"]), Entries(lists["reversed.measures"])
        self._answers = tuple(lexicon.words["frames.retaliation.phrases"] | lists["terms.as_said"])
        self._stopping = lists["terms.stopping"]
        self._verbs = lexicon.act_verbs

    def of(self, text: str) -> _Said:
        """Return what a passage can say."""
        lemmas = possible_lemmas(text)
        lower = " ".join(text.lower().split())
        return _Said(
            stems=_stems(lemmas),
            classes=frozenset(map(class_of, lemmas)) - {""},
            modes=frozenset(mode for mode, entries in self._modes.items() if entries.are_in(lemmas)),
            states=self._states(lemmas),
            reverses=self._reverses(lemmas),
            answers=any(phrase in lower for phrase in self._answers),
            stops=not lemmas.isdisjoint(self._stopping),
            denies=self._denials.are_in(lemmas),
        )

    def _states(self, lemmas: Set[str]) -> bool:
        """Tell whether a passage may say of a threat, plan or act what became of it, without standing beside it."""
        if self._complied.are_in(lemmas) and self._demands.are_in(lemmas):
            return True
        if self._averted.are_in(lemmas) and self._costly.are_in(lemmas):
            return True
        if not (self._named.are_in(lemmas) or any(self._is_gerund(lemma) for lemma in lemmas)):
            return False
        if self._said.are_in(lemmas):
            return True
        return self._denials.are_in(lemmas) and self._said_denied.are_in(lemmas)

    def _reverses(self, lemmas: Set[str]) -> bool:
        if self._undone.are_in(lemmas) or (self._ended.are_in(lemmas) and self._measures.are_in(lemmas)):
            return True
        return not lemmas.isdisjoint({"again", "back"})

    def _is_gerund(self, lemma: str) -> bool:
        bare = lemma.removesuffix("ing")
        return bare != lemma and not self._verbs.keys().isdisjoint({bare, f"{bare}e", bare[:-1]})


def _modes_of(lexicon: Lexicon) -> dict[Mode, Entries]:
    """Return what names costly acts of each mode; to treat something "as an act of war" is force."""
    modes = {mode: Entries() for mode in Mode}
    for entries in (lexicon.act_verbs, lexicon.act_nouns):
        for name, kind in entries.items():
            modes[kind.mode].add([name])
    modes[Mode.VIOLENCE].add(lexicon.words["frames.regard.nouns"])
    modes[Mode.TERRITORY].add(_CONTROL)
    return modes


@lru_cache(maxsize=1024)
def _stems(lemmas: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, lemmas))
