"""The bottom line and the key judgements, made from the counts by rules.

Each judgement carries the cases that it rests on. Its statement may hold a term of likelihood; its confidence stands
apart, so that no sentence holds both (ICD 203).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing_lib.assessment.likelihood import (
    FEWEST_RESOLVED_FOR_A_TERM,
    Trust,
    Yardstick,
    confidence_in,
    likelihood_of,
    term_for,
)
from briefing_lib.assessment.rates import (
    DONE,
    OPEN,
    RESOLVED,
    Rate,
    count_by_status,
    follow_through_rate,
    rates_under_each_reading,
)
from briefing_lib.models import Basis, Case, Status
from briefing_lib.presentation.wording import capital, in_words, listed, number, per_cent

# More senders than this would make a list, not judgements; the figures show the rest.
MOST_SENDERS_JUDGED = 3
# A sentence with more parts than this is a table.
MOST_ENDS_LISTED = 5
FEWEST_RESOLVED_TO_JUDGE_A_SENDER = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement: a headline, its sentences, the cases it rests on, and how far they are a basis for it."""

    headline: str
    statement: str
    cases: tuple[Case, ...]
    confidence: Trust | None = None


def bottom_line(cases: Iterable[Case], *, as_of: date) -> str:
    """Return one sentence: how many threats were found and what came of them by a day."""
    held = tuple(cases)
    day = in_words(as_of)
    if not held:
        return f"These sources tell of no threat as of {day}."
    if len(held) == 1:
        return f"The one threat found in these sources {_came_to(held[0].status, 1)} as of {day}."
    parts = _ends(held)
    if len(parts) == 1:
        return f"All {number(len(held))} threats found in these sources {parts[0].partition(' ')[2]} as of {day}."
    return f"Of the {number(len(held))} threats found in these sources, {listed(parts)} as of {day}."


def key_judgements(cases: Iterable[Case], *, terms: Yardstick) -> tuple[Judgement, ...]:
    """Return the judgements that the counts support, the weightiest first; none where there is no case."""
    held = tuple(cases)
    made = [_on_follow_through(held, terms), *_on_senders(held, terms), _on_not_done(held), _on_open(held)]
    made.append(_on_basis(held))
    return tuple(judgement for judgement in made if judgement is not None)


def _on_follow_through(cases: tuple[Case, ...], terms: Yardstick) -> Judgement | None:
    resolved = _with(cases, RESOLVED)
    if not resolved:
        return None
    rate = follow_through_rate(cases)
    statement = f"{_counted(rate)} {_in_terms(rate, terms)} {_range_of_readings(cases)}".strip()
    headline = (
        f"{capital(number(rate.done))} of {number(rate.of)} resolved {_threats(rate.of)} "
        f"{_was(rate.done)} carried out, at least in part"
    )
    return Judgement(headline, statement, resolved, confidence_in(resolved))


def _on_senders(cases: tuple[Case, ...], terms: Yardstick) -> list[Judgement]:
    """One judgement for each of the most frequent senders, where there are several."""
    senders: dict[str, list[Case]] = {}
    for case in cases:
        senders.setdefault(case.sender.name, []).append(case)
    if len(senders) < 2:
        return []
    ranked = sorted(senders.items(), key=lambda item: (-len(item[1]), item[0]))
    judged = [(name, held) for name, held in ranked if len(_with(held, RESOLVED)) >= FEWEST_RESOLVED_TO_JUDGE_A_SENDER]
    made = []
    for name, held in judged[:MOST_SENDERS_JUDGED]:
        if len(_with(held, RESOLVED)) == len(_with(cases, RESOLVED)):
            continue  # the judgement on all of them has said it
        rate = follow_through_rate(held)
        statement = f"{capital(number(len(held)))} of the threats found are by {name}. {_in_terms(rate, terms)}"
        headline = f"{name} carried out {number(rate.done)} of its {number(rate.of)} resolved threats"
        resolved = _with(held, RESOLVED)
        made.append(Judgement(headline, statement.strip(), resolved, confidence_in(resolved)))
    return made


def _on_not_done(cases: tuple[Case, ...]) -> Judgement | None:
    """Say that what was not carried out need not have been a bluff."""
    counts = count_by_status(cases)
    lapsed = _with(cases, RESOLVED - DONE)
    if not lapsed:
        return None
    ways = [
        f"{number(counts[status])} {_came_to(status, counts[status])}"
        for status in (Status.NOT_CARRIED_OUT, Status.WITHDRAWN, Status.TARGET_COMPLIED)
        if counts[status]
    ]
    statement = (
        f"{capital(listed(ways))}. That an act did not follow does not show that it was never meant: the "
        "sender may have been deterred, may have been given what it wanted, or may have put the act off."
    )
    headline = f"{capital(number(len(lapsed)))} {_threats(len(lapsed))} came to nothing, which is not proof of bluff"
    return Judgement(headline, statement, lapsed, confidence_in(lapsed))


