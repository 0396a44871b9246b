"""The threat-versus-follow-through table as HTML: one group of rows a case, opening to its evidence."""

import base64
from collections.abc import Mapping

from markupsafe import Markup

from briefing_lib.assessment.copies import originals_of
from briefing_lib.models import Basis, Case, FollowThrough, Status
from briefing_lib.presentation.computed import count, prose, sentence_case
from briefing_lib.presentation.evidence import evidence_cards
from briefing_lib.presentation.markup import Block, annex_block, beneath, data_table, nothing_to_show, tag, together
from briefing_lib.presentation.reviews import decisions_notice, review_line
from briefing_lib.presentation.table import passages_of, to_csv, to_markdown
from briefing_lib.wording import (
    STATUS_WORDS,
    between,
    capital,
    condition_of,
    deadline_in_words,
    in_words,
    target_of,
)

# Shapes tell the statuses apart without colour: full is done, hollow is not done, square is neither.
STATUS_SHAPES = {
    Status.CARRIED_OUT: "●",
    Status.PARTLY_CARRIED_OUT: "◐",
    Status.REVERSED: "◒",
    Status.SUSPENDED: "◫",
    Status.WITHDRAWN: "△",
    Status.TARGET_COMPLIED: "◇",
    Status.NOT_CARRIED_OUT: "○",
    Status.PENDING: "▷",
    Status.UNCLEAR: "□",
}
# A longer table would part the reader from what comes after it, in print above all.
MOST_IN_PLACE = 25
HEADS = (
    "No.",
    "Sender",
    "Target",
    "What was threatened",
    "Made",
    "Condition or deadline",
    "Outcome",
    "Basis",
    "Sources",
)


def case_table(follow_through: FollowThrough) -> Block:
    """Return the table with a download of itself as CSV, each row opening to its quotes in context.

    Over ``MOST_IN_PLACE`` cases the latest stand here in brief, and ``cases_annex`` has the table.

    Raises
    ------
    EvidenceMismatch
        A quote is not what its document says.
    """
    text = to_markdown(follow_through)
    notice = decisions_notice(follow_through)
    if not follow_through.cases:
        none = no_threat(follow_through)
        return Block(together(none.html, notice), none.text)
    if len(follow_through.cases) <= MOST_IN_PLACE:
        return Block(together(_whole(follow_through), _download(follow_through), notice), text)
    return Block(together(_latest(follow_through), _download(follow_through), notice), text)


def no_threat(follow_through: FollowThrough) -> Block:
    """Return that there is no row, and of whose threats."""
    whose = between(follow_through.senders, follow_through.targets)
    return nothing_to_show(prose("No threat{whose} was found in these sources.", whose=whose))


def cases_annex(follow_through: FollowThrough) -> Block:
    """Return the whole table under a heading of its own where it is too long for its place, else nothing."""
    if len(follow_through.cases) <= MOST_IN_PLACE:
        return Block(Markup(""), "")
    title = "Annex: all threats and their evidence"
    return annex_block("annex", title, _whole(follow_through), to_markdown(follow_through))


def _whole(follow_through: FollowThrough) -> Markup:
    caption = sentence_case(
        prose(
            "{threats} and what came of {them}, as of {day}. The evidence of each stands below it.",
            threats=count(len(follow_through.cases), "threat"),
            them="it" if len(follow_through.cases) == 1 else "them",
            day=follow_through.as_of,
        )
    )
    head = tag("tr", (tag("th", name, scope="col") for name in HEADS))
    originals = originals_of(follow_through.documents)
    groups = (_group(case, place, originals) for place, case in enumerate(follow_through.cases, start=1))
    table = tag("table", tag("caption", caption), tag("thead", head), groups, class_="cases", id="cases")
    return tag("div", table, class_="cases-frame")


