"""Which outcomes bear on which threats, and what each says of it.

Outcomes are looked up by side and by stem, so that the work grows with what is shared and not with the square of the
mentions.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from briefing_lib.assessment.answering import is_called_by_its_sort
from briefing_lib.assessment.deeds import (
    DONE,
    KIND_BY_MODE,
    compliance_reason,
    deed_reason,
    is_opposite,
    is_quarrel_over,
    is_same_kind,
    is_undoing,
    stated_reason,
    stems_in,
)
from briefing_lib.assessment.gist import Gist, gist_of, is_after, is_same_side, side
from briefing_lib.assessment.likeness import stem, stems_of
from briefing_lib.assessment.reasons import why_bearing
from briefing_lib.assessment.strands import Strand
from briefing_lib.assessment.told import is_other_way, told
from briefing_lib.models import Actor, ActorType, Mode, Outcome, Status, Threat

# The same statement said a third time in one document adds nothing.
MOST_STATEMENTS = 2
# Retellings beyond these say nothing new of what was threatened.
MOST_MENTIONS = 12
# A stem is common where more than this many of a sender's threats have it, and more than this share of them.
_COMMON_COUNT, _COMMON_SHARE = 5, 0.2


@dataclass(frozen=True, slots=True)
class _Bearing:
    """An outcome as it was found, as it speaks of one threat, and what ties it to that."""

    found: Outcome
    outcome: Outcome
    tie: str


class Register:
    """Every threat of a collection by who makes it, whom it is made to, and what it is about.

    Of each strand, ``common`` holds the stems that tell none of its sender's threats from another, and ``made`` the day
    on which it was first made, as far as its mentions tell.
    """

    def __init__(self, strands: Iterable[Strand]) -> None:
        self.strands = tuple(strands)
        self.gists = [[gist_of(threat) for threat in strand.threats] for strand in self.strands]
        self._of = {id(threat): at for at, strand in enumerate(self.strands) for threat in strand.threats}
        self._by_side: dict[str, list[int]] = defaultdict(list)
        self._by_document: dict[str, list[int]] = defaultdict(list)
        self._acts: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._acts_of_any: dict[str, set[int]] = defaultdict(set)
        self._asked: dict[str, set[int]] = defaultdict(set)
        self._modes: dict[tuple[str, str], set[int]] = defaultdict(set)
        for at, gists in enumerate(self.gists):
            self._enter(at, gists)
        common = {sender: self._common_of(sender) for sender in self._by_side}
        self.common = tuple(common[side(strand.sender)] for strand in self.strands)
        self.made = tuple(_first_made(gists) for gists in self.gists)

    def _enter(self, at: int, gists: list[Gist]) -> None:
        sender = side(self.strands[at].sender)
        self._by_side[sender].append(at)
        for document in {gist.threat.passage.document.id for gist in gists}:
            self._by_document[document].append(at)
        for gist in gists:
            for one in gist.act:
                self._acts[sender, one].add(at)
                self._acts_of_any[one].add(at)
            for one in gist.asked:
                self._asked[one].add(at)
            if gist.threat.target is not None:
                self._modes[sender, side(gist.threat.target)].add(at)

    def _common_of(self, sender: str) -> frozenset[str]:
        members = self._by_side[sender]
        counts = Counter(one for at in members for one in {s for gist in self.gists[at] for s in gist.act})
        least = max(_COMMON_COUNT, _COMMON_SHARE * len(members))
        return frozenset(one for one, count in counts.items() if count > least)

    def pointed_at(self, outcome: Outcome) -> int | None:
        """Return the strand of the threat that an outcome points at."""
        return None if outcome.refers_to is None else self._of.get(id(outcome.refers_to))

    def near(self, outcome: Outcome) -> list[int]:
        """Return the strands that an outcome may bear on, in order: those that share a side and a word, or a page."""
        stems = {stem(term) for term in outcome.terms}
        found = set(self._by_document.get(outcome.passage.document.id, ()))
        if outcome.actor is not None:
            mine = side(outcome.actor)
            if outcome.stated:
                found |= set(self._by_side.get(mine, ()))
            found |= {at for one in stems for at in self._acts.get((mine, one), ())}
            if outcome.target is not None and (outcome.mode in KIND_BY_MODE or outcome.stated):
                found |= self._modes.get((mine, side(outcome.target)), set())
        else:
            found |= {at for one in stems for at in self._acts_of_any.get(one, ())}
        found |= {at for one in stems for at in self._asked.get(one, ())}
        if outcome.stated and outcome.status is Status.TARGET_COMPLIED and outcome.target is not None:
            found |= set(self._by_side.get(side(outcome.target), ()))
        return sorted(found)


def bear(outcomes: Iterable[Outcome], strands: Iterable[Strand]) -> None:
    """Give each outcome to the threats that it speaks of, with the reason; then keep what tells most of each."""
    register = Register(strands)
    found: dict[int, list[_Bearing]] = defaultdict(list)
    for outcome in outcomes:
        for at, said, tie in _readings(outcome, register):
            found[at].append(_Bearing(outcome, said, tie))
    for at, bearings in found.items():
        passages = (one.found.passage for one in bearings)
        register.strands[at].told_in.update((passage.document.id, passage.start, passage.end) for passage in passages)
        kept = _telling_most(bearings)
        register.strands[at].outcomes.extend(one.outcome for one in kept)
        register.strands[at].reasons.extend(why_bearing(one.found, one.outcome, one.tie) for one in kept)


def _readings(outcome: Outcome, register: Register) -> Iterator[tuple[int, Outcome, str]]:
    """Yield each strand that an outcome bears on, what it says of it, and why."""
    at = register.pointed_at(outcome)
    if at is not None and not _was_before(outcome):
        read = told(outcome, register.gists[at][-1])
        if read is not None and read[0].status is Status.TARGET_COMPLIED:
            yield at, *read
            return
        said = _pointed(outcome, register.strands[at], register.gists[at])
        if said is not None:
            yield at, said, "speaks of this very threat"
            return
    for at in register.near(outcome):
        if _is_older(outcome, register.made[at]):
            continue
        for gist in _considered(outcome, register.gists[at]):
            if not is_after(outcome, gist.threat):
                continue
            read = _if_undisputed(_fuller(_reading(outcome, gist, register.common[at]), told(outcome, gist)))
            if read is not None:
                yield at, *read
                break


def _if_undisputed(read: tuple[Outcome, str] | None) -> tuple[Outcome, str] | None:
    """Return a reading, or that it is unclear where another side says otherwise in the next sentence."""
    if read is None or read[0].deed is None or not read[0].deed.contested:
        return read
    return replace(
        read[0], status=Status.UNCLEAR, stated=True
    ), "has one side say that it was done, and another deny it"


def _fuller(read: tuple[Outcome, str] | None, in_other_words: tuple[Outcome, str] | None) -> tuple[Outcome, str] | None:
    """Return the first reading, unless there is none, or the other tells that only a part was done."""
    if read is None or in_other_words is None:
        return read or in_other_words
    part = in_other_words[0].status is Status.PARTLY_CARRIED_OUT and read[0].status is Status.CARRIED_OUT
    return in_other_words if part else read


def _was_before(outcome: Outcome) -> bool:
    """Tell whether an outcome is dated before the threat that its words seem to point at."""
    on, threat = outcome.on, outcome.refers_to
    issued = threat.issued if threat is not None else None
    return bool(on and on.end and issued and issued.start and on.end < issued.start)


def _is_older(outcome: Outcome, made: date | None) -> bool:
    """Tell whether an outcome is dated before a threat was first made, as far as its mentions tell the day."""
    return bool(made and outcome.on and outcome.on.end and outcome.on.end < made)


def _first_made(gists: list[Gist]) -> date | None:
    made = [gist.threat.issued.start for gist in gists if gist.threat.issued is not None and gist.threat.issued.start]
    return min(made, default=None)


def _considered(outcome: Outcome, gists: list[Gist]) -> list[Gist]:
    """Return the mentions of a threat to compare an outcome with: those of its own document, and the first others."""
    if len(gists) <= MOST_MENTIONS:
        return gists
    here = outcome.passage.document.id
    return [g for g in gists if g.threat.passage.document.id == here] + gists[:MOST_MENTIONS]


def _pointed(outcome: Outcome, strand: Strand, gists: list[Gist]) -> Outcome | None:
    """Return what an outcome says of the threat that its words point at, or None where they cannot be of it."""
    if outcome.stated:
        return as_said_of(outcome, strand.threats)
    gist = gists[-1]
    fits = outcome.status in {Status.REVERSED, Status.PARTLY_CARRIED_OUT} or not stems_of(outcome.terms)
    if fits or is_same_kind(outcome, gist):
        return outcome if outcome.actor is None or is_same_side(outcome.actor, strand.sender) else None
    return None


def _reading(outcome: Outcome, gist: Gist, common: frozenset[str]) -> tuple[Outcome, str] | None:
    """Return what an outcome says of a threat that it does not point at, and why; None where it says nothing of it."""
    threat = gist.threat
    if outcome.deed is not None and (outcome.deed.is_state or outcome.deed.lasts or _is_foretold(outcome)):
        return None
    if outcome.stated:
        said = as_said_of(outcome, (threat,)) if _faces(outcome, threat) else None
        reason = stated_reason(outcome, gist) if said is not None else ""
        return (said, reason) if said is not None and reason else None
    compliance = compliance_reason(outcome, gist)
    if compliance:
        return replace(outcome, status=Status.TARGET_COMPLIED), compliance
    if outcome.actor is not None and side(outcome.actor) != side(threat.sender):
        return (
            (outcome, "reports an end of the quarrel") if _settles(outcome) and is_quarrel_over(outcome, gist) else None
        )
    if _settles(outcome):
        return (outcome, "reports an end of the quarrel") if is_quarrel_over(outcome, gist) else None
    if not _may_be_against(outcome, threat):
        return None
    if outcome.status is Status.REVERSED:
        return (outcome, "reports that the act was taken back") if is_undoing(outcome, gist) else None
    if is_other_way(outcome, gist) and not is_opposite(outcome, gist):
        return None
    reason = deed_reason(outcome, gist, common)
    return (_as_deed(outcome, gist), reason) if reason else None


def _is_foretold(outcome: Outcome) -> bool:
    """Tell whether somebody only says that a deed will not be done."""
    return outcome.status is Status.WITHDRAWN and not outcome.stated


def _as_deed(outcome: Outcome, gist: Gist) -> Outcome:
    """Read a deed as an answer to the threat: what was refused and is done, or its opposite, was not carried out."""
    denied = outcome.status is Status.NOT_CARRIED_OUT
    if gist.refuses or is_opposite(outcome, gist):
        return replace(outcome, status=Status.CARRIED_OUT if denied else Status.NOT_CARRIED_OUT, mode=Mode.RELATIONS)
    # That no missile was fired is said of what was threatened, not inferred.
    return replace(outcome, stated=True) if denied and len(stems_in(outcome, gist.threat) & gist.act) > 1 else outcome


def _may_be_against(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether an act can be against the target; without a doer, the only name may be the sender's."""
    if outcome.actor is None and outcome.target is not None and side(outcome.target) == side(threat.sender):
        return True
    if _SEVERAL.search(threat.condition) and (outcome.actor is None or side(outcome.actor) == side(threat.sender)):
        return True
    return is_same_side(outcome.target, threat.target)


