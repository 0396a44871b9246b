"""The status of a case as of a day, and why: DESIGN.md's judgement rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing_lib.assessment.gist import deadline_of, published_on, side
from briefing_lib.assessment.reasons import cited
from briefing_lib.assessment.strands import Strand
from briefing_lib.models import Basis, Confidence, DateRange, Document, Outcome, Precision, Status
from briefing_lib.wording import came_to, in_words

# How long a threat without a deadline is taken as still open when nothing more is heard of it. A year is our choice:
# long enough for sanctions and legislation, short enough that an old crisis is not called pending.
OPEN_FOR = timedelta(days=365)
BESIDE = 60  # characters between two accounts of one moment: "the army said it had, and the militia that it had not"
_DONE = {Status.CARRIED_OUT, Status.PARTLY_CARRIED_OUT}
_UNDONE = {Status.WITHDRAWN, Status.REVERSED}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status with its basis, date, confidence and reasons in words."""

    status: Status
    basis: Basis
    confidence: Confidence
    on: DateRange | None
    reasons: tuple[str, ...]


def judge(strand: Strand, *, as_of: date, last_seen: date | None = None) -> Judgement:
    """Return what came of a threat as of a day.

    Parameters
    ----------
    strand
        One threat's mentions and outcomes, none of them published after ``as_of``.
    as_of
        The day of the judgement.
    last_seen
        The last publication that speaks of the sender: whether the sources kept covering the matter after a deadline.
    """
    outcomes = sorted(strand.outcomes, key=_order)
    if outcomes:
        return _from_outcomes(outcomes)
    return _from_time(strand, as_of, last_seen)


def _order(outcome: Outcome) -> tuple[date, date, str, int]:
    """Order outcomes by when they happened; those of an essay, which carries no day, as it tells them."""
    document = outcome.passage.document
    published = published_on(document.published)
    if _has_day(document):
        happened = outcome.on.end if outcome.on and outcome.on.end else published
        return (happened, published, document.id, outcome.passage.start)
    return (published, published, document.id, outcome.passage.start)


def _has_day(document: Document) -> bool:
    return document.published is not None and document.published.precision is Precision.DAY


def _from_outcomes(outcomes: Sequence[Outcome]) -> Judgement:
    latest = _decisive(outcomes)
    rival = _contradiction(latest, outcomes)
    if rival is not None:
        sides = [f"{cited(o.passage.document)} says that it {came_to(o.status, 1)}" for o in (rival, latest)]
        why = f"The sources disagree: {' and '.join(sides)}."
        return Judgement(Status.UNCLEAR, Basis.STATED, Confidence.LOW, latest.on, (why,))
    status = latest.status
    reasons = []
    if len({outcome.status for outcome in outcomes}) > 1:
        reasons.append(f"Of these reports, that of {cited(latest.passage.document)} decides.")
    if status in _UNDONE and any(o.status in _DONE and _order(o) < _order(latest) for o in outcomes):
        status = Status.REVERSED
        reasons.append("It had been done before it was taken back.")
    basis = Basis.STATED if latest.stated else Basis.INFERRED
    return Judgement(status, basis, _confidence(latest, outcomes, status), _since(latest, outcomes), tuple(reasons))


def _since(latest: Outcome, outcomes: Sequence[Outcome]) -> DateRange | None:
    """Return when what the latest outcome says was first so: later reports of it may give no day of their own."""
    unbroken = [latest]
    for outcome in reversed(outcomes):
        if outcome.status is not latest.status:
            break
        unbroken.append(outcome)
    dated = [o.on for o in unbroken if o.on is not None and o.on.end is not None]
    return min(dated, key=lambda on: on.end or date.max, default=latest.on)