def _latest(follow_through: FollowThrough) -> Markup:
    """Return the cases that moved or were made last, one line each, with links to their rows."""
    numbered = list(enumerate(follow_through.cases, start=1))
    newest = sorted(numbered, key=lambda one: (_last_day(one[1]), -one[0]), reverse=True)[:MOST_IN_PLACE]
    rows = [
        (case_link(case, str(place)), capital(case.sender.name), capital(target_of(case) or "not named"), case.act,
         in_words(case.issued), _status_cell(case))
        for place, case in newest
    ]  # fmt: skip
    template = "The {shown} of {all} threats that were made or moved last; the annex has all of them."
    caption = prose(template, shown=len(rows), all=len(numbered))
    heads = ("No.", "Sender", "Target", "What was threatened", "Made", "Outcome")
    return together(
        data_table(caption, heads, rows, class_="latest"),
        tag(
            "p",
            tag("a", prose("All {many} threats, with their evidence", many=len(numbered)), href="#annex"),
            class_="note",
        ),
    )


def _last_day(case: Case) -> str:
    days = [value.end.isoformat() for value in (case.issued, case.status_date) if value and value.end]
    return max(days, default="")


def status_label(status: Status) -> Markup:
    """Return a status as a word with its shape, in a class of its own for the style sheet."""
    shape = tag("span", STATUS_SHAPES[status], aria_hidden="true", class_="shape")
    return tag("span", shape, " ", STATUS_WORDS[status], class_=f"status status-{status.value.replace('_', '-')}")


def case_link(case: Case, words: str) -> Markup:
    """Return a link to the case's row."""
    return tag("a", words, href=f"#{case.id}")


def _group(case: Case, place: int, originals: Mapping[str, str]) -> Markup:
    hangs_on = [part for part in (condition_of(case), deadline_in_words(case)) if part]
    documents = {passage.document.id for passage in passages_of(case)}
    cells = (
        ("Sender", _sender(case)),
        ("Target", capital(target_of(case) or "not named")),
        ("What was threatened", tag("b", case.act)),
        ("Made", in_words(case.issued)),
        ("Condition or deadline", "; ".join(hangs_on) or tag("span", "none", class_="none")),
        ("Outcome", _status_cell(case)),
        ("Basis", tag("span", "none", class_="none") if case.basis is Basis.NONE else case.basis.value),
        ("Sources", len({originals[name] for name in documents})),
    )
    number = tag("th", tag("a", place, href=f"#{case.id}", title="Link to this row"), scope="row", data_label="No.")
    row = tag("tr", number, (tag("td", value, data_label=label) for label, value in cells))
    opened = tag(
        "details",
        tag(
            "summary",
            prose(
                "Evidence for no. {place}: {quotes} from {documents}",
                place=str(place),
                quotes=count(len(passages_of(case)), "quote"),
                documents=count(len(documents), "document"),
            ),
        ),
        evidence_cards(case),
    )
    evidence = tag("tr", tag("td", opened, colspan=len(HEADS)), class_="evidence")
    return tag(
        "tbody",
        row,
        evidence,
        id=case.id,
        data_sender=capital(case.sender.name),
        data_target=capital(target_of(case)),
        data_status=STATUS_WORDS[case.status],
        data_when=case.issued.end.isoformat() if case.issued and case.issued.end else "",
    )


def _sender(case: Case) -> Markup:
    speaker = case.speaker if case.speaker and case.speaker != case.sender.name else ""
    return together(capital(case.sender.name), beneath(f"by {speaker}") if speaker else None)


def _status_cell(case: Case) -> Markup:
    since = f"since {in_words(case.status_date)}" if case.status_date else ""
    return together(status_label(case.status), beneath(since) if since else None, review_line(case))


def _download(follow_through: FollowThrough) -> Markup:
    """Return a link that saves the table from inside the page: a data URI, marked UTF-8 for spreadsheets."""
    content = base64.b64encode(to_csv(follow_through).encode("utf-8-sig")).decode("ascii")
    name = f"{follow_through.collection or 'cases'}-{follow_through.as_of.isoformat()}.csv"
    link = tag("a", "Download this table as CSV", href=f"data:text/csv;charset=utf-8;base64,{content}", download=name)
    return tag("p", link, class_="download")
