"""The table's four forms say the same, quote exactly, and carry nothing that runs."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from factories import a_case, a_day, a_document, a_follow_through, a_passage, a_threat, an_outcome

from briefing_lib.errors import EvidenceMismatch
from briefing_lib.models import DateRange, Kind, Skipped, Status
from briefing_lib.presentation import COLUMNS, to_csv, to_frame, to_json, to_markdown, verify_quotes


def test_the_json_holds_the_keys_of_the_contract():
    table = to_json(a_follow_through(a_case(outcomes=(an_outcome(),), status=Status.CARRIED_OUT)))
    assert list(table) == [
        "as_of",
        "documents",
        "skipped",
        "cases",
        "rejected",
        "unfit_decisions",
        "extractor",
        "notes",
    ]
    assert set(table["documents"][0]) == {"id", "path", "title", "publisher", "published", "sha256"}
    assert set(table["cases"][0]) == {
        "id", "sender", "speaker", "target", "act", "kind", "mode", "modality", "condition", "deadline", "issued",
        "status", "status_basis", "status_date", "confidence", "reasons", "threats", "outcomes", "review",
    }  # fmt: skip
    assert set(table["cases"][0]["threats"][0]) == {"document", "start", "end", "quote"}
    assert set(table["cases"][0]["outcomes"][0]) == {"document", "start", "end", "quote", "status"}
    assert json.loads(json.dumps(table)) == table


def test_quotes_are_their_documents_text_at_their_offsets():
    found = a_follow_through(a_case(outcomes=(an_outcome(),)))
    texts = {document.id: document.text for document in found.documents}
    (case,) = to_json(found)["cases"]
    for quote in (*case["threats"], *case["outcomes"]):
        assert texts[quote["document"]][quote["start"] : quote["end"]] == quote["quote"] != ""


def test_codes_are_snake_case_and_days_are_iso():
    case = a_case(
        kind=Kind.ANNOUNCED_INTENT,
        status=Status.NOT_CARRIED_OUT,
        issued=DateRange(None, date(2021, 3, 5)),
        status_date=a_day("2021-04-01"),
    )
    (row,) = to_json(a_follow_through(case))["cases"]
    assert (row["kind"], row["status"]) == ("announced_intent", "not_carried_out")
    assert row["issued"] == {"from": None, "to": "2021-03-05"}
    assert row["status_date"] == "2021-04-01"


@pytest.mark.parametrize(
    ("fields", "deadline"),
    [
        ({}, None),
        ({"deadline_words": "soon"}, "soon"),
        ({"deadline_words": "by 1 May", "deadline": a_day("2021-05-01")}, "2021-05-01"),
    ],
)
def test_a_deadline_is_its_day_else_its_words_else_nothing(fields, deadline):
    (row,) = to_json(a_follow_through(a_case(**fields)))["cases"]
    assert row["deadline"] == deadline


@pytest.mark.parametrize(
    ("fields", "condition"),
    [({}, None), ({"condition": "unless it pays"}, "unless it pays"), ({"demand": "pay"}, "pay")],
)
def test_a_condition_is_null_where_there_is_none(fields, condition):
    (row,) = to_json(a_follow_through(a_case(**fields)))["cases"]
    assert row["condition"] == condition


def test_the_frame_has_the_columns_of_its_contract_even_when_empty():
    for found in (a_follow_through(), a_follow_through(a_case())):
        frame = to_frame(found)
        assert list(frame.columns) == [column.name for column in COLUMNS]
        for column in COLUMNS:
            assert str(frame[column.name].dtype) == column.dtype, column.name


def test_csv_cells_that_look_like_formulas_are_disarmed():
    text = to_csv(a_follow_through(a_case(act='=HYPERLINK("http://x")', speaker="@cmd", condition="-1+1")))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["act"] == '\'=HYPERLINK("http://x")'
    assert row["speaker"] == "'@cmd"
    assert row["condition"] == "'-1+1"
    assert row["sender"] == "Ruritania"


def test_markdown_cells_hold_no_markup_of_the_documents():
    text = to_markdown(a_follow_through(a_case(act="close | the\n<b>strait</b> [now](x)")))
    assert r"close \| the \<b\>strait\</b\> \[now\](x)" in text
    assert len(text.splitlines()) == 3


def test_skipped_files_are_told():
    found = replace(a_follow_through(a_case()), skipped=(Skipped("a.bin", "not text"),))
    assert to_json(found)["skipped"] == [{"path": "a.bin", "reason": "not text"}]


def test_evidence_of_a_document_that_was_not_read_is_an_error():
    stranger = a_passage(a_document(id="elsewhere"))
    case = a_case(threats=(a_threat(passage=stranger),))
    found = replace(a_follow_through(case), documents=(a_document(),))
    with pytest.raises(EvidenceMismatch, match="elsewhere"):
        to_json(found)


def test_a_document_that_changed_under_a_quote_is_an_error():
    found = a_follow_through(a_case())
    changed = tuple(replace(document, text=document.text.upper()) for document in found.documents)
    with pytest.raises(EvidenceMismatch, match="reads"):
        to_csv(replace(found, documents=changed))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (0, 10_000)])
def test_offsets_outside_the_document_are_an_error(start, end):
    with pytest.raises(EvidenceMismatch, match="outside"):
        verify_quotes([{"document": "doc", "start": start, "end": end, "quote": ""}], [a_document()])
