"""Run the pipeline over a folder of gold annotations and score what it finds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from briefing_lib.assessment import assess
from briefing_lib.errors import UnknownParameter
from briefing_lib.evaluation.changes import compare, find_predictions, keep_known, read_baseline
from briefing_lib.evaluation.documents import Assessor, judge, score_documents
from briefing_lib.evaluation.gold import Gold, read_gold
from briefing_lib.evaluation.records import Changes, Prediction, Scorecard
from briefing_lib.evaluation.sentences import score_sentences
from briefing_lib.evaluation.stories import score_stories
from briefing_lib.extraction import Extraction, Extractor, Rules
from briefing_lib.models import Document

PARTS = ("documents", "sentences", "stories")


def evaluate(
    gold: str | Path,
    *,
    baseline: str | Path | None = None,
    only: str | Sequence[str] = PARTS,
    extractor: Extractor | None = None,
    assessor: Assessor = assess,
    on_text: Callable[[int, int], None] = lambda number, total: None,
) -> Scorecard:
    """Score the pipeline on a folder of gold annotations.

    Each document is extracted once, and its mentions serve the documents' and the stories' part alike.

    Parameters
    ----------
    gold
        A folder with any of ``docs/``, ``stories/`` and ``*.jsonl``; docs/evaluation.md documents the format.
    baseline
        A file of an earlier version's predictions, to tell what was gained and lost since.
    only
        The parts to score: ``documents``, ``sentences``, ``stories``. A part that is not asked for is not run.
    extractor, assessor
        What is scored; the extractor by rules where None.
    on_text
        Told the number of each text and how many there are, before it is read.

    Raises
    ------
    SourcesNotFound
        There is no such folder, or it holds nothing to score.
    BadGold
        The folder or the baseline cannot be used as it is.
    UnknownParameter
        ``only`` names no part.
    """
    parts = _check_parts(only)
    before = None if baseline is None else read_baseline(Path(baseline))
    asked = _asked_of(read_gold(Path(gold)), parts)
    scored = extractor or Rules()
    read = _read(asked, scored, on_text)
    judged = [judge(one, read.documents[one.document.id], assessor=assessor) for one in asked.documents]
    labelled = list(zip(asked.sentences, read.sentences, strict=True))
    predictions = find_predictions(judged, labelled)
    return Scorecard(
        gold_sha256=asked.sha256,
        documents=score_documents(judged) if judged else None,
        sentences=score_sentences(labelled) if labelled else None,
        stories=score_stories(asked.stories, read.documents, assessor=assessor) if asked.stories else None,
        changes=_changes(predictions, before, asked),
        extractor=scored.name,
        extractor_version=scored.version,
        notes=tuple(f"{one.document.id}: {note}" for one in read for note in one.notes),
        predictions=tuple(predictions),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What was found in the texts of a gold: in its documents, by id, and in its sentences, in their order."""

    documents: Mapping[str, Extraction]
    sentences: tuple[Extraction, ...]

    def __iter__(self) -> Iterator[Extraction]:
        return chain(self.documents.values(), self.sentences)


def _read(gold: Gold, extractor: Extractor, on_text: Callable[[int, int], None]) -> _Read:
    documents = _documents_of(gold)
    texts = [*documents, *(one.document for one in gold.sentences)]
    found: list[Extraction] = []
    for number, text in enumerate(texts, start=1):
        on_text(number, len(texts))
        found.append(extractor.extract(text))
    return _Read({one.document.id: one for one in found[: len(documents)]}, tuple(found[len(documents) :]))


def _check_parts(only: str | Sequence[str]) -> set[str]:
    """Return the parts that are asked for."""
    asked = {only} if isinstance(only, str) else set(only)
    unknown = sorted(asked - set(PARTS))
    if unknown or not asked:
        raise UnknownParameter(f"no such part: {', '.join(unknown) or 'none given'}; the parts are {', '.join(PARTS)}")
    return asked


def _asked_of(gold: Gold, parts: set[str]) -> Gold:
    """Return the gold without what no part asked for looks at."""
    return replace(
        gold,
        documents=gold.documents if "documents" in parts else (),
        sentences=gold.sentences if "sentences" in parts else (),
        stories=gold.stories if "stories" in parts else (),
    )


def _documents_of(gold: Gold) -> list[Document]:
    """List each document once, whether it stands by itself or in a story."""
    whole = [one.document for one in gold.documents]
    told = [document for story in gold.stories for document in story.documents]
    return list({document.id: document for document in (*whole, *told)}.values())


def _changes(now: list[Prediction], before: list[Prediction] | None, gold: Gold) -> Changes | None:
    if before is None:
        return None
    seen = [*(one.document.id for one in gold.documents), *(one.document.id for one in gold.sentences)]
    return compare(now, keep_known(before, seen))
