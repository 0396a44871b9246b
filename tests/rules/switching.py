"""The rules that there are, what they make of a text, and how one of them is switched on or off."""

import inspect
import pkgutil
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from factories import a_document

from briefing_lib import assessment, extraction
from briefing_lib.assessment import assess
from briefing_lib.extraction import Rules, opened, parsing
from briefing_lib.extraction.actors import Party
from briefing_lib.extraction.acts import Act
from briefing_lib.extraction.candidates import Candidate
from briefing_lib.extraction.conditions import Condition
from briefing_lib.extraction.framing import Governor
from briefing_lib.extraction.lexicon import ActClass
from briefing_lib.extraction.outcomes.clauses import Found
from briefing_lib.models import Actor, Case, DateRange, Outcome, Passage, Threat

NO_RULES = tomllib.loads((Path(__file__).parent / "no_rules.toml").read_text(encoding="utf-8"))
# A rule answers yes or no, or finds something or nothing.
FINDS = (
    *(Iterator[Candidate], Iterator[Condition], Iterator[Found], Iterator[Threat], Iterator[Outcome]),
    *(Found | None, Act | None, ActClass | None, Governor | None, Threat | None, Outcome | None),
    *(Actor | None, Party | None),
)
Text = str | list[dict[str, Any]]
_DAY = date(2022, 2, 15)


@dataclass(frozen=True, slots=True)
class Rule:
    """A function of the library, in a module or a class of it, that decides."""

    name: str
    owner: Any
    held: Any

    @property
    def function(self) -> Callable[..., Any]:
        """What is called."""
        return _called(self.held)

    @property
    def is_predicate(self) -> bool:
        """Whether it answers yes or no."""
        return inspect.signature(self.function).return_annotation is bool

    def put(self, monkeypatch: Any, function: Callable[..., Any]) -> None:
        """Put another function in its place, wherever it was imported to."""
        new = property(function) if isinstance(self.held, property | cached_property) else function
        if not isinstance(self.owner, ModuleType):
            monkeypatch.setattr(self.owner, self.function.__name__, new)
            return
        for module in [one for name, one in sys.modules.items() if name.startswith("briefing_lib.")]:
            for name, value in list(vars(module).items()):
                if value is self.held:
                    monkeypatch.setattr(module, name, new)

    def switch_off(self, monkeypatch: Any) -> None:
        """Let it always say no, or find nothing."""
        annotation = inspect.signature(self.function).return_annotation
        nothing: Any = False if self.is_predicate else "" if annotation is str else None
        if getattr(annotation, "__origin__", None) is Iterator:
            self.put(monkeypatch, lambda *_, **__: iter(()))
        else:
            self.put(monkeypatch, lambda *_, **__: nothing)

    def switch_on(self, monkeypatch: Any) -> None:
        """Let a predicate always say yes."""
        self.put(monkeypatch, lambda *_, **__: True)

    def watch(self, monkeypatch: Any) -> list[bool]:
        """Return a list that grows by whether it said yes, or found something, each time that it is asked."""
        answers: list[bool] = []

        def watched(*given: Any, **named: Any) -> Any:
            answer = self.function(*given, **named)
            if not isinstance(answer, Iterator):
                answers.append(answer is not None and answer is not False and answer != "")
                return answer
            found = list(answer)
            answers.append(bool(found))
            return iter(found)

        self.put(monkeypatch, watched)
        return answers


def _called(held: Any) -> Any:
    if isinstance(held, cached_property):
        return held.func
    return held.fget if isinstance(held, property) else held


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its name, which is its place in the library."""
    found = {}
    for path in _modules():
        module = import_module(f"briefing_lib.{path}")
        classes = [one for one in vars(module).values() if inspect.isclass(one) and one.__module__ == module.__name__]
        for owner in (module, *classes):
            for name, held in vars(owner).items():
                function = _called(held)
                if inspect.isfunction(function) and function.__module__ == module.__name__ and _decides(function):
                    inner = "" if owner is module else f"{owner.__name__}."
                    found[f"{path}.{inner}{name}"] = Rule(f"{path}.{inner}{name}", owner, held)
    return found


def _modules() -> Iterator[str]:
    """Yield every module of the two rooms, but for those that are said to hold no rules."""
    for room in (extraction, assessment):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            path = found.name.removeprefix("briefing_lib.")
            if not any(path == one or path.startswith(f"{one}.") for one in NO_RULES["no_rules_in"]):
                yield path


def _decides(function: Callable[..., Any]) -> bool:
    annotation = inspect.signature(function).return_annotation
    return annotation is bool or annotation in FINDS or function.__name__.endswith("_reason")


# --- what is read -----------------------------------------------------------------------------------------------------


@cache
def _parsed(text: str) -> Any:
    return parsing.load_parser()(text)


def parse_once(passages: Iterable[Passage], **_: Any) -> Iterator[tuple[Passage, Any]]:
    """Yield passages with their parses, each text parsed but once over all tests."""
    return (
        (piece, parsing.as_parse(_parsed(parsing.readable(piece.quote())))) for piece in parsing.pieces_of(passages)
    )


def cases_in(text: Text, monkeypatch: Any) -> tuple[Case, ...]:
    """Judge a text, or documents of several days, as of the last of the days."""
    monkeypatch.setattr(opened, "parse", parse_once)
    told = [{"day": _DAY, "text": text}] if isinstance(text, str) else text
    documents = [
        a_document(one["text"], id=f"d{at}", published=DateRange(one["day"], one["day"]), publisher="", title="")
        for at, one in enumerate(told)
    ]
    return assess(map(Rules().extract, documents), as_of=max(one["day"] for one in told))


def in_short(cases: tuple[Case, ...]) -> str:
    """Tell the parties, kind and status of cases."""
    return "; ".join(f"{_parties(case)}: {case.kind.value}, {case.status.value}" for case in cases) or "no threat"


def in_full(cases: tuple[Case, ...]) -> str:
    """Tell the act, condition and day as well."""
    return "; ".join(map(_told, cases)) or "no threat"


def _parties(case: Case) -> str:
    return f"{case.sender.name} to {case.target.name if case.target else 'nobody named'}"


def _told(case: Case) -> str:
    act = f"{case.act} [{case.condition}]" if case.condition else case.act
    day = f", {case.issued.start}" if case.issued and case.issued.start else ""
    return f"{_parties(case)}: {act}: {case.kind.value}, {case.status.value}{day}"
