"""Mentions → cases, and which outcomes bear on which."""

from typing import Any

import pytest
from factories import a_day, a_document, a_passage, a_threat, an_actor, an_outcome

from briefing_lib.assessment.bearing import Register
from briefing_lib.assessment.likeness import stem
from briefing_lib.assessment.linking import link
from briefing_lib.assessment.strands import Strand
from briefing_lib.extraction import Extraction
from briefing_lib.models import Kind, Mode, Outcome, Status, Threat


def linked(*mentions: Threat | Outcome) -> list[Strand]:
    """Link mentions, each in the document that its passage is of."""
    documents = {mention.passage.document.id: mention.passage.document for mention in mentions}
    return link(
        Extraction(
            document,
            tuple(m for m in mentions if isinstance(m, Threat) and m.passage.document.id == name),
            tuple(m for m in mentions if isinstance(m, Outcome) and m.passage.document.id == name),
        )
        for name, document in documents.items()
    )


def a_report(status: Status = Status.CARRIED_OUT, **fields: Any) -> Outcome:
    """A plain report of the act, in a later document."""
    return an_outcome(status, **({"stated": False, "mode": Mode.RESTRICT} | fields))


def later(text: str = "Later.", day: str = "2021-03-09", name: str = "later") -> Any:
    """A passage of a document of another day."""
    return a_passage(a_document(text, id=name, published=a_day(day)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("suspend", "suspension"), ("impeach", "impeachment"), ("invade", "invasion"), ("scatter", "scattering"),
        ("close", "closure"), ("withdraw", "withdrawal"), ("restrict", "restriction"), ("execute", "execution"),
        ("paid", "pay"), ("sanctions", "sanction"), ("expel", "expulsion"),
    ],
)  # fmt: skip
def test_inflection_and_derivation_share_a_stem(one: str, other: str) -> None:
    """A verb, its forms and its nouns are one stem."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("plant", "plan"), ("strait", "strike")])
def test_words_that_only_look_alike_have_stems_of_their_own(one: str, other: str) -> None:
    """Near misses of the stemmer."""
    assert stem(one) != stem(other)


def test_a_retelling_in_another_document_is_the_same_case() -> None:
    """Words that are shared, parties and days make one strand."""
    (strand,) = linked(a_threat(), a_threat(passage=later()))
    assert len(strand.threats) == 2


def test_a_vague_mention_does_not_bridge_two_acts() -> None:
    """Two acts that share nothing stay apart, though a mention without content could belong to either."""
    first = a_threat(terms=("close", "strait"))
    vague = a_threat(terms=(), kind=Kind.VAGUE)
    other = a_threat(terms=("expel", "envoy"))
    assert len(linked(first, vague, other)) == 2


def test_a_threat_made_anew_on_a_condition_is_another_case() -> None:
    """The first was made on its day without a condition; the second, days later, is of what comes if it is ignored."""
    again = a_threat(passage=later(), issued=a_day("2021-03-09"), condition="if it sails again", kind=Kind.DETERRENT)
    assert len(linked(a_threat(), again)) == 2


@pytest.mark.parametrize(
    ("fields", "bears"),
    [
        ({}, True),
        ({"actor": an_actor("Zenda")}, False),  # another's act
        ({"target": an_actor("Zenda")}, False),  # against another
        ({"on": a_day("2021-02-01")}, False),  # before the threat
        ({"on": a_day("2022-06-01"), "passage": later(day="2022-06-02")}, False),  # long after
        ({"terms": ("open", "school", "strait"), "mode": Mode.UNSPECIFIED}, False),  # at the same place
        ({"terms": ("closure", "strait")}, True),  # the act as a noun
    ],
)
def test_a_reported_act_bears_on_a_threat_where_it_is_the_threatened_one(fields: dict[str, Any], bears: bool) -> None:
    """The same act by the sender against the target, after the threat and within a year."""
    (strand,) = linked(a_threat(mode=Mode.RESTRICT), a_report(**fields))
    assert bool(strand.outcomes) is bears


@pytest.mark.parametrize(
    ("terms", "status", "bears"),
    [
        (("release", "crew"), Status.CARRIED_OUT, True),
        (("release", "crew"), Status.NOT_CARRIED_OUT, False),
        (("refuse", "release", "crew"), Status.CARRIED_OUT, False),
        (("release", "film", "festival"), Status.CARRIED_OUT, False),
    ],
)
def test_an_act_of_the_target_s_complies_where_it_does_what_was_asked(
    terms: tuple[str, ...], status: Status, bears: bool
) -> None:
    """The condition's words are compared with what the target does."""
    threat = a_threat(condition="unless Graustark releases the crew", kind=Kind.COMPELLENT)
    act = a_report(status, actor=an_actor("Graustark"), target=None, terms=terms, mode=Mode.UNSPECIFIED)
    (strand,) = linked(threat, act)
    assert [o.status for o in strand.outcomes] == ([Status.TARGET_COMPLIED] if bears else [])


