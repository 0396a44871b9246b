"""An outcome told in other words than the threat's → the status, each beside a near miss."""

from datetime import date

import pytest
from factories import a_document

from briefing_lib.assessment import assess
from briefing_lib.assessment.deed_groups import groups_asked, groups_of, undoing
from briefing_lib.extraction import Rules, load_lexicon
from briefing_lib.models import DateRange, Status

DAY = date(2021, 9, 6)
THREAT = "In March Kenya threatened to "


def status_of(text: str) -> Status:
    """Judge the first threat of a report."""
    document = a_document(text, published=DateRange(DAY, DAY), publisher="", title="")
    return assess([Rules().extract(document)], as_of=DAY)[0].status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("raze the camps at Moroto.\n\nKenyan soldiers have burned down the camps.", Status.CARRIED_OUT),
        ("raze the camps at Moroto.\n\nUganda's soldiers have burned down the camps.", Status.PENDING),
        ("raze the four camps at Moroto.\n\nIts soldiers tore down two camps in May.", Status.PARTLY_CARRIED_OUT),
        ("close the road to Uganda.\n\nThe road has been open again since June.", Status.REVERSED),
        ("close the road to Uganda.\n\nThe road is still open.", Status.NOT_CARRIED_OUT),
        ("close the road to Uganda.\n\nThe museum is still open.", Status.PENDING),
        ("leave the river commission.\n\nKenya is a member to this day.", Status.NOT_CARRIED_OUT),
        ("cut off the grant of the theatre.\n\nThe grant was reduced by a third in May.", Status.PARTLY_CARRIED_OUT),
        ("close the road.\n\nIts minister said in May that there would be no closure.", Status.WITHDRAWN),
        ("close the road.\n\nIts minister said in May that there would be no celebration.", Status.PENDING),
        ("boycott the cup.\n\nThe boycott is off, its captain said in May.", Status.WITHDRAWN),
        ("boycott the cup.\n\nThe power is off, its captain said in May.", Status.PENDING),
        ("sue the bank.\n\nNo suit was ever filed.", Status.NOT_CARRIED_OUT),
        ("sue the bank.\n\nIts minister said in May that it would not sue the bank after all.", Status.WITHDRAWN),
        ("close the road to Uganda.\n\nIts minister said in May that the road would not be closed.", Status.WITHDRAWN),
        ("close the road to Uganda.\n\nA trader in Kampala said that the road would not be closed.", Status.PENDING),
        ("close the road to Uganda.\n\nIts minister said that the museum would not be closed.", Status.PENDING),
        ("tax Ugandan tea.\n\nThe tax will not take effect, Kenya said in May.", Status.WITHDRAWN),
        ("close the road to Uganda.\n\nKenya did not close the road.", Status.NOT_CARRIED_OUT),
        ("close the road to Uganda.\n\nKenya did not close the museum.", Status.PENDING),
        ("close the road in June.\n\nIt did not wait that long, and sent its police in April.", Status.CARRIED_OUT),
        ("close the road in June.\n\nIt did not wait for the rains, and sent its police in April.", Status.PENDING),
        ("cut the pay of its nurses.\n\nThe salaries were indeed withheld in May.", Status.CARRIED_OUT),
        ("cut the pay of its nurses.\n\nThe parks were indeed closed in May.", Status.PENDING),
        ("impose sanctions on Uganda.\n\nIn May Kenya froze the assets of Ugandan ministers.", Status.CARRIED_OUT),
        ("impose sanctions on Uganda.\n\nIn May Kenya froze the assets of Rwandan ministers.", Status.PENDING),
        ("sign a pact with Spain.\n\nOn the day itself nothing was signed.", Status.NOT_CARRIED_OUT),
        ("sign a pact with Spain.\n\nOn the day itself nothing was eaten.", Status.PENDING),
        ("hold back the bonus of its nurses.\n\nThe bonus arrived in June.", Status.NOT_CARRIED_OUT),
        ("hold back the bonus of its nurses.\n\nThe parcel arrived in June.", Status.PENDING),
        ("withdraw the licence of the club.\n\nThe withdrawal came in June.", Status.CARRIED_OUT),
        ("withdraw the licence of the club.\n\nThe end of June came.", Status.PENDING),
        ("close the road.\n\nKenya made no mention of the closure.", Status.PENDING),
        ("close the road.\n\nKenya shut it on Monday, a step it had announced in June.", Status.CARRIED_OUT),
        ("stop the trains on Monday.\n\nThe stoppage that was due on Monday was put off in May.", Status.SUSPENDED),
    ],
)
def test_the_act_is_told_by_its_change_and_its_objects(text: str, status: Status) -> None:
    """Other words for the same change, done by the sender to the same thing; its result, its undoing, its lasting."""
    assert status_of(THREAT + text) is status


