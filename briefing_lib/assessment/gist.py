"""What a threat comes down to when it is compared: the stems of its act, what it asks for, and its time and place."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from briefing_lib.assessment.likeness import asked_in, classes_of, name_stems, stem, stems_of, words_in
from briefing_lib.models import Actor, DateRange, Kind, Mode, Outcome, Precision, Threat
from briefing_lib.reading import tells_history

# A later act is taken for the threatened one, without words that say so, for this long. A year is our choice, that of
# ``status.OPEN_FOR``.
ACT_WITHIN = timedelta(days=365)
_SPAN = re.compile(r"\b(?:within|in)\b|\b(?:hour|day|week|month)s?\b", re.I)
NEARLY_A_YEAR = timedelta(days=300)
SAME_SENTENCE = 120  # characters between an act and the clause that tells of the threat
_ANSWERED = re.compile(r"\b(?:against|in (?:response|answer|reply|retaliation) (?:to|for))\b", re.IGNORECASE)
_COMPELS = re.compile(
    r"\b(?:unless|until|not|n't|n’t|refus\w+|fail\w*|reject\w*|ignor\w+|declin\w+|continu\w+|persist\w*)\b", re.I
)
_LACKS = re.compile(r"\b(?:no|none|nobody|nothing)\b", re.I)  # "if no agreement was reached"
_REFUSING = re.compile(r"\b(?:not|never|refus\w+|declin\w+)\s+", re.IGNORECASE)
# "Two days after it said that …", "as it had warned": the threat is told after what came of it.
_EARLIER = re.compile(
    r"\b(?:had|having)\s+(?:\w+\s+){0,3}?(?:said|told|warned|threatened|vowed|promised|pledged|announced|sworn|given|set)\b"
    r"|\b(?:said|warned|threatened|vowed)\s+(?:then|at\s+the\s+time)\b",
    re.I,
)
_LEAD_IN = re.compile(r"\b(?:after|since|as|that|than)\b[^.;:]{0,40}$", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Gist:
    """A threat as it is compared; one is made of each mention, so that what is found of it is kept under it alone.

    Attributes
    ----------
    act
        Stems of the threatened act, without generic words and the parties' names.
    head
        The stem of its first word, commonly the verb.
    refuses
        Whether the act is one that the sender will not do ("threatened not to sign").
    asked
        Stems of what the target is to do, or nothing where the threat asks for nothing.
    """

    threat: Threat
    act: frozenset[str]
    head: str
    refuses: bool
    classes: frozenset[str]
    asked: frozenset[str]


def gist_of(threat: Threat) -> Gist:
    """Return what a threat comes down to."""
    names = name_stems(threat.sender) | name_stems(threat.target)
    act = act_stems(threat)
    asked: frozenset[str] = frozenset()
    lacks = threat.kind is Kind.COMPELLENT and _LACKS.search(threat.condition)
    if threat.condition and (lacks or _COMPELS.search(threat.condition)):
        asked = asked_in(threat.condition) - names
    elif is_ultimatum(threat):
        # An ultimatum's words are the demand: what the sender will do otherwise is not said.
        asked, act = act, frozenset()
    head = stem(threat.terms[0]) if threat.terms else ""
    return Gist(threat, act, head, _is_refusal(threat), classes_of(threat.terms), asked)


def act_stems(threat: Threat) -> frozenset[str]:
    """Return the stems of an act that tell it from others: without generic words and the parties' names."""
    return stems_of(_answered_cut(threat)) - name_stems(threat.sender) - name_stems(threat.target)


def is_ultimatum(threat: Threat) -> bool:
    """Tell whether a threat says what is asked for, and not what the sender will do otherwise."""
    return threat.kind is Kind.COMPELLENT and not threat.condition and threat.mode is Mode.UNSPECIFIED


def is_as_said(threat: Threat) -> bool:
    """Tell whether a mention only recalls a threat beside the act: "as already warned"."""
    return any(reason.startswith("done as") for reason in threat.reasons)


def _answered_cut(threat: Threat) -> tuple[str, ...]:
    """Return the terms of an act; of one that is not named, without what it is to answer ("action against raids")."""
    if threat.kind is not Kind.VAGUE:
        return threat.terms
    said = {stem(word) for word in words_in(_ANSWERED.split(threat.act, maxsplit=1)[0])}
    return tuple(term for term in threat.terms if stem(term) in said)


def _is_refusal(threat: Threat) -> bool:
    """Tell whether a threat is of not doing something, by the words before its act."""
    first, quote = threat.act.split(" ", maxsplit=1)[0], threat.passage.quote()
    if not first or not _REFUSING.search(quote):  # to make a pattern costs more than all else that is asked of a threat
        return False
    return bool(re.search(rf"{_REFUSING.pattern}(?:to\s+|even\s+)?{re.escape(first)}\b", quote, re.IGNORECASE))


def side(actor: Actor) -> str:
    """Return the state that an actor stands for, or its name without an article."""
    return actor.home or actor.name.removeprefix("The ").removeprefix("the ")


