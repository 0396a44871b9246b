"""Terms of likelihood (ICD 203, PHIA) and analytic confidence, each by its rule.

The two never stand in one sentence (ICD 203, D.6.e.2.a): a likelihood is about the world, confidence about our basis.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing_lib.assessment.copies import originals_of, published_first
from briefing_lib.assessment.rates import Rate
from briefing_lib.errors import UnknownParameter
from briefing_lib.models import Basis, Case, Confidence

YARDSTICKS = ("icd203", "phia")
# Under five resolved cases the interval covers most of the scale, so that any term would claim too much.
FEWEST_RESOLVED_FOR_A_TERM = 5
# Conventions of this project, told in the method note: how many cases and publishers a confidence level takes.
MODERATE_CASES, MODERATE_PUBLISHERS = 10, 3
HIGH_CASES, HIGH_PUBLISHERS = 30, 5
MOSTLY_STATED = 0.5


@dataclass(frozen=True, slots=True)
class Band:
    """One term, the words that begin its sentence, and its bounds in per cent: the lower is in it, the upper is not."""

    term: str
    phrase: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A standard's terms of likelihood, from the least to the most."""

    key: str
    name: str
    source: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A term for a share; ``nearest`` is True where the share falls outside every band and took the nearer one."""

    band: Band
    yardstick: Yardstick
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class Trust:
    """A confidence level and what it rests on: cases, publishers, and cases whose outcome a source states.

    ``stated`` is None for cases that have no outcome yet.
    """

    level: Confidence
    cases: int
    publishers: int
    stated: int | None


def yardstick_of(key: str) -> Yardstick:
    """Return the yardstick of a key, ``icd203`` or ``phia``.

    Raises
    ------
    UnknownParameter
        There is none of that key; the message lists those that are.
    """
    known = _standards()
    if key not in known:
        raise UnknownParameter(f"{key!r} is no yardstick; take one of {', '.join(known)}")
    entry = known[key]
    bands = tuple(Band(band["term"], band["phrase"], band["from"], band["to"]) for band in entry["bands"])
    return Yardstick(key, entry["name"], entry["source"], bands)


def likelihood_of(rate: Rate, *, terms: Yardstick) -> Likelihood | None:
    """Return the term for a rate, or None where fewer than five cases were counted."""
    if rate.share is None or rate.of < FEWEST_RESOLVED_FOR_A_TERM:
        return None
    return term_for(rate.share, terms=terms)


def term_for(share: float, *, terms: Yardstick) -> Likelihood:
    """Return the band that holds a share from 0 to 1, or the nearest where it falls between bands or at an end."""
    per_cent = 100 * share
    for band in terms.bands:
        if band.low <= per_cent < band.high:
            return Likelihood(band, terms)
    nearest = min(terms.bands, key=lambda band: min(abs(per_cent - band.low), abs(per_cent - band.high)))
    return Likelihood(nearest, terms, nearest=not nearest.low <= per_cent <= nearest.high)


def confidence_in(cases: Iterable[Case], *, ended: bool = True) -> Trust:
    """Return how far these cases are a basis for a judgement, and why: their number, publishers and how stated.

    ``ended`` says that the cases have outcomes, so that the reason counts how many are stated.
    """
    held = tuple(cases)
    publishers = len(publishers_of(held))
    stated = sum(case.basis is Basis.STATED for case in held)
    mostly = bool(held) and stated / len(held) > MOSTLY_STATED
    if len(held) >= HIGH_CASES and publishers >= HIGH_PUBLISHERS and mostly:
        level = Confidence.HIGH
    elif len(held) >= MODERATE_CASES and publishers >= MODERATE_PUBLISHERS and mostly:
        level = Confidence.MODERATE
    else:
        level = Confidence.LOW
    return Trust(level, len(held), publishers, stated if ended else None)


def publishers_of(cases: Iterable[Case]) -> frozenset[str]:
    """Return who published the evidence, by name; copies of one story count for the first that printed it.

    A document that names no publisher adds none: whether two such are of two publishers nobody knows.
    """
    cases = tuple(cases)
    passages = [threat.passage for case in cases for threat in case.threats]
    passages += [outcome.passage for case in cases for outcome in case.outcomes]
    documents = {passage.document.id: passage.document for passage in passages}
    ordered = sorted(documents.values(), key=published_first)
    named = (documents[one].publisher for one in set(originals_of(ordered).values()))
    return frozenset(name for name in named if name)


@cache
def _standards() -> dict[str, Any]:
    text = files(__package__).joinpath("standards/likelihood.toml").read_text("utf-8")
    return tomllib.loads(text)