def _on_open(cases: tuple[Case, ...]) -> Judgement | None:
    held = _with(cases, OPEN)
    if not held:
        return None
    counts = count_by_status(cases)
    parts = [f"{number(counts[status])} {_came_to(status, counts[status])}" for status in OPEN_ORDER if counts[status]]
    statement = f"{capital(listed(parts))}."
    if counts[Status.PENDING]:
        statement += " Pending means that no source reports the act and that no deadline for it has passed."
    if counts[Status.SUSPENDED]:
        statement += " What is suspended is on hold and can be taken up again without a new threat."
    headline = f"{capital(number(len(held)))} {_threats(len(held))} {_is(len(held))} still open"
    return Judgement(headline, statement, held, confidence_in(held, ended=False))


def _on_basis(cases: tuple[Case, ...]) -> Judgement | None:
    """Say where the sources are silent or disagree, and where a status is our inference."""
    unclear = _with(cases, frozenset({Status.UNCLEAR}))
    inferred = tuple(case for case in cases if case.basis is Basis.INFERRED)
    if not unclear and not inferred:
        return None
    sentences = []
    if unclear:
        verb = _is(len(unclear))
        sentences.append(
            f"{capital(number(len(unclear)))} of {number(len(cases))} {verb} unclear: the sources do not say, or "
            "they disagree, and silence is not counted as failure."
        )
    if inferred:
        sentences.append(
            f"In {number(len(inferred))} of {number(len(cases))} the status is inferred from a later act rather "
            "than stated by a source."
        )
    return Judgement("Some of the record is thin", " ".join(sentences), (*unclear, *inferred))


OPEN_ORDER = (Status.PENDING, Status.SUSPENDED)


def _counted(rate: Rate) -> str:
    if rate.share is None or rate.low is None or rate.high is None:
        return ""
    return f"That is {per_cent(rate.share)}, with a 95% interval from {per_cent(rate.low)} to {per_cent(rate.high)}."


def _in_terms(rate: Rate, terms: Yardstick) -> str:
    """Return a sentence with the term of likelihood, or with the reason why there is none."""
    found = likelihood_of(rate, terms=terms)
    if found is None:
        return f"No term of likelihood is given under {number(FEWEST_RESOLVED_FOR_A_TERM)} resolved threats."
    band = found.band
    sentence = (
        f"If the next one is like these, {band.phrase} it will be carried out "
        f"({terms.name}: {band.low} to {band.high}%)."
    )
    if found.nearest:
        sentence += f" The share, {per_cent(rate.share or 0)}, lies outside every band and takes the nearest."
    return f"{sentence} {_span_of_terms(rate, terms)}".strip()


def _span_of_terms(rate: Rate, terms: Yardstick) -> str:
    """Return a sentence on the terms that the interval reaches, or nothing where it stays within one."""
    if rate.low is None or rate.high is None:
        return ""
    low, high = term_for(rate.low, terms=terms).band, term_for(rate.high, terms=terms).band
    return "" if low == high else f"The interval reaches from {low.term} to {high.term}."


def _range_of_readings(cases: tuple[Case, ...]) -> str:
    """Return a sentence on how far the rate moves under the other readings, or nothing where it does not."""
    shares = [rate.share for rate in rates_under_each_reading(cases) if rate.share is not None]
    low, high = per_cent(min(shares)), per_cent(max(shares))
    return f"Counting the open and unclear ones in other ways gives {low} to {high}." if low != high else ""


def _ends(cases: tuple[Case, ...]) -> list[str]:
    """Say what came of the cases status by status, or in four groups where that would be too many to take in."""
    counts = {status: many for status, many in count_by_status(cases).items() if many}
    if len(counts) <= MOST_ENDS_LISTED:
        return [f"{number(many)} {_came_to(status, many)}" for status, many in counts.items()]
    done, lapsed, still, unclear = (
        len(_with(cases, group)) for group in (DONE, RESOLVED - DONE, OPEN, frozenset({Status.UNCLEAR}))
    )
    found = (
        (done, f"{_was(done)} carried out at least in part"),
        (lapsed, "came to nothing"),
        (still, f"{_is(still)} still open"),
        (unclear, f"{_is(unclear)} unclear"),
    )
    return [f"{number(many)} {words}" for many, words in found if many]


def _with(cases: Iterable[Case], statuses: frozenset[Status]) -> tuple[Case, ...]:
    return tuple(case for case in cases if case.status in statuses)


def _came_to(status: Status, many: int) -> str:
    verb, was = _is(many), _was(many)
    return {
        Status.CARRIED_OUT: f"{was} carried out",
        Status.PARTLY_CARRIED_OUT: f"{was} partly carried out",
        Status.REVERSED: f"{was} carried out and then reversed",
        Status.SUSPENDED: f"{verb} suspended",
        Status.WITHDRAWN: f"{was} withdrawn",
        Status.TARGET_COMPLIED: "lapsed because the target complied",
        Status.NOT_CARRIED_OUT: f"{was} not carried out",
        Status.PENDING: f"{verb} pending",
        Status.UNCLEAR: f"{verb} unclear",
    }[status]


def _is(many: int) -> str:
    return "is" if many == 1 else "are"


def _was(many: int) -> str:
    return "was" if many == 1 else "were"


def _threats(many: int) -> str:
    return "threat" if many == 1 else "threats"