def is_same_side(a: Actor | None, b: Actor | None) -> bool:
    """Tell whether two actors can be one side; one that nobody names can be any."""
    return a is None or b is None or bool({a.name, a.home} & {b.name, b.home} - {""})


def is_after(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether an outcome can lie after the threat: by its date, else by the documents, else by its place."""
    issued, happened = threat.issued, outcome.on
    if happened and issued and happened.end and issued.start and happened.end < issued.start:
        return False
    mine, its = outcome.passage, threat.passage
    if mine.document.id != its.document.id:
        return published_on(mine.document.published) >= published_on(its.document.published)
    if mine.start >= its.end:
        return True
    if outcome.stated:
        # What a document says before it makes a threat of its own is said of another.
        return outcome.refers_to is not None or not _is_made_there(threat)
    return _is_told_after(outcome, threat)


def _is_told_after(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether a document tells the threat in retrospect, after what came of it: "it had said", "after it said"."""
    its = threat.passage
    text = its.document.text
    if its.start < outcome.passage.end and outcome.passage.start < its.start:
        return bool(_LEAD_IN.search(text[max(0, its.start - 60) : its.start])) or bool(_EARLIER.search(its.quote()))
    return bool(_EARLIER.search(text[max(0, its.start - 30) : its.end])) or _is_dated_later(outcome, threat)


def is_told_together(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether one sentence tells the act first and then the threat: "… on Friday, two days after it said …"."""
    its, mine = threat.passage, outcome.passage
    if its.document.id != mine.document.id or outcome.actor is None or not mine.start < its.start:
        return False
    text = its.document.text
    between = text[min(mine.end, its.start) : its.start]
    if len(between) > SAME_SENTENCE or re.search(r"[.!?]\s", between):
        return False
    return bool(_LEAD_IN.search(text[max(0, its.start - 60) : its.start])) or bool(_EARLIER.search(its.quote()))


def _is_made_there(threat: Threat) -> bool:
    """Tell whether a document is where the threat was made: issued on its very day."""
    issued, published = threat.issued, threat.passage.document.published
    return issued is not None and published is not None and issued.start == issued.end == published.start


def _is_dated_later(outcome: Outcome, threat: Threat) -> bool:
    happened, issued = outcome.on, threat.issued
    if happened is None or issued is None or happened.start is None or issued.end is None or issued.start is None:
        return False
    published = outcome.passage.document.published
    if published is None or (happened == published and published.precision is not Precision.DAY):
        return False
    return happened.start > issued.end


def is_within_reach(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether an act is near enough in time to be the threatened one without words that say so."""
    published = outcome.passage.document.published
    issued = (
        threat.issued.end if threat.issued and threat.issued.end else published_on(threat.passage.document.published)
    )
    happened = outcome.on.end if outcome.on and outcome.on.end else published_on(published)
    undated = outcome.on == published and (published is None or published.precision is not Precision.DAY)
    if outcome.passage.document.id == threat.passage.document.id and (undated or _is_of_its_story(outcome, issued)):
        return True
    if date.min in {issued, happened}:
        return outcome.passage.document.id == threat.passage.document.id
    return happened - issued <= ACT_WITHIN


def _is_of_its_story(outcome: Outcome, issued: date) -> bool:
    """Tell whether a text of years long past tells of a threat made then and, with no day of its own, of what came."""
    document = outcome.passage.document
    published = published_on(document.published)
    undated = outcome.on == document.published
    return undated and issued.year < published.year - 1 and tells_history(document)


def distance(outcome: Outcome, threat: Threat) -> int | None:
    """Return how many characters after a threat an outcome stands in the same document, or None."""
    if outcome.passage.document.id != threat.passage.document.id:
        return None
    gap = outcome.passage.start - threat.passage.end
    return gap if gap >= 0 else None


def deadline_of(threat: Threat) -> DateRange | None:
    """Return the time by which a threat is to be acted on.

    Dates are read from the day of publication. A text that looks back on a threat counts from the day it was made: a
    span ("within a month"), or a day without a year, which lies in the threat's year, not in the next to come.
    """
    deadline, published = threat.deadline, threat.passage.document.published
    if deadline is None or deadline.end is None or published is None or published.end is None:
        return deadline
    issued = threat.issued.end if threat.issued and threat.issued.end else published.end
    back = timedelta(0)
    if re.search(r"\d{4}", threat.deadline_words):
        return deadline
    if _SPAN.search(threat.deadline_words) and issued < published.end:
        back = published.end - issued
    elif issued.year < published.end.year - 1:
        back = timedelta(days=round(365.25 * (published.end.year - issued.year)))
    elif deadline.end - published.end >= NEARLY_A_YEAR:
        back = timedelta(days=365)
    return replace(deadline, start=deadline.start and deadline.start - back, end=deadline.end - back)


def published_on(published: DateRange | None) -> date:
    """Return the day to order a document by; one without a date comes first."""
    return published.end if published and published.end else date.min
