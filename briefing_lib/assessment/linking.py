"""Mentions → cases: which threats are one threat, and which outcomes speak of it.

Everything is blocked by sender, so that the work grows with the cases of one sender, not with the square of all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from briefing_lib.extraction import Extraction, load_lexicon
from briefing_lib.models import Actor, DateRange, Kind, Mode, Outcome, Status, Threat

# Two mentions without dates of their own are one issuance when their documents are this close.
SAME_ISSUANCE = timedelta(days=45)
# An act is of the kind that was threatened by its mode alone only for these: a strike answers a threat of force
# whatever it hits, but not every restriction is the one that was threatened.
KIND_BY_MODE = frozenset({Mode.VIOLENCE, Mode.TERRITORY, Mode.ARREST, Mode.EXPEL})
MILITARY = frozenset({Mode.VIOLENCE, Mode.TERRITORY})


def generic_terms() -> frozenset[str]:
    """Return the words that say that something is threatened or planned and not what."""
    return load_lexicon().words["outcomes.terms.generic"]


@dataclass(slots=True)
class Strand:
    """A case in the making: mentions of one threat, and what speaks of it with the reason why."""

    threats: list[Threat]
    outcomes: list[Outcome] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def sender(self) -> Actor:
        """Who threatens."""
        return self.threats[0].sender


def link(extractions: Iterable[Extraction]) -> list[Strand]:
    """Return one strand for each threat, with the outcomes that speak of it.

    Parameters
    ----------
    extractions
        In any order; they are taken in order of publication.
    """
    ordered = sorted(extractions, key=lambda e: (published_on(e.document.published), e.document.id))
    strands: dict[str, list[Strand]] = defaultdict(list)
    by_threat: dict[int, Strand] = {}
    for extraction in ordered:
        for threat in extraction.threats:
            strand = _strand_of(threat, strands[_side(threat.sender)])
            by_threat[id(threat)] = strand
    for extraction in ordered:
        for outcome in extraction.outcomes:
            _attach(outcome, strands, by_threat)
    return [strand for group in strands.values() for strand in group]


def published_on(published: DateRange | None) -> date:
    """Return the day to order a document by; one without a date comes first."""
    return published.end if published and published.end else date.min


def _side(actor: Actor) -> str:
    return actor.home or actor.name


def _strand_of(threat: Threat, group: list[Strand]) -> Strand:
    matching = [(score, strand) for strand in group if (score := _sameness(threat, strand)) > 0]
    if matching:
        best = max(matching, key=lambda pair: pair[0])[1]
        best.reasons.append(_why_same(threat, best))
        best.threats.append(threat)
        return best
    strand = Strand([threat])
    group.append(strand)
    return strand


def _why_same(threat: Threat, strand: Strand) -> str:
    shared = sorted(specific(threat) & {term for other in strand.threats for term in specific(other)})
    document = threat.passage.document.id
    return f"{document} repeats it" + (f" (shared: {', '.join(shared[:4])})" if shared else " in the same statement")


def _sameness(threat: Threat, strand: Strand) -> float:
    """Return how much a mention repeats a threat: 0 where it is another one."""
    return max((_same(threat, other) for other in strand.threats), default=0.0)


def _same(a: Threat, b: Threat) -> float:
    if not _same_target(a.target, b.target) or not _same_issuance(a, b):
        return 0.0
    names = _names(a.target) | _names(b.target)
    mine, theirs = specific(a) - names, specific(b) - names
    shared = mine & theirs
    within_document = a.passage.document.id == b.passage.document.id
    if shared:
        overlap = len(shared) / min(len(mine), len(theirs))
        return overlap if overlap >= 0.5 or len(shared) >= 3 else 0.0
    # A statement that says again what it has said, in words without content: "they will pay for it".
    both_vague = a.kind is Kind.VAGUE and b.kind is Kind.VAGUE
    either_bare = not mine or not theirs or Kind.VAGUE in {a.kind, b.kind}
    if within_document and (both_vague or (either_bare and _is_one_statement(a, b))):
        return 0.2
    return 0.0


def _is_one_statement(a: Threat, b: Threat) -> bool:
    """Tell whether two threats stand in one statement that a document carries whole: both are of its very day."""
    dated = a.issued is not None and a.issued.start is not None
    return dated and a.issued == b.issued and bool(a.condition) == bool(b.condition)


def _same_target(a: Actor | None, b: Actor | None) -> bool:
    return a is None or b is None or bool({a.name, a.home} & {b.name, b.home} - {""})


def _same_issuance(a: Threat, b: Threat) -> bool:
    low_a, high_a = _bounds(a)
    low_b, high_b = _bounds(b)
    return low_a - SAME_ISSUANCE <= high_b and low_b - SAME_ISSUANCE <= high_a


def _bounds(threat: Threat) -> tuple[date, date]:
    issued, published = threat.issued, threat.passage.document.published
    high = (issued.end if issued and issued.end else None) or (published.end if published else None) or date.max
    low = (issued.start if issued else None) or (published.start if published and published.start else None) or high
    floor, ceiling = date.min + SAME_ISSUANCE, date.max - SAME_ISSUANCE
    return max(low, floor), min(max(high, floor), ceiling)


def specific(threat: Threat) -> set[str]:
    """Return the terms of an act that tell it from others: without generic words and the parties' names."""
    return set(threat.terms) - generic_terms() - _names(threat.sender) - _names(threat.target)


