"""A scorecard in words: in full for a terminal, in figures alone for a file that is kept."""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from briefing_lib.evaluation.records import (
    Changes,
    DocumentScore,
    FalsePositive,
    Figure,
    Miss,
    Prediction,
    Scorecard,
    StatusMismatch,
)
from briefing_lib.evaluation.standing import Peer, Standing, find_peers, find_standings


def to_text(card: Scorecard) -> str:
    """Write a scorecard for a terminal: every figure, then each error with its text.

    It quotes the gold, so it has no place in a repository.
    """
    lines = ["", f"extractor: {card.extractor}", "", *(_figure_line(one) for one in find_standings(card))]
    if card.documents:
        lines += _documents(card.documents)
    if card.sentences:
        lines += _errors("sentences", card.sentences.false_positives, card.sentences.misses)
    if card.stories:
        lines += ["", f"stories: {len(card.stories.mismatches)} status points wrong"]
        lines += [_story_line(one) for one in card.stories.mismatches]
    if card.changes:
        lines += _changes(card.changes)
    return "\n".join(lines) + "\n"


def to_markdown(card: Scorecard, *, version: str, made_on: date) -> str:
    """Write a scorecard of figures alone, beside the floors and what others reach. It quotes nothing of the gold."""
    lines = [
        "# Scorecard",
        "",
        "Made by a command, not edited by hand; docs/evaluation.md says which, how rows are matched and what each",
        "figure means. Intervals are 95% bootstrap intervals over documents (sentences, clusters, stories).",
        "",
        f"- version: {version}",
        f"- extractor: {card.extractor} ({card.extractor_version})",
        f"- made on: {made_on.isoformat()}",
        f"- gold: sha256 {card.gold_sha256}",
        *_sizes(card),
        "",
        "| part | figure | value | interval | count | at least | |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_figure_row(one) for one in find_standings(card)),
        "",
    ]
    if card.documents:
        lines += _confusion_table(card.documents)
    lines += [
        "## What others reach on sentences",
        "",
        "| system | set | P | R | F1 |",
        "| --- | --- | --- | --- | --- |",
        *(_peer_row(one) for one in _ours(card)),
        *(_peer_row(one) for one in find_peers()),
        "",
        "No other system pairs a threat with what came of it, so the figures of documents and stories have no peer.",
    ]
    return "\n".join(lines) + "\n"


def to_figures(card: Scorecard, *, version: str, made_on: date) -> dict[str, Any]:
    """Return the same figures as plain values, for programs; a figure of nothing counted is left out."""
    return {
        "version": version,
        "extractor": card.extractor,
        "extractor_version": card.extractor_version,
        "made_on": made_on.isoformat(),
        "gold_sha256": card.gold_sha256,
        "sentences": card.sentences.sentences if card.sentences else 0,
        "documents": card.documents.documents if card.documents else 0,
        "stories": card.stories.stories if card.stories else 0,
        "figures": [
            {
                "part": one.part,
                "figure": one.name,
                "value": round(one.figure.value, 4),
                "low": round(one.figure.low, 4),
                "high": round(one.figure.high, 4),
                "numerator": one.figure.numerator,
                "denominator": one.figure.denominator,
                "floor": one.bound,
                "clears": one.clears,
            }
            for one in find_standings(card)
            if one.figure.denominator
        ],
    }


def _number(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.2f}"


def _mark(clears: bool | None) -> str:
    return {None: "", True: "clears", False: "BELOW"}[clears]


def _interval(figure: Figure) -> str:
    return f"{_number(figure.low)}–{_number(figure.high)}" if figure.denominator else "–"


def _figure_line(one: Standing) -> str:
    count = f"{one.figure.numerator}/{one.figure.denominator}"
    bound = f"floor {one.bound}" if one.bound and not one.bound.startswith("under") else one.bound
    value = f"{_number(one.figure.value)}  [{_interval(one.figure)}]"
    return f"{one.part:<10}{one.name:<38}{value:<20}{count:>9}  {bound:<11}{_mark(one.clears)}".rstrip()


