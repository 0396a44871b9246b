"""Evidence cards: each quote in its context, with its publisher, date, grade and place in the file."""

from markupsafe import Markup

from briefing_lib.models import Case, Document, Passage
from briefing_lib.presentation.markup import Child, tag, together
from briefing_lib.presentation.reviews import review_notes
from briefing_lib.presentation.table import is_within, passages_of
from briefing_lib.wording import STATUS_WORDS, capital, in_words, listed

# Enough for a sentence on either side in news prose, little enough to print beside each quote.
CONTEXT_CHARACTERS = 180
MOST_REASONS_IN_A_LINE = 2

RELIABILITY = {
    "A": "completely reliable source",
    "B": "usually reliable source",
    "C": "fairly reliable source",
    "D": "not usually reliable source",
    "E": "unreliable source",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def evidence_cards(case: Case) -> Markup:
    """Return the case's quotes as a list of cards, the threats first, and why the rules read them so.

    A quote that tells of the threat and of its outcome, or of two outcomes, is one card.
    """
    cards: list[Child] = [_card(_label(case, passage), passage) for passage in passages_of(case)]
    return together(tag("ul", cards, class_="cards"), _why(case.reasons), review_notes(case))


def _why(reasons: tuple[str, ...]) -> Markup | None:
    """Return the reasons in a line, or where they are many in a list."""
    if not reasons:
        return None
    if len(reasons) <= MOST_REASONS_IN_A_LINE:
        return tag("p", tag("b", "Why: "), " ".join(reasons), class_="reasons")
    return tag("div", tag("b", "Why: "), tag("ul", (tag("li", reason) for reason in reasons)), class_="reasons")


def grade_in_words(grade: str) -> str:
    """Return an Admiralty grade with its meaning: "B2: usually reliable source, probably true"."""
    known = [words for code, words in zip(grade, _meanings(grade), strict=False) if words and code]
    return f"{grade}: {', '.join(known)}" if known else grade or "not graded"


def source_line(document: Document) -> str:
    """Return a document as a reader cites it: publisher, title, date."""
    parts = [document.publisher, f"“{document.title}”" if document.title else "", in_words(document.published)]
    return ", ".join(part for part in parts if part)


def _cited(document: Document) -> Markup:
    """Return the line with the title in a class of its own, which a long table leaves out on paper."""
    publisher = f"{document.publisher}, " if document.publisher else ""
    title = tag("span", f"“{document.title}”, ", class_="meaning") if document.title else None
    return tag("cite", publisher, title, in_words(document.published))


def in_context(passage: Passage) -> Markup:
    """Return the passage marked within the words around it, whole words only, as the document has them."""
    text = passage.document.text
    before = text[max(0, passage.start - CONTEXT_CHARACTERS) : passage.start]
    after = text[passage.end : passage.end + CONTEXT_CHARACTERS]
    before = _last_paragraph(before)
    after = _first_paragraph(after)
    if passage.start > CONTEXT_CHARACTERS and len(before) == CONTEXT_CHARACTERS:
        before = f"…{before.partition(' ')[2]}"
    if passage.end + CONTEXT_CHARACTERS < len(text) and len(after) == CONTEXT_CHARACTERS:
        after = f"{after.rpartition(' ')[0]}…"
    return together(
        tag("span", before, class_="context"), tag("mark", passage.quote()), tag("span", after, class_="context")
    )


def _label(case: Case, passage: Passage) -> str:
    """Say what a quote is evidence of."""
    said = ["threat" for threat in case.threats if is_within(threat.passage, passage)]
    outcomes = (one for one in case.outcomes if is_within(one.passage, passage))
    said += [f"outcome: {STATUS_WORDS[one.status]}" for one in outcomes]
    return capital(listed(tuple(dict.fromkeys(said))))


def _card(label: str, passage: Passage) -> Markup:
    document = passage.document
    place = f"{document.path}, characters {passage.start}–{passage.end}"
    return tag(
        "li",
        tag("p", label, class_="card-label"),
        tag("blockquote", tag("p", in_context(passage))),
        tag(
            "p",
            _cited(document),
            ". ",
            _graded(document.grade) if document.grade else None,
            tag("span", place, class_="place"),
            class_="card-source",
        ),
        class_="card",
    )


def _graded(grade: str) -> Markup:
    """Return a grade with its meaning in a class of its own, which a long table leaves out on paper."""
    code, _, meaning = grade_in_words(grade).partition(":")
    return tag("span", f"Grade {code}", tag("span", f":{meaning}", class_="meaning") if meaning else None, ". ")


def _meanings(grade: str) -> tuple[str, str]:
    return RELIABILITY.get(grade[:1].upper(), ""), CREDIBILITY.get(grade[1:2], "")


def _last_paragraph(text: str) -> str:
    return text.rpartition("\n\n")[2].replace("\n", " ")


def _first_paragraph(text: str) -> str:
    return text.partition("\n\n")[0].replace("\n", " ")
