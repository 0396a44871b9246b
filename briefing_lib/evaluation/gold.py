"""A folder of gold annotations → records, checked to the letter.

The format is documented in docs/evaluation.md: ``docs/NAME.txt`` with ``docs/NAME.json``, ``stories/NAME.json``, and
``*.jsonl`` of sentences. Each part is optional.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_lib.errors import BriefingError, SourcesNotFound
from briefing_lib.evaluation.fields import Fields, find_quotes
from briefing_lib.models import DateRange, Document, Kind, Status

LABELS = ("threat", "intent", "dontcare", "not")


class BadGold(BriefingError):
    """A folder of gold annotations cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Half-open character offsets into a document's text, what stands there, and the annotator's word on it."""

    start: int
    end: int
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class GoldThreat:
    """One threat as annotated: one row per actor, act and issuance.

    Attributes
    ----------
    quotes
        The quote and its alternatives; a hit on any of them is a hit.
    statuses
        What counts as right; the first is the annotator's choice.
    issued
        A bracket; an end that is None is open. None where the annotation gives no date at all.
    """

    id: str
    sender: str
    target: str
    act: str
    kind: Kind
    quotes: tuple[Quote, ...]
    statuses: tuple[Status, ...]
    speaker: str = ""
    issued: DateRange | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document, its threats, and the quotes that are none or may be either."""

    document: Document
    threats: tuple[GoldThreat, ...] = ()
    not_threats: tuple[Quote, ...] = ()
    borderline: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """One sentence by itself, with its label; sentences of one cluster differ in names only."""

    document: Document
    label: str
    cluster: str


