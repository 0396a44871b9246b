"""The fields of a threat beyond who and whom: the act in words, condition, kind, deadline, issue date, evidence."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing_lib.extraction.candidates import Candidate
from briefing_lib.extraction.conditions import is_open_subject
from briefing_lib.extraction.grammar import (
    CLAUSES,
    ancestors_with,
    is_passive,
    is_to_infinitive,
    objects_of,
    subject_of,
)
from briefing_lib.extraction.lexicon import load_lexicon
from briefing_lib.extraction.statements import Voice
from briefing_lib.models import DateRange, Document, Kind, Passage, PassageKind
from briefing_lib.reading import find_dates, resolve_date, tells_history

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token

_LEADING = {
    "to",
    "that",
    "it",
    "he",
    "she",
    "they",
    "we",
    "would",
    "will",
    "could",
    "might",
    "may",
    "if",
    ",",
    '"',
    "'",
    "by",
}
# A year as a text names it; history begins with the sources that the suite is made for.
# "Since 1957" tells how long something has been so, not when what is told takes place.
_YEAR = re.compile(r"(?<!since )\b(?:1[5-9]|20)\d\d\b")
_LEADS_TO_DEADLINE = ("by ", "before ", "until ", "within ", "in the next ", "no later than ")
_SPAN = re.compile(
    r"\b(?:within|in)\s+(?:the\s+(?:next|coming)\s+)?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty-four)"
    r"\s+(?:working\s+)?(?:hours?|days?|weeks?|months?|years?)\b|\b\d+-(?:hour|day|week|month)\b"
    r"|\b(?:(?:one|two|three|four|five|six|seven|ten|\d+)\s+(?:hours|days|weeks|months))(?=\s+to\b)",
    re.I,
)
_ELSE = {"otherwise", "or else", "if not", "failing which", "failing that", "failing this"}
_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
_SHORT_ENOUGH = 0.7  # a clause that is nearly its whole sentence is quoted as the sentence


def act_span(candidate: Candidate) -> tuple[int, int]:
    """Return the first and last token (inclusive) of the act's words."""
    act = candidate.act
    if act is None:
        head = candidate.head
        asked = next((t for t in head.sent if t.i > head.i and t.pos_ == "VERB" and is_to_infinitive(t)), None)
        if asked is not None and candidate.frame == "ultimatum":
            return asked.i, max(t.i for t in asked.subtree)
        after = max(head.i, candidate.target.i if candidate.target is not None else head.i)
        inner = [t.i for t in head.subtree if t.i > after and not t.is_punct and not _is_in_condition(t, candidate)]
        return (min(inner), max(inner)) if inner else (head.i, head.i)
    head = act.head
    beside = {t.i for child in head.subtree if _is_aside(child, head) for t in child.subtree}
    indices = {t.i for t in head.subtree if not _is_in_condition(t, candidate)} - beside
    first = last = head.i
    if head.pos_ in {"NOUN", "PROPN"} or act.borne or is_passive(head):
        while first - 1 in indices:
            first -= 1
    while last + 1 in indices:
        last += 1
    return first, max(last, first)


def _is_aside(token: "Token", head: "Token") -> bool:
    """Tell whether a branch of an act's clause stands aside: an apposition, a clause with its own subject."""
    if token == head or token.i < head.i:
        return False
    if token.dep_ == "advcl" and is_to_infinitive(token) and token.left_edge.i and token.left_edge.nbor(-1).text == ",":
        return True  # another act, or what it is for: "leave the zone, to close the office"
    if token.dep_ == "appos":
        return token.i > 0 and token.doc[min(t.i for t in token.subtree) - 1].text in {",", "-", "--", "("}
    own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
    return token.dep_ in {"conj", "parataxis", "advcl"} and own and token.head == head


def _is_in_condition(token: "Token", candidate: Candidate) -> bool:
    condition = candidate.condition
    return condition is not None and condition.start <= token.i < condition.end


def act_words(candidate: Candidate, passage: Passage) -> str:
    """Return the threatened act as the document words it, without "to" and the condition."""
    first, last = act_span(candidate)
    doc = candidate.head.doc
    while first < last and doc[first].lower_ in _LEADING:
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space or doc[last].lower_ in {"and", "or", "but"}):
        last -= 1
    marks = sum(token.text == '"' for token in doc[first : last + 1])
    if marks % 2 and last + 1 < len(doc) and doc[last + 1].text == '"':
        last += 1
    span = doc[first : last + 1]
    words = passage.document.text[passage.start + span.start_char : passage.start + span.end_char]
    return " ".join(words.split())


