"""Records with sensible defaults, so that a test states only what it is about."""

from datetime import date
from typing import Any

from briefing_lib.models import (
    Actor,
    ActorType,
    Basis,
    Case,
    Confidence,
    DateRange,
    Document,
    FollowThrough,
    Outcome,
    Passage,
    PassageKind,
    Status,
    Threat,
)


def a_day(text: str) -> DateRange:
    """One day, from its ISO form."""
    day = date.fromisoformat(text)
    return DateRange(day, day)


def a_document(text: str = "Ruritania threatened to close the strait.", **fields: Any) -> Document:
    """A document with a date, a publisher and a text."""
    defaults: dict[str, Any] = {
        "id": "doc",
        "path": "doc.txt",
        "sha256": "0" * 64,
        "title": "A report",
        "publisher": "The Courier",
        "published": a_day("2021-03-05"),
        "grade": "B2",
    }
    return Document(text=text, **(defaults | fields))


def a_passage(document: Document | None = None, quote: str | None = None) -> Passage:
    """The passage of a document that a quote covers, or all of it."""
    document = document or a_document()
    if quote is None:
        return Passage(document, 0, len(document.text), PassageKind.SENTENCE)
    start = document.text.index(quote)
    return Passage(document, start, start + len(quote), PassageKind.SENTENCE)


def an_actor(name: str = "Ruritania", **fields: Any) -> Actor:
    """A state."""
    return Actor(name, **({"type": ActorType.STATE, "surface": name} | fields))


def a_threat(*, sender: str = "Ruritania", target: str | None = "Graustark", **fields: Any) -> Threat:
    """A mention of a threat."""
    defaults: dict[str, Any] = {
        "act": "close the strait",
        "passage": fields.get("passage") or a_passage(),
        "issued": a_day("2021-03-05"),
        "terms": ("close", "strait"),
        "reasons": ("the verb threatened",),
    }
    return Threat(sender=an_actor(sender), target=an_actor(target) if target else None, **(defaults | fields))


def an_outcome(status: Status = Status.CARRIED_OUT, **fields: Any) -> Outcome:
    """A mention of what came of a threat."""
    document = a_document("Ruritania closed the strait on Monday.", id="later", published=a_day("2021-03-09"))
    defaults: dict[str, Any] = {
        "passage": a_passage(document),
        "actor": an_actor(),
        "target": an_actor("Graustark"),
        "terms": ("close", "strait"),
        "on": a_day("2021-03-08"),
        "reasons": ("the act is reported",),
    }
    return Outcome(status=status, **(defaults | fields))


def a_case(*, sender: str = "Ruritania", target: str | None = "Graustark", **fields: Any) -> Case:
    """A case: one threat, with or without outcomes."""
    defaults: dict[str, Any] = {
        "id": "ruritania-2021-1a2b3c",
        "act": "close the strait",
        "status": Status.PENDING,
        "basis": Basis.NONE,
        "confidence": Confidence.MODERATE,
        "threats": (a_threat(sender=sender, target=target),),
        "issued": a_day("2021-03-05"),
    }
    return Case(sender=an_actor(sender), target=an_actor(target) if target else None, **(defaults | fields))


def a_follow_through(*cases: Case, **fields: Any) -> FollowThrough:
    """A table of these cases, with every document that they quote."""
    mentions = [mention for case in cases for mention in (*case.threats, *case.outcomes)]
    documents = {mention.passage.document.id: mention.passage.document for mention in mentions}
    defaults: dict[str, Any] = {
        "as_of": date(2021, 6, 30),
        "documents": tuple(documents.values()),
        "skipped": (),
        "collection": "straits",
    }
    return FollowThrough(cases=cases, **(defaults | fields))