@dataclass(frozen=True, slots=True)
class StatusPoint:
    """The statuses that are right from a day on, until the next point. ``listed`` is False for a carried-over day."""

    on: DateRange
    statuses: tuple[Status, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class StoryThreat:
    """One threat over several documents: its quotes by document id, and its status from day to day."""

    id: str
    act: str
    quotes: tuple[tuple[str, tuple[Quote, ...]], ...]
    points: tuple[StatusPoint, ...]


@dataclass(frozen=True, slots=True)
class GoldStory:
    """Several documents about one matter, and the threats that run through them."""

    id: str
    documents: tuple[Document, ...]
    threats: tuple[StoryThreat, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A whole folder. ``sha256`` is over the names and bytes of every file that was read."""

    sha256: str
    documents: tuple[GoldDocument, ...] = ()
    sentences: tuple[GoldSentence, ...] = ()
    stories: tuple[GoldStory, ...] = ()


def read_gold(folder: Path) -> Gold:
    """Read a folder of gold annotations.

    Raises
    ------
    SourcesNotFound
        The folder is missing, or holds nothing to score.
    BadGold
        A file is malformed, or a quote is not what its document says.
    """
    if not folder.is_dir():
        raise SourcesNotFound(f"{folder} is no folder; give one that holds docs/, stories/ or *.jsonl")
    documents = tuple(_read_document(path) for path in sorted((folder / "docs").glob("*.json")))
    known = {gold.document.id: gold.document for gold in documents}
    stories = tuple(_read_story(path, known) for path in sorted((folder / "stories").glob("*.json")))
    sentences = tuple(found for path in sorted(folder.glob("*.jsonl")) for found in _read_sentences(path))
    if not (documents or sentences):
        raise SourcesNotFound(f"{folder} holds neither docs/*.json nor *.jsonl; nothing can be scored")
    return Gold(_digest(folder), documents, sentences, stories)


def _digest(folder: Path) -> str:
    """Hash the names and bytes of the files that are read, so that a scorecard names what it was scored on."""
    found = [*folder.glob("docs/*.json"), *folder.glob("docs/*.txt"), *folder.glob("stories/*.json")]
    digest = hashlib.sha256()
    for path in sorted([*found, *folder.glob("*.jsonl")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read_text(path: Path) -> str:
    """Decode a file exactly: line endings stay, so that offsets hold."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise BadGold(f"{path} cannot be read: {error}") from error


def _read_json(path: Path) -> Any:
    try:
        return json.loads(_read_text(path))
    except json.JSONDecodeError as error:
        raise BadGold(f"{path} is no JSON: {error}") from error


def _read_document(path: Path) -> GoldDocument:
    text_path = path.with_suffix(".txt")
    if not text_path.is_file():
        raise BadGold(f"{path} has no {text_path.name} beside it")
    fields = Fields(_read_json(path), where=str(path), error=BadGold)
    document = Document(
        id=path.stem,
        path=f"docs/{text_path.name}",
        text=_read_text(text_path),
        sha256=hashlib.sha256(text_path.read_bytes()).hexdigest(),
        title=fields.text("title", default=""),
        publisher=fields.text("publisher", default=""),
        published=fields.day("published"),
    )
    return GoldDocument(
        document,
        tuple(_read_threat(one, document) for one in fields.each("threats")),
        tuple(_read_quote(one, document) for one in fields.each("not_threats")),
        tuple(_read_quote(one, document) for one in fields.each("borderline")),
    )


def _read_quote(fields: Fields, document: Document) -> Quote:
    start, end = fields.span("span", of=fields.text("quote"), text=document.text)
    return Quote(start, end, document.text[start:end], fields.text("why", default=""))


def _read_threat(fields: Fields, document: Document) -> GoldThreat:
    main = _read_quote(fields, document)
    others = find_quotes(fields, "alt_quotes", "alt_spans", text=document.text)
    return GoldThreat(
        id=fields.text("id"),
        sender=fields.text("sender"),
        target=fields.text("target", default=""),
        speaker=fields.text("speaker", default=""),
        act=fields.text("act"),
        kind=fields.member("kind", Kind),
        quotes=(main, *(Quote(start, end, document.text[start:end]) for start, end in others)),
        statuses=(fields.member("status", Status), *fields.members("also_acceptable", Status)),
        issued=fields.bracket("issued"),
    )


def _read_sentences(path: Path) -> Iterator[GoldSentence]:
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            fields = Fields(json.loads(line), where=where, error=BadGold)
        except json.JSONDecodeError as error:
            raise BadGold(f"{where} is no JSON: {error}") from error
        label = fields.text("label")
        if label not in LABELS:
            raise BadGold(f"{where}: label {label!r} is none of {', '.join(LABELS)}")
        text, name = fields.text("text"), fields.text("id")
        sha256 = hashlib.sha256(line.encode()).hexdigest()
        document = Document(id=name, path=f"{path.name}#{name}", text=text, sha256=sha256)
        yield GoldSentence(document, label, f"{path.name}#{fields.plain('cluster', default=name)}")


def _read_story(path: Path, known: dict[str, Document]) -> GoldStory:
    fields = Fields(_read_json(path), where=str(path), error=BadGold)
    names = fields.texts("documents")
    missing = [name for name in names if name not in known]
    if missing:
        raise BadGold(f"{path} names documents that docs/ does not hold: {', '.join(missing)}")
    documents = tuple(known[name] for name in names)
    undated = [document.id for document in documents if document.published is None]
    if undated:
        raise BadGold(f"{path}: a story needs dated documents, and these have no date: {', '.join(undated)}")
    return GoldStory(path.stem, documents, tuple(_read_story_threat(one, documents) for one in fields.each("threats")))


def _read_story_threat(fields: Fields, documents: tuple[Document, ...]) -> StoryThreat:
    texts = {document.id: document.text for document in documents}
    quotes = []
    for name, wordings in fields.mapping("quotes").items():
        if name not in texts:
            raise BadGold(f"{fields.where}: quotes are given for {name!r}, which is no document of the story")
        spans = [span for wording in wordings for span in fields.places(wording, texts[name])]
        quotes.append((name, tuple(Quote(start, end, texts[name][start:end]) for start, end in spans)))
    return StoryThreat(fields.text("id"), fields.text("act"), tuple(quotes), _points(fields, documents))


def _points(fields: Fields, documents: tuple[Document, ...]) -> tuple[StatusPoint, ...]:
    """List the points given, and each later document's day with the status that still holds then."""
    also = fields.mapping("also_acceptable_as_of")
    given = {
        day: (fields.to_member(value, Status), *(fields.to_member(one, Status) for one in also.get(day, ())))
        for day, value in sorted(fields.mapping("status_as_of").items())
    }
    if not given:
        raise BadGold(f"{fields.where}: status_as_of is empty")
    days = {
        document.published.end.isoformat() for document in documents if document.published and document.published.end
    }
    points, holds = [], next(iter(given.values()))
    for day in sorted(set(given) | {day for day in days if day >= min(given)}):
        holds = given.get(day, holds)
        points.append(StatusPoint(fields.to_day(day), holds, listed=day in given))
    return tuple(points)