def condition_words(candidate: Candidate, passage: Passage) -> str:
    """Return the condition as the document words it, or an empty string."""
    condition = candidate.condition
    if condition is None:
        return ""
    span = candidate.head.doc[condition.start : condition.end]
    words = passage.document.text[passage.start + span.start_char : passage.start + span.end_char]
    told = " ".join(words.split()).strip(" ,;.")
    return "" if told.lower() in _ELSE else told  # what was asked stands in the sentence before


def kind_of(candidate: Candidate) -> Kind:
    """Return the kind: vague where nothing is named, else by what is asked of the other side, else by the frame.

    A condition asks for a change (compellent) or for restraint (deterrent); so does "any attack", and a penalty that
    those will bear who do something. A plain statement announces; a threat or vow without a condition is unconditional.
    """
    act, condition = candidate.act, candidate.condition
    if candidate.frame == "ultimatum" or (condition is not None and condition.alternative):
        return Kind.COMPELLENT
    if candidate.frame == "against":
        return Kind.DETERRENT
    if act is None or (act.vague and (act.borne or condition is None)):
        return Kind.VAGUE
    if condition is not None:
        return Kind.COMPELLENT if condition.compels else Kind.DETERRENT
    verbal = act.head.pos_ in {"VERB", "AUX"}
    whoever = verbal and any(is_open_subject(token) for token in (subject_of(act.head), *objects_of(act.head)))
    if whoever or (act.borne and candidate.frame in {"say", "warn", "announce", "own"}):
        return Kind.DETERRENT
    if candidate.frame in {"announce", "intend", "say", "none", "own", "decide", "ready"}:
        return Kind.ANNOUNCED_INTENT
    return Kind.UNCONDITIONAL


def content_lemmas(candidate: Candidate) -> tuple[str, ...]:
    """Return the content lemmas of the act, in order, for linking it to other mentions."""
    first, last = act_span(candidate)
    return content_terms(candidate.head.doc[first : last + 1])


def content_terms(tokens: "Iterable[Token]") -> tuple[str, ...]:
    """Return the lemmas of nouns, verbs, adjectives and numbers, each once, in order."""
    empty = load_lexicon().words["outcomes.terms.empty"]
    found: list[str] = []
    for token in tokens:
        lemma = token.lemma
        if token.pos_ in _CONTENT and lemma not in empty and lemma.isalpha() and lemma not in found:
            found.append(lemma)
    return tuple(found)


# --- when -------------------------------------------------------------------------------------------------------------


def deadline_of(candidate: Candidate, sentence: "Stretch", passage: Passage) -> tuple[str, DateRange | None]:
    """Return the words for the time by which, and the dates they resolve to where the document has a date."""
    text = sentence.text
    published = passage.document.published
    day = published.end if published else None
    span = _SPAN.search(text)
    if span:
        words = _original(passage, sentence, span.start(), span.end())
        return words, resolve_date(span.group(), published=day, future=True)
    for mention in find_dates(text):
        if mention.words.lower().startswith(_LEADS_TO_DEADLINE):
            words = _original(passage, sentence, mention.start, mention.end)
            return words, resolve_date(mention.words, published=day, future=True)
    return "", None


def _original(passage: Passage, sentence: "Stretch", start: int, end: int) -> str:
    base = passage.start + sentence.start_char
    return " ".join(passage.document.text[base + start : base + end].split())


def issued_of(candidate: Candidate, sentence: "Stretch", passage: Passage, voice: Voice) -> DateRange | None:
    """Return when the threat was made.

    The day of a statement that the document carries whole; else a date that stands with the frame, outside the act and
    the condition; else no later than publication. A text without a date of its own, such as a history, dates a sentence
    by the last date before it.
    """
    published = passage.document.published
    if candidate.frame == "as_warned":
        return DateRange(None, published.end, published.precision) if published else None
    if voice.party is not None and published is not None and not _looks_back(candidate):
        return voice.issued or published
    anchor = anchor_of(passage, sentence)
    first, last = act_span(candidate)
    doc = candidate.head.doc
    place = candidate.head.idx - sentence.start_char
    for mention in sorted(find_dates(sentence.text), key=lambda m: abs(m.start - place)):
        span = doc.between(sentence.start_char + mention.start, sentence.start_char + mention.end)
        if first <= span.start <= last or _is_in_condition(doc[span.start], candidate):
            continue
        if candidate.act is not None and candidate.act.head.is_ancestor(doc[span.start]):
            continue  # of the act, though not of the words that name it
        found = None if _leads_to_deadline(mention.words) else resolve_date(mention.words, published=anchor)
        if found is not None and (anchor is None or found.start is None or found.start <= anchor):
            return not_after(found, anchor)
    if published is None:
        return last_date_before(passage.document, passage.start + sentence.start_char)
    return DateRange(None, published.end, published.precision)


