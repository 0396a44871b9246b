"""The threat-versus-follow-through table as a frame, as JSON, as CSV and as Markdown.

The columns and the JSON are public contracts: a name or a meaning changes only with a note in the changelog.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from briefing_lib.assessment.copies import originals_of
from briefing_lib.errors import EvidenceMismatch
from briefing_lib.models import Case, DateRange, Document, FollowThrough, Outcome, Passage, Status, Threat
from briefing_lib.presentation.reviews import decisions_text, rejected_json, review_json, review_words, unfit_json
from briefing_lib.wording import STATUS_WORDS, condition_of, deadline_of, in_words, target_of

if TYPE_CHECKING:
    import pandas as pd

# Spreadsheets run a cell that begins with one of these as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its name, what it holds, and its pandas type."""

    name: str
    meaning: str
    dtype: str = "string"


COLUMNS = (
    Column("id", "the case's id, stable while the sources are"),
    Column("sender", "who threatens, by canonical name"),
    Column("speaker", "who uttered it for the sender, or empty"),
    Column("target", "who is threatened, by canonical name, or empty"),
    Column("act", "what was threatened, in a document's words"),
    Column("kind", "compellent, deterrent, announced_intent, vague or unconditional", "category"),
    Column("mode", "what sort of harm is threatened (PLOVER)", "category"),
    Column("modality", "how the source presents it: asserted, conditional, possible or historical", "category"),
    Column("condition", "what it hangs on, in a document's words, or empty"),
    Column("deadline", "the ISO day by which it should come true, else the document's words, or empty"),
    Column("issued_from", "first day on which it may have been made, or missing", "datetime64[s]"),
    Column("issued_to", "last day on which it may have been made, or missing", "datetime64[s]"),
    Column("status", "what came of it as of the table's day", "category"),
    Column("status_basis", "stated by a source, inferred from an act, or none", "category"),
    Column("status_date", "last day on which the status may have begun, or missing", "datetime64[s]"),
    Column("confidence", "low, moderate or high: about the basis, not the likelihood", "category"),
    Column("sources", "number of documents with evidence, copies of one story counted once", "int64"),
    Column("threat_quote", "the first words that make the threat, verbatim"),
    Column("outcome_quote", "the last words on what came of it, verbatim, or empty"),
    Column("evidence", "each quote's place, document:start-end, parted by blanks"),
    Column("reasons", "why the rules say so, in sentences"),
    Column("review", "what analysts confirmed or overruled, and what the machine had said, or empty"),
)


def to_frame(follow_through: FollowThrough) -> "pd.DataFrame":
    """Return one row a case, in the columns of ``COLUMNS``, in the table's order.

    Days are ``datetime64[s]`` with ``NaT`` where none is known; text is never missing, only empty.

    Raises
    ------
    EvidenceMismatch
        A quote is not what its document says.
    """
    import pandas as pd

    from briefing_lib.presentation.frames import Frame

    rows = _checked_rows(follow_through)
    frame: pd.DataFrame = Frame({column.name: [row[column.name] for row in rows] for column in COLUMNS})
    for column in COLUMNS:
        if column.dtype.startswith("datetime"):
            frame[column.name] = pd.to_datetime(frame[column.name])
    frame = frame.astype({column.name: column.dtype for column in COLUMNS})
    order = [status.value for status in Status]
    frame["status"] = pd.Categorical(frame["status"], categories=order, ordered=False)
    return frame


def to_json(follow_through: FollowThrough) -> dict[str, Any]:
    """Return the table as the JSON contract: plain dictionaries, lists, strings and numbers.

    Raises
    ------
    EvidenceMismatch
        A quote is not what its document says.
    """
    table = {
        "as_of": follow_through.as_of.isoformat(),
        "documents": [_document_json(document) for document in follow_through.documents],
        "skipped": [{"path": skipped.path, "reason": skipped.reason} for skipped in follow_through.skipped],
        "cases": [_case_json(case) for case in follow_through.cases],
        "rejected": [rejected_json(case) for case in follow_through.rejected],
        "unfit_decisions": [unfit_json(unfit) for unfit in follow_through.unfit],
        "extractor": follow_through.extractor,
        "notes": list(follow_through.notes),
    }
    verify_quotes(quotes_in(table), follow_through.documents)
    return table


