"""Analysts' decisions on cases: applied where they fit, listed with the reason where they do not.

The machine proposes, the analyst disposes. A decision names its case and every threat quote that the case had; it is
applied to that case and to none other, and to nothing if the sources no longer say so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from briefing_lib.assessment.corrections import corrected, value_of
from briefing_lib.assessment.gist import published_on
from briefing_lib.assessment.strands import Strand
from briefing_lib.models import (
    Actor,
    Case,
    Decision,
    DecisionKind,
    ExpectedQuote,
    Outcome,
    Overruled,
    Review,
    Threat,
    UnfitDecision,
)

# What an analyst vouches for by confirming a row.
CONFIRMED_FIELDS = ("sender", "target", "act", "status")

Judge = Callable[[Strand], Case]
Mention = TypeVar("Mention", Threat, Outcome)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The cases after all decisions that fit, those taken out, and the decisions that fit nothing."""

    cases: tuple[Case, ...]
    rejected: tuple[Case, ...] = ()
    unfit: tuple[UnfitDecision, ...] = ()


def review(cases: Iterable[Case], decisions: Iterable[Decision], *, as_of: date, judge: Judge) -> Reviewed:
    """Apply each decision to the case that it names, in the order in which they were made.

    The order of the decisions given does not matter. Afterwards each decision of a day up to ``as_of`` is either part
    of the ``review`` of a case, or among the unfit.

    Parameters
    ----------
    as_of
        Decisions on a table of a later day are not seen.
    judge
        Says what came of the mentions of a case that was merged or split.
    """
    work = _Review(judge)
    for case in cases:
        work.held[case.id] = case
    for decision in sorted((one for one in decisions if one.as_of <= as_of), key=_order):
        work.decide(decision)
    return Reviewed(tuple(work.held.values()), tuple(work.rejected.values()), tuple(work.unfit))


def quotes_of(mentions: Iterable[Threat | Outcome]) -> tuple[ExpectedQuote, ...]:
    """Return the words of mentions and the documents that say them, each once, in order."""
    found = (ExpectedQuote(one.passage.document.id, one.passage.quote()) for one in mentions)
    return tuple(dict.fromkeys(found))


def _order(decision: Decision) -> tuple[str, ...]:
    """Order by time; what two people did in the same moment is ordered by what they did, never by lines of a file."""
    return (
        _moment(decision.at),
        decision.by,
        decision.case,
        decision.kind,
        decision.into,
        repr(decision.fields),
        decision.why,
    )


