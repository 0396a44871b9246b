"""One question to a model: within a time, up to a length, and with a failure in words that quote nobody."""

import difflib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

from briefing_lib.errors import UnknownParameter, needs_extra
from briefing_lib.extraction import ANSWERS

# Seconds that one answer may take.
SECONDS_ALLOWED = "BRIEFING_MODEL_SECONDS"
SECONDS = 120
# Characters of an answer: ten times a question's document.
LONGEST_ANSWER = 120_000


class NoAnswer(Exception):
    """Why a model's answer cannot be used. It never leaves the extractor; its words are ours, none the model's."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked: what to do, the document, and the form of the answer where it is sent apart."""

    instructions: str
    text: str
    schema: Mapping[str, Any] | None
    version: str

    @property
    def key(self) -> str:
        """What an answer to it is kept under."""
        return hashlib.sha256("\0".join((self.version, self.instructions, self.text)).encode()).hexdigest()


def load_model(name: str) -> Any:
    """Return a model by its name or alias.

    Raises
    ------
    UnknownParameter
        ``llm`` is not installed, it knows no such model, or its own settings cannot be read.
    """
    try:
        import llm
    except ImportError as error:
        raise UnknownParameter(needs_extra("a language model", "llm", "llm")) from error
    try:
        known = {name: model for one in llm.get_models_with_aliases() for name, model in _named(one)}
    except Exception as error:  # plug-ins and settings of the user's own may fail in any way
        why = f"the settings or a plug-in of llm cannot be used ({type(error).__name__}); see what `llm models` says"
        raise UnknownParameter(why) from error
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        meant = f"did you mean {near[0]}? " if near else ""
        raise UnknownParameter(f"llm knows no model {name[:100]!r}; {meant}`llm models` lists those it knows")
    return known[name]


def _named(one: Any) -> list[tuple[str, Any]]:
    """Return a model by each of its names; one that cannot be waited for is left out."""
    return [(name, one.model) for name in (one.model.model_id, *one.aliases)] if one.model else []


def seconds_allowed() -> float:
    """Return how long one answer may take, in seconds.

    Raises
    ------
    UnknownParameter
        The variable that says so is no number above nought.
    """
    told = os.environ.get(SECONDS_ALLOWED, "")
    try:
        seconds = float(told or SECONDS)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise UnknownParameter(f"{SECONDS_ALLOWED}={told!r} is no number of seconds; give one such as {SECONDS}")
    return seconds


def answer_to(question: Question, model: Any, *, seconds: float) -> str:
    """Return a model's answer; within one run, the same as before where it was asked before.

    Raises
    ------
    NoAnswer
        The model failed, took too long, or went on for too long.
    UnknownParameter
        The model needs a key and has none.
    """
    folder = os.environ.get(ANSWERS)
    kept = Path(folder) / f"{question.key}.json" if folder else None
    if kept is not None and kept.is_file():
        told = json.loads(kept.read_text("utf-8"))
    else:
        told = _told(question, model, seconds)
        if kept is not None:
            kept.write_text(json.dumps(told), "utf-8")
    if "failure" in told:
        raise NoAnswer(told["failure"])
    return str(told["answer"])


def _told(question: Question, model: Any, seconds: float) -> dict[str, str]:
    call = _Call(question, model)
    # A thread that the process does not wait for as it ends: a plug-in may have no limit of its own.
    Thread(target=call.run, name="language-model", daemon=True).start()
    if not call.done.wait(seconds):
        call.given_up = True
        return {"failure": f"no answer within {seconds:g} seconds"}
    if call.needs:
        raise UnknownParameter(call.needs)
    return {"failure": call.failure} if call.failure else {"answer": call.answer}


@dataclass(slots=True)
class _Call:
    """One call on its way, and what came of it."""

    question: Question
    model: Any
    answer: str = ""
    failure: str = ""
    needs: str = ""
    given_up: bool = False
    done: Event = field(default_factory=Event)

    def run(self) -> None:
        try:
            self.answer = self._read()
        except Exception as error:  # noqa: BLE001 - whatever a plug-in raises is a failure of the model
            if type(error).__name__ == "NeedsKeyException":
                self.needs = str(error)
            self.failure = _in_words(error)
        finally:
            self.done.set()

    def _read(self) -> str:
        options = {"schema": dict(self.question.schema)} if self.question.schema is not None else {}
        response = self.model.prompt(
            self.question.text, system=self.question.instructions, stream=bool(self.model.can_stream), **options
        )
        parts: list[str] = []
        length = 0
        for part in response:
            parts.append(part)
            length += len(part)
            if length > LONGEST_ANSWER or self.given_up:
                raise NoAnswer(f"an answer of more than {LONGEST_ANSWER:,} characters")
        return "".join(parts)


def _in_words(error: Exception) -> str:
    """Name a failure without its own words, which may hold a key or somebody's page."""
    if isinstance(error, NoAnswer):
        return str(error)
    status = getattr(error, "status_code", None)
    code = f", HTTP {status}" if isinstance(status, int) else ""
    return f"no answer ({type(error).__name__}{code})"
