"""The extractor by a language model: any that the package ``llm`` can ask, held to the words of the document.

docs/language-model.md says what is sent and what is made of the answer.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from briefing_lib.extraction.extractor import Extraction
from briefing_lib.extraction.language_model.answer import said_in
from briefing_lib.extraction.language_model.asking import NoAnswer, Question, answer_to, load_model, seconds_allowed
from briefing_lib.extraction.language_model.grounding import Ground, as_shown
from briefing_lib.extraction.language_model.question import question_about
from briefing_lib.extraction.rules import Rules
from briefing_lib.extraction.scene import Reader
from briefing_lib.models import Document, Outcome, Passage, Threat

__all__ = ["LanguageModel"]

# Characters of a document in one question: some three thousand tokens, which leaves room in a small local model.
PIECE = 12_000
# After so many failures in a row the model is not asked again in this run: each may have taken as long as is allowed.
MOST_FAILURES = 3


class LanguageModel:
    """Finds threats and outcomes by asking a language model, and keeps of its answer what the document says.

    Where the model fails, the rules' result stands, and a note says so.

    Parameters
    ----------
    model
        The name or alias of a model that ``llm`` knows.
    rules
        What resolves names, and stands in.

    Raises
    ------
    UnknownParameter
        There is no such model, or ``llm`` is not installed.
    """

    def __init__(self, model: str, rules: Rules) -> None:
        self.name = f"llm:{model}"
        self._model = model
        self._rules = rules
        self._seconds = seconds_allowed()
        self._failures = 0
        _loaded(model)

    @property
    def version(self) -> str:
        """A digest of the model's name and place, and of the rules and our own code that hold it to the document."""
        model = _loaded(self._model)
        told = (model.model_id, getattr(model, "model_name", None), getattr(model, "api_base", None))
        digest = hashlib.sha256(repr((*told, PIECE, self._rules.version)).encode())
        return f"llm-{digest.hexdigest()[:32]}"

    def extract(self, document: Document) -> Extraction:
        """Return what the model finds in a document, or what the rules find where it fails.

        Raises
        ------
        UnknownParameter
            The model needs a key and has none.
        """
        try:
            if self._failures >= MOST_FAILURES:
                raise NoAnswer(f"not asked any more after {MOST_FAILURES} failures in a row")
            found = self._asked(document)
        except NoAnswer as reason:
            self._failures += 1
            rules = self._rules.extract(document)
            return replace(rules, notes=(f"{self.name}: {reason}; the rules' result stands",), lasting=False)
        self._failures = 0
        return found

    def _asked(self, document: Document) -> Extraction:
        opened = self._rules.open(document)
        dropped: Counter[str] = Counter()
        threats: list[Threat] = []
        outcomes: list[Outcome] = []
        for passages in _questions(opened.pieces):
            new_threats, new_outcomes = self._found_in(passages, opened.reader, dropped)
            threats += new_threats
            outcomes += new_outcomes
        notes = [f"{self.name}: {what}: {count}" for what, count in sorted((+dropped).items())]
        if not threats and (by_rules := len(self._rules.extract(document).threats)):
            notes.append(f"{self.name}: no threat found, where the rules find {by_rules}")
        return Extraction(document, tuple(threats), tuple(outcomes), notes=tuple(notes), names=opened.names())

    def _found_in(
        self, passages: Sequence[Passage], reader: Reader, dropped: Counter[str]
    ) -> tuple[list[Threat], list[Outcome]]:
        text = "\n\n".join(as_shown(passage) for passage in passages)
        model = _loaded(self._model)
        question = Question(*question_about(text, schema_is_sent=bool(model.supports_schema)), version=self.version)
        said = said_in(answer_to(question, model, seconds=self._seconds), dropped)
        ground = Ground(passages, reader, f"found by the language model {self._model}", dropped)
        threats = [ground.threat(one) for one in said.threats]
        outcomes = [ground.outcome(one, threats) for one in said.outcomes]
        kept = {(one.passage.start, one.passage.end, one.sender.name): one for one in reversed(threats) if one}
        dropped["told twice"] += sum(one is not None for one in threats) - len(kept)
        return (
            sorted(kept.values(), key=lambda one: one.passage.start),
            sorted((one for one in outcomes if one), key=lambda one: one.passage.start),
        )


def _questions(pieces: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Part a document between its paragraphs, so that each part goes into one question."""
    piece: list[Passage] = []
    length = 0
    for part in pieces:
        length += part.end - part.start
        if piece and length > PIECE:
            yield piece
            piece, length = [], part.end - part.start
        piece.append(part)
    if piece:
        yield piece


@lru_cache(maxsize=4)
def _loaded(name: str) -> Any:
    return load_model(name)
