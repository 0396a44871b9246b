"""What a notebook shows: nothing of a document becomes markup, every row can be linked, figures can be read."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from factories import a_case, a_day, a_document, a_follow_through, a_passage, a_threat, an_outcome
from sample_cases import a_collection

from briefing_lib import briefing as show
from briefing_lib.errors import BadDate, SourcesNotFound, UnknownParameter
from briefing_lib.models import DateRange, Kind, Skipped, Status
from briefing_lib.presentation import to_json
from briefing_lib.presentation.back import MOST_LISTED
from briefing_lib.presentation.evidence import evidence_cards, grade_in_words, in_context
from briefing_lib.presentation.front import change_list
from briefing_lib.presentation.markup import tag
from briefing_lib.presentation.scorecard import FIGURE_WORDS
from briefing_lib.wording import in_words

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
FIGURES = (show.timeline_figure, show.status_figure, show.rates_figure, show.duration_figure, show.publication_figure)


def every_block(found):
    earlier = to_json(replace(found, cases=found.cases[1:]))
    return [
        show.masthead(found, title=found.collection or "T", marking="TLP:GREEN"),
        show.bottom_line(found),
        show.key_judgements(found, yardstick="icd203"),
        show.case_table(found),
        show.annex(found),
        *(draw(found) for draw in FIGURES),
        show.sensitivity_table(found),
        show.indicators(found),
        show.explanations(found),
        show.source_list(found),
        show.sender_table(found),
        show.reason_list(found),
        show.method(found, yardstick="phia", parameters={"title": HOSTILE}),
        change_list(found, earlier=earlier),
    ]


def test_no_text_of_a_document_becomes_markup():
    document = a_document(
        f"Ruritania said {HOSTILE} would follow.", title=HOSTILE, publisher=HOSTILE, path=HOSTILE, grade=HOSTILE,
        notes=(HOSTILE,), url="javascript:alert(3)",
    )  # fmt: skip
    threat = a_threat(sender=HOSTILE, target=HOSTILE, act=HOSTILE, passage=a_passage(document))
    outcome = an_outcome(Status.WITHDRAWN, passage=a_passage(document))
    case = a_case(
        id=HOSTILE, sender=HOSTILE, target=HOSTILE, act=HOSTILE, speaker=HOSTILE, condition=HOSTILE,
        deadline_words=HOSTILE, reasons=(HOSTILE,), threats=(threat,), outcomes=(outcome,), status=Status.WITHDRAWN,
    )  # fmt: skip
    open_case = replace(case, id="second", status=Status.PENDING)
    found = a_follow_through(case, open_case, collection=HOSTILE, skipped=(Skipped(HOSTILE, HOSTILE),))
    for block in every_block(found):
        assert not re.search(r"<script|<img|javascript:alert\(3\)", str(block.html)), block.text[:80]


@pytest.mark.parametrize("size", [0, 3, 8, 300])
def test_every_block_renders_alike_twice_and_has_plain_text(size):
    found = a_collection(size)
    first, second = every_block(found), every_block(found)
    assert [str(block.html) for block in first] == [str(block.html) for block in second]
    assert all(block.text for block in first if block.html)


@pytest.mark.parametrize("size", [3, 8, 300])
def test_every_link_within_the_page_has_its_place_once(size):
    html = "".join(str(block.html) for block in every_block(a_collection(size)))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("draw", FIGURES)
def test_a_figure_has_a_name_a_description_text_that_is_text_and_its_data(draw):
    html = str(draw(a_collection(24)).html)
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(drawings) == 2, "one wide, one narrow"
    for drawing in drawings:
        root = ET.fromstring(drawing)
        assert root.get("role") == "img"
        assert root.find("{http://www.w3.org/2000/svg}title").text
        assert root.find("{http://www.w3.org/2000/svg}desc").text
        assert root.findall(".//{http://www.w3.org/2000/svg}text")
        assert "style=" not in drawing
        assert drawing.count("font-family") == 1, "of the page, said once for engines without style sheets in SVG"
    assert "<table" in html


def test_what_all_came_to_needs_no_drawing_and_no_threat_needs_no_word_twice():
    same = a_follow_through(*(a_case(id=name, status=Status.PENDING) for name in "ab"))
    assert show.status_figure(same).html == ""
    nothing = a_follow_through()
    blocks = [show.timeline_figure, show.status_figure, show.duration_figure, show.sensitivity_table, show.rates_figure]
    said = [block(nothing).text for block in blocks]
    assert [text for text in said if text] == [
        "No threat with a date was found.",
        "No threat was found, so there is no rate to count.",
    ]


def test_a_label_stays_within_a_drawing_whose_interval_reaches_the_end():
    cases = [a_case(id=str(place), status=Status.PENDING) for place in range(39)]
    found = a_follow_through(*cases, a_case(id="last", status=Status.WITHDRAWN))
    labels = re.findall(r"<text([^>]*)>39 of 40</text>", str(show.status_figure(found).html))
    assert 'text-anchor="end"' in labels[0]


@pytest.mark.parametrize("draw", FIGURES)
def test_a_figure_without_data_says_so(draw):
    assert "<svg" not in str(draw(a_follow_through()).html)


def test_a_long_table_goes_to_the_annex():
    short, long = a_collection(25), a_collection(26)
    assert 'id="cases"' in str(show.case_table(short).html)
    assert str(show.annex(short).html) == ""
    assert 'id="cases"' not in str(show.case_table(long).html)
    assert str(show.annex(long).html).count("<tbody") == 26
    assert f"{show.case_table(long).html}{show.annex(long).html}".count("data:text/csv") == 1


def test_a_quote_stands_in_its_context_unchanged():
    document = a_document("One. " * 100 + "Ruritania will close the strait." + " Two." * 100)
    html = str(in_context(a_passage(document, "Ruritania will close the strait.")))
    assert "<mark>Ruritania will close the strait.</mark>" in html
    assert html.count("…") == 2


def test_a_marking_of_no_protocol_is_an_error():
    with pytest.raises(UnknownParameter, match="TLP:AMBER"):
        show.masthead(a_collection(3), title="T", marking="SECRET")


def test_the_notebooks_day_must_be_a_day(tmp_path):
    with pytest.raises(BadDate, match="2020-06-24"):
        show.follow_through(str(tmp_path), as_of="yesterday")


def test_sources_are_found_from_a_folder_below(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert show.found_from_here("seeds") == tmp_path / "seeds"
    with pytest.raises(SourcesNotFound, match="elsewhere"):
        show.found_from_here("elsewhere")


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("B2", "B2: usually reliable source, probably true"),
        ("F6", "F6: reliability cannot be judged, truth cannot be judged"),
        ("", "not graded"),
        ("??", "??"),
    ],
)
def test_a_grade_is_told_in_words(grade, words):
    assert grade_in_words(grade) == words


def test_attributes_and_text_are_escaped():
    assert str(tag("a", "<b>", href='"><b>')) == '<a href="&#34;&gt;&lt;b&gt;">&lt;b&gt;</a>'


def test_an_unknown_date_is_said_to_be_one():
    assert in_words(None) == "date not known"


def test_a_parameter_that_is_a_path_shows_no_folder_of_this_machine():
    block = show.method(a_collection(3), yardstick="icd203", parameters={"previous": "/home/ann/2021-06-01/cases.json"})
    assert '<td data-label="Value">2021-06-01/cases.json</td>' in str(block.html)
    assert "ann" not in str(block.html).split("Every parameter")[1]


def test_a_change_says_what_moved_it():
    found = a_collection(8)
    earlier = to_json(replace(found, cases=(replace(found.cases[1], status=Status.PENDING, outcomes=()),)))
    html = str(change_list(found, earlier=earlier).html)
    assert "Ruritania made good on its threat on Sunday" in html
    assert html.index("New threats") < html.index("Closed")
    again = change_list(found, earlier=to_json(found))
    assert again.text == "Nothing changed since the briefing of 30 June 2021."


def test_the_method_names_a_model_and_lists_what_was_noted():
    """The first notes of many, each escaped; nothing of the rules' method is claimed for a model."""
    notes = tuple(f"{HOSTILE}.txt: llm:here: {number} quotes dropped" for number in range(MOST_LISTED + 3))
    found = replace(a_collection(1), extractor="llm:here-4", notes=notes)
    assert "a language model, llm:here-4" in show.masthead(found, title="T", marking="TLP:CLEAR").html.striptags()
    failed = show.masthead(replace(found, lasting=False), title="T", marking="TLP:CLEAR").html.striptags()
    assert "llm:here-4, in part by rules in its stead" in failed
    assert "Found by" not in show.masthead(a_collection(1), title="T", marking="TLP:CLEAR").html
    html = show.method(found, yardstick="icd203", parameters={}).html
    said = html.striptags()
    assert "asked of a language model, llm:here-4" in said
    assert "found by rules" not in said
    assert "What the extractor noted" in said
    assert f"{MOST_LISTED - 1} quotes dropped" in said
    assert f"{MOST_LISTED} quotes dropped" not in said
    assert "and three more, all in cases.json" in said
    assert "<img" not in html
    plain = show.method(a_collection(1), yardstick="icd203", parameters={}).html.striptags()
    assert "found by rules" in plain
    assert "What the extractor noted" not in plain


