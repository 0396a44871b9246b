"""The bottom line and the key judgements, made from the counts by rules, each number marked up as computed.

Each judgement carries the cases that it rests on. Its statement may hold a term of likelihood; its confidence stands
apart, so that no sentence holds both (ICD 203).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

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
    INTERVAL_LEVEL,
    OPEN,
    RESOLVED,
    Rate,
    count_by_status,
    follow_through_rate,
    rates_under_each_reading,
)
from briefing_lib.models import Basis, Case, FollowThrough, Status
from briefing_lib.presentation.case_table import case_link
from briefing_lib.presentation.computed import computed, in_a_row, prose, sentence_case
from briefing_lib.wording import between, came_to, is_or_are, per_cent, shortened, was_or_were

# More senders than this would make a list, not judgements; the figures show the rest.
MOST_SENDERS_JUDGED = 3
# A sentence with more parts than this is a table.
MOST_ENDS_LISTED = 5
# More would be a list in the middle of a sentence.
MOST_SENDERS_NAMED = 3
ALL_OF = {1: "", 2: "both "}
MOST_OF_AN_ACT = 70  # characters: a line of the page's largest print
FEWEST_RESOLVED_TO_JUDGE_A_SENDER = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement: a headline, its sentences, the cases it rests on, and how far they are a basis for it."""

    headline: Markup
    statement: Markup
    cases: tuple[Case, ...]
    confidence: Trust | None = None


def bottom_line(found: FollowThrough) -> Markup:
    """Return one sentence: how many threats were found, by whom, and what came of them by a day.

    Where only those of some senders or targets were kept it says so, and whose others there are where none is left.
    """
    held, day = found.cases, found.as_of
    whose = prose("{whose}", whose=between(found.senders, found.targets))
    if not held:
        return prose(
            "These sources tell of no threat{whose} as of {day}{rest}.", whose=whose, day=day, rest=_rest(found)
        )
    if len(held) == 1:
        template = "The only threat{whose} found in these sources{by} {came} as of {day}: {act}."
        # A link to the row: a source's words, whatever they say of likelihood, are no judgement of ours.
        act = case_link(held[0], computed(shortened(held[0].act, MOST_OF_AN_ACT)))
        came = came_to(held[0].status, 1)
        by = Markup("") if whose else Markup("{},").format(_by_whom(held))
        return prose(template, whose=whose, by=by, came=came, day=day, act=act)
    counts = {status: many for status, many in count_by_status(held).items() if many}
    by = Markup("") if len(found.senders) == 1 else _by_whom(held)
    if len(counts) == 1:
        (came,) = (came_to(status, many) for status, many in counts.items())
        template = f"{'Both' if len(held) == 2 else 'All {many}'} threats{{whose}} found in these sources{{by}}"
        stop = "," if by else ""
        return prose(
            f"{template}{stop} {{came}} as of {{day}}.", many=len(held), whose=whose, by=by, came=came, day=day
        )
    template = "Of the {many} threats{whose} found in these sources{by}, {ends} as of {day}."
    return prose(template, many=len(held), whose=whose, by=by, ends=in_a_row(_ends(held)), day=day)


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
    statement = _sentences(_counted(rate), _in_terms(rate, terms), _range_of_readings(cases))
    return Judgement(how_many_done(rate), statement, resolved, confidence_in(resolved))


def how_many_done(rate: Rate, *, rest: str = ", at least in part") -> Markup:
    """Return how many of the resolved threats were carried out, as a headline."""
    if rate.of == 1:
        return prose(
            f"The only resolved threat was {'' if rate.done else 'not '}carried out{rest if rate.done else ''}"
        )
    template = f"{{done}} of {{of}} resolved threats {{was}} carried out{rest}"
    return sentence_case(prose(template, done=rate.done, of=rate.of, was=was_or_were(rate.done)))


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
        resolved = _with(held, RESOLVED)
        if len(resolved) == len(_with(cases, RESOLVED)):
            continue  # the judgement on all of them has said it
        rate = follow_through_rate(held)
        found = prose("{many} of the threats found are by {name}.", many=len(held), name=name)
        template = "{name} carried out {done} of its {of} resolved threats"
        headline = prose(template, name=name, done=rate.done, of=rate.of)
        statement = _sentences(sentence_case(found), _in_terms(rate, terms))
        made.append(Judgement(headline, statement, resolved, confidence_in(resolved)))
    return made


