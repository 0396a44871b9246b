"""Which passages of a document without threats of its own can bear on a threat made elsewhere.

Most documents hold no threat, and most of what they report answers none. A passage is out of reach where no outcome in
it could be given to any threat, whatever the parser makes of its words: each rule of ``bearing`` and ``deeds`` that
speaks of another document is asked here for what it needs at the least. That reaching less changes no case is tested
(tests/assessment/test_reach.py).
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from briefing_lib.assessment.deeds import KIND_BY_MODE, LEAST_SHARE, MILITARY, asks_for_an_end, opposites
from briefing_lib.assessment.gist import ACT_WITHIN, Gist, gist_of, published_on, side
from briefing_lib.assessment.sayable import Sayable, Sayings
from briefing_lib.extraction import Extraction, Lexicon, Told, Wanted, glances_by
from briefing_lib.installed import digest_of
from briefing_lib.models import Kind, Mode, Span, Threat
from briefing_lib.reading import find_dates

if TYPE_CHECKING:
    from briefing_lib.extraction.glance import Glance, Glances

_LETTERS = re.compile(r"[^\W\d_]+")


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
    def mark(self) -> str:
        """A digest of all of it that decides what is in reach."""
        stems = tuple(sorted(some) for some in (self.act, self.asked, self.classes, self.sender, self.target))
        rest = (self.head, self.kind, self.mode, self.asks_for_an_end, str(self.since), str(self.until))
        return hashlib.sha256(repr((stems, rest)).encode()).hexdigest()[:16]


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
        self._between: dict[tuple[frozenset[str], frozenset[str]], list[Sought]] = defaultdict(list)
        for at, one in enumerate(self.sought):
            self._between[one.sender, one.target].append(one)
            for term in one.act | one.asked:
                self._by_stem[term].append(at)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The marks of what the threats seek, in an order of their own."""
        return tuple(sorted({one.mark for one in self.sought}))

    @cached_property
    def mark(self) -> str:
        """A digest of all that the threats seek: of two collections with one mark, the same is in reach."""
        return hashlib.sha256(f"{digest_of('assessment')} {' '.join(self.marks)}".encode()).hexdigest()[:32]

    def beyond(self, marks: Set[str]) -> "Reach":
        """Return the reach of those threats that seek what none of some marks does."""
        return Reach((one for one in self.sought if one.mark not in marks), self._lexicon)

    @cached_property
    def glances(self) -> "Glances":
        """What looks at sentences by the word lists."""
        return glances_by(self._lexicon)

    @cached_property
    def sayings(self) -> Sayings:
        """What tells by the word lists what sentences can say."""
        return Sayings(self._lexicon)

    def sharing(self, stems: Set[str]) -> Iterator[Sought]:
        """Yield the threats that share a stem of act or demand."""
        return (self.sought[at] for at in {at for one in stems for at in self._by_stem.get(one, ())})

    def seen_from(self, extraction: Extraction) -> "View | None":
        """Return how a document sees the threats, or None where it is too early to speak of any."""
        known = _Named(extraction)
        return View(self, extraction, known) if any(known.day >= one.since for one in self.sought) else None

    def between(self, known: "_Named") -> Iterator[Sought]:
        """Yield the threats of which a document names both parties."""
        for (sender, target), sought in self._between.items():
            if known.holds(sender) and known.holds(target):
                yield from sought


@dataclass(frozen=True, slots=True)
class _Seen:
    """Which parties of a threat a document names."""

    sender: bool
    target: bool


