"""One version's extractions against another's: gained, lost, and moved to another status."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from briefing_lib.evaluation.documents import Judged
from briefing_lib.evaluation.fields import Fields
from briefing_lib.evaluation.gold import BadGold, GoldDocument, GoldSentence, Quote
from briefing_lib.evaluation.matching import is_hit
from briefing_lib.evaluation.records import Changes, Prediction
from briefing_lib.evaluation.sentences import Judgement


def find_predictions(judged: Iterable[Judged], sentences: Iterable[Judgement]) -> list[Prediction]:
    """List every mention of every predicted row, with whether the gold says that a threat is there."""
    found = [
        Prediction(
            one.gold.document.id,
            mention.passage.start,
            mention.passage.end,
            mention.passage.quote(),
            case.status.value,
            _verdict(mention.passage.start, mention.passage.end, one.gold),
        )
        for one in judged
        for case in one.cases
        for mention in case.threats
    ]
    for gold, extraction in sentences:
        for threat in extraction.threats:
            passage, verdict = threat.passage, _label_verdict(gold)
            found.append(Prediction(gold.document.id, passage.start, passage.end, passage.quote(), "", verdict))
    return sorted(found, key=lambda one: (one.document, one.start, one.end, one.status))


def to_json(predictions: Sequence[Prediction]) -> str:
    """Write a baseline file's text. It holds quotes of the gold, so it has no place in a repository."""
    rows = [
        {"doc": one.document, "start": one.start, "end": one.end, "quote": one.quote, "status": one.status}
        | {"verdict": one.verdict}
        for one in predictions
    ]
    return json.dumps({"predictions": rows}, ensure_ascii=False, indent=1) + "\n"


def read_baseline(path: Path) -> list[Prediction]:
    """Read a baseline file.

    Raises
    ------
    BadGold
        It cannot be read or is not in the format that ``to_json`` writes.
    """
    try:
        fields = Fields(json.loads(path.read_text(encoding="utf-8")), where=str(path), error=BadGold)
    except (OSError, ValueError) as error:
        raise BadGold(f"{path} is no baseline file; make one with --save ({error})") from error
    return [_read_prediction(one) for one in fields.each("predictions")]


def compare(now: Sequence[Prediction], before: Sequence[Prediction]) -> Changes:
    """Tell what was gained, lost and moved; a mention is the same if it overlaps by half of the shorter one."""
    pairs = [(old, new) for old in before for new in now if _is_same(old, new)]
    kept_old, kept_new = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    still = {id(old) for old, new in pairs if old.status == new.status}
    moved = {id(old): (old, new) for old, new in pairs if id(old) not in still}
    return Changes(
        gained=tuple(new for new in now if id(new) not in kept_new),
        lost=tuple(old for old in before if id(old) not in kept_old),
        moved=tuple(moved.values()),
    )


def keep_known(predictions: Iterable[Prediction], known: Iterable[str]) -> list[Prediction]:
    """Leave out what is said of documents that this evaluation did not look at."""
    names = set(known)
    return [one for one in predictions if one.document in names]


def _is_same(old: Prediction, new: Prediction) -> bool:
    return old.document == new.document and is_hit(old.start, old.end, Quote(new.start, new.end, new.quote))


def _read_prediction(fields: Fields) -> Prediction:
    start, end = fields.values.get("start"), fields.values.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        raise fields.fail("'start' and 'end' should be offsets")
    verdict = fields.text("verdict", default="")
    return Prediction(fields.text("doc"), start, end, fields.text("quote"), fields.text("status", default=""), verdict)


def _verdict(start: int, end: int, gold: GoldDocument) -> str:
    if any(is_hit(start, end, quote) for threat in gold.threats for quote in threat.quotes):
        return "right"
    wrong = any(is_hit(start, end, quote) for quote in gold.not_threats)
    ignored = any(is_hit(start, end, quote) for quote in gold.borderline)
    return "ignored" if ignored and not wrong else "wrong"


def _label_verdict(gold: GoldSentence) -> str:
    return {"threat": "right", "not": "wrong"}.get(gold.label, "ignored")
