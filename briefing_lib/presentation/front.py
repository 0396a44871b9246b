"""The head of a briefing: masthead, bottom line, key judgements and what changed."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from briefing_lib.assessment.changes import Change, ChangeKind, changes_since
from briefing_lib.assessment.likelihood import Trust, yardstick_of
from briefing_lib.errors import UnknownParameter
from briefing_lib.extraction import RULES
from briefing_lib.models import Case, FollowThrough
from briefing_lib.presentation.case_table import case_link, status_label
from briefing_lib.presentation.computed import computed, count, prose, sentence_case
from briefing_lib.presentation.evidence import source_line
from briefing_lib.presentation.judgements import Judgement, bottom_line, key_judgements
from briefing_lib.presentation.markup import Block, nothing_to_show, plain, tag, together
from briefing_lib.presentation.notebook_style import NOTEBOOK_STYLE
from briefing_lib.wording import STATUS_WORDS, between, in_words, shortened, target_of

# Read by the page's template for its title, banner and running header.
MASTHEAD_TYPE = "application/vnd.briefing.masthead+json"

# FIRST, Traffic Light Protocol 2.0 (2022).
MARKINGS = {
    "TLP:RED": "for the named recipients only",
    "TLP:AMBER+STRICT": "for the recipients' own organisation only",
    "TLP:AMBER": "for the recipients' organisation and its clients, where they need to know",
    "TLP:GREEN": "for the recipients' community, not for publication",
    "TLP:CLEAR": "may be shared without limit",
}
MOST_ROWS_LINKED = 24
MOST_ROWS_NAMED = 6  # with what was threatened; of more the numbers alone are told
GIST_CHARACTERS = 48
ACT_CHARACTERS = 70
CHANGE_WORDS = {
    ChangeKind.NEW: "New threats",
    ChangeKind.CLOSED: "Closed",
    ChangeKind.MOVED: "Changed status",
    ChangeKind.GONE: "No longer found",
}


def masthead(follow_through: FollowThrough, *, title: str, marking: str) -> Block:
    """Return the title, the day, the marking and what the briefing rests on, with the page's own data beside them.

    Raises
    ------
    UnknownParameter
        The marking is none of the Traffic Light Protocol 2.0.
    """
    allows = sharing_of(marking)
    day = in_words(follow_through.as_of)
    basis = _basis(follow_through)
    facts = (
        ("As of", computed(follow_through.as_of)),
        ("Collection", computed(follow_through.collection) if follow_through.collection else None),
        ("Basis", basis),
        ("Only", _narrowed(follow_through)),
        ("Found by", None if follow_through.extractor == RULES else _finder(follow_through)),
        ("Sharing", f"{marking}, {allows}"),
    )
    html = tag(
        "header",
        tag("h1", title),
        tag("dl", (tag("div", tag("dt", name), tag("dd", value)) for name, value in facts if value), class_="facts"),
        class_="masthead",
    )
    data = {
        "title": title,
        "as_of": follow_through.as_of.isoformat(),
        "day": day,
        "marking": marking,
        "collection": follow_through.collection,
    }
    return Block(NOTEBOOK_STYLE + html, f"{title}\nAs of {day}. {plain(basis)}. {marking}.", {MASTHEAD_TYPE: data})


def sharing_of(marking: str) -> str:
    """Return whom a marking lets see a briefing.

    Raises
    ------
    UnknownParameter
        It is none of the Traffic Light Protocol 2.0.
    """
    if marking not in MARKINGS:
        raise UnknownParameter(f"{marking!r} is no marking; take one of {', '.join(MARKINGS)}")
    return MARKINGS[marking]


def _finder(follow_through: FollowThrough) -> Markup:
    """Say that a language model found the threats, and that rules stand in where it failed."""
    said = prose("a language model, {model}", model=follow_through.extractor)
    return said if follow_through.lasting else Markup("{}, in part by rules in its stead").format(said)


def _narrowed(follow_through: FollowThrough) -> Markup | None:
    """Say whose threats alone are shown, and how many others are not."""
    whose = between(follow_through.senders, follow_through.targets)
    if not whose:
        return None
    others = len(follow_through.left_out)
    left = prose("{others} left out", others=count(others, "other"))
    return prose("threats{whose}; {left}", whose=whose, left=left)


def _basis(follow_through: FollowThrough) -> Markup:
    """Return how many documents were read, from when to when, and how many were skipped."""
    parts = [count(len(follow_through.documents), "document")]
    days = sorted(document.published.end for document in follow_through.documents
                  if document.published and document.published.end)  # fmt: skip
    if days:
        published = "published {first} to {last}" if days[0] < days[-1] else "published {last}"
        parts.append(prose(published, first=days[0], last=days[-1]))
    if follow_through.skipped:
        parts.append(prose("{many} skipped", many=len(follow_through.skipped)))
    return sentence_case(Markup(", ").join(parts))


def bottom_line_block(follow_through: FollowThrough) -> Block:
    """Return the bottom line: one sentence."""
    sentence = bottom_line(follow_through)
    return Block(tag("p", sentence, class_="bottom-line"), sentence.striptags())


def judgement_list(follow_through: FollowThrough, *, yardstick: str) -> Block:
    """Return the key judgements, each with its confidence apart and links to the rows that it rests on.

    Raises
    ------
    UnknownParameter
        There is no yardstick of that key.
    """
    made = key_judgements(follow_through.cases, terms=yardstick_of(yardstick))
    if not made:
        return nothing_to_show("The sources support no judgement.")
    numbers = {case.id: place for place, case in enumerate(follow_through.cases, start=1)}
    items = (_judgement(judgement, numbers) for judgement in made)
    html = tag("ol", items, class_="judgements", data_yardstick=yardstick)
    lines = [
        f"{place}. {one.headline.striptags()}. {one.statement.striptags()}" for place, one in enumerate(made, start=1)
    ]
    return Block(html, "\n".join(lines))


def change_list(follow_through: FollowThrough, *, earlier: Mapping[str, Any] | None) -> Block:
    """Return what is new, closed, moved or gone since an earlier table in its JSON form; None where there is none."""
    if earlier is None:
        sentence = "There is no earlier briefing to compare with."
        return nothing_to_show(sentence)
    since = _day_of(earlier)
    changes = changes_since(earlier, follow_through.cases)
    if not changes:
        sentence = prose("Nothing changed since the briefing of {since}.", since=since)
        return Block(tag("p", sentence, class_="changes"), sentence.striptags())
    template = "{many} {changes} since the briefing of {since}."
    noun = "change" if len(changes) == 1 else "changes"
    sentence = sentence_case(prose(template, many=len(changes), changes=noun, since=since))
    groups = []
    for kind in ChangeKind:
        held = [change for change in changes if change.kind is kind]
        if held:
            groups.append(together(tag("h3", CHANGE_WORDS[kind]), tag("ul", (tag("li", _change(one)) for one in held))))
    lines = [sentence.striptags(), *(f"- {CHANGE_WORDS[one.kind]}: {_change_words(one)}" for one in changes)]
    return Block(tag("div", tag("p", sentence), groups, class_="changes"), "\n".join(lines))


def confidence_sentence(trust: Trust) -> Markup:
    """Return the confidence and its reason in a sentence of their own."""
    stated = ""
    if trust.stated is not None:
        stated = f", {_how_many_stated(trust.stated, trust.cases)} an outcome that a source states"
    return prose(
        f"Confidence is {{level}}, because it rests on {{cases}} {{noun}} from {{publishers}}{stated}.",
        level=trust.level.value,
        cases=trust.cases,
        noun="case" if trust.cases == 1 else "cases",
        publishers=count(trust.publishers, "named publisher"),
        stated=trust.stated or 0,
    )


def _how_many_stated(stated: int, cases: int) -> str:
    if cases == 1:
        return "with" if stated else "without"
    return "each with" if stated == cases else "{stated} of them with"


def _judgement(judgement: Judgement, numbers: Mapping[str, int]) -> Markup:
    confidence = confidence_sentence(judgement.confidence) if judgement.confidence else ""
    # A judgement without confidence is about the record, and not about what was threatened.
    rows = _rows_linked(judgement.cases, numbers, by_act=bool(confidence))
    return tag(
        "li",
        tag("p", tag("b", judgement.headline, "."), " ", judgement.statement),
        tag("p", confidence, class_="confidence") if confidence else None,
        tag("p", "Rests on ", rows, class_="rests"),
    )


def _rows_linked(cases: tuple[Case, ...], numbers: Mapping[str, int], *, by_act: bool) -> Markup:
    """Return links to the rows, few by act and more by number, or one to the table where they are many."""
    held = tuple(dict.fromkeys(cases))
    if len(held) > MOST_ROWS_LINKED:
        return together(prose("{many} rows of ", many=len(held)), tag("a", "the table", href="#cases"), ".")
    if by_act and len(held) <= MOST_ROWS_NAMED:
        mixed = len({case.status for case in held}) > 1
        named = (_row_named(case, numbers[case.id], with_status=mixed) for case in held)
        return Markup("; ").join(case_link(case, words) for case, words in zip(held, named, strict=True))
    links = [case_link(case, tag("data", numbers[case.id], value=numbers[case.id])) for case in held]
    return together("row " if len(held) == 1 else "rows ", Markup(", ").join(links), ".")


def _row_named(case: Case, place: int, *, with_status: bool) -> Markup:
    status = f" ({STATUS_WORDS[case.status]})" if with_status else ""
    return together(
        "row ", tag("data", place, value=place), f"{status}: ", computed(shortened(case.act, GIST_CHARACTERS))
    )


def case_words(case: Case) -> str:
    """Return a case in a few words: who, against whom, what (a long act is cut; its row has all of it), when."""
    target = target_of(case)
    against = f" against {target}" if target else ""
    return f"{case.sender.name}{against}: {shortened(case.act, ACT_CHARACTERS)} ({in_words(case.issued)})"


def named_link(case: Case) -> Markup:
    """Return a link to the case's row that names the case."""
    return case_link(case, computed(case_words(case)))


def _change(change: Change) -> Markup:
    if change.case is None or change.before is None:
        if change.case is None:
            return prose("{label}", label=change.label)
        return together(named_link(change.case), ", ", status_label(change.case.status))
    moved = together(
        named_link(change.case),
        ": from ",
        status_label(change.before),
        " to ",
        status_label(change.case.status),
    )
    if change.moved_by is None:
        return together(moved, ", without a new quote that says so. ", computed(" ".join(change.case.reasons[-1:])))
    passage = change.moved_by.passage
    quote = tag("q", " ".join(passage.quote().split()))
    source = tag("cite", source_line(passage.document))
    return together(moved, tag("p", quote, " (", source, ").", class_="moved-by"))


def _change_words(change: Change) -> str:
    if change.case is None:
        return change.label
    before = f"from {STATUS_WORDS[change.before]} to " if change.before else ""
    return f"{case_words(change.case)}, {before}{STATUS_WORDS[change.case.status]}"


def _day_of(earlier: Mapping[str, Any]) -> Any:
    from datetime import date

    return date.fromisoformat(earlier["as_of"])