def to_csv(follow_through: FollowThrough) -> str:
    """Return the table as CSV with a header, Unix line ends and no cell that a spreadsheet would run.

    A text that begins like a formula gets an apostrophe in front (OWASP), and a carriage return becomes a line end;
    nothing else is changed.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in COLUMNS)
    for row in _checked_rows(follow_through):
        writer.writerow(_inert(row[column.name]) for column in COLUMNS)
    return out.getvalue()


def to_markdown(follow_through: FollowThrough) -> str:
    """Return the table as a Markdown (GFM) table for a reader: words, not codes; no markup survives in a cell."""
    heads = ("Sender", "Target", "What was threatened", "Made", "Condition or deadline", "Status", "Basis")
    lines = [_pipes(heads), _pipes("---" for _ in heads)]
    for case in follow_through.cases:
        hangs_on = "; ".join(part for part in (condition_of(case), deadline_of(case)) if part)
        cells = (
            case.sender.name,
            target_of(case) or "–",
            case.act,
            in_words(case.issued),
            hangs_on or "–",
            STATUS_WORDS[case.status],
            case.basis.value,
        )
        lines.append(_pipes(_inline(cell) for cell in cells))
    notes = [f"- {_inline(line)}" for line in decisions_text(follow_through).splitlines()]
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n"


def verify_quotes(quotes: Iterable[Mapping[str, Any]], documents: Iterable[Document]) -> None:
    """Check that each quote, as it was rendered, is what its document says at its offsets.

    Parameters
    ----------
    quotes
        Mappings with ``document`` (an id), ``start``, ``end`` and ``quote``.
    documents
        The documents as they were read.

    Raises
    ------
    EvidenceMismatch
        The document is not among those read, the offsets are outside it, or the text there is another.
    """
    texts = {document.id: document.text for document in documents}
    for quote in quotes:
        name, start, end = quote["document"], quote["start"], quote["end"]
        where = f"{name!r} at {start} to {end}"
        if name not in texts:
            raise EvidenceMismatch(f"evidence in {where} is of no document that was read; read the sources again")
        if not 0 <= start < end <= len(texts[name]):
            raise EvidenceMismatch(f"evidence in {where} is outside its {len(texts[name])} characters")
        if texts[name][start:end] != quote["quote"]:
            raise EvidenceMismatch(
                f"evidence in {where} reads {texts[name][start:end]!r}, not {quote['quote']!r}; read the sources again"
            )


def quotes_in(table: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Yield each quote of a table in its JSON form, in order."""
    for case in table["cases"]:
        yield from case["threats"]
        yield from case["outcomes"]


def passages_of(case: Case) -> tuple[Passage, ...]:
    """Return the case's evidence in order, each passage once; one that lies within another is part of that."""
    mentions: tuple[Threat | Outcome, ...] = (*case.threats, *case.outcomes)
    held = {(m.passage.document.id, m.passage.start, m.passage.end): m.passage for m in mentions}.values()
    return tuple(one for one in held if not any(other is not one and is_within(one, other) for other in held))


def is_within(passage: Passage, other: Passage) -> bool:
    """Tell whether a passage is another or a part of it."""
    return passage.document.id == other.document.id and other.start <= passage.start and passage.end <= other.end


def _document_json(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "publisher": document.publisher,
        "published": _iso(_last_day(document.published)),
        "sha256": document.sha256,
    }


def _case_json(case: Case) -> dict[str, Any]:
    issued = case.issued or DateRange(None, None)
    return {
        "id": case.id,
        "sender": case.sender.name,
        "speaker": case.speaker or None,
        "target": target_of(case) or None,
        "act": case.act,
        "kind": case.kind.value,
        "mode": case.mode.value,
        "modality": case.modality.value,
        "condition": condition_of(case) or None,
        "deadline": deadline_of(case) or None,
        "issued": {"from": _iso(issued.start), "to": _iso(issued.end)},
        "status": case.status.value,
        "status_basis": case.basis.value,
        "status_date": _iso(_last_day(case.status_date)),
        "confidence": case.confidence.value,
        "reasons": list(case.reasons),
        "threats": [_quote_json(threat.passage) for threat in case.threats],
        "outcomes": [_quote_json(outcome.passage) | {"status": outcome.status.value} for outcome in case.outcomes],
        "review": review_json(case),
    }


def _quote_json(passage: Passage) -> dict[str, Any]:
    return {
        "document": passage.document.id,
        "start": passage.start,
        "end": passage.end,
        "quote": passage.quote(),
    }


def _checked_rows(follow_through: FollowThrough) -> list[dict[str, Any]]:
    table = to_json(follow_through)
    words = map(review_words, follow_through.cases)
    originals = originals_of(follow_through.documents)
    return [{**_row(case, originals), "review": said} for case, said in zip(table["cases"], words, strict=True)]


def _row(case: Mapping[str, Any], originals: Mapping[str, str]) -> dict[str, Any]:
    """One row from a case in its JSON form, so that frame, CSV and JSON cannot differ."""
    quotes = [*case["threats"], *case["outcomes"]]
    places = dict.fromkeys(f"{quote['document']}:{quote['start']}-{quote['end']}" for quote in quotes)
    text = {key: case[key] or "" for key in ("speaker", "target", "condition", "deadline")}
    return {
        **case,
        **text,
        "issued_from": case["issued"]["from"],
        "issued_to": case["issued"]["to"],
        "sources": len({originals[quote["document"]] for quote in quotes}),
        "threat_quote": case["threats"][0]["quote"] if case["threats"] else "",
        "outcome_quote": case["outcomes"][-1]["quote"] if case["outcomes"] else "",
        "evidence": " ".join(places),
        "reasons": " ".join(case["reasons"]),
    }


def _last_day(value: DateRange | None) -> date | None:
    return (value.end or value.start) if value else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _inert(cell: object) -> object:
    if not isinstance(cell, str):
        return "" if cell is None else cell
    # A spreadsheet takes a carriage return outside quotes for the end of a row, and the writer does not quote it.
    lines = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{lines}" if cell.startswith(FORMULA_STARTS) else lines


def _pipes(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(cell: str) -> str:
    """One line with Markdown's and HTML's own characters disarmed."""
    line = " ".join(cell.split())
    for mark in "\\`*_[]<>|#":
        line = line.replace(mark, f"\\{mark}")
    return line
