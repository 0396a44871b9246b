"""The rest of a briefing: the rate under each reading, alternatives and indicators, sources, method and limits."""

from collections.abc import Mapping
from pathlib import PurePath

from markupsafe import Markup

from briefing_lib.assessment.likelihood import (
    FEWEST_RESOLVED_FOR_A_TERM,
    HIGH_CASES,
    HIGH_PUBLISHERS,
    MODERATE_CASES,
    MODERATE_PUBLISHERS,
    Yardstick,
    yardstick_of,
)
from briefing_lib.assessment.rates import INTERVAL_LEVEL, OPEN, Rate, rates_under_each_reading
from briefing_lib.extraction import RULES
from briefing_lib.models import Case, FollowThrough, Kind, Status
from briefing_lib.presentation.case_table import status_label
from briefing_lib.presentation.computed import count, prose, sentence_case
from briefing_lib.presentation.front import case_words, named_link
from briefing_lib.presentation.markup import Block, Child, data_table, nothing_to_show, plain, tag, together
from briefing_lib.presentation.scorecard import scorecard_note
from briefing_lib.wording import (
    capital,
    condition_of,
    deadline_in_words,
    deadline_of,
    per_cent,
    shortened,
)

# A list that goes on for longer is read by nobody; the table holds them all.
MOST_LISTED = 12
MOST_OF_A_CONDITION = 160
OPENS_WHAT_BRINGS_THE_ACT = ("if ", "should ", "when", "once ", "as soon as ", "in case ", "in the event ")
OPENS_WHAT_AVERTS_IT = ("unless ", "until ")


def sensitivity_table(follow_through: FollowThrough) -> Block:
    """Return the follow-through rate under each reading of the statuses, with its denominator and interval."""
    if not follow_through.cases:
        return nothing_to_show("No threat was found, so there is no rate to count.")
    rates = rates_under_each_reading(follow_through.cases)
    rows = [(rate.rule.name, f"{rate.done} of {rate.of}", _share(rate), _interval(rate), capital(rate.rule.denominator))
            for rate in rates]  # fmt: skip
    template = "Threats carried out at least in part, by how the other statuses are counted (Wilson interval, {level})"
    html = data_table(
        prose(template, level=INTERVAL_LEVEL),
        ("How the rest is counted", "Count", "Rate", "95% interval", "Share of"),
        rows,
        numeric=(1, 2, 3),
    )
    return Block(html, "\n".join(f"{row[0]}: {row[1]}, {row[2]} ({row[3]})" for row in rows))


def indicators(follow_through: FollowThrough) -> Block:
    """Return, for each open case, what would move it: from its own act, deadline and condition."""
    held = [case for case in follow_through.cases if case.status in OPEN]
    if not held:
        return nothing_to_show("No threat is open.")
    soonest = sorted(held, key=_soonest)[:MOST_LISTED]
    html = together(
        tag(
            "ul",
            (tag("li", named_link(case), ", ", status_label(case.status), tag("ul", _signs(case))) for case in soonest),
            class_="indicators",
        ),
        _rest_of(len(held), "open threats", "those whose time runs out first"),
    )
    return Block(html, "\n".join(f"- {case_words(case)}" for case in soonest))


def explanations(follow_through: FollowThrough) -> Block:
    """Return, for each threat that was not carried out, what in the sources speaks for each explanation.

    Four explanations compete: bluff, deterred, target complied, put off. A cell names evidence or says that there is
    none; it never infers intent from the outcome.
    """
    held = [case for case in follow_through.cases if case.status in (Status.NOT_CARRIED_OUT, Status.WITHDRAWN)]
    if not held:
        return nothing_to_show("No threat is without follow-through, so there is nothing to explain.")
    rows = [(named_link(case), *_explained(case, follow_through.cases)) for case in held[:MOST_LISTED]]
    table = data_table(
        "What these sources say for each explanation of a threat that was not carried out",
        ("Threat", "Taken back (bluff or second thoughts)", "Deterred", "Target complied", "Put off"),
        rows,
        class_="matrix",
    )
    html = together(table, _rest_of(len(held), "threats without follow-through", "the first in the table"))
    return Block(html, "\n".join(f"- {case_words(case)}" for case in held))


