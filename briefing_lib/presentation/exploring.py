"""What the notebook of the table shows besides it: counts by sender, and the rules' reasons case by case."""

from briefing_lib.assessment.rates import count_by_status, follow_through_rate
from briefing_lib.models import Case, FollowThrough
from briefing_lib.presentation.case_table import no_threat
from briefing_lib.presentation.front import case_words, named_link
from briefing_lib.presentation.markup import Block, Child, data_table, tag
from briefing_lib.wording import STATUS_WORDS, capital, per_cent


def sender_table(follow_through: FollowThrough) -> Block:
    """Return how many threats each sender made and what came of them, the most frequent sender first."""
    if not follow_through.cases:
        return no_threat(follow_through)
    senders: dict[str, list[Case]] = {}
    for case in follow_through.cases:
        senders.setdefault(case.sender.name, []).append(case)
    met = [status for status, many in count_by_status(follow_through.cases).items() if many]
    rows: list[tuple[Child, ...]] = [
        (name, len(held), *(count_by_status(held)[status] for status in met), _rate(held))
        for name, held in sorted(senders.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    heads = ("Sender", "Threats", *(capital(STATUS_WORDS[status]) for status in met), "Carried out, of resolved")
    html = data_table("Threats by sender and status", heads, rows, numeric=range(1, len(heads)))
    return Block(html, "\n".join(f"{row[0]}: {row[1]} ({row[-1]})" for row in rows))


def reason_list(follow_through: FollowThrough) -> Block:
    """Return why the rules made each case and gave it its status."""
    if not follow_through.cases:
        return no_threat(follow_through)
    html = tag(
        "ol",
        (tag("li", named_link(case), tag("ul", (tag("li", reason) for reason in case.reasons)))
         for case in follow_through.cases),
        class_="reason-list",
    )  # fmt: skip
    lines = [f"{case_words(case)}: {' '.join(case.reasons)}" for case in follow_through.cases]
    return Block(html, "\n".join(lines))


def _rate(cases: list[Case]) -> str:
    rate = follow_through_rate(cases)
    return "none resolved" if rate.share is None else f"{rate.done} of {rate.of} ({per_cent(rate.share)})"
