"""Invented collections of three, eight and three hundred cases, as an analyst might meet them."""

from datetime import date, timedelta
from typing import Any

from factories import a_case, a_document, a_follow_through, a_passage, a_threat, an_outcome

from briefing_lib.models import Basis, Case, Confidence, DateRange, FollowThrough, Kind, Mode, Skipped, Status

# sender, speaker, target, act, condition, deadline, made, status, basis, since, threat sentence, outcome sentence
STORIES: tuple[tuple[Any, ...], ...] = (
    ("Ruritania", "Foreign Minister Rupert Hentzau", "Graustark", "close the Straits of Zenda to grain ships",
     "unless the tariff on its barley is lifted", "2021-04-01", "2021-03-05", Status.NOT_CARRIED_OUT, Basis.STATED,
     "2021-04-02",
     "Ruritania will close the Straits of Zenda to grain ships unless the tariff on its barley is lifted by 1 April, "
     "Foreign Minister Rupert Hentzau said.",
     "The deadline came and went, and the straits stayed open to every flag."),
    ("Ruritania", "", "Graustark", "recall its ambassador", "", "", "2021-03-11", Status.CARRIED_OUT, Basis.STATED,
     "2021-03-14", "The ministry in Strelsau threatened on Thursday to recall its ambassador.",
     "Ruritania made good on its threat on Sunday and recalled its ambassador from Edelweiss."),
    ("Ruritania", "Army Chief of Staff", "Graustark", "move two brigades to the river line", "", "", "2021-05-17",
     Status.SUSPENDED, Basis.STATED, "2021-05-24",
     "The army chief of staff announced that two brigades would move to the river line.",
     "King Rudolf put the plan to move two brigades to the river line on hold, the palace said."),
    ("Ruritania", "", "Sylvania", "cut off the gas", "if it opens its airfields to Graustark", "", "2021-06-02",
     Status.PENDING, Basis.NONE, None,
     "Strelsau warned Sylvania that it would cut off the gas if it opens its airfields to Graustark.", ""),
    ("Graustark", "Premier Yetive Lorry", "Ruritania", "double the tariff on barley", "", "", "2021-03-08",
     Status.PARTLY_CARRIED_OUT, Basis.STATED, "2021-03-20",
     "Premier Yetive Lorry vowed to double the tariff on barley within the month.",
     "The tariff rose by a third, well short of the doubling that the premier had threatened."),
    ("Graustark", "", "Ruritania", "seize the river islands", "", "", "2021-05-19", Status.UNCLEAR, Basis.NONE, None,
     "A statement read on state radio threatened to seize the river islands.", ""),
    ("Graustark", "", "Axphain", "expel its trade delegation", "unless the debt is paid by the end of May",
     "2021-05-31", "2021-05-03", Status.TARGET_COMPLIED, Basis.STATED, "2021-05-28",
     "Graustark said that it would expel the Axphain trade delegation unless the debt is paid by the end of May.",
     "Axphain paid the last of the debt on Friday, and Graustark let the matter rest."),
    ("Axphain", "Prince Lorenz", "Graustark", "withdraw from the customs union", "", "", "2021-04-12",
     Status.WITHDRAWN, Basis.INFERRED, "2021-04-20",
     "Prince Lorenz threatened to withdraw from the customs union “before the harvest is in”.",
     "Axphain signed the customs union’s new charter on Tuesday."),
)  # fmt: skip
LEAD = "The exchange follows a winter of quarrels over freight and fishing rights.\n\n"
TAIL = " Diplomats in three capitals said that they were watching the ports.\n\nTrade between the two fell last year."


def a_collection(size: int = 8) -> FollowThrough:
    """A table of so many cases: the eight stories, then the same again with other days and numbers."""
    cases = tuple(_case(place) for place in range(size))
    return a_follow_through(
        *cases,
        as_of=date(2021, 6, 30),
        skipped=(Skipped("notes/cover.bin", "not text: no known encoding fits"),),
        later=2,
    )


def _case(place: int) -> Case:
    story = STORIES[place % len(STORIES)]
    sender, speaker, target, act, condition, deadline, made, status, basis, since, said, came = story
    turn = place // len(STORIES)
    act = f"{act}, for the {turn + 1}th time" if turn else act
    shift = timedelta(days=-37 * turn)
    issued = _moved(made, shift)
    opening = _document(f"{sender.lower()}-{place + 1}-threat", said, issued, "The Zenda Courier", "B2")
    threat = a_threat(sender=sender, target=target, act=act, passage=a_passage(opening, said), issued=issued)
    outcomes = ()
    if came:
        on = _moved(since, shift)
        closing = _document(f"{sender.lower()}-{place + 1}-outcome", came, on, "Edelweiss Post", "C3")
        outcomes = (an_outcome(status, passage=a_passage(closing, came), on=on),)
    return a_case(
        id=f"{sender.lower()}-2021-{place + 1:06x}",
        sender=sender,
        target=target,
        speaker=speaker,
        act=act,
        condition=condition,
        deadline=_moved(deadline, shift) if deadline else None,
        issued=issued,
        status=status,
        basis=basis,
        status_date=_moved(since, shift) if since else None,
        threats=(threat,),
        outcomes=outcomes,
        kind=Kind.COMPELLENT if condition else Kind.UNCONDITIONAL,
        mode=Mode.RESTRICT,
        confidence=Confidence.MODERATE,
        reasons=("the verb threatens", "the outcome names the act"),
    )


def _document(ident: str, sentence: str, day: DateRange, publisher: str, grade: str) -> Any:
    return a_document(
        f"{LEAD}{sentence}{TAIL}",
        id=ident,
        path=f"{ident}.txt",
        title=sentence.partition(",")[0].removesuffix("."),
        published=day,
        publisher=publisher,
        grade=grade,
        sha256=f"{sum(map(ord, ident)):064x}",
    )


def _moved(day: str, shift: timedelta) -> DateRange:
    moved = date.fromisoformat(day) + shift
    return DateRange(moved, moved)