# Of several who are asked, any may be whom it is done to: "if either did not comply".
_SEVERAL = re.compile(r"\b(?:either|both|each|neither|any of (?:them|the))\b", re.I)


def _settles(outcome: Outcome) -> bool:
    """Tell whether a report is of a quarrel's end: an act that was denied keeps the mode of the act."""
    return outcome.status is Status.NOT_CARRIED_OUT and not outcome.stated and outcome.deed is None


def _faces(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether a statement can be of a threat by whom it names."""
    if outcome.status is Status.TARGET_COMPLIED:
        to_sender = outcome.target is not None and side(outcome.target) == side(threat.sender)
        named = outcome.actor is not None and threat.target is not None
        return to_sender or (named and is_same_side(outcome.actor, threat.target))
    said_of = outcome.actor is None or is_called_by_its_sort(outcome) or _is_senders(outcome, threat)
    if not said_of and not _backs_down(outcome, threat):
        return False
    return _may_be_against(outcome, threat)


def _backs_down(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether the target backs down, worded as a sender does; what a third party takes back is its own."""
    actor = outcome.actor
    return outcome.status is Status.WITHDRAWN and actor is not None and _is_or_speaks_for(actor, threat.target)


def _is_senders(outcome: Outcome, threat: Threat) -> bool:
    if outcome.actor is None:
        return False
    # "Pilots in Italy had called a stoppage … the Italian union called it off."
    of_it = threat.sender.type is ActorType.GROUP and outcome.actor.name in threat.sender.name
    return of_it or side(outcome.actor) == side(threat.sender)


def as_said_of(outcome: Outcome, threats: Iterable[Threat]) -> Outcome | None:
    """Read who gave way: a sender that backs down withdraws, a target that does has complied."""
    if outcome.actor is None:
        return outcome
    threats = tuple(threats)
    is_sender = side(outcome.actor) == side(threats[0].sender)
    is_target = any(_is_or_speaks_for(outcome.actor, t.target) for t in threats if t.target is not None)
    if outcome.status is Status.WITHDRAWN and is_target and not is_sender:
        return replace(outcome, status=Status.TARGET_COMPLIED)
    if outcome.status is Status.TARGET_COMPLIED:
        to_sender = outcome.target is not None and side(outcome.target) == side(threats[0].sender)
        if is_sender and outcome.refers_to is not None and _gives_way(outcome):
            return replace(outcome, status=Status.WITHDRAWN)
        return outcome if (is_target or to_sender) and not is_sender else None
    return outcome


def _gives_way(outcome: Outcome) -> bool:
    """Tell whether words of yielding have no demand for their object, so that a sender can be said to yield too."""
    return not outcome.terms


def _is_or_speaks_for(actor: Actor, target: Actor | None) -> bool:
    return target is not None and (side(actor) == side(target) or actor.name == target.name)


# --- what tells most --------------------------------------------------------------------------------------------------


def _telling_most(bearings: list[_Bearing]) -> list[_Bearing]:
    """Keep what tells most of each document, day and status: statements before reports; drop what others make idle."""
    alike: dict[tuple[str, Status, object], list[_Bearing]] = defaultdict(list)
    for one in bearings:
        day = one.outcome.on.end if one.outcome.on else None
        alike[one.outcome.passage.document.id, one.outcome.status, day].append(one)
    kept = [one for same in alike.values() for one in _telling(same)]
    if any(one.outcome.status is not Status.NOT_CARRIED_OUT for one in kept):
        kept = [one for one in kept if not _settles(one.outcome)]
    if not any(one.outcome.status in DONE for one in kept):
        # Lifting a ban says that there was one; opening a door does not say that it was shut.
        kept = [one for one in kept if one.outcome.status is not Status.REVERSED or _says_it_was(one.outcome)]
    return kept


def _says_it_was(outcome: Outcome) -> bool:
    return outcome.mode is not Mode.UNSPECIFIED


def _telling(alike: list[_Bearing]) -> list[_Bearing]:
    """Return the statements among outcomes that say the same, at most two, or the first report where there are none."""
    stated = list({one.outcome.passage.start: one for one in alike if one.outcome.stated}.values())
    pointing = [one for one in stated if one.outcome.refers_to is not None]
    return (pointing or stated)[:MOST_STATEMENTS] or alike[:1]
