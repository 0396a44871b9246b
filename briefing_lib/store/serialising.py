"""Extractions ↔ bytes: JSON with spans in place of text, so that a store that somebody else made can run no code.

What is read back is made of the document at hand: a span that lies outside it, or a word that no record knows, is an
error, and never a guess.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from briefing_lib.errors import BriefingError
from briefing_lib.extraction import Extraction
from briefing_lib.models import (
    Actor,
    ActorType,
    DateRange,
    Deed,
    Document,
    Kind,
    Modality,
    Mode,
    Outcome,
    Passage,
    PassageKind,
    Precision,
    Span,
    Status,
    Threat,
)

# Changes with the format below, and with the tables.
SCHEMA = 3
_KNOWN = attrgetter(*(field.name for field in fields(Document) if field.name not in {"text", "published"}))
_TEXT = frozenset({str})
_THREAT_TEXTS = ("act", "speaker", "condition", "demand", "deadline_words")


class Unusable(BriefingError):
    """What stands in the store is not what this version wrote of this document."""


def key_of(document: Document, version: str) -> bytes:
    """Return the digest under which a document's extraction is kept.

    All that an extractor can see of a document is in it, and the extractor's version.
    """
    known = repr((SCHEMA, version, _KNOWN(document), dates_row(document.published)))
    digest = hashlib.sha256(known.encode(errors="surrogatepass"))
    digest.update(document.text.encode(errors="surrogatepass"))
    return digest.digest()


def to_bytes(extraction: Extraction) -> bytes:
    """Return an extraction without its document."""
    threats = list(extraction.threats)
    places = {id(threat): at for at, threat in enumerate(threats)}
    written = {
        "threats": [_threat(threat) for threat in threats],
        "outcomes": [_outcome(outcome, _place(outcome.refers_to, threats, places)) for outcome in extraction.outcomes],
        "notes": extraction.notes,
        "names": extraction.names,
        "unread": [[span.start, span.end, span.kind] for span in extraction.unread],
    }
    return json.dumps(written, separators=(",", ":")).encode()


def from_bytes(data: bytes, document: Document, *, telling: Set[tuple[int, int]] | None = None) -> Extraction:
    """Return the extraction of a document that was kept.

    Parameters
    ----------
    telling
        Offsets of the passages of which outcomes are wanted, and nothing that was left unread; None for all.

    Raises
    ------
    Unusable
        The bytes are not what `to_bytes` wrote of this document.
    """
    try:
        held = json.loads(data)
        threats = tuple(_to_threat(row, document) for row in held["threats"])
        rows, unread = held["outcomes"], held["unread"]
        if telling is not None:
            rows, unread = [row for row in rows if tuple(row["passage"][:2]) in telling], ()
        return Extraction(
            document,
            threats,
            tuple(_to_outcome(row, document, threats) for row in rows),
            notes=_texts(held["notes"]),
            names=_texts(held["names"]),
            unread=tuple(to_span(row, document.text) for row in unread),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise Unusable(f"an entry of {document.id!r} cannot be read: {error}") from error


def outline_of(extraction: Extraction) -> str:
    """Return what is needed of a document even where it bears on no threat: its names and notes."""
    return json.dumps([extraction.names, extraction.notes], separators=(",", ":"))


def from_outlines(texts: Iterable[str], documents: Iterable[Document]) -> Iterator[Extraction]:
    """Yield the extraction of each document with names and notes alone.

    Raises
    ------
    Unusable
        A text is not what `outline_of` wrote.
    """
    try:
        # Ten thousand short texts take a third of the time as one.
        outlines = json.loads(f"[{','.join(texts)}]")
        for document, (names, notes) in zip(documents, outlines, strict=True):
            yield Extraction(document, names=_texts(names), notes=_texts(notes))
    except (ValueError, TypeError, RecursionError) as error:
        raise Unusable(f"whom the documents name cannot be read: {error}") from error


def to_places(text: str) -> frozenset[tuple[int, int]]:
    """Return the offsets of passages.

    Raises
    ------
    Unusable
        The text is no list of them.
    """
    try:
        return frozenset((start, end) for start, end in json.loads(text))
    except (ValueError, TypeError, RecursionError) as error:
        raise Unusable(f"the places of an entry cannot be read: {error}") from error


def _place(threat: Threat | None, threats: Sequence[Threat], places: Mapping[int, int]) -> int | None:
    if threat is None:
        return None
    found = places.get(id(threat))
    return threats.index(threat) if found is None else found


def _threat(threat: Threat) -> dict[str, Any]:
    return {
        "sender": _actor(threat.sender),
        "target": _actor(threat.target),
        "passage": _passage(threat.passage),
        "kind": threat.kind,
        "mode": threat.mode,
        "modality": threat.modality,
        "deadline": dates_row(threat.deadline),
        "issued": dates_row(threat.issued),
        "terms": threat.terms,
        "reasons": threat.reasons,
        **{name: getattr(threat, name) for name in _THREAT_TEXTS},
    }


def _to_threat(row: Mapping[str, Any], document: Document) -> Threat:
    sender = _to_actor(row["sender"])
    if sender is None:
        raise ValueError("a threat without a sender")
    return Threat(
        sender=sender,
        target=_to_actor(row["target"]),
        passage=_to_passage(row["passage"], document),
        kind=Kind(row["kind"]),
        mode=Mode(row["mode"]),
        modality=Modality(row["modality"]),
        deadline=to_dates(row["deadline"]),
        issued=to_dates(row["issued"]),
        terms=_texts(row["terms"]),
        reasons=_texts(row["reasons"]),
        **{name: _text(row[name]) for name in _THREAT_TEXTS},
    )


def _outcome(outcome: Outcome, refers_to: int | None) -> dict[str, Any]:
    return {
        "status": outcome.status,
        "passage": _passage(outcome.passage),
        "stated": outcome.stated,
        "actor": _actor(outcome.actor),
        "target": _actor(outcome.target),
        "terms": outcome.terms,
        "mode": outcome.mode,
        "refers_to": refers_to,
        "on": dates_row(outcome.on),
        "reasons": outcome.reasons,
        "deed": _deed(outcome.deed),
    }


def _to_outcome(row: Mapping[str, Any], document: Document, threats: Sequence[Threat]) -> Outcome:
    at = row["refers_to"]
    if not isinstance(row["stated"], bool) or not (at is None or (isinstance(at, int) and at >= 0)):
        raise ValueError("an outcome of another form")
    return Outcome(
        status=Status(row["status"]),
        passage=_to_passage(row["passage"], document),
        stated=row["stated"],
        actor=_to_actor(row["actor"]),
        target=_to_actor(row["target"]),
        terms=_texts(row["terms"]),
        mode=Mode(row["mode"]),
        refers_to=None if at is None else threats[at],
        on=to_dates(row["on"]),
        reasons=_texts(row["reasons"]),
        deed=_to_deed(row["deed"]),
    )


def _deed(deed: Deed | None) -> list[Any] | None:
    if deed is None:
        return None
    return [deed.forms, deed.doer, deed.undergoers, deed.is_state, deed.lasts, deed.again, deed.contested]


def _to_deed(row: Sequence[Any] | None) -> Deed | None:
    if row is None:
        return None
    forms, doer, undergoers, *told = row
    is_state, lasts, again, contested = map(bool, told)
    return Deed(
        _texts(forms), _text(doer), _texts(undergoers), is_state=is_state, lasts=lasts, again=again, contested=contested
    )


def _actor(actor: Actor | None) -> list[str] | None:
    return None if actor is None else [actor.name, actor.type, actor.surface, actor.home]


def _to_actor(row: Sequence[str] | None) -> Actor | None:
    if row is None:
        return None
    name, kind, surface, home = row
    return Actor(_text(name), ActorType(kind), _text(surface), _text(home))


def dates_row(dates: DateRange | None) -> list[str | None] | None:
    """Return dates as texts."""
    if dates is None:
        return None
    start, end = (None if day is None else day.isoformat() for day in (dates.start, dates.end))
    return [start, end, dates.precision]


def to_dates(row: Sequence[Any] | None) -> DateRange | None:
    """Return the dates that texts say."""
    return None if row is None else _to_range(*row)


@lru_cache(maxsize=4096)  # the days of some years
def _to_range(start: str | None, end: str | None, precision: str) -> DateRange:
    first, last = (None if day is None else date.fromisoformat(day) for day in (start, end))
    return DateRange(first, last, Precision(precision))


def _passage(passage: Passage) -> list[Any]:
    return [passage.start, passage.end, passage.kind]


def _to_passage(row: Sequence[Any], document: Document) -> Passage:
    span = to_span(row, document.text)
    return Passage(document, span.start, span.end, span.kind)


def to_span(row: Sequence[Any], text: str) -> Span:
    """Return a span of a text, from its two ends and its kind."""
    start, end, kind = row
    whole = isinstance(start, int) and isinstance(end, int)
    if not whole or not 0 <= start <= end <= len(text):
        raise ValueError("a span outside the document")
    return Span(start, end, PassageKind(kind))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("what is no text")
    return value


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    if not isinstance(values, list) or not are_texts(values):
        raise TypeError("what is no list of texts")
    return tuple(values)


def are_texts(values: Iterable[Any]) -> bool:
    """Tell whether values are texts, all of them."""
    return _TEXT.issuperset(map(type, values))
