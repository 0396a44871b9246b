"""Each figure of a scorecard by name, and the floor that it has to clear."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing_lib.evaluation.records import Detection, DocumentScore, Figure, Scorecard, SentenceScore, StoryScore


@dataclass(frozen=True, slots=True)
class Standing:
    """One figure, and its bound where the project sets one; ``clears`` is None where it does not."""

    part: str
    name: str
    figure: Figure
    bound: str = ""
    clears: bool | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """What another system, or a second human coder, reaches; None where it is not published."""

    system: str
    set: str
    f1: float
    precision: float | None = None
    recall: float | None = None


def find_standings(card: Scorecard) -> Iterator[Standing]:
    """Yield every figure of a scorecard with its bound, in the order in which it is read."""
    bounds = {(str(one["part"]), str(one["figure"])): one for one in _standards()["floors"]}
    for part, name, figure in _figures(card):
        bound = bounds.get((part, name))
        if bound is None or not figure.denominator:
            yield Standing(part, name, figure)
        elif "most" in bound:
            yield Standing(part, name, figure, f"under {bound['most']:.2f}", figure.value < bound["most"])
        else:
            yield Standing(part, name, figure, f"{bound['least']:.2f}", figure.value >= bound["least"])


def find_peers() -> Iterator[Peer]:
    """Yield what others reach on sentences."""
    for one in _standards()["peers"]:
        yield Peer(**one)


def _figures(card: Scorecard) -> Iterator[tuple[str, str, Figure]]:
    if card.sentences:
        yield from (("sentences", *one) for one in _of_sentences(card.sentences))
    if card.documents:
        yield from (("documents", *one) for one in _of_documents(card.documents))
    if card.stories:
        yield from (("stories", *one) for one in _of_stories(card.stories))


def _of_sentences(score: SentenceScore) -> Iterator[tuple[str, Figure]]:
    yield from _of_detection(score.by_sentence)
    yield from _of_detection(score.by_cluster, suffix=", by cluster")
    yield "announced intent found (not scored)", score.intent
    yield "exact quotes", score.exact_quotes


def _of_documents(score: DocumentScore) -> Iterator[tuple[str, Figure]]:
    yield from _of_detection(score.strict)
    yield "precision, duplicates allowed", score.lenient.precision
    yield "F1, duplicates allowed", score.lenient.f1
    yield "status", score.status
    yield "status, not pending", score.status_not_pending
    yield "sender", score.sender
    yield "sender, by name alone", score.sender_by_name
    yield "target", score.target
    yield "target, by name alone", score.target_by_name
    yield "issue date", score.issued
    yield "kind", score.kind
    yield "not-threats hit", score.not_threats_hit
    yield "exact quotes", score.exact_quotes


def _of_stories(score: StoryScore) -> Iterator[tuple[str, Figure]]:
    yield "status as of each day", score.status
    yield "status as of each day, not pending", score.status_not_pending
    yield "status on each document's day", score.status_each_day
    yield "case found", score.found


def _of_detection(score: Detection, *, suffix: str = "") -> Iterator[tuple[str, Figure]]:
    yield f"precision{suffix}", score.precision
    yield f"recall{suffix}", score.recall
    yield f"F1{suffix}", score.f1


@cache
def _standards() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("briefing_lib.evaluation").joinpath("standards.toml").read_text(encoding="utf-8"))
