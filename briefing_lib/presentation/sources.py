"""The sources of a briefing: what was read, with publisher, date and grade, what was skipped, copies merged."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from briefing_lib.assessment.copies import originals_of
from briefing_lib.models import Document, FollowThrough
from briefing_lib.presentation.computed import count, prose, sentence_case
from briefing_lib.presentation.evidence import grade_in_words
from briefing_lib.presentation.markup import (
    Block,
    Child,
    annex_block,
    beneath,
    data_table,
    nothing_to_show,
    tag,
    together,
)
from briefing_lib.presentation.table import passages_of
from briefing_lib.wording import count_of, in_words, was_or_were

MOST_COPIES_NAMED = 5
# A longer list would part the reader from the method and limits; it goes to the annex, in small print.
MOST_IN_PLACE = 60
HEADS = ("Document", "Publisher", "Published", "Grade", "Quotes used", "SHA-256")


def source_list(follow_through: FollowThrough, *, whole: bool = False) -> Block:
    """Return the documents that were read, with publisher, date, grade and use, and what was skipped and why.

    Over ``MOST_IN_PLACE`` sources they are counted by publisher here, and ``sources_annex`` lists them; not so where
    the ``whole`` list is asked for.
    """
    documents = follow_through.documents
    if not documents:
        nothing = nothing_to_show("No document was read.")
        return Block(together(nothing.html, _left_out(follow_through)), nothing.text)
    stories = _stories(documents)
    if len(stories) > MOST_IN_PLACE and not whole:
        table = _by_publisher(documents, _quotes_used(follow_through))
        link = tag("a", prose("All {many} documents", many=len(documents)), href="#annex-sources")
        html = together(table, tag("p", link, class_="note"), _left_out(follow_through))
    else:
        html = together(_listed(stories, follow_through), _left_out(follow_through))
    return Block(html, "\n".join(f"{d.id}: {d.title}, {d.publisher}, {in_words(d.published)}" for d in documents))


def sources_annex(follow_through: FollowThrough) -> Block:
    """Return the whole list of sources under a heading of its own where it is too long for its place, else nothing."""
    stories = _stories(follow_through.documents)
    if len(stories) <= MOST_IN_PLACE:
        return Block(Markup(""), "")
    table = _listed(stories, follow_through, class_="sources long")
    return annex_block("annex-sources", "Annex: all sources", table, f"{len(stories):,} sources")


def _listed(stories: list[list[Document]], follow_through: FollowThrough, *, class_: str = "sources") -> Markup:
    used = _quotes_used(follow_through)
    rows = [
        _source_row(first, copies, sum(used.get(one.id, 0) for one in (first, *copies))) for first, *copies in stories
    ]
    documents = count(len(follow_through.documents), "document")
    caption = sentence_case(prose("{documents} read, in order of publication", documents=documents))
    if len(stories) < len(follow_through.documents):
        caption += prose(
            "; copies of a story stand together and count as a single source, {all} in all", all=len(stories)
        )
    return data_table(caption, HEADS, rows, numeric=(4,), class_=class_)


def _by_publisher(documents: Iterable[Document], used: Mapping[str, int]) -> Markup:
    held: dict[str, list[Document]] = {}
    for document in documents:
        held.setdefault(document.publisher or "not known", []).append(document)
    rows = [
        (name, len(ones), ", ".join(sorted({one.grade or "not graded" for one in ones})),
         sum(used.get(one.id, 0) for one in ones))
        for name, ones in sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))
    ]  # fmt: skip
    caption = prose("Documents read, by publisher; the annex lists all {many}", many=sum(map(len, held.values())))
    heads = ("Publisher", "Documents", "Grades", "Quotes used")
    return data_table(caption, heads, rows, numeric=(1, 3), class_="sources")


def _quotes_used(follow_through: FollowThrough) -> dict[str, int]:
    used: dict[str, int] = {}
    for case in follow_through.cases:
        for passage in passages_of(case):
            used[passage.document.id] = used.get(passage.document.id, 0) + 1
    return used


def _stories(documents: Iterable[Document]) -> list[list[Document]]:
    """Put each document behind the first that tells the same story."""
    held = tuple(documents)
    originals = originals_of(held)
    stories: dict[str, list[Document]] = {}
    for document in held:
        stories.setdefault(originals[document.id], []).append(document)
    return list(stories.values())


def _source_row(document: Document, copies: Iterable[Document], quotes: int) -> tuple[Child, ...]:
    title = document.title or document.path
    named = tag("a", title, href=document.url) if document.url.startswith(("https://", "http://")) else title
    notes = beneath("; ".join(document.notes)) if document.notes else None
    digest = tag("code", document.sha256[:12], title=document.sha256)
    return (
        together(named, beneath(document.path), notes, _copies(tuple(copies))),
        document.publisher or "not known",
        in_words(document.published),
        tag("span", document.grade, title=grade_in_words(document.grade)) if document.grade else "not graded",
        quotes,
        digest,
    )


def _copies(documents: tuple[Document, ...]) -> list[Child]:
    shown: list[Child] = [
        beneath(f"also {one.publisher or 'not known'}, {in_words(one.published)}: {one.path}")
        for one in documents[:MOST_COPIES_NAMED]
    ]
    if len(documents) > MOST_COPIES_NAMED:
        shown.append(beneath(f"and {count_of(len(documents) - MOST_COPIES_NAMED, 'more copy', 'more copies')}"))
    return shown


def _left_out(follow_through: FollowThrough) -> Markup:
    parts: list[Child] = []
    if follow_through.later:
        later = count(follow_through.later, "document")
        parts.append(
            tag(
                "p",
                sentence_case(prose("{documents} published after {day} {were} not used.", documents=later,
                                    day=follow_through.as_of, were=was_or_were(follow_through.later))),
                class_="note",
            )
        )  # fmt: skip
    if follow_through.skipped:
        rows = [(skipped.path, skipped.reason) for skipped in follow_through.skipped]
        parts.append(data_table("Skipped, and why", ("File", "Reason"), rows))
    else:
        parts.append(tag("p", "No file was skipped.", class_="note"))
    return together(parts)