def method(follow_through: FollowThrough, *, yardstick: str, parameters: Mapping[str, object]) -> Block:
    """Return how the briefing was made, where it can be wrong, and every parameter it was made with."""
    terms = yardstick_of(yardstick)
    rows = [(name, _shown(value)) for name, value in parameters.items()]
    said = [_finder_words(follow_through.extractor), *_method_words(terms)]
    html = together(
        tag("div", (tag("p", text) for text in said), class_="method"),
        tag("h3", "Limits"),
        tag("ul", (tag("li", limit) for limit in _limits(follow_through)), class_="method"),
        _notes(follow_through.notes),
        scorecard_note(),
        data_table(
            prose("Terms of likelihood ({name})", name=terms.name),
            ("Term", "Likelihood"),
            _bands(terms),
            class_="compact",
        ),
        data_table("Every parameter of this run", ("Parameter", "Value"), rows, class_="compact") if rows else None,
    )
    return Block(html, "\n".join(map(plain, said)))


def _soonest(case: Case) -> tuple[str, str]:
    """Order open cases: those with a deadline first, by its day, then the newest."""
    deadline = case.deadline.end.isoformat() if case.deadline and case.deadline.end else "9999"
    age = 0 if case.issued is None or case.issued.end is None else case.issued.end.toordinal()
    return deadline, f"{10**7 - age:08}"


def _rest_of(total: int, what: str, which: str) -> Markup | None:
    """Say how many are left out of a list, and which are in it; nothing where it is whole."""
    if total <= MOST_LISTED:
        return None
    template = "Listed are {listed} of {total} {what}, {which}; {table} has the others."
    table = tag("a", "the table", href="#cases")
    words = prose(template, listed=MOST_LISTED, total=total, what=what, which=which, table=table)
    return tag("p", words, class_="note")


def _share(rate: Rate) -> str:
    return "–" if rate.share is None else per_cent(rate.share)


def _interval(rate: Rate) -> str:
    return "–" if rate.low is None or rate.high is None else f"{per_cent(rate.low)} to {per_cent(rate.high)}"


def _signs(case: Case) -> list[Markup]:
    """List what would move an open case."""
    signs = [prose("carried out, if a source reports the act")]
    if deadline_of(case):
        signs.append(prose("not carried out, if its time passes without the act ({by})", by=deadline_in_words(case)))
    if condition_of(case):
        turn = "due, if its condition comes about" if _falls_due(case) else "lapsed, if its demand is met"
        condition = shortened(condition_of(case), MOST_OF_A_CONDITION)
        signs.append(prose("{turn} (“{condition}”)", turn=turn, condition=condition))
    taken_up = "taken up again or cancelled" if case.status is Status.SUSPENDED else "withdrawn or suspended"
    signs.append(prose("{taken_up}, if the sender says so", taken_up=taken_up))
    return [tag("li", sign) for sign in signs]


def _falls_due(case: Case) -> bool:
    """Tell whether what a threat hangs on brings the act ("if talks fail") or averts it ("unless it pays")."""
    opens = case.condition.lower().startswith(OPENS_WHAT_BRINGS_THE_ACT)
    averts = case.condition.lower().startswith(OPENS_WHAT_AVERTS_IT)
    return opens or (case.kind is Kind.DETERRENT and not averts)


def _explained(case: Case, cases: tuple[Case, ...]) -> tuple[Child, Child, Child, Child]:
    none = tag("span", "nothing", class_="none")
    return (
        _quoted(case, Status.WITHDRAWN) or none,
        _countered(case, cases) or none,
        _quoted(case, Status.TARGET_COMPLIED) or none,
        _quoted(case, Status.SUSPENDED) or none,
    )