class View:
    """The threats of a collection as one document may speak of them."""

    def __init__(self, reach: Reach, extraction: Extraction, known: "_Named") -> None:
        self._reach = reach
        self._extraction = extraction
        self._known = known
        # Of threats between parties that are named, only their kinds count: there are few, however many threats.
        alike = {
            (one.kind, one.mode, one.classes, known.day <= one.until): one
            for one in reach.between(known)
            if known.day >= one.since
        }
        self._facing = [(one, in_time) for (*_, in_time), one in alike.items()]

    def wanted(self) -> Wanted | None:
        """Return what the document has unread that can bear on a threat, or None where none of it can."""
        glances = self._reach.glances
        spans = [one for one in self._extraction.unread if self._may_matter(one, glances.of(self._text_of(one)))]
        return Wanted(self._extraction, spans, self._may_matter, self._may_bear) if spans else None

    def _text_of(self, span: Span) -> str:
        return self._extraction.document.text[span.start : span.end]

    def _may_matter(self, span: Span, sentences: Iterable["Glance"]) -> bool:
        """Tell whether a span can bear on a threat, by what its sentences can say."""
        return self._bear(map(self._reach.sayings.of, sentences), span)

    def _may_bear(self, span: Span, told: Told) -> bool:
        """Tell whether what is told in a span can bear on a threat, whoever it is told of."""
        return self._bear([self._reach.sayings.told(told)], span)

    def _bear(self, sayable: Iterable[Sayable], span: Span) -> bool:
        late = False
        for said in sayable:
            for in_time in self._bearings(said):
                if in_time:
                    return True
                late = True
        # A report that names no day is of the day on which it was printed, which may be too late.
        return late and any(True for _ in find_dates(self._text_of(span)))

    def _bearings(self, said: Sayable) -> Iterator[bool]:
        """Yield, for each threat that a sentence can bear on, whether it does so on the day it was printed on."""
        for one, in_time in self._facing:
            if _by_parties(said, one, in_time=in_time):
                yield True
            elif not in_time and _by_parties(said, one, in_time=True):
                yield False
        for one in self._reach.sharing(said.stems):
            if self._known.day < one.since:
                continue
            seen = _Seen(self._known.holds(one.sender), self._known.holds(one.target))
            in_time = self._known.day <= one.until
            if _by_words(said, one, seen, in_time=in_time):
                yield True
            elif not in_time and _by_words(said, one, seen, in_time=True):
                yield False


def _by_words(said: Sayable, sought: Sought, seen: _Seen, *, in_time: bool) -> bool:
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


def _is_deed(said: Sayable, sought: Sought, seen: _Seen, named: Set[str], shared: Set[str]) -> bool:
    """Tell whether a passage may report the threatened act, or its opposite (`deed_reason`)."""
    kind = _is_of_kind(said, sought)
    costly = bool(said.modes) and len(shared) > 1
    same_doing = sought.head in said.stems or not said.deeds.isdisjoint(sought.act)
    if not (kind or costly or same_doing or _is_opposite(said, sought)):
        return False
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


def _by_parties(said: Sayable, sought: Sought, *, in_time: bool) -> bool:
    """Tell whether a sentence can tell of the sender's action against the target without a word of the threat."""
    if said.states and said.generic:  # "suspended all action"
        return True
    if said.reverses and sought.mode in said.named:
        return True
    if not in_time or sought.kind is Kind.DETERRENT:
        return False
    if sought.kind is Kind.VAGUE:
        return said.answers and sought.mode in said.modes
    return sought.mode in KIND_BY_MODE and _is_of_kind(said, sought)


def _is_of_kind(said: Sayable, sought: Sought) -> bool:
    mode = sought.mode
    military = mode in MILITARY and bool(said.modes & MILITARY)
    return military or (mode is not Mode.UNSPECIFIED and mode in said.modes) or bool(sought.classes & said.classes)


def _is_opposite(said: Sayable, sought: Sought) -> bool:
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
        self._held: dict[frozenset[str], bool] = {}

    def holds(self, names: frozenset[str]) -> bool:
        """Tell whether one of the names is a name that the document explains, or is made of words in it."""
        if names not in self._held:
            self._held[names] = any(name in self._names or self._words >= _letters_of(name) for name in names)
        return self._held[names]


@lru_cache(maxsize=4096)
def _letters_of(name: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(name.lower()))