def _moment(text: str) -> str:
    """Return a time in UTC, for order; one without a zone is taken to be of that."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(slots=True)
class _Review:
    """The table while decisions are applied."""

    judge: Judge
    held: dict[str, Case] = field(default_factory=dict)
    rejected: dict[str, Case] = field(default_factory=dict)
    unfit: list[UnfitDecision] = field(default_factory=list)

    def decide(self, decision: Decision) -> None:
        reason = self._misfit(decision)
        if reason:
            self.unfit.append(UnfitDecision(decision, reason))
            return
        apply = {
            DecisionKind.CONFIRM: self._confirm,
            DecisionKind.REJECT: self._reject,
            DecisionKind.CORRECT: self._correct,
            DecisionKind.MERGE: self._merge,
            DecisionKind.SPLIT: self._split,
        }
        apply[decision.kind](self.held[decision.case], decision)

    def _misfit(self, decision: Decision) -> str:
        """Say why a decision is not of the case as it is now; nothing where it is."""
        reason = self._missing(decision.case, decision.expects)
        if not reason and decision.kind is DecisionKind.MERGE:
            reason = self._missing(decision.into, decision.into_expects)
        if reason:
            return reason
        case = self.held[decision.case]
        quotes = quotes_of(case.threats)
        further = [one for one in quotes if one not in decision.expects]
        if decision.kind is DecisionKind.REJECT and further:
            return f"{decision.case} has further words that were not looked at, in {_documents(further)}"
        if decision.kind is DecisionKind.SPLIT:
            return _misfit_of_parts(case, decision)
        return _misfit_of_values(case, decision)

    def _missing(self, name: str, expects: tuple[ExpectedQuote, ...]) -> str:
        if name in self.rejected:
            by = self.rejected[name].review
            return f"{name} was rejected{f' by {by.decisions[-1].by}' if by else ''}"
        if name not in self.held:
            places = [case.id for case in self.held.values() if set(expects) & set(quotes_of(case.threats))]
            where = f"its words are now in {', '.join(places)}" if places else "its words are in no case"
            return f"there is no case {name}; {where}"
        gone = [one for one in expects if one not in quotes_of(self.held[name].threats)]
        return f"{name} no longer has the words expected in {_documents(gone)}" if gone else ""

    def _confirm(self, case: Case, decision: Decision) -> None:
        self.held[case.id] = replace(case, review=_reviewed(case, decision, confirmed=True))

    def _reject(self, case: Case, decision: Decision) -> None:
        del self.held[case.id]
        self.rejected[case.id] = replace(case, review=_reviewed(case, decision))

    def _correct(self, case: Case, decision: Decision) -> None:
        new = corrected(case, decision.fields, actors=self._actors())
        overruled = tuple(
            Overruled(name, value_of(case, name), value_of(new, name))
            for name, _ in decision.fields
            if value_of(case, name) != value_of(new, name)
        )
        self.held[case.id] = replace(new, review=_reviewed(case, decision, overruled))

    def _merge(self, case: Case, decision: Decision) -> None:
        into = self.held[decision.into]
        threats = _in_order((*into.threats, *case.threats))
        outcomes = _in_order((*into.outcomes, *case.outcomes))
        joined = self._judged(threats, outcomes, f"{decision.by} merged {case.id} into it: {decision.why}")
        overruled = (Overruled("case", f"{case.id} apart", f"one case with {case.id}"),)
        del self.held[case.id]
        kept = replace(joined, id=into.id, sender=into.sender, target=into.target or joined.target)
        self.held[into.id] = replace(kept, review=_reviewed(into, decision, overruled))

    def _split(self, case: Case, decision: Decision) -> None:
        why = f"{decision.by} split it: {decision.why}"
        rest, part = (
            self._judged(
                tuple(one for one in case.threats if (quotes_of([one])[0] in decision.parts) is is_part),
                tuple(one for one in case.outcomes if (quotes_of([one])[0] in decision.parts) is is_part),
                why,
            )
            for is_part in (False, True)
        )
        overruled = (Overruled("case", f"one case, {case.id}", f"{rest.id} and {part.id}"),)
        new = {made.id: replace(made, review=_reviewed(case, decision, overruled)) for made in (rest, part)}
        del self.held[case.id]
        self.held |= new

    def _judged(self, threats: tuple[Threat, ...], outcomes: tuple[Outcome, ...], why: str) -> Case:
        return self.judge(Strand(list(threats), list(outcomes), [why]))

    def _actors(self) -> dict[str, Actor]:
        met = [case.sender for case in self.held.values()]
        met += [case.target for case in self.held.values() if case.target]
        return {actor.name: actor for actor in reversed(met)}


def _misfit_of_values(case: Case, decision: Decision) -> str:
    """Say which field is neither what the analyst saw nor what the analyst made of it."""
    wanted = dict(decision.fields)
    for name, said in decision.said:
        now = value_of(case, name)
        if now not in (said, wanted.get(name, said)):
            return f"{name} of {case.id} was {said or 'empty'!r} and is now {now or 'empty'!r}"
    return ""


def _misfit_of_parts(case: Case, decision: Decision) -> str:
    quotes = quotes_of(case.threats)
    gone = [one for one in decision.parts if one not in (*quotes, *quotes_of(case.outcomes))]
    if gone:
        return f"{case.id} no longer has the words to part, in {_documents(gone)}"
    parted = [one for one in quotes if one in decision.parts]
    if not parted or len(parted) == len(quotes):
        return f"a split leaves words of the threat on either side, and {case.id} has {len(quotes)} in all"
    return ""


def _reviewed(
    case: Case, decision: Decision, overruled: tuple[Overruled, ...] = (), *, confirmed: bool = False
) -> Review:
    """Return the review of a case with one decision more; of a field corrected twice, what the machine had said."""
    before = case.review or Review(())
    first = {one.field: one.machine for one in reversed(before.overruled)}
    later = tuple(replace(one, machine=first.get(one.field, one.machine)) for one in overruled)
    again = {one.field for one in later if one.field != "case"}
    kept = tuple(one for one in before.overruled if one.field not in again)
    return Review((*before.decisions, decision), before.confirmed or confirmed, (*kept, *later))


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in order of publication, each place once."""
    places = {(one.passage.document.id, one.passage.start, one.passage.end): one for one in mentions}
    held = places.values()
    return tuple(
        sorted(
            held,
            key=lambda one: (published_on(one.passage.document.published), one.passage.document.id, one.passage.start),
        )
    )


def _documents(quotes: Iterable[ExpectedQuote]) -> str:
    return ", ".join(dict.fromkeys(one.document for one in quotes))