def _quoted(case: Case, status: Status) -> Markup | None:
    found = [outcome.passage for outcome in case.outcomes if outcome.status is status]
    return tag("q", " ".join(found[-1].quote().split())) if found else None


def _countered(case: Case, cases: tuple[Case, ...]) -> Markup | None:
    """Link a threat by the target against the sender that was made no earlier."""
    since = case.issued.end if case.issued else None
    for other in cases:
        answers = case.target and other.sender.name == case.target.name
        back = other.target is not None and other.target.name == case.sender.name
        later = since is None or other.issued is None or other.issued.end is None or other.issued.end >= since
        if answers and back and later:
            return together("a counter-threat: ", named_link(other))
    return None


def _method_words(terms: Yardstick) -> list[Markup]:
    return [
        prose(
            "Suspended means on hold and not cancelled. Not carried out takes a source that says so, or a deadline "
            "that passed while the sources went on to cover the matter; silence alone is unclear."
        ),
        prose(
            "Terms of likelihood ({name}) are given from {fewest} resolved cases on.",
            name=terms.name,
            fewest=FEWEST_RESOLVED_FOR_A_TERM,
        ),
        prose(
            "Confidence is about the basis: high takes {cases} cases from {publishers} publishers with most outcomes "
            "stated, moderate {fewer} cases from {few}, and anything less is low.",
            cases=HIGH_CASES,
            publishers=HIGH_PUBLISHERS,
            fewer=MODERATE_CASES,
            few=MODERATE_PUBLISHERS,
        ),
        prose(
            "Sources are graded in the Admiralty code: a letter for the source's reliability, a figure for the "
            "information's credibility."
        ),
    ]


def _finder_words(extractor: str) -> Markup:
    if extractor == RULES:
        return prose(
            "Threats and outcomes are found by rules over the grammar of each sentence; no text is generated and "
            "nothing is taken from outside the sources. Each cell of the table reaches a passage of a file, and each "
            "quote was checked against its file when this page was made."
        )
    return prose(
        "Threats and outcomes were asked of a language model, {model}, whose answers differ from run to run. Of an "
        "answer is kept what the document says to the letter: a quote that is not in it was dropped, and so was a "
        "threat of nobody whom it names. Each quote was checked against its file when this page was made.",
        model=extractor,
    )


def _notes(notes: tuple[str, ...]) -> Markup | None:
    """List what the extractor noted, document by document, the first of many."""
    if not notes:
        return None
    listed = [tag("li", prose("{note}", note=note)) for note in notes[:MOST_LISTED]]
    if len(notes) > MOST_LISTED:
        rest = prose("and {more} more, all in {table}", more=len(notes) - MOST_LISTED, table="cases.json")
        listed.append(tag("li", rest))
    return together(tag("h3", "What the extractor noted"), tag("ul", listed, class_="method"))


def _limits(follow_through: FollowThrough) -> list[Markup]:
    publishers = {document.publisher for document in follow_through.documents if document.publisher}
    limits = [
        prose(
            "The record is what {documents} from {publishers} say. Threats that were not reported there are not here.",
            documents=count(len(follow_through.documents), "document"),
            publishers=count(len(publishers), "named publisher"),
        ),
        prose(
            "Threats that were followed by events are reported more often than those that were not, so a rate from "
            "the news is likely to be too high."
        ),
    ]
    undated = sum(document.published is None for document in follow_through.documents)
    if undated:
        template = (
            "{documents} without a date: relative dates there stay unresolved, and what they say counts for any day."
        )
        limits.append(sentence_case(prose(template, documents=count(undated, "document"))))
    return limits


def _bands(terms: Yardstick) -> list[tuple[str, str]]:
    return [(band.term, f"{band.low} to {band.high}%") for band in terms.bands]


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value) or "all"
    if isinstance(value, str) and PurePath(value).is_absolute():
        # The reader has no use for a folder of this machine, and it may tell more than it should.
        return "/".join(PurePath(value).parts[-2:])
    return str(value) or "not given"