def _on_not_done(cases: tuple[Case, ...]) -> Judgement | None:
    """Say that what was not carried out need not have been a bluff."""
    lapsed = _with(cases, RESOLVED - DONE)
    if not lapsed:
        return None
    statement = _sentences(
        _counts_of(cases, LAPSED_ORDER) if len({case.status for case in lapsed}) > 1 else None,
        prose(
            "That an act did not follow does not show that it was never meant: the sender may have been deterred, may "
            "have been given what it wanted, or may have put the act off."
        ),
    )
    template = "{many} {threats} came to nothing, which is not proof of bluff"
    headline = prose(template, many=len(lapsed), threats=_threats(len(lapsed)))
    return Judgement(sentence_case(headline), statement, lapsed, confidence_in(lapsed))


def _on_open(cases: tuple[Case, ...]) -> Judgement | None:
    held = _with(cases, OPEN)
    if not held:
        return None
    met = {case.status for case in held}
    statement = _sentences(
        _counts_of(cases, OPEN_ORDER),
        prose("Pending means that no source reports the act and that no deadline for it has passed.")
        if Status.PENDING in met
        else None,
        prose("What is suspended is on hold and can be taken up again without a new threat.")
        if Status.SUSPENDED in met
        else None,
    )
    template = "{many} {threats} {are} still open"
    headline = prose(template, many=len(held), threats=_threats(len(held)), are=is_or_are(len(held)))
    return Judgement(sentence_case(headline), statement, held, confidence_in(held, ended=False))


def _on_basis(cases: tuple[Case, ...]) -> Judgement | None:
    """Say where the sources are silent or disagree, and where a status is our inference."""
    unclear = _with(cases, frozenset({Status.UNCLEAR}))
    inferred = tuple(case for case in cases if case.basis is Basis.INFERRED)
    if not unclear and not inferred:
        return None
    silent = prose(
        "{many} of {of} {are} unclear: the sources do not say, or they disagree, and silence is no failure.",
        many=len(unclear),
        of=len(cases),
        are=is_or_are(len(unclear)),
    )
    ours = prose(
        "In {many} of {of} the status is inferred from a later act rather than stated by a source.",
        many=len(inferred),
        of=len(cases),
    )
    statement = _sentences(sentence_case(silent) if unclear else None, ours if inferred else None)
    return Judgement(prose("Some of the record is thin"), statement, (*unclear, *inferred))


LAPSED_ORDER = (Status.NOT_CARRIED_OUT, Status.WITHDRAWN, Status.TARGET_COMPLIED)
OPEN_ORDER = (Status.PENDING, Status.SUSPENDED)


def _sentences(*parts: Markup | None) -> Markup:
    return Markup(" ").join(part for part in parts if part)


def _counts_of(cases: tuple[Case, ...], statuses: Iterable[Status]) -> Markup:
    """Return a sentence on how many cases have each of these statuses: "Two were withdrawn and one is pending."."""
    counts = count_by_status(cases)
    parts = [
        prose("{many} {came}", many=counts[status], came=came_to(status, counts[status]))
        for status in statuses
        if counts[status]
    ]
    return sentence_case(prose("{parts}.", parts=in_a_row(parts)))


def _counted(rate: Rate) -> Markup | None:
    if rate.share is None or rate.low is None or rate.high is None:
        return None
    return prose(
        "That is {share}, with a {level} interval from {low} to {high}.",
        share=rate.share,
        level=INTERVAL_LEVEL,
        low=rate.low,
        high=rate.high,
    )


