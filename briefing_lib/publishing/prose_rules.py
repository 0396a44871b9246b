"""What a finished page's sentences must keep to: evidence, one yardstick, no mixing, no typed number."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing_lib.assessment.likelihood import YARDSTICKS, Yardstick, yardstick_of
from briefing_lib.assessment.rates import DONE, NOT_DONE, OPEN, RESOLVED
from briefing_lib.presentation.computed import COUNT_OF_THE_RECORD, NUMBER, fits

JUDGED = ".bottom-line, .judgements p"
COUNTED = (
    ".bottom-line, .judgements p, .changes, .facts dd, .indicators, .method, .note, figcaption p, summary, "
    ".cases > caption, .figures-table > caption"
)
# What a sentence of ours quotes, cites or links to is not ours to word; a table's cells are no sentences.
QUOTED = ["q", "cite", "blockquote", "mark", "code"]
NOT_OURS = [*QUOTED, "a", "table", "summary"]
COMPUTED = ["data", "time"]
# Why an analyst decided so is said in that analyst's words.
OF_ANALYSTS = ".reviews li, .decisions li"
# A paragraph within another element has sentences of its own.
BLOCKS = ["p", "ul", "ol", "li", "div", "dl"]
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“])")
_CODE = re.compile(r"(```|~~~).*?\1|`[^`\n]*`", re.DOTALL)
_MARKED = re.compile(r"<(?:data|time)\b", re.IGNORECASE)
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the rule that it breaks, and where, in words."""

    rule: str
    what: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.rule}: {self.what}"


def unsupported_judgements(page: Any) -> Iterator[Finding]:
    """Yield each judgement without a link to a place in the page that holds evidence."""
    for judgement in page.select(".judgements > li"):
        links = [link.get("href", "")[1:] for link in judgement.find_all("a") if link.get("href", "").startswith("#")]
        places = [page.find(id=name) for name in links]
        if not any(place is not None and place.select_one("blockquote") for place in places):
            yield Finding("judgement without evidence", _short(judgement))


def mixed_sentences(page: Any) -> Iterator[Finding]:
    """Yield each sentence that holds a term of likelihood and a word of confidence (ICD 203, D.6.e.2.a)."""
    likelihood = _any_of(tuple(term for words in _terms().values() for term in words) + _estimative_words())
    for paragraph in page.select(f"p, li:not({OF_ANALYSTS}), figcaption"):
        for sentence in _SENTENCE_END.split(_own_text(paragraph, leave_out=BLOCKS)):
            if re.search(r"\bconfiden(?:ce|t)\b", sentence, re.IGNORECASE) and likelihood.search(sentence):
                yield Finding("likelihood and confidence in one sentence", sentence[:SHOWN])


def terms_off_the_yardstick(page: Any) -> Iterator[Finding]:
    """Yield each word of likelihood in the judgements that is no term of the yardstick that they name."""
    judged = page.select_one(".judgements")
    key = judged.get("data-yardstick", "") if judged else ""
    allowed = _terms().get(key, ())
    known = _any_of(tuple({*(term for words in _terms().values() for term in words), *_estimative_words()}))
    for paragraph in page.select(JUDGED):
        for found in known.finditer(_own_text(paragraph)):
            if found[0].lower() not in allowed:
                yield Finding("term off the yardstick", f"“{found[0]}” is none of {key or 'a named yardstick'}")


def typed_numbers(page: Any) -> Iterator[Finding]:
    """Yield each number, in digits or words, that no builder computed.

    It reads the judgements, bottom line, changes, indicators, method and notes, the headline and note of each figure,
    and the captions of tables, the words of links among them.
    """
    for paragraph in page.select(COUNTED):
        for element in paragraph.find_all("data"):
            if not fits(element.get("value", ""), element.get_text()):
                yield Finding("number that is not its value", f"{element.get_text()} for {element.get('value')!r}")
        text = " ".join("".join(_texts(paragraph, {*QUOTED, *COMPUTED, "table"})).split())
        found = NUMBER.search(text)
        if found:
            yield Finding("number that no cell computed", f"“{found[0]}” in: {text[:SHOWN]}")


def miscounted(page: Any, cases: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield each number of the bottom line that no count of the table gives, whatever it is marked as."""
    statuses, senders = Counter[str](), Counter[str]()
    for case in cases:
        statuses[case["status"]] += 1
        senders[case["sender"]] += 1
    groups = (sum(statuses[status.value] for status in group) for group in (DONE, NOT_DONE, OPEN, RESOLVED))
    known = {statuses.total(), len(senders), *groups, *statuses.values(), *senders.values()}
    for element in page.select(".bottom-line data"):
        value = element.get("value", "")
        if value.isdecimal() and int(value) not in known:
            yield Finding("number that the table does not give", f"{element.get_text()} in the bottom line")


def unlike_alternatives(page: Any) -> Iterator[Finding]:
    """Yield each drawing whose alternative text is not its headline and note, where its numbers were computed."""
    for drawing in page.select("figure svg"):
        caption = drawing.find_parent("figure").find("figcaption")
        said = " ".join(part.get_text() for part in caption.find_all("p")) if caption else ""
        alternative = " ".join(part.get_text() for part in drawing.find_all(["title", "desc"], recursive=False))
        if " ".join(alternative.split()) != " ".join(said.split()):
            yield Finding("alternative text that is not the caption", alternative[:SHOWN] or "none")


def typed_in(notebook: Any) -> Iterator[Finding]:
    """Yield each markdown cell of a notebook whose prose, outside code, holds a digit or counts the record in words.

    So is a cell that marks anything as computed, which no prose is.
    """
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        plain = _CODE.sub("", text)
        if cell["cell_type"] == "markdown" and (COUNT_OF_THE_RECORD.search(plain) or _MARKED.search(plain)):
            yield Finding(
                "number typed in a notebook", f"{text.strip().splitlines()[0][:SHOWN]} (compute it in a cell)"
            )


def _own_text(element: Any, *, leave_out: Iterable[str] = ()) -> str:
    """Return the text of an element without what it quotes, links to or is told to leave out."""
    barred = {*NOT_OURS, *leave_out}
    return " ".join("".join(_texts(element, barred)).split())


def _texts(element: Any, barred: set[str]) -> Iterator[str]:
    for child in element.children:
        if child.name is None:
            yield str(child)
        elif child.name not in barred:
            yield from _texts(child, barred)


def _short(element: Any) -> str:
    return " ".join(element.get_text(" ").split())[:SHOWN]


@cache
def _terms() -> dict[str, tuple[str, ...]]:
    """Return the terms of each yardstick, without their article."""
    found: dict[str, Yardstick] = {key: yardstick_of(key) for key in YARDSTICKS}
    return {key: tuple(re.sub(r"^an? ", "", band.term) for band in one.bands) for key, one in found.items()}


@cache
def _estimative_words() -> tuple[str, ...]:
    text = files("briefing_lib.assessment").joinpath("standards/estimative_words.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["words"])


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match the longest of the words that stands at a place, whole."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)
