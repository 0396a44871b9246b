"""What analysts decided, as a reader sees it: on a row, in its evidence, and where a decision no longer fits."""

from datetime import date
from typing import Any

from markupsafe import Markup

from briefing_lib.models import Case, Decision, DecisionKind, FollowThrough, Overruled, UnfitDecision
from briefing_lib.presentation.computed import count, prose, sentence_case
from briefing_lib.presentation.markup import beneath, tag, together

_DONE = {
    DecisionKind.CONFIRM: "confirmed it",
    DecisionKind.REJECT: "rejected it",
    DecisionKind.CORRECT: "corrected it",
    DecisionKind.MERGE: "merged two cases into it",
    DecisionKind.SPLIT: "split it",
}
# What a row says; its evidence names the cases.
_REGROUPED = {
    DecisionKind.MERGE: "merged by analyst; machine had cases apart",
    DecisionKind.SPLIT: "split by analyst; machine had one case",
}


def review_words(case: Case) -> str:
    """Return what analysts decided on a case in a few words, or an empty string."""
    if case.review is None:
        return ""
    parts = ["confirmed by analyst"] if case.review.confirmed else []
    parts += [_REGROUPED[one.kind] for one in case.review.decisions if one.kind in _REGROUPED]
    parts += [f"{one.field.replace('_', ' ')} by analyst; machine had said: {_plain(one.machine)}"
              for one in case.review.overruled if one.field != "case"]  # fmt: skip
    return "; ".join(dict.fromkeys(parts))


def review_line(case: Case) -> Markup | None:
    """Return those words as a line of the row."""
    words = review_words(case)
    return beneath(words, class_="review") if words else None


def review_notes(case: Case) -> Markup | None:
    """Return who decided what on a case, when and why, and what the machine had said."""
    if case.review is None:
        return None
    said = (tag("li", _overruled(one)) for one in case.review.overruled)
    made = (tag("li", decision_words(one)) for one in case.review.decisions)
    return together(tag("p", tag("b", "Analysts:"), class_="reasons"), tag("ul", made, said, class_="reviews"))


def decision_words(decision: Decision) -> Markup:
    """Return a decision as a sentence: who, what, when, why."""
    done = Markup(_DONE[decision.kind])
    return prose("{by} {done} on {day}: {why}", by=decision.by, done=done, day=_day(decision), why=decision.why)


def decisions_notice(follow_through: FollowThrough) -> Markup | None:
    """Return the decisions that fit no case any more, and what analysts took out; nothing where there is neither."""
    parts = []
    unfit, rejected = follow_through.unfit, follow_through.rejected
    if unfit:
        fit = "does" if len(unfit) == 1 else "do"
        head = Markup("{} of analysts {fit} not fit the sources any more and {fit} not count here:")
        parts.append(tag("p", tag("b", head.format(sentence_case(count(len(unfit), "decision")), fit=fit))))
        parts.append(tag("ul", (tag("li", unfit_words(one)) for one in unfit)))
    if rejected:
        parts.append(tag("p", sentence_case(count(len(rejected), "case")), " taken out by analysts:"))
        parts.append(tag("ul", (tag("li", _rejected_words(case)) for case in rejected)))
    return tag("div", parts, class_="note decisions", role="note") if parts else None


def decisions_text(follow_through: FollowThrough) -> str:
    """Return the same as lines of text; empty where there is nothing to say."""
    lines = [f"decision that no longer fits: {unfit_words(one).striptags()}" for one in follow_through.unfit]
    lines += [f"taken out by an analyst: {_rejected_words(case).striptags()}" for case in follow_through.rejected]
    return "".join(f"{line}\n" for line in lines)


def unfit_words(unfit: UnfitDecision) -> Markup:
    """Return a decision that fits nothing, and why."""
    made = unfit.decision
    kind = Markup(made.kind.value)
    return prose("{by}, {day}, {kind} {case}: {reason}", by=made.by, day=_day(made), kind=kind, case=made.case,
                 reason=unfit.reason)  # fmt: skip


def review_json(case: Case) -> dict[str, Any] | None:
    """Return what analysts decided on a case as plain values, or None."""
    if case.review is None:
        return None
    return {
        "confirmed": case.review.confirmed,
        "overruled": [{"field": one.field, "machine": one.machine, "now": one.now} for one in case.review.overruled],
        "decisions": [_decision_json(one) for one in case.review.decisions],
    }


def unfit_json(unfit: UnfitDecision) -> dict[str, Any]:
    """Return a decision that fits nothing as plain values."""
    return {**_decision_json(unfit.decision), "reason": unfit.reason}


def rejected_json(case: Case) -> dict[str, Any]:
    """Return a case that was taken out as plain values: what it was, and who took it out."""
    return {"id": case.id, "sender": case.sender.name, "act": case.act, "review": review_json(case)}


def _decision_json(decision: Decision) -> dict[str, str]:
    return {"kind": decision.kind.value, "case": decision.case, "by": decision.by, "at": decision.at,
            "why": decision.why}  # fmt: skip


def _rejected_words(case: Case) -> Markup:
    what = prose("{sender}: {act}", sender=case.sender.name, act=case.act)
    last = case.review.decisions[-1] if case.review else None
    return what + prose(" ({by}, {day}: {why})", by=last.by, day=_day(last), why=last.why) if last else what


def _overruled(one: Overruled) -> Markup:
    name = one.field.replace("_", " ")
    return prose("{name}: machine had said {machine}; now {now}", name=name, machine=_plain(one.machine),
                 now=_plain(one.now))  # fmt: skip


def _day(decision: Decision) -> date:
    return date.fromisoformat(decision.at[:10])


def _plain(value: str) -> str:
    return value.replace("_", " ") or "nothing"