def _looks_back(candidate: Candidate) -> bool:
    """Tell whether a statement tells of what was said before it: "made clear in June that it would …"."""
    if candidate.frame in {"own", "none"}:
        return False
    return any(verb.tag_ == "VBD" for verb in (candidate.head, *ancestors_with(candidate.head)))


def _leads_to_deadline(words: str) -> bool:
    return words.lower().startswith(_LEADS_TO_DEADLINE)


def anchor_of(passage: Passage, sentence: "Stretch") -> date | None:
    """Return the day that a sentence's dates count from: of publication, else the end of the last year named before."""
    return anchor_at(passage.document, passage.start + sentence.end_char)


def anchor_at(document: Document, place: int) -> date | None:
    """Return the day that dates before a place of a document count from."""
    published = document.published
    if published is not None and not tells_history(document):
        return published.end
    years = _YEAR.findall(document.text[:place])
    if not years:
        return published.end if published is not None else None
    last = date(int(years[-1]), 12, 31)
    return min(last, published.end) if published is not None and published.end is not None else last


@lru_cache(maxsize=8)
def _dates_of(document: Document) -> tuple[tuple[int, DateRange], ...]:
    """Return the dates that an undated document names, each read with the last year before it."""
    found, year = [], None
    for mention in find_dates(document.text):
        years = _YEAR.findall(document.text[: mention.end]) if year is None else _YEAR.findall(mention.words)
        year = int(years[-1]) if years else year
        dated = resolve_date(mention.words, published=date(year, 12, 31) if year else None)
        if dated is not None and dated.start is not None and not _leads_to_deadline(mention.words):
            found.append((mention.start, dated))
    return tuple(found)


def last_date_before(document: Document, position: int) -> DateRange | None:
    """Return the last date that an undated document names before a position, or None."""
    return next((dated for start, dated in reversed(_dates_of(document)) if start < position), None)


def not_after(found: DateRange, day: date | None) -> DateRange:
    """Return a date that ends no later than a day."""
    if day is not None and found.end is not None and found.end > day:
        return DateRange(found.start, day, found.precision)
    return found


# --- evidence ---------------------------------------------------------------------------------------------------------


def evidence_of(candidate: Candidate, sentence: "Stretch", passage: Passage) -> Passage:
    """Return the words that make the threat: the frame's clause, or the sentence where that is nearly all of it."""
    start, end = clause_of(candidate, sentence)
    span = sentence.doc[start:end]
    return Passage(passage.document, passage.start + span.start_char, passage.start + span.end_char, PassageKind.CLAUSE)


def clause_of(candidate: Candidate, sentence: "Stretch") -> tuple[int, int]:
    """Return the half-open tokens of the clause that holds frame, act and condition, without the clauses beside it."""
    top = candidate.head
    while top.head != top and not (top.dep_ in {"conj", "relcl", "advcl", "ROOT"} and top.pos_ in {"VERB", "AUX"}):
        if top.dep_ in {"ccomp"} and top.head.pos_ == "VERB" and len(list(top.subtree)) > 0.5 * len(sentence):
            top = top.head
            continue
        top = top.head
    beside = {
        inner.i
        for child in top.children
        if child.dep_ in {"conj", "advcl"} and child.i > top.i and _is_beside(child, candidate)
        for inner in child.subtree
    }
    keep = [t.i for t in top.subtree if t.i not in beside]
    wanted = [*act_span(candidate), candidate.head.i]
    if candidate.condition:
        wanted += [candidate.condition.start, candidate.condition.end - 1]
    start = max(sentence.start, min(*keep, *wanted))
    end = min(sentence.end, max(*keep, *wanted) + 1)
    if beside and min(beside) > max(wanted):
        end = min(end, *beside)
    doc = sentence.doc
    while end > start + 1 and (
        doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ in {"and", "but", "or"}
    ):
        end -= 1
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in {"and", "but", "or"}):
        start += 1
    if doc[start:end].end_char - doc[start:end].start_char >= _SHORT_ENOUGH * len(sentence.text.strip()):
        return _whole(sentence)
    return start, end


def _whole(sentence: "Stretch") -> tuple[int, int]:
    start, end = sentence.start, sentence.end
    while end > start + 1 and sentence.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and sentence.doc[start].is_space:
        start += 1
    return start, end


def _is_beside(child: "Token", candidate: Candidate) -> bool:
    """Tell whether a clause stands beside the frame's own: without frame and act, with a subject of its own."""
    inside = {t.i for t in child.subtree}
    act = candidate.act.head.i if candidate.act else candidate.head.i
    if candidate.head.i in inside or act in inside:
        return False
    if candidate.condition and candidate.condition.start in inside:
        return False
    return (
        child.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
    ) or child.dep_ in CLAUSES - {"advcl"}