def _figure_row(one: Standing) -> str:
    figure = one.figure
    count = f"{figure.numerator} of {figure.denominator}"
    cells = [one.part, one.name, _number(figure.value), _interval(figure), count, one.bound, _mark(one.clears)]
    return f"| {' | '.join(cells)} |"


def _sizes(card: Scorecard) -> Iterator[str]:
    if card.sentences:
        yield f"- {card.sentences.sentences} sentences in {card.sentences.clusters} clusters"
    if card.documents:
        yield f"- {card.documents.documents} documents with {card.documents.threats} threats"
        yield f"- {card.documents.duplicates} duplicate rows (false positives above), {card.documents.ignored} ignored"
    if card.stories:
        yield f"- {card.stories.stories} stories with {card.stories.threats} threats"


def _ours(card: Scorecard) -> Iterator[Peer]:
    if card.sentences:
        score = card.sentences.by_sentence
        yield Peer("this version", "the sentences above", score.f1.value, score.precision.value, score.recall.value)


def _peer_row(one: Peer) -> str:
    return f"| {one.system} | {one.set} | {_number(one.precision)} | {_number(one.recall)} | {_number(one.f1)} |"


def _confusion_table(score: DocumentScore) -> list[str]:
    """Rows are what is right, columns what was said; what ``also_acceptable`` allows stands on the diagonal."""
    given = sorted({said for _, said, _ in score.confusion})
    counts = {(right, said): count for right, said, count in score.confusion}
    lines = ["## Statuses of matched threats", "", f"| right ↓ said → | {' | '.join(given)} |"]
    lines.append("| --- " * (len(given) + 1) + "|")
    for right in sorted({right for right, _, _ in score.confusion}):
        lines.append(f"| {right} | {' | '.join(str(counts.get((right, said), 0)) for said in given)} |")
    return [*lines, ""] if given else []


def _documents(score: DocumentScore) -> list[str]:
    lines = _errors("documents", score.false_positives, score.misses)
    lines += ["", f"documents: {score.ignored} rows ignored as borderline; {score.duplicates} duplicates"]
    lines += ["", *_confusion_table(score)[2:]]
    for field in ("status", "sender", "target", "issued", "kind"):
        wrong = [one for one in score.mismatches if one.field == field]
        lines += ["", f"documents: {field} wrong in {len(wrong)}"]
        lines += [
            f"  {one.document} {one.id}: {one.predicted}, should be {one.right}\n      {one.quote}" for one in wrong
        ]
    return lines


def _errors(part: str, false_positives: Iterable[FalsePositive], misses: Iterable[Miss]) -> list[str]:
    extra, missed = list(false_positives), list(misses)
    lines = ["", f"{part}: {len(extra)} false positives"]
    for one in extra:
        lines += [
            f"  {one.document}: {one.reason}",
            f"      {one.quote}",
            f"      → {one.sender}: {one.act} {one.status}",
        ]
    lines += ["", f"{part}: {len(missed)} misses"]
    for miss in missed:
        lines += [f"  {' '.join((miss.document, miss.id)).strip()}: {miss.reason}", f"      {miss.quote}"]
        lines += [f"      → {miss.act}"] if miss.act else []
    return lines


def _story_line(one: StatusMismatch) -> str:
    said = one.predicted or "no case found"
    return f"  {one.story} {one.id} as of {one.on}: {said}, should be {one.right} ({one.act})"


def _changes(changes: Changes) -> list[str]:
    lines: list[str] = []
    for name, found in (("gained", changes.gained), ("lost", changes.lost)):
        right = sum(one.verdict == "right" for one in found)
        wrong = sum(one.verdict == "wrong" for one in found)
        lines += ["", f"{name} since the baseline: {right} right, {wrong} wrong, {len(found) - right - wrong} ignored"]
        lines += [_prediction_line(one) for one in found]
    lines += ["", f"another status than in the baseline: {len(changes.moved)}"]
    lines += [f"  {old.document}: {old.status} → {new.status}\n      {new.quote}" for old, new in changes.moved]
    return lines


def _prediction_line(one: Prediction) -> str:
    return f"  {one.document}: {one.verdict or 'not judged'} {one.status}\n      {one.quote}"