def _decisive(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the latest outcome, unless a statement about the threat stands against a report that is no later."""
    latest = outcomes[-1]
    stated = [o for o in outcomes if o.stated]
    if stated and not latest.stated and not _is_later(latest, stated[-1]):
        return stated[-1]
    # That a thing is undone tells that it was done: of one day, the undoing comes last, wherever the text tells it.
    undone = [o for o in outcomes if o.status is Status.REVERSED and _is_told_after(o, latest)]
    return undone[-1] if undone and latest.status in _DONE and not latest.stated else latest


def _is_told_after(undoing: Outcome, done: Outcome) -> bool:
    """Tell whether an undoing comes after what was done: of one day, or told after it, which names no day."""
    mine, its = undoing.passage, done.passage
    if mine.document.id != its.document.id:
        return False
    undated = done.on == its.document.published
    return _order(undoing)[:2] == _order(done)[:2] or (undated and mine.start > its.start)


def _is_later(reported: Outcome, stated: Outcome) -> bool:
    """Tell whether a reported act lies after what a source states; an essay tells things in their order."""
    if _order(reported)[:2] > _order(stated)[:2]:
        return True
    same = reported.passage.document.id == stated.passage.document.id
    return same and reported.status is Status.REVERSED and _order(reported) > _order(stated)


def _contradiction(latest: Outcome, outcomes: Sequence[Outcome]) -> Outcome | None:
    """Return a statement of another document, of the same day, that cannot be true beside the latest one."""
    exclusive = {Status.CARRIED_OUT, Status.NOT_CARRIED_OUT}
    if not latest.stated or latest.status not in exclusive:
        return None
    for other in (o for o in outcomes if o.stated or _is_beside(o, latest)):
        rival = other.status in exclusive and other.status is not latest.status
        apart = other.passage.document.id != latest.passage.document.id or _is_beside(other, latest)
        if rival and apart and _order(other)[:2] == _order(latest)[:2]:
            return other
    return None


def _is_beside(one: Outcome, other: Outcome) -> bool:
    """Tell whether two outcomes stand in one sentence or the next: what one side says, and what the other does."""
    if one.passage.document.id != other.passage.document.id:
        return False
    first, second = sorted((one.passage, other.passage), key=lambda passage: passage.start)
    return second.start - first.end <= BESIDE


def _confidence(latest: Outcome, outcomes: Sequence[Outcome], status: Status) -> Confidence:
    """Return confidence by basis: two publishers that state it, one that does, or an inference."""
    if not latest.stated:
        return Confidence.LOW
    agreeing = {
        o.passage.document.publisher or o.passage.document.id
        for o in outcomes
        if o.stated and o.status is latest.status
    }
    return Confidence.HIGH if len(agreeing) > 1 and status is latest.status else Confidence.MODERATE


def _from_time(strand: Strand, as_of: date, last_seen: date | None) -> Judgement:
    limited = next((t for t in strand.threats if t.deadline and t.deadline.end), None)
    deadline = deadline_of(limited) if limited is not None else None
    if limited is not None and deadline is not None and deadline.end is not None:
        if deadline != limited.deadline and last_seen == published_on(limited.passage.document.published):
            last_seen = None  # a text that looks back on the time does not go on covering it
        return _from_deadline(side(strand.sender), deadline, as_of, last_seen)
    heard = max((published_on(t.passage.document.published) for t in strand.threats), default=date.min)
    issued = max((t.issued.end for t in strand.threats if t.issued and t.issued.end), default=heard)
    if issued == date.min:
        return Judgement(
            Status.UNCLEAR,
            Basis.NONE,
            Confidence.LOW,
            None,
            ("It has no date, and these sources do not say what came of it.",),
        )
    if as_of - issued <= OPEN_FOR:
        return Judgement(
            Status.PENDING, Basis.NONE, Confidence.MODERATE, None, ("These sources do not say yet what came of it.",)
        )
    return Judgement(
        Status.UNCLEAR,
        Basis.NONE,
        Confidence.LOW,
        None,
        ("More than a year has passed, and these sources do not say what came of it.",),
    )


def _from_deadline(sender: str, deadline: DateRange, as_of: date, last_seen: date | None) -> Judgement:
    assert deadline.end is not None
    if as_of <= deadline.end:
        return Judgement(
            Status.PENDING,
            Basis.NONE,
            Confidence.MODERATE,
            None,
            (f"Its deadline, {in_words(deadline.end)}, has not passed.",),
        )
    if last_seen is not None and last_seen > deadline.end:
        reason = (
            f"Its deadline, {in_words(deadline.end)}, passed while the sources went on to speak of {sender}, "
            "and none reports the act."
        )
        return Judgement(Status.NOT_CARRIED_OUT, Basis.INFERRED, Confidence.LOW, deadline, (reason,))
    reason = f"Its deadline, {in_words(deadline.end)}, passed, and no later source speaks of {sender}."
    return Judgement(Status.UNCLEAR, Basis.NONE, Confidence.LOW, None, (reason,))