@pytest.mark.parametrize(
    ("fields", "bears"),
    [
        ({"terms": ("war",)}, False),  # any war
        ({"terms": ("strait", "blockade")}, True),  # the strait that is threatened
        ({"terms": ("strait", "blockade"), "on": a_day("2024-01-01"), "passage": later(day="2024-01-02")}, False),
    ],
)
def test_a_statement_elsewhere_that_names_nobody_must_say_which_act(fields: dict[str, Any], bears: bool) -> None:
    """The name of a kind of act, in another document, is said of any; so is what is said years later."""
    threat = a_threat(terms=("war", "strait"), mode=Mode.VIOLENCE)
    said = an_outcome(Status.NOT_CARRIED_OUT, **({"actor": None, "target": None} | fields))
    (strand,) = linked(threat, said)
    assert bool(strand.outcomes) is bears


def test_acts_of_documents_without_a_date_are_not_taken_for_those_of_others() -> None:
    """Nothing tells which came first."""
    undated = a_passage(a_document("Undated.", id="undated", published=None))
    (strand,) = linked(a_threat(mode=Mode.RESTRICT), a_report(passage=undated, on=None))
    assert strand.outcomes == []


def test_a_bill_signed_was_not_vetoed() -> None:
    """The opposite of the threatened act leaves it undone."""
    (strand,) = linked(a_threat(terms=("veto", "bill")), a_report(terms=("sign", "bill"), mode=Mode.UNSPECIFIED))
    assert [o.status for o in strand.outcomes] == [Status.NOT_CARRIED_OUT]


def test_a_document_that_says_the_same_three_times_is_quoted_once() -> None:
    """Of reports of one document and day the first is kept; a statement is kept before it."""
    text = "It closed the strait. The strait is closed. It closed the strait, as it had said."
    document = a_document(text, id="later", published=a_day("2021-03-09"))
    reports = [
        a_report(passage=a_passage(document, quote)) for quote in ("It closed the strait.", "The strait is closed.")
    ]
    (strand,) = linked(a_threat(mode=Mode.RESTRICT), *reports)
    assert [o.passage.start for o in strand.outcomes] == [0]
    said = an_outcome(passage=a_passage(document, "It closed the strait, as it had said."), stated=True)
    (strand,) = linked(a_threat(mode=Mode.RESTRICT), *reports, said)
    assert [o.stated for o in strand.outcomes] == [True]


def test_an_outcome_is_compared_only_with_threats_that_share_its_words_or_page() -> None:
    """Of forty threats by one sender, a report looks at the one that it could be of."""
    canals = [f"canal{one}{other}" for one in "abcdefgh" for other in "stuvw"]
    threats = [a_threat(terms=("close", canal), passage=a_passage(a_document(canal, id=canal))) for canal in canals]
    register = Register(Strand([threat]) for threat in threats)
    report = a_report(terms=("block", "canalas"), passage=later())
    assert [register.strands[at].threats[0].terms[1] for at in register.near(report)] == ["canalas"]


def an_ultimatum(**fields: Any) -> Threat:
    """A demand with a time limit: what the sender will do otherwise is not said."""
    return a_threat(**({"kind": Kind.COMPELLENT, "mode": Mode.UNSPECIFIED, "condition": ""} | fields))


def test_an_ultimatum_is_one_case_in_whatever_words_it_is_retold() -> None:
    """One sender, one target, one time: "an ultimatum to surrender", "the deadline for the port"."""
    one, other = an_ultimatum(terms=("surrender",)), an_ultimatum(terms=("leave", "port"), passage=later())
    (strand,) = linked(one, other)
    assert len(strand.threats) == 2


@pytest.mark.parametrize("fields", [{"target": "Borduria"}, {"issued": a_day("2021-07-05")}])
def test_another_ultimatum_is_another_case(fields: dict[str, Any]) -> None:
    """Near misses: to somebody else, or months later."""
    passage = later(day="2021-07-05")
    assert len(linked(an_ultimatum(), an_ultimatum(**({"terms": ("leave",), "passage": passage} | fields)))) == 2


def test_a_noun_and_its_verb_are_one_act() -> None:
    """What is told as a closure is what was told as closing."""
    (strand,) = linked(a_threat(), a_threat(terms=("closure", "strait"), passage=later()))
    assert len(strand.threats) == 2


def test_a_vague_mention_with_words_of_its_own_joins_no_other_act() -> None:
    """ "Military measures to defend the islands" is not the closing of the strait that the same statement announces."""
    vague = a_threat(kind=Kind.VAGUE, act="take measures to defend the islands", terms=("measure", "defend", "island"))
    assert len(linked(vague, a_threat())) == 2


def test_acts_of_two_kinds_are_two_cases_whatever_place_they_share() -> None:
    """To leave a zone is not to send troops into it; near miss: the same verb in another mode."""
    leave = a_threat(mode=Mode.RELATIONS, terms=("leave", "kumgang", "zone"))
    troops = a_threat(mode=Mode.VIOLENCE, terms=("troop", "return", "kumgang", "zone"), passage=later())
    assert len(linked(leave, troops)) == 2
    assert len(linked(leave, a_threat(mode=Mode.VIOLENCE, terms=("leave", "kumgang", "zone"), passage=later()))) == 1


def test_what_is_dated_before_a_threat_is_not_of_it() -> None:
    """Words may point at the last threat of a text and speak of an older one."""
    threat = a_threat()
    before = an_outcome(Status.SUSPENDED, refers_to=threat, on=a_day("2021-02-01"), terms=())
    (strand,) = linked(threat, before)
    assert not strand.outcomes
    (strand,) = linked(threat, an_outcome(Status.SUSPENDED, refers_to=threat, terms=()))
    assert strand.outcomes