def test_the_method_says_how_often_the_rules_are_right():
    said = show.method(a_collection(3), yardstick="icd203", parameters={}).html.striptags()
    assert "How often the rules are right" in said
    assert re.search(r"(All \d+ figures reach|\w+ of \d+ figures (is|are) below) the floor", said)
    assert "Threats found with the right sender" in said


def test_every_scored_figure_that_has_a_floor_is_told_in_words():
    """The names of the scorecard are for those who know how it is made."""
    card = json.loads((ROOT / "docs" / "scorecard.json").read_text("utf-8"))
    named = {(one["part"], one["figure"]) for one in card["figures"] if one["floor"]}
    assert named == FIGURE_WORDS.keys()


def test_an_open_threat_says_in_a_line_each_what_would_move_it():
    case = a_case(condition="unless it pays", deadline=a_day("2021-07-01"))
    said = show.indicators(a_follow_through(case)).html.striptags()
    assert "carried out, if a source reports the act" in said
    assert "its time passes without the act (by 1 July 2021)" in said
    assert "its demand is met (“unless it pays”)" in said
    assert "withdrawn or suspended, if the sender says so" in said


@pytest.mark.parametrize(
    ("kind", "condition", "turn"),
    [
        (Kind.COMPELLENT, "unless it pays", "lapsed, if its demand is met"),
        (Kind.COMPELLENT, "if the talks fail", "due, if its condition comes about"),
        (Kind.DETERRENT, "if it builds the dam", "due, if its condition comes about"),
        (Kind.DETERRENT, "the building of the dam", "due, if its condition comes about"),
        (Kind.DETERRENT, "unless it stops", "lapsed, if its demand is met"),
    ],
)
def test_a_condition_brings_the_act_or_averts_it_as_it_is_worded(kind, condition, turn):
    said = show.indicators(a_follow_through(a_case(kind=kind, condition=condition))).html.striptags()
    assert f"{turn} (“{condition}”)" in said


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, date(2019, 5, 3), "3 May 2019 or earlier"),
        (date(2019, 5, 3), None, "3 May 2019 or later"),
        (date(2019, 5, 3), date(2019, 5, 9), "3 to 9 May 2019"),
    ],
)
def test_a_time_that_is_known_on_one_side_reads_as_no_deadline(start, end, words):
    assert in_words(DateRange(start, end)) == words


