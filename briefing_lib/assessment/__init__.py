"""Threats and outcomes over all documents → cases with a status as of a day."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from briefing_lib.assessment.gist import act_stems, is_as_said, published_on, side
from briefing_lib.assessment.linking import link
from briefing_lib.assessment.reasons import why_threat
from briefing_lib.assessment.status import judge
from briefing_lib.assessment.strands import Strand
from briefing_lib.extraction import Extraction
from briefing_lib.models import Case, DateRange, Status, Threat

# Characters: an act in more words is read only where no mention says it in fewer.
LONGEST_TO_READ = 160


def assess(extractions: Iterable[Extraction], *, as_of: date) -> tuple[Case, ...]:
    """Link the mentions into cases and say what came of each as of a day.

    Parameters
    ----------
    extractions
        Of documents published on or before ``as_of``; others must have been left out.
    as_of
        The day of the judgement.

    Returns
    -------
    tuple of Case
        In order of issue, then of place in the sources.
    """
    kept = list(extractions)
    return cases_of(link(kept), judging(kept, as_of=as_of))


def cases_of(strands: Iterable[Strand], judge_of: Callable[[Strand], Case]) -> tuple[Case, ...]:
    """Return what each strand is judged to be, in order of issue, then of place in the sources."""
    return tuple(sorted(map(judge_of, strands), key=place_of))


def judging(extractions: Iterable[Extraction], *, as_of: date) -> Callable[[Strand], Case]:
    """Return what makes a case of one threat's mentions as of a day, given all that the sources cover."""
    last_seen: dict[str, date] = {}
    for extraction in extractions:
        day = published_on(extraction.document.published)
        for name in (*extraction.names, *(side(threat.sender) for threat in extraction.threats)):
            last_seen[name] = max(day, last_seen.get(name, date.min))
    return partial(_case, as_of=as_of, last_seen=last_seen)


def place_of(case: Case) -> tuple[date, str, int]:
    """Return what the table is ordered by: issue, then place in the sources."""
    first = case.threats[0].passage
    issued = case.issued.end if case.issued and case.issued.end else date.min
    return issued, first.document.id, first.start


def _case(strand: Strand, as_of: date, last_seen: dict[str, date]) -> Case:
    sender = strand.sender
    verdict = judge(strand, as_of=as_of, last_seen=last_seen.get(sender.home or sender.name))
    told = max(strand.threats, key=_richness)
    return Case(
        id=_identity(strand),
        sender=told.sender,
        act=told.act,
        status=verdict.status,
        basis=verdict.basis,
        confidence=verdict.confidence,
        threats=tuple(strand.threats),
        outcomes=tuple(
            sorted(strand.outcomes, key=lambda o: (published_on(o.passage.document.published), o.passage.start))
        ),
        target=told.target or next((t.target for t in strand.threats if t.target), None),
        speaker=told.speaker or next((t.speaker for t in strand.threats if t.speaker), ""),
        kind=told.kind,
        mode=told.mode,
        modality=told.modality,
        condition=told.condition,
        demand=told.demand,
        deadline_words=told.deadline_words or next((t.deadline_words for t in strand.threats if t.deadline_words), ""),
        deadline=told.deadline or next((t.deadline for t in strand.threats if t.deadline), None),
        issued=_issued(strand),
        status_date=None if verdict.status is Status.PENDING else verdict.on,
        reasons=(why_threat(told), *dict.fromkeys(strand.reasons), *verdict.reasons),
    )


def _richness(threat: Threat) -> tuple[bool, int, bool, int]:
    """Order mentions by how much they tell, then by how well the act reads; one that only recalls it comes last."""
    known = sum(
        (threat.target is not None, bool(threat.condition), bool(threat.deadline_words), len(act_stems(threat)) > 1)
    )
    reads_well = len(threat.act) <= LONGEST_TO_READ and len(threat.act.split()) > 1
    return not is_as_said(threat), known, reads_well, -published_on(threat.passage.document.published).toordinal()


def _issued(strand: Strand) -> DateRange | None:
    """Return the date of issue as exactly as any mention gives it."""
    dated = [t.issued for t in strand.threats if t.issued]
    if not dated:
        return None
    bounded = [d for d in dated if d.start and d.end]
    if not bounded:
        return min(dated, key=lambda d: d.end or date.max)
    return min(bounded, key=lambda d: ((d.end or date.max) - (d.start or date.min), d.start or date.min))


def _identity(strand: Strand) -> str:
    """Return an id that stays while the first evidence does."""
    first = strand.threats[0].passage
    digest = hashlib.sha256(f"{first.document.id}\n{first.start}\n{first.quote()}".encode()).hexdigest()[:8]
    slug = re.sub(r"[^a-z0-9]+", "-", strand.sender.name.lower()).strip("-")[:24].rstrip("-") or "sender"
    return f"{slug}-{digest}"
