"""Rows of single documents against the gold: found or not, and right in which fields."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from briefing_lib.evaluation.actors import is_same_actor, is_same_name
from briefing_lib.evaluation.figures import to_detection, to_figure
from briefing_lib.evaluation.gold import GoldDocument, GoldThreat
from briefing_lib.evaluation.matching import act_similarity, assign, hits, preference
from briefing_lib.evaluation.records import DocumentScore, FalsePositive, Figure, Mismatch, Miss
from briefing_lib.extraction import Extraction
from briefing_lib.models import Case, DateRange, Passage, Status, Threat

Assessor = Callable[..., tuple[Case, ...]]

# A document without a date is judged with hindsight: nothing in it is later than this day.
END_OF_TIME = date(2200, 1, 1)

NOT_A_THREAT, NOTHING, DUPLICATE = (
    "a quote that is no threat",
    "nothing in the gold there",
    "another row is this threat",
)
MERGED, NOT_FOUND = "its quote is in a row that is another threat", "no row quotes it"


@dataclass(frozen=True, slots=True)
class Judged:
    """One document's rows, sorted by what the gold says of them."""

    gold: GoldDocument
    extraction: Extraction
    matches: tuple[tuple[GoldThreat, Case], ...]
    duplicates: tuple[Case, ...]
    false: tuple[tuple[Case, str], ...]
    ignored: tuple[Case, ...]
    misses: tuple[tuple[GoldThreat, str], ...]
    not_threats_hit: int
    cases: tuple[Case, ...]


def judge(gold: GoldDocument, extraction: Extraction, *, assessor: Assessor) -> Judged:
    """Assess one document by itself, as of its date, and pair its rows with the gold's, one to one."""
    published = gold.document.published
    as_of = published.end if published and published.end else END_OF_TIME
    cases = assessor([extraction], as_of=as_of)
    weights = [[_weight(case, threat) for threat in gold.threats] for case in cases]
    pairs = assign(weights)
    left = [(case, any(row)) for at, (case, row) in enumerate(zip(cases, weights, strict=True)) if at not in pairs]
    borderline = [case for case, is_duplicate in left if not is_duplicate and _is_borderline(case, gold)]
    quoted = [any(row[at] for row in weights) for at in range(len(gold.threats))]
    missed = [at for at in range(len(gold.threats)) if at not in pairs.values()]
    return Judged(
        gold=gold,
        extraction=extraction,
        matches=tuple((gold.threats[column], cases[row]) for row, column in sorted(pairs.items())),
        duplicates=tuple(case for case, is_duplicate in left if is_duplicate),
        false=tuple(
            (case, _why(case, gold)) for case, is_duplicate in left if not is_duplicate and case not in borderline
        ),
        ignored=tuple(borderline),
        misses=tuple((gold.threats[at], MERGED if quoted[at] else NOT_FOUND) for at in missed),
        not_threats_hit=hits((threat.passage for case in cases for threat in case.threats), gold.not_threats),
        cases=cases,
    )


def score_documents(judged: Sequence[Judged]) -> DocumentScore:
    """Sum up the judged documents."""
    found = [len(one.matches) for one in judged]
    missed = [len(one.misses) for one in judged]
    wrong = [len(one.false) for one in judged]
    strict = [count + len(one.duplicates) for count, one in zip(wrong, judged, strict=True)]
    return DocumentScore(
        documents=len(judged),
        threats=sum(len(one.gold.threats) for one in judged),
        strict=to_detection(found, strict, missed),
        lenient=to_detection(found, wrong, missed),
        duplicates=sum(len(one.duplicates) for one in judged),
        ignored=sum(len(one.ignored) for one in judged),
        status=_accuracy(judged, _has_status),
        status_not_pending=_accuracy(judged, _has_status, among=lambda gold: gold.statuses[0] is not Status.PENDING),
        sender=_accuracy(judged, _has_sender),
        sender_by_name=_accuracy(judged, lambda gold, case: is_same_name(gold.sender, case.sender.name)),
        target=_accuracy(judged, _has_target),
        target_by_name=_accuracy(judged, _has_target_name),
        issued=_accuracy(judged, _has_issued, among=lambda gold: gold.issued is not None),
        kind=_accuracy(judged, lambda gold, case: gold.kind is case.kind),
        exact_quotes=exact_quotes([one.extraction for one in judged]),
        not_threats_hit=to_figure(
            [one.not_threats_hit for one in judged], [len(one.gold.not_threats) for one in judged]
        ),
        confusion=_confusion(judged),
        false_positives=tuple(found for one in judged for found in _false_positives(one)),
        misses=tuple(
            Miss(one.gold.document.id, threat.id, threat.quotes[0].text, threat.act, reason)
            for one in judged
            for threat, reason in one.misses
        ),
        mismatches=tuple(found for one in judged for pair in one.matches for found in _mismatches(one, *pair)),
    )