def _names(actor: Actor | None) -> set[str]:
    if actor is None:
        return set()
    words = {
        word.lower().removesuffix("'s").removesuffix("’s")
        for n in (actor.name, actor.surface, actor.home)
        for word in n.split()
    }
    return words | {word.removesuffix("n") for word in words} | {f"{word}n" for word in words}


# --- outcomes ---------------------------------------------------------------------------------------------------------


def _attach(outcome: Outcome, strands: dict[str, list[Strand]], by_threat: dict[int, Strand]) -> None:
    """Give an outcome to the threats that it speaks of, with the reason."""
    if outcome.refers_to is not None and id(outcome.refers_to) in by_threat:
        strand = by_threat[id(outcome.refers_to)]
        fitted = _as_said_of(outcome, strand)
        if fitted is not None:
            strand.outcomes.append(fitted)
            strand.reasons.append(f"{outcome.passage.document.id}: {', '.join(outcome.reasons)} points at the threat")
            return
    keys = {_side(outcome.actor)} if outcome.actor else set()
    if outcome.status is Status.TARGET_COMPLIED or (outcome.actor is None and outcome.stated):
        keys = set(strands)
    for key in sorted(keys & set(strands)):
        for strand in strands[key]:
            reason = _speaks_of(outcome, strand)
            if reason:
                fitted = _as_said_of(outcome, strand)
                if fitted is not None:
                    strand.outcomes.append(fitted)
                    strand.reasons.append(f"{outcome.passage.document.id}: {', '.join(outcome.reasons)}; {reason}")


def _as_said_of(outcome: Outcome, strand: Strand) -> Outcome | None:
    """Read who gave way: a sender that backs down withdraws, a target that does has complied."""
    if outcome.actor is None:
        return outcome
    is_sender = _side(outcome.actor) == _side(strand.sender)
    targets = {_side(t.target) for t in strand.threats if t.target} | {
        t.target.name for t in strand.threats if t.target
    }
    is_target = _side(outcome.actor) in targets or outcome.actor.name in targets
    if outcome.status is Status.WITHDRAWN and is_target and not is_sender:
        return replace(outcome, status=Status.TARGET_COMPLIED)
    if outcome.status is Status.TARGET_COMPLIED:
        to_sender = outcome.target is not None and _side(outcome.target) == _side(strand.sender)
        return outcome if (is_target or to_sender) and not is_sender else None
    if not outcome.stated and not is_sender:
        return None
    if not outcome.stated and outcome.refers_to is not None and outcome.mode is not strand.threats[0].mode:
        return replace(outcome, status=Status.PARTLY_CARRIED_OUT)
    return outcome


def _speaks_of(outcome: Outcome, strand: Strand) -> str:
    """Return why an outcome speaks of a threat, or an empty string."""
    for threat in strand.threats:
        if _is_before(outcome, threat) or not _same_target_of(outcome, threat):
            continue
        shared = specific(threat) & (set(outcome.terms) - _names(outcome.actor) - _names(outcome.target))
        if outcome.stated:
            reason = _stated_reason(outcome, threat, shared)
        else:
            reason = _reported_reason(outcome, threat, shared)
        if reason:
            return reason
    return ""


def _same_target_of(outcome: Outcome, threat: Threat) -> bool:
    if outcome.status is Status.TARGET_COMPLIED:
        to_sender = outcome.target is not None and _side(outcome.target) == _side(threat.sender)
        return to_sender or (
            outcome.actor is not None and threat.target is not None and _same_target(outcome.actor, threat.target)
        )
    return _same_target(outcome.target, threat.target)


def _is_before(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether the outcome lies before the threat: by its date, else by its place in the document."""
    issued = threat.issued
    if outcome.on and issued and outcome.on.end and issued.start and outcome.on.end < issued.start:
        return True
    if outcome.passage.document.id != threat.passage.document.id:
        return published_on(outcome.passage.document.published) < published_on(threat.passage.document.published)
    if outcome.stated:
        return False
    return outcome.passage.start < threat.passage.end


def _stated_reason(outcome: Outcome, threat: Threat, shared: set[str]) -> str:
    if outcome.actor is None and not shared:
        return ""
    if shared and (len(shared) > 1 or len(specific(threat)) < 4):
        return f"speaks of the same act ({', '.join(sorted(shared)[:4])})"
    about = set(outcome.terms) - _names(outcome.actor) - _names(outcome.target)
    about -= _names(threat.target)
    if about and about <= generic_terms() and outcome.actor is not None:
        if "military" in about and threat.mode in MILITARY:
            return "speaks of the sender's military action against the target as a whole"
        if "military" not in about and outcome.target is not None and outcome.mode in {threat.mode, Mode.UNSPECIFIED}:
            return "speaks of the sender's action against the target as a whole"
    return ""


def _reported_reason(outcome: Outcome, threat: Threat, shared: set[str]) -> str:
    if outcome.actor is None or _side(outcome.actor) != _side(threat.sender):
        return ""
    same_kind = outcome.mode is threat.mode or {outcome.mode, threat.mode} <= MILITARY
    if len(shared) >= 2 or (shared and same_kind) or (shared and len(specific(threat)) == 1):
        return f"an act of the sender's with {', '.join(sorted(shared)[:4])}"
    explicit = outcome.target is not None and threat.target is not None
    if explicit and same_kind and threat.mode in KIND_BY_MODE and threat.kind is not Kind.VAGUE:
        return "an act of the same kind by the sender against the target"
    return ""