def test_copies_of_one_story_are_one_source():
    """Two papers that print one report, and a third with its own: two sources."""
    report = f"Ruritania will close the strait. {' '.join(f'word{n}' for n in range(200))}"
    documents = [a_document(report, id=name, publisher=name, path=f"{name}.txt") for name in ("Post", "Echo")]
    documents.append(a_document("Ruritania will close the strait.", id="Own", publisher="Own"))
    threats = tuple(a_threat(passage=a_passage(one, "Ruritania will close the strait.")) for one in documents)
    found = a_follow_through(a_case(threats=threats))
    assert '<td data-label="Sources">2</td>' in str(show.case_table(found).html)
    assert show.to_frame(found)["sources"].tolist() == [2]
    html = str(show.source_list(found).html)
    assert html.count('<th scope="row">') == 2
    assert "also Echo, 5 March 2021: Echo.txt" in html
    assert "count as a single source, two in all" in show.source_list(found).html.striptags()


def test_a_long_list_of_sources_goes_to_the_annex():
    short, long = a_collection(8), a_collection(300)
    assert str(show.annex(short).html) == ""
    assert str(show.source_list(short).html).count("<code") == len(short.documents)
    assert "All 525 documents" in show.source_list(long).html.striptags()
    assert str(show.annex(long).html).count("<code") == 525
    assert str(show.source_list(long, whole=True).html).count("<code") == 525


def test_a_quote_that_tells_of_threat_and_outcome_stands_once():
    document = a_document("Ruritania said that it would close the strait, and then it closed the strait.")
    whole = a_passage(document, document.text)
    part = a_passage(document, document.text[:-1])
    case = a_case(threats=(a_threat(passage=part),), outcomes=(an_outcome(Status.CARRIED_OUT, passage=whole),))
    html = str(show.case_table(a_follow_through(case)).html)
    assert html.count("<mark>") == 1
    assert "Threat and outcome: carried out" in html
    assert "one quote from one document" in show.case_table(a_follow_through(case)).html.striptags()


def test_the_figure_of_sources_says_how_long_they_are_silent():
    said = show.publication_figure(a_collection(3)).text.splitlines()[0]
    assert said == "Six dated documents from two publishers; the longest silence is 45 days, from 2 April 2021"
    alone = show.publication_figure(replace(a_collection(3), documents=a_collection(3).documents[:1])).text
    assert alone.startswith("One dated document from one publisher\n")


def test_the_head_says_which_collection_and_from_when_to_when():
    said = show.masthead(a_collection(3), title="T", marking="TLP:CLEAR").html.striptags()
    assert "Collectionstraits" in said
    assert "Six documents, published 5 March 2021 to 24 May 2021, one skipped" in said
    assert "published" not in show.masthead(a_follow_through(), title="T", marking="TLP:CLEAR").html


def test_many_reasons_are_a_list_and_few_a_line():
    few, many = (evidence_cards(a_case(reasons=tuple(f"Reason {place}." for place in range(size)))) for size in (2, 3))
    assert '<p class="reasons"><b>Why: </b>Reason 0. Reason 1.</p>' in few
    assert "<li>Reason 2.</li>" in many
