"""The desk's widgets, driven without a browser: rows, evidence, decisions, and the table where no widget runs."""

import pytest
from factories import a_case, a_document, a_follow_through, a_passage, a_threat, an_outcome

from briefing_lib import briefing as show
from briefing_lib.assessment.decisions import FILE, read_decisions
from briefing_lib.errors import UnknownParameter
from briefing_lib.models import DecisionKind, Status
from briefing_lib.presentation.desk import NOTHING_CHOSEN, PAGE_LENGTH, Desk
from briefing_lib.publishing.reproducible import VARIABLE

SOURCE = a_document("Before it, <b>calm</b>. Ruritania threatened to close the strait. After it, none.", id="source")
CASES = (
    a_case(id="first", threats=(a_threat(passage=a_passage(SOURCE, "Ruritania threatened to close the strait.")),)),
    a_case(id="second", act="expel the envoys", outcomes=(an_outcome(),), status=Status.CARRIED_OUT),
)
FOUND = a_follow_through(*CASES)


def a_desk(decide=lambda asked: FOUND):
    return Desk(FOUND, by="mira", decide=decide)


def test_choosing_a_row_shows_its_evidence_in_the_sources_own_text():
    desk = a_desk()
    assert NOTHING_CHOSEN in desk.evidence.value
    desk.table.selected_rows = [0]
    assert "<mark>Ruritania threatened to close the strait.</mark>" in desk.evidence.value
    assert "Before it, &lt;b&gt;calm&lt;/b&gt;. <mark>" in desk.evidence.value
    desk.table.selected_rows = [1]
    assert "Outcome: carried out" in desk.evidence.value
    desk.table.selected_rows = []
    assert NOTHING_CHOSEN in desk.evidence.value


def test_nothing_can_be_decided_before_a_row_is_chosen():
    desk = a_desk()
    assert all(button.disabled for button in desk.buttons.values())
    desk.take(DecisionKind.CONFIRM)
    assert NOTHING_CHOSEN in desk.message.value


def test_a_decision_reaches_its_taker_and_the_table_changes():
    asked = []
    after = a_follow_through(CASES[0])
    desk = a_desk(lambda one: asked.append(one) or after)
    options = {name: desk.table._dt_args[name] for name in ("layout", "columnDefs", "pageLength", "column_filters")}
    desk.table.selected_rows = [1]
    desk.why.value = "it did not"
    desk.field.value, desk.value.value = "status", "withdrawn"
    desk.buttons[DecisionKind.CORRECT].click()
    (one,) = asked
    assert (one.case, one.kind, one.by, one.why) == ("second", DecisionKind.CORRECT, "mira", "it did not")
    assert one.fields == {"status": "withdrawn"}
    assert desk.found is after
    assert len(desk.table.df) == 1
    assert {name: desk.table._dt_args[name] for name in options} == options
    assert desk.table.selected_rows == []


def test_after_a_decision_the_page_of_the_chosen_row_is_shown():
    many = a_follow_through(*(a_case(id=f"case-{number}") for number in range(PAGE_LENGTH + 5)))
    desk = Desk(many, by="mira", decide=lambda asked: many)
    desk.table.selected_rows = [PAGE_LENGTH + 2]
    desk.why.value = "read in full"
    desk.take(DecisionKind.CONFIRM)
    assert desk.case.id == f"case-{PAGE_LENGTH + 2}"
    assert desk.table._dt_args["displayStart"] == PAGE_LENGTH


@pytest.mark.parametrize("kind", [DecisionKind.MERGE, DecisionKind.SPLIT])
def test_a_merge_and_a_split_carry_what_they_need(kind):
    asked = []
    desk = a_desk(lambda one: asked.append(one) or FOUND)
    desk.table.selected_rows = [1]
    desk.into.value = "first"
    desk.parts.value = desk.parts.options[:1]
    desk.take(kind)
    assert (asked[0].into, len(asked[0].parts)) == (("first", 0) if kind is DecisionKind.MERGE else ("", 1))


def test_what_cannot_be_done_is_said_and_changes_nothing():
    def refuse(asked):
        raise UnknownParameter("a decision needs <a reason>")

    desk = a_desk(refuse)
    desk.table.selected_rows = [0]
    desk.take(DecisionKind.CONFIRM)
    assert "Not done: </b>a decision needs &lt;a reason&gt;" in desk.message.value
    assert desk.found is FOUND


def test_what_runs_no_widget_shows_the_table(monkeypatch):
    bundle = a_desk()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert 'class="cases"' in bundle["text/html"]
    monkeypatch.setenv(VARIABLE, "0")
    static = show.explore(FOUND, sources="nowhere", clock=lambda: None)
    assert "application/vnd.jupyter.widget-view+json" not in static._repr_mimebundle_()


def test_a_table_of_no_case_has_a_desk_too():
    desk = Desk(a_follow_through(), by="", decide=lambda asked: None)
    assert desk.case is None
    assert len(desk.table.df) == 0


def test_from_the_desk_to_the_file_and_back(collection, monkeypatch):
    from datetime import UTC, datetime

    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("BRIEFING_ANALYST", "jon")
    found = show.follow_through(str(collection))
    desk = show.explore(found, sources=str(collection), clock=lambda: datetime(2021, 7, 1, tzinfo=UTC))
    desk.table.selected_rows = [0]
    desk.why.value = "read it"
    desk.take(DecisionKind.CONFIRM)
    assert [one.by for one in read_decisions(collection)] == ["jon"]
    assert desk.found.cases[0].review.confirmed
    assert desk.table.df["Analyst"][0] == "confirmed by analyst"
    desk.take(DecisionKind.REJECT)
    assert "Not done" in desk.message.value
    assert len(read_decisions(collection)) == 1
    assert (collection / FILE).is_file()