@pytest.mark.parametrize(
    ("condition", "sequel", "status"),
    [
        ("unless Uganda withdrew its troops", "The troops had gone home by May.", Status.TARGET_COMPLIED),
        ("unless Uganda set the fishermen free", "Uganda let the fishermen go in May.", Status.TARGET_COMPLIED),
        ("unless Uganda set the fishermen free", "Rwanda let a poet go in May.", Status.PENDING),
        ("unless elections were held", "Voters in Uganda chose a parliament in May.", Status.TARGET_COMPLIED),
        ("unless Uganda paid its debt", "The money arrived in May.", Status.TARGET_COMPLIED),
        ("unless Uganda paid its debt", "The ambassador arrived in May.", Status.PENDING),
        ("unless Uganda paid its debt", "The four instalments were paid in full by May.", Status.TARGET_COMPLIED),
        ("unless Uganda paid its debt", "The four guards were paid in full by May.", Status.PENDING),
        ("unless Uganda froze its tolls", "Uganda raised its tolls in May.", Status.PENDING),
        ("unless Uganda met its terms", "Kenya said that Uganda had met all of its terms.", Status.TARGET_COMPLIED),
        ("if no debt was paid", "The instalments were paid in May.", Status.TARGET_COMPLIED),
        ("unless Uganda apologised", "Uganda issued an apology in May.", Status.TARGET_COMPLIED),
        ("unless Uganda apologised", "Uganda asked for an apology in May.", Status.PENDING),
    ],
)
def test_a_demand_is_met_in_other_words(condition: str, sequel: str, status: Status) -> None:
    """By whom it was asked of, or by nobody named where the thing itself is told to come."""
    assert status_of(f"{THREAT}close the port {condition}.\n\n{sequel}") is status


@pytest.mark.parametrize(
    ("sequel", "status"),
    [
        ("A trader said that the road was shut. The army denied it.", Status.UNCLEAR),
        ("A trader said that the road was shut. The army said that lorries used it as usual.", Status.UNCLEAR),
        ("A trader said that the road was shut. The army said that it would rain.", Status.CARRIED_OUT),
    ],
)
def test_what_the_next_sentence_disputes_is_unclear(sequel: str, status: Status) -> None:
    """One side says that it was done, and another, at once, that it was not."""
    assert status_of(f"{THREAT}close the road.\n\n{sequel}") is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("NAIROBI - Kenya closed the road to Uganda on Friday. Kenya had threatened to do so.", Status.CARRIED_OUT),
        (
            "NAIROBI, Sept. 6 (AB) -- Kenya closed the road to Uganda on Friday. It had said it would.",
            Status.CARRIED_OUT,
        ),
    ],
)
def test_a_dateline_is_no_part_of_what_a_report_tells_first(text: str, status: Status) -> None:
    """The first sentence tells most, and the parser takes the place it comes from for a part of it."""
    assert status_of(f"{text}\n\n{THREAT}close the road to Uganda.") is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("In May Kenya bombed Uganda's capital. It had threatened Uganda for months.", Status.CARRIED_OUT),
        ("In May Kenya bombed Uganda's capital. It then threatened Uganda for months.", Status.PENDING),
        ("In May Kenya bombed Uganda's capital. It had threatened Spain for months.", Status.PENDING),
        (
            "Pilots in Kenya called a strike against Norvik. In May the Kenyan union called off its strike.",
            Status.WITHDRAWN,
        ),
        (
            "Pilots in Kenya called a strike against Norvik. In May the Spanish union called off its strike.",
            Status.PENDING,
        ),
    ],
)
def test_a_report_may_tell_the_deed_first_and_the_sender_by_his_place(text: str, status: Status) -> None:
    """Force against whom a vague threat had been made; the union of a place for the pilots there."""
    assert status_of(text) is status


@pytest.mark.parametrize(
    ("sequel", "status"),
    [
        ("Kenyan planes attacked Ugandan airfields in May.", Status.CARRIED_OUT),
        ("Kenyan planes attacked Spanish airfields in May.", Status.CARRIED_OUT),
        ("Spanish planes attacked Ugandan airfields in May.", Status.PENDING),
    ],
)
def test_of_several_who_are_asked_any_may_suffer(sequel: str, status: Status) -> None:
    """ "If either did not comply": the act is done to whichever did not."""
    demand = (
        "In March Kenya told Uganda and Spain to pull back. If either did not comply, Kenyan forces would intervene."
    )
    assert status_of(f"{demand} {sequel}") is status


def test_a_threat_of_long_ago_counts_from_its_own_day() -> None:
    """A day without a year is of the threat's year, and the act of that year is told next."""
    text = "In 1838 Kenya threatened to bombard Kampala unless its debt was paid by 15 April."
    assert status_of(f"{text}\n\nIn May Kenyan ships shelled Kampala.") is Status.CARRIED_OUT
    assert status_of(text) is Status.UNCLEAR


def test_groups_of_deeds_know_each_other_and_their_words() -> None:
    """Each opposite is a group; a longer form says more than a bare one; a condition has the groups of its words."""
    lexicon = load_lexicon()
    groups = set(lexicon.sections("deeds"))
    for group in groups:
        assert set(lexicon.words[f"deeds.{group}.undone"]) <= groups
        assert lexicon.words[f"deeds.{group}.verbs"]
    assert "flow" in groups_of(("turn on", "turn"), "verbs")
    assert "open" in undoing(groups_of(("close",), "verbs"))
    assert "pay" in groups_asked("unless the firm paid its men")
    assert groups_asked("unless it rained") == frozenset()