def _in_terms(rate: Rate, terms: Yardstick) -> Markup:
    """Return a sentence with the term of likelihood, or with the reason why there is none."""
    found = likelihood_of(rate, terms=terms)
    if found is None:
        template = "No term of likelihood is given under {fewest} resolved threats."
        return prose(template, fewest=FEWEST_RESOLVED_FOR_A_TERM)
    band = found.band
    return _sentences(
        prose(
            "If the next threat is like these, {phrase} it will be carried out ({standard}: {band}).",
            phrase=band.phrase,
            standard=terms.name,
            band=f"{band.low} to {band.high}%",
        ),
        prose("The share, {share}, lies outside every band and takes the nearest.", share=rate.share or 0.0)
        if found.nearest
        else None,
        _span_of_terms(rate, terms),
    )


def _span_of_terms(rate: Rate, terms: Yardstick) -> Markup | None:
    """Return a sentence on the terms that the interval reaches, or nothing where it stays within one."""
    if rate.low is None or rate.high is None:
        return None
    low, high = term_for(rate.low, terms=terms).band, term_for(rate.high, terms=terms).band
    return None if low == high else prose("The interval reaches from {a} to {b}.", a=low.term, b=high.term)


def _range_of_readings(cases: tuple[Case, ...]) -> Markup | None:
    """Return a sentence on how far the rate moves under the other readings, or nothing where it does not."""
    shares = [rate.share for rate in rates_under_each_reading(cases) if rate.share is not None]
    low, high = min(shares), max(shares)
    if per_cent(low) == per_cent(high):
        return None
    return prose("Counting the open and unclear ones in other ways gives {low} to {high}.", low=low, high=high)


def _ends(cases: tuple[Case, ...]) -> list[Markup]:
    """Say what came of the cases status by status, or in four groups where that would be too many to take in."""
    counts = {status: many for status, many in count_by_status(cases).items() if many}
    if len(counts) <= MOST_ENDS_LISTED:
        return [prose("{many} {came}", many=many, came=came_to(status, many)) for status, many in counts.items()]
    done, lapsed, still, unclear = (
        len(_with(cases, group)) for group in (DONE, RESOLVED - DONE, OPEN, frozenset({Status.UNCLEAR}))
    )
    found = (
        (done, f"{was_or_were(done)} carried out at least in part"),
        (lapsed, "came to nothing"),
        (still, f"{is_or_are(still)} still open"),
        (unclear, f"{is_or_are(unclear)} unclear"),
    )
    return [prose("{many} {came}", many=many, came=came) for many, came in found if many]


def _by_whom(cases: tuple[Case, ...]) -> Markup:
    """Name the sender who made all the threats or most of them, else all senders, or how many they are."""
    senders = Counter(case.sender.name for case in cases)
    (name, many), *_ = senders.most_common(1)
    if many == len(cases):
        return prose(f", {ALL_OF.get(many, 'all ')}by {{name}}", name=name)
    if 2 * many > len(cases):
        return prose(", {many} of them by {name}", many=many, name=name)
    if len(senders) > MOST_SENDERS_NAMED:
        return prose(", by {many} senders", many=len(senders))
    return prose(", by {names}", names=in_a_row([prose("{name}", name=name) for name in senders]))


def _rest(found: FollowThrough) -> Markup:
    """Say whose threats these sources do tell of where none is of the senders and targets that were asked for."""
    senders = [name for name, _ in Counter(case.sender.name for case in found.left_out).most_common()]
    if not senders:
        return Markup("")
    named = [prose("{name}", name=name) for name in senders[:MOST_SENDERS_NAMED]]
    others = [Markup("others")] if len(senders) > MOST_SENDERS_NAMED else []
    return prose("; they tell of threats by {names}", names=in_a_row(named + others))


def _with(cases: Iterable[Case], statuses: frozenset[Status]) -> tuple[Case, ...]:
    return tuple(case for case in cases if case.status in statuses)


def _threats(many: int) -> str:
    return "threat" if many == 1 else "threats"
