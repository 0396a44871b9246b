"""A gold folder of invented sentences, and an extractor that finds what a test tells it to find."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factories import a_case, a_passage, a_threat

from briefing_lib.evaluation import Scorecard, evaluate
from briefing_lib.extraction import Extraction
from briefing_lib.models import Case, Document, Status, Threat


@dataclass
class GoldFolder:
    """A folder in the format of the gold, written piece by piece."""

    path: Path

    def document(
        self,
        name: str,
        text: str,
        *,
        published: str | None = "2021-03-05",
        threats: Sequence[dict[str, Any]] = (),
        not_threats: Sequence[str] = (),
        borderline: Sequence[str] = (),
    ) -> None:
        """Write a text and its annotation."""
        (self.path / "docs").mkdir(exist_ok=True)
        with (self.path / f"docs/{name}.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        annotation = {
            "title": name,
            "published": published,
            "threats": list(threats),
            "not_threats": [{"quote": quote, "span": span_of(text, quote), "why": "denial"} for quote in not_threats],
            "borderline": [{"quote": quote, "span": span_of(text, quote)} for quote in borderline],
        }
        (self.path / f"docs/{name}.json").write_text(json.dumps(annotation), encoding="utf-8")

    def sentences(self, *rows: tuple[str, str, int]) -> None:
        """Write sentences with their labels and clusters; the id is the sentence."""
        lines = [json.dumps({"id": text, "text": text, "label": label, "cluster": n}) for text, label, n in rows]
        (self.path / "some.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def story(self, name: str, documents: Sequence[str], *threats: dict[str, Any]) -> None:
        """Write a story over documents that are there."""
        (self.path / "stories").mkdir(exist_ok=True)
        story = {"title": name, "documents": list(documents), "threats": list(threats)}
        (self.path / f"stories/{name}.json").write_text(json.dumps(story), encoding="utf-8")


@dataclass
class Found:
    """What the scripted pipeline finds: mentions by document, and the status of each case as of a day."""

    mentions: dict[str, list[tuple[str, str, dict[str, Any]]]] = field(default_factory=dict)
    status: Callable[[str, date], Status] = lambda case, as_of: Status.PENDING
    case: dict[str, dict[str, Any]] = field(default_factory=dict)
    name: str = "scripted"
    version: str = "scripted"
    notes: tuple[str, ...] = ()

    def add(self, document: str, quote: str, *, case: str | None = None, **fields: Any) -> None:
        """Have a mention found; mentions with the same case name make one row."""
        self.mentions.setdefault(document, []).append((quote, case or f"{document}: {quote}", fields))

    def extract(self, document: Document) -> Extraction:
        """Return the mentions told for a document."""
        found = self.mentions.get(document.id, [])
        threats = [
            a_threat(passage=a_passage(document, quote), reasons=(name,), **fields) for quote, name, fields in found
        ]
        return Extraction(document, tuple(threats), notes=self.notes)

    def assess(self, extractions: Iterable[Extraction], *, as_of: date) -> tuple[Case, ...]:
        """Make one case of each name."""
        groups: dict[str, list[Threat]] = {}
        for threat in (threat for one in extractions for threat in one.threats):
            groups.setdefault(threat.reasons[0], []).append(threat)
        return tuple(self._to_case(name, threats, as_of) for name, threats in groups.items())

    def _to_case(self, name: str, threats: list[Threat], as_of: date) -> Case:
        first = threats[0]
        case = a_case(id=name, act=first.act, threats=tuple(threats), status=self.status(name, as_of))
        told = {"sender": first.sender, "target": first.target, "kind": first.kind, "issued": first.issued}
        return replace(case, **(told | self.case.get(name, {})))

    def score(self, gold: GoldFolder, **options: Any) -> Scorecard:
        """Evaluate what is found."""
        return evaluate(gold.path, extractor=self, assessor=self.assess, **options)


def span_of(text: str, quote: str) -> list[int]:
    """Where a quote stands."""
    start = text.index(quote)
    return [start, start + len(quote)]


def a_gold_threat(text: str, quote: str, *, alternatives: Sequence[str] = (), **fields: Any) -> dict[str, Any]:
    """One annotated threat, with what a test does not care about filled in."""
    return {
        "id": "t1",
        "sender": "Ruritania",
        "speaker": None,
        "target": "Graustark",
        "act": "close the strait",
        "kind": "unconditional",
        "condition": None,
        "deadline": None,
        "issued": {"from": "2021-03-05", "to": "2021-03-05"},
        "quote": quote,
        "span": span_of(text, quote),
        "alt_quotes": list(alternatives),
        "alt_spans": [span_of(text, one) for one in alternatives],
        "status": "pending",
        "also_acceptable": [],
        "outcome_quote": None,
        "outcome_span": None,
    } | fields


@pytest.fixture
def gold(tmp_path: Path) -> GoldFolder:
    """An empty folder for annotations."""
    return GoldFolder(tmp_path)


@pytest.fixture
def found() -> Found:
    """A pipeline that finds nothing until it is told to."""
    return Found()


@pytest.fixture
def gold_threat() -> Callable[..., dict[str, Any]]:
    """The maker of annotated threats."""
    return a_gold_threat