def exact_quotes(extractions: Iterable[Extraction]) -> Figure:
    """Return the share of evidence that is a non-empty span of its document's own text."""
    exact, total = [], []
    for extraction in extractions:
        passages = [threat.passage for threat in extraction.threats]
        passages += [outcome.passage for outcome in extraction.outcomes]
        exact.append(sum(_is_exact(passage, extraction.document.text) for passage in passages))
        total.append(len(passages))
    return to_figure(exact, total)


def to_false_positive(document: str, case: Case | Threat, passage: Passage, reason: str) -> FalsePositive:
    """Describe a row, or a mention in a sentence by itself, that is no gold row."""
    status = case.status.value if isinstance(case, Case) else ""
    return FalsePositive(document, passage.quote(), case.sender.name, case.act, status, reason)


def _is_exact(passage: Passage, text: str) -> bool:
    return 0 <= passage.start < passage.end <= len(text) and passage.quote() == text[passage.start : passage.end]


def _weight(case: Case, threat: GoldThreat) -> float:
    hit = hits((mention.passage for mention in case.threats), threat.quotes)
    if not hit:
        return 0.0
    act = max(act_similarity(act, threat.act) for act in (case.act, *(mention.act for mention in case.threats)))
    return preference(hit / len(threat.quotes), act)


def _is_borderline(case: Case, gold: GoldDocument) -> bool:
    passages = [mention.passage for mention in case.threats]
    return hits(passages, gold.borderline) > 0 and not hits(passages, gold.not_threats)


def _why(case: Case, gold: GoldDocument) -> str:
    passages = [mention.passage for mention in case.threats]
    hit = next((quote for quote in gold.not_threats if hits(passages, [quote])), None)
    return NOTHING if hit is None else f"{NOT_A_THREAT} ({hit.why})" if hit.why else NOT_A_THREAT


def _accuracy(
    judged: Sequence[Judged],
    is_right: Callable[[GoldThreat, Case], bool],
    *,
    among: Callable[[GoldThreat], bool] = lambda gold: True,
) -> Figure:
    """Return the share of matched rows, among those asked about, that are right."""
    asked = [[pair for pair in one.matches if among(pair[0])] for one in judged]
    return to_figure([sum(is_right(*pair) for pair in pairs) for pairs in asked], [len(pairs) for pairs in asked])


def _has_status(gold: GoldThreat, case: Case) -> bool:
    return case.status in gold.statuses


def _has_sender(gold: GoldThreat, case: Case) -> bool:
    return is_same_actor(gold.sender, case.sender, speaker=gold.speaker, utterer=case.speaker)


def _has_target(gold: GoldThreat, case: Case) -> bool:
    return is_same_actor(gold.target, case.target)


def _has_target_name(gold: GoldThreat, case: Case) -> bool:
    return is_same_name(gold.target, case.target.name) if case.target else not gold.target


def _has_issued(gold: GoldThreat, case: Case) -> bool:
    return gold.issued is None or (case.issued is not None and _overlaps(gold.issued, case.issued))


def _overlaps(one: DateRange, other: DateRange) -> bool:
    """Tell whether two ranges share a day; an end that is None is open."""
    starts_in_time = one.start is None or other.end is None or one.start <= other.end
    ends_in_time = one.end is None or other.start is None or other.start <= one.end
    return starts_in_time and ends_in_time


def _confusion(judged: Sequence[Judged]) -> tuple[tuple[Status, Status, int], ...]:
    pairs = Counter(
        (case.status if _has_status(gold, case) else gold.statuses[0], case.status)
        for one in judged
        for gold, case in one.matches
    )
    return tuple((wanted, given, count) for (wanted, given), count in sorted(pairs.items()))


def _false_positives(one: Judged) -> list[FalsePositive]:
    named = [*one.false, *((case, DUPLICATE) for case in one.duplicates)]
    return [to_false_positive(one.gold.document.id, case, case.threats[0].passage, reason) for case, reason in named]


def _mismatches(one: Judged, gold: GoldThreat, case: Case) -> list[Mismatch]:
    rows = [
        (_has_status, "status", " or ".join(gold.statuses), case.status.value),
        (_has_sender, "sender", gold.sender, _name(case.sender.name, case.sender.home)),
        (_has_target, "target", gold.target, _name(case.target.name, case.target.home) if case.target else "–"),
        (_has_issued, "issued", _days(gold.issued), _days(case.issued)),
        (lambda wanted, found: wanted.kind is found.kind, "kind", gold.kind.value, case.kind.value),
    ]
    where, quote = one.gold.document.id, gold.quotes[0].text
    return [
        Mismatch(where, gold.id, name, right, given, quote)
        for holds, name, right, given in rows
        if not holds(gold, case)
    ]


def _name(name: str, home: str) -> str:
    return f"{name} [{home}]" if home and home != name else name


def _days(days: DateRange | None) -> str:
    return f"{days.start or '…'} to {days.end or '…'}" if days else "–"
