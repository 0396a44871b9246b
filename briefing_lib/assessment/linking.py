"""Mentions → cases: which threats are one threat, and which outcomes speak of it.

Everything is blocked by sender, so that the work grows with the cases of one sender, not with the square of all.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import takewhile

from briefing_lib.assessment.bearing import bear
from briefing_lib.assessment.gist import act_stems, is_as_said, is_same_side, is_ultimatum, published_on, side
from briefing_lib.assessment.likeness import name_stems, stem
from briefing_lib.assessment.reasons import why_same
from briefing_lib.assessment.strands import Strand
from briefing_lib.extraction import Extraction
from briefing_lib.models import Kind, Mode, Threat

# Two mentions without dates of their own are one issuance when their documents are this close.
SAME_ISSUANCE = timedelta(days=45)
# What a mention without content of its own counts for, beside words that are shared.
VAGUELY = 0.2
# What two mentions of an ultimatum count for, by one sender to one target in the time of one issuance, whatever words
# of the demand each tells.
REPEATED = 0.5
# Of several threats that a mention may repeat, one that fits nearly as well as the best does so as well: the last of
# them is taken, since "as it had warned" is said of the latest warning.
AS_WELL = 0.5


def link(extractions: Iterable[Extraction]) -> list[Strand]:
    """Return one strand for each threat, with the outcomes that speak of it.

    Parameters
    ----------
    extractions
        In any order; they are taken in order of publication.
    """
    ordered = sorted(extractions, key=lambda e: (published_on(e.document.published), e.document.id))
    groups: dict[str, _Group] = defaultdict(_Group)
    for extraction in ordered:
        for threat in extraction.threats:
            groups[side(threat.sender)].take_in(threat)
    found = [strand for group in groups.values() for strand in group.strands]
    bear((outcome for extraction in ordered for outcome in extraction.outcomes), found)
    return found


class _Group:
    """The strands of one sender, looked up by the words of their acts and by document."""

    def __init__(self) -> None:
        self.strands: list[Strand] = []
        self._by_term: dict[str, set[int]] = defaultdict(set)
        self._by_document: dict[str, set[int]] = defaultdict(set)
        self._ultimatums: dict[str, set[int]] = defaultdict(set)
        self._told: dict[int, dict[tuple[object, ...], Threat]] = defaultdict(dict)

    def take_in(self, threat: Threat) -> None:
        """Add a mention to the strand that it repeats, or begin a new one; of several that fit as well, the latest."""
        fitting = [
            (score, at) for at in self._near(threat) if (score := _sameness(threat, self._tellings(at, threat))) > 0
        ]
        if fitting:
            best, at = max(fitting)
            if is_as_said(threat):
                at = max(at for score, at in fitting if score >= min(best, AS_WELL))
            self.strands[at].reasons.append(_why_same(threat, self._tellings(at, threat)))
            self.strands[at].threats.append(threat)
        else:
            at = len(self.strands)
            self.strands.append(Strand([threat]))
        self._by_document[threat.passage.document.id].add(at)
        self._told[at].setdefault(_wording(threat), threat)
        for term in act_stems(threat):
            self._by_term[term].add(at)
        if is_ultimatum(threat) and threat.target is not None:
            self._ultimatums[side(threat.target)].add(at)

    def _tellings(self, at: int, threat: Threat) -> list[Threat]:
        """Return the mentions of a strand that differ in what they say, and those of the threat's own document."""
        told = self._told[at]
        if len(told) == len(self.strands[at].threats):
            return self.strands[at].threats
        here = threat.passage.document.id
        beside = reversed(self.strands[at].threats)
        return [*told.values(), *takewhile(lambda other: other.passage.document.id == here, beside)]

    def _near(self, threat: Threat) -> list[int]:
        found = set(self._by_document.get(threat.passage.document.id, ()))
        found |= {at for term in act_stems(threat) for at in self._by_term.get(term, ())}
        if is_ultimatum(threat) and threat.target is not None:
            found |= self._ultimatums[side(threat.target)]
        return sorted(found)


def _why_same(threat: Threat, told: Sequence[Threat]) -> str:
    return why_same(threat, act_stems(threat) & {term for other in told for term in act_stems(other)})


def _wording(threat: Threat) -> tuple[object, ...]:
    """Return what a mention says, without where: copies of a report say the same."""
    return threat.terms, threat.target, threat.condition, threat.kind, threat.issued


def _sameness(threat: Threat, told: Sequence[Threat]) -> float:
    """Return how much a mention repeats a threat: 0 where it is another one.

    A mention without content of its own joins one statement, and bridges no two acts that have nothing in common.
    """
    if any(_is_issued_anew(threat, other) for other in told):
        return 0.0
    scores = [_same(threat, other) for other in told]
    best = max(scores, default=0.0)
    if best > VAGUELY:
        return best
    bare = not act_stems(threat)
    strange = any(score == 0.0 and act_stems(other) for score, other in zip(scores, told, strict=True))
    return 0.0 if strange and not bare else best


def _same(a: Threat, b: Threat) -> float:
    if not is_same_side(a.target, b.target) or not _same_issuance(a, b):
        return 0.0
    names = name_stems(a.target) | name_stems(b.target)
    mine, theirs = act_stems(a) - names, act_stems(b) - names
    shared = mine & theirs
    if is_ultimatum(a) and is_ultimatum(b) and a.target is not None and b.target is not None:
        return REPEATED
    within_document = a.passage.document.id == b.passage.document.id
    if shared and _are_of_two_kinds(a, b):
        return 0.0
    if shared:
        overlap = len(shared) / min(len(mine), len(theirs))
        return overlap if overlap >= 0.5 or len(shared) >= 3 else 0.0
    # A statement that says again what it has said, in words without content: "they will pay for it".
    both_vague = a.kind is Kind.VAGUE and b.kind is Kind.VAGUE
    either_bare = any(not told or (t.kind is Kind.VAGUE and len(told) < 2) for t, told in ((a, mine), (b, theirs)))
    if within_document and (both_vague or (either_bare and _is_one_statement(a, b))):
        return VAGUELY
    return 0.0


def _are_of_two_kinds(a: Threat, b: Threat) -> bool:
    """Tell whether two acts differ in kind and in their first word: to leave a zone is not to send troops into it."""
    modes = {a.mode, b.mode}
    named = Mode.UNSPECIFIED not in modes and Kind.VAGUE not in {a.kind, b.kind}
    return named and len(modes) > 1 and not ({*map(stem, a.terms[:1])} & {*map(stem, b.terms)})


def _is_issued_anew(a: Threat, b: Threat) -> bool:
    """Tell whether a threat is made on a condition on one known day and without any on another: not a retelling."""
    if bool(a.condition) == bool(b.condition) or a.issued is None or b.issued is None:
        return False
    if is_as_said(a) or is_as_said(b):
        return False
    exact = a.issued.start == a.issued.end and b.issued.start == b.issued.end
    return exact and a.issued.start != b.issued.start


def _is_one_statement(a: Threat, b: Threat) -> bool:
    """Tell whether two threats stand in one statement that a document carries whole: both are of its very day."""
    dated = a.issued is not None and a.issued.start is not None
    return dated and a.issued == b.issued and bool(a.condition) == bool(b.condition)


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
