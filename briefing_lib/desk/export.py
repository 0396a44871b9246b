"""Reviewed cases → a folder of gold annotations, in the format of docs/evaluation.md."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from briefing_lib.errors import UnknownParameter
from briefing_lib.models import Case, Document, FollowThrough, Passage, Status, Threat
from briefing_lib.presentation.table import passages_of
from briefing_lib.wording import target_of

STORY = "reviewed"


def export_gold(found: FollowThrough, folder: Path) -> int:
    """Write what analysts decided as annotations, and return the number of documents.

    All documents are written, since a status may rest on any of them. What nobody reviewed is borderline, so that it
    counts neither way. The status of a case over several documents is judged in a story, and any status is right for
    one of its documents alone.

    Raises
    ------
    UnknownParameter
        Nothing was reviewed, or the folder holds something already.
    """
    held = [case for case in found.cases if case.review]
    documents = found.documents
    if not held and not found.rejected:
        raise UnknownParameter(
            f"nothing in {found.collection} was reviewed as of {found.as_of}; decide on a case first"
        )
    if folder.exists() and any(folder.iterdir()):
        raise UnknownParameter(f"{folder} is not empty; give a new folder")
    files = {document.id: f"{number:03}-{_slug(document.id)}" for number, document in enumerate(documents, start=1)}
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    for document in documents:
        place = folder / "docs" / files[document.id]
        place.with_name(f"{place.name}.txt").write_text(document.text, "utf-8", newline="")
        _write(place.with_name(f"{place.name}.json"), _annotation(document, found))
    _write_story(held, documents, files, found, folder)
    return len(documents)


def _annotation(document: Document, found: FollowThrough) -> dict[str, Any]:
    day = document.published.end if document.published else None
    reviewed = [case for case in (*found.cases, *found.rejected) if case.review and _threats(case, document)]
    whole = {"quote": document.text, "span": [0, len(document.text)]}
    return {
        "title": document.title,
        "publisher": document.publisher,
        "published": day.isoformat() if day else None,
        "threats": [_threat(case, document) for case in found.cases if case.review and _threats(case, document)],
        "not_threats": [
            _quote(passage) | {"why": case.review.decisions[-1].why if case.review else ""}
            for case in found.rejected
            for passage in _threats(case, document)
        ],
        "borderline": [_quote(one) for case in found.cases if not case.review for one in _threats(case, document)]
        if reviewed
        else [whole],
    }


def _threat(case: Case, document: Document) -> dict[str, Any]:
    passages = _threats(case, document)
    everywhere = {passage.document.id for passage in passages_of(case)}
    issued = case.issued
    return {
        "id": case.id,
        "sender": case.sender.name,
        "speaker": case.speaker or None,
        "target": target_of(case) or None,
        "act": case.act,
        "kind": case.kind.value,
        "status": case.status.value,
        "also_acceptable": [] if everywhere == {document.id} else [one.value for one in Status if one != case.status],
        "issued": {
            "from": issued.start.isoformat() if issued and issued.start else None,
            "to": issued.end.isoformat() if issued and issued.end else None,
        },
        **_quote(passages[0]),
        "alt_quotes": [passage.quote() for passage in passages[1:]],
        "alt_spans": [[passage.start, passage.end] for passage in passages[1:]],
    }


def _write_story(
    cases: Iterable[Case],
    documents: Iterable[Document],
    files: Mapping[str, str],
    found: FollowThrough,
    folder: Path,
) -> None:
    """Write the cases that dated documents tell of as one story; none where there is no such case."""
    dated = {document.id: files[document.id] for document in documents if document.published}
    threats = []
    for case in cases:
        quotes: dict[str, list[str]] = {}
        for one in case.threats:
            if one.passage.document.id in dated:
                quotes.setdefault(dated[one.passage.document.id], []).append(one.passage.quote())
        if quotes:
            as_of = {found.as_of.isoformat(): case.status.value}
            threats.append({"id": case.id, "act": case.act, "quotes": quotes, "status_as_of": as_of})
    if threats:
        (folder / "stories").mkdir()
        _write(folder / "stories" / f"{STORY}.json", {"documents": sorted(dated.values()), "threats": threats})


def _threats(case: Case, document: Document | None = None) -> list[Passage]:
    """Return the passages of a case's threats, in one document where one is given."""
    mentions: Iterable[Threat] = case.threats
    return [one.passage for one in mentions if document is None or one.passage.document.id == document.id]


def _quote(passage: Passage) -> dict[str, Any]:
    return {"quote": passage.quote(), "span": [passage.start, passage.end]}


def _slug(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)[:60]


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
