"""Whether a finished briefing keeps to its rules: every claim has its evidence, every quote its source.

The check reads the files as they are, not the records that made them, so that it sees what a reader gets.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from briefing_lib.errors import FlawedBriefing
from briefing_lib.models import Document
from briefing_lib.presentation.markup import shown
from briefing_lib.publishing.origins import sources_of
from briefing_lib.publishing.places import no_briefing
from briefing_lib.publishing.prose_rules import (
    SHOWN,
    Finding,
    miscounted,
    mixed_sentences,
    terms_off_the_yardstick,
    typed_in,
    typed_numbers,
    unlike_alternatives,
    unsupported_judgements,
)
from briefing_lib.reading import read_sources

PAGE, NOTEBOOK, TABLE, RECORD = "briefing.html", "briefing.ipynb", "cases.json", "run.json"
MOST_SAID = 3


def check(
    output: Path, *, sources: str | Path | None = None, documents: Iterable[Document] | None = None
) -> list[Finding]:
    """Return what is wrong with a briefing: nothing where it keeps to its rules.

    The rules: each judgement links evidence; no sentence holds a likelihood and a confidence; judgements use the terms
    of their yardstick alone; each quote in the table and the page is what its source says at its place; and no number,
    in digits or in words, was typed: not in a sentence or caption that the library makes, not in the alternative text
    of a figure, not in the notebook's own prose; those of the bottom line are counts of the table. It cannot tell
    whether a judgement is right.

    Parameters
    ----------
    output
        The folder of a briefing.
    sources
        Where its sources are; where None, by the name in ``run.json``, from here and from the outputs upwards.
    documents
        The documents as they were read, where they are at hand; the sources are then not read again.

    Raises
    ------
    NotThere
        The folder holds no briefing.
    FlawedBriefing
        A file of it cannot be read.
    SourcesNotFound
        The sources are nowhere to be found; give them.
    """
    from bs4 import BeautifulSoup

    page = BeautifulSoup(_read(output / PAGE), "html.parser")
    table, notebook = _parse(output / TABLE), _parse(output / NOTEBOOK)
    texts = {document.id: document.text for document in documents or _documents_of(output, sources)}
    return [
        *unsupported_judgements(page),
        *mixed_sentences(page),
        *terms_off_the_yardstick(page),
        *_quotes_not_in_their_source(table, texts),
        *_quotes_of_no_source(page, texts),
        *typed_numbers(page),
        *miscounted(page, table["cases"]),
        *unlike_alternatives(page),
        *typed_in(notebook),
    ]


def require_sound(output: Path, *, documents: Iterable[Document]) -> None:
    """Refuse a briefing that breaks a rule.

    Raises
    ------
    FlawedBriefing
        It breaks one; the message says which, and where.
    """
    found = check(output, documents=documents)
    if found:
        more = f"; and {len(found) - MOST_SAID} more" if len(found) > MOST_SAID else ""
        raise FlawedBriefing(f"the briefing breaks its rules: {'; '.join(map(str, found[:MOST_SAID]))}{more}")


def _quotes_not_in_their_source(table: Any, texts: dict[str, str]) -> Iterator[Finding]:
    for case in table["cases"]:
        for quote in (*case["threats"], *case["outcomes"]):
            text = texts.get(quote["document"])
            where = f"{quote['document']} at {quote['start']} to {quote['end']}"
            if text is None:
                yield Finding("quote of no source", where)
            elif text[quote["start"] : quote["end"]] != quote["quote"] or not quote["quote"]:
                yield Finding("quote that is not in its source", where)


def _quotes_of_no_source(page: Any, texts: dict[str, str]) -> Iterator[Finding]:
    """Yield each quotation of the page that stands in no source; blanks may differ, since a page has no lines."""
    plain = [_plain(text) for text in texts.values()]
    for element in page.find_all(["mark", "q"]):
        words = _plain(element.get_text())
        if not words or not any(words in text for text in plain):
            yield Finding("quote that is not in its source", f"“{words[:SHOWN]}”")


def _plain(text: str) -> str:
    """Return a text as the page shows it, its white space collapsed."""
    return " ".join(shown(text).split())


def _documents_of(output: Path, sources: str | Path | None) -> tuple[Document, ...]:
    record = {} if sources else _parse(output / RECORD)
    return read_sources(sources_of(record, output, sources)).documents


def _parse(path: Path) -> Any:
    try:
        return json.loads(_read(path))
    except ValueError as error:
        raise FlawedBriefing(f"{path} is no JSON; render the briefing again") from error


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise no_briefing(path, error) from error
    except UnicodeDecodeError as error:
        raise FlawedBriefing(f"{path} is no UTF-8; render the briefing again") from error
