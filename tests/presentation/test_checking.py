"""A briefing that breaks a rule is found out, and one that keeps them passes."""

import json
import re
import shutil
from dataclasses import replace

import pytest
from factories import an_actor
from sample_cases import a_collection

from briefing_lib.errors import FlawedBriefing, NotThere, SourcesNotFound
from briefing_lib.presentation import to_json
from briefing_lib.publishing.checking import check, require_sound

from .conftest import BRIEFING, page_of

FOUND = a_collection(8)


@pytest.fixture
def made(pages, tmp_path):
    """A folder as a run leaves it, of eight cases."""
    shutil.copy(pages[8], tmp_path / "briefing.html")
    shutil.copy(BRIEFING, tmp_path / "briefing.ipynb")
    (tmp_path / "cases.json").write_text(json.dumps(to_json(FOUND)), "utf-8")
    (tmp_path / "run.json").write_text("{}", "utf-8")
    return tmp_path


def rules_broken(folder, *, name="briefing.html", old=None, new=""):
    """The rules broken once a pattern in a file is replaced by another text."""
    text = (folder / name).read_text("utf-8")
    changed = re.sub(old, lambda _: new, text, count=1, flags=re.DOTALL)
    assert changed != text
    (folder / name).write_text(changed, "utf-8")
    return {finding.rule for finding in check(folder, documents=FOUND.documents)}


@pytest.mark.parametrize("size", [3, 8, 300])
def test_what_the_suite_makes_keeps_the_rules(made, pages, size):
    found = a_collection(size)
    shutil.copy(pages[size], made / "briefing.html")
    (made / "cases.json").write_text(json.dumps(to_json(found)), "utf-8")
    assert check(made, documents=found.documents) == []


def _narrowed_to(*senders):
    kept = tuple(case for case in FOUND.cases if case.sender.name in senders)
    left = tuple(case for case in FOUND.cases if case not in kept)
    return replace(FOUND, cases=kept, senders=senders, left_out=left)


@pytest.mark.parametrize(
    "found",
    [
        _narrowed_to("Axphain"),
        _narrowed_to("Ruritania", "Graustark"),
        _narrowed_to("Nobody"),
        replace(FOUND, cases=(replace(FOUND.cases[0], act="strike what is likely to be 3 of its ports"),)),
        replace(FOUND, cases=tuple(replace(case, sender=an_actor(f"S{n}")) for n, case in enumerate(FOUND.cases))),
    ],
    ids=["one", "two", "none", "words of likelihood", "many senders"],
)
def test_a_bottom_line_of_each_form_keeps_the_rules(made, found):
    """Of some senders only, of none, of one threat in a source's words, of more senders than it names."""
    (made / "briefing.html").write_text(page_of(found), "utf-8")
    (made / "cases.json").write_text(json.dumps(to_json(found)), "utf-8")
    assert check(made, documents=found.documents) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('<p class="rests">.*?</p>', "", "judgement without evidence"),
        ('<p class="rests">.*?</p>', '<p class="rests">Rests on <a href="#nowhere">row 1</a>.</p>',
         "judgement without evidence"),
        ('<p class="rests">.*?</p>', '<p class="rests">Rests on <a href="#Sources">this</a>.</p>',
         "judgement without evidence"),
        ('<p class="confidence">', '<p class="confidence">With moderate confidence it is likely to be done. ',
         "likelihood and confidence in one sentence"),
        ('<p class="confidence">', '<p class="confidence">It is highly likely. ', "term off the yardstick"),
        ('<p class="bottom-line">', '<p class="bottom-line">Probably not: ', "term off the yardstick"),
        ('data-yardstick="icd203"', "", "term off the yardstick"),
        ('<p class="bottom-line">', '<p class="bottom-line">Some 12 wars: ', "number that no cell computed"),
        ('<ol class="judgements"[^>]*><li><p>', '<ol class="judgements" data-yardstick="icd203"><li><p>In 2019, ',
         "number that no cell computed"),
        ('<p class="bottom-line">', '<p class="bottom-line">Nearly half: ', "number that no cell computed"),
        ('<ol class="judgements"[^>]*><li><p>', '<ol class="judgements" data-yardstick="icd203"><li><p>Two of six. ',
         "number that no cell computed"),
        ('<p class="headline">', '<p class="headline">A third were done. ', "number that no cell computed"),
        ('<p class="note">', '<p class="note">Of twenty: ', "number that no cell computed"),
        ("<caption>", "<caption>All 9. ", "number that no cell computed"),
        ('<ul class="indicators"><li>', '<ul class="indicators"><li><a href="#cases">two more</a>',
         "number that no cell computed"),
        ("<summary>", "<summary>12 ", "number that no cell computed"),
        ('<title id="timeline-wide-title">', '<title id="timeline-wide-title">Nine ',
         "alternative text that is not the caption"),
        ('<desc id="rates-wide-description">.*?</desc>', "", "alternative text that is not the caption"),
        ('<data value="8">eight</data>', '<data value="8">nine</data>', "number that is not its value"),
        ('<data value="8">eight</data>', '<data value="9">nine</data>', "number that the table does not give"),
        ("<mark>", "<mark>Never ", "quote that is not in its source"),
        ("<mark>.*?</mark>", "<mark></mark>", "quote that is not in its source"),
    ],
)  # fmt: skip
def test_a_breach_in_the_page_is_found(made, old, new, rule):
    assert rule in rules_broken(made, old=old, new=new)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"quote": "', '"quote": "Never '), ('"start": (\\d+)', '"start": 0'), ('"end": (\\d+)', '"end": 0')],
)
def test_a_quote_of_the_table_that_is_not_in_its_source_is_found(made, old, new):
    assert rules_broken(made, name="cases.json", old=old, new=new) == {"quote that is not in its source"}


def test_a_quote_of_a_document_that_is_not_there_is_found(made):
    found = rules_broken(
        made, name="cases.json", old='"threats": \\[\\{"document": "', new='"threats": [{"document": "no'
    )
    assert found == {"quote of no source"}


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("In 2019 it began.", {"number typed in a notebook"}),
        ("Three of five came to nothing.", {"number typed in a notebook"}),
        ("A third of them, and none of these.", {"number typed in a notebook"}),
        ("There were twelve new threats.", {"number typed in a notebook"}),
        ("It was <data value=many>many</data>.", {"number typed in a notebook"}),
        ("Read `table 1` and `a2`.", set()),
        ("No number. A row is one threat; none is resolved; two people agree; on the third hand.", set()),
    ],
)
def test_a_number_typed_in_a_notebook_is_found(made, prose, found):
    assert rules_broken(made, name="briefing.ipynb", old="## Key judgements", new=prose) == found


def test_likelihood_and_confidence_may_stand_in_sentences_of_their_own(made):
    new = '<p class="confidence">Confidence is low. It is likely. '
    assert rules_broken(made, old='<p class="confidence">', new=new) == set()


def test_a_breach_stops_a_run_and_says_what_it_is(made):
    page = made / "briefing.html"
    page.write_text(page.read_text("utf-8").replace('<p class="bottom-line">', '<p class="bottom-line">7 '), "utf-8")
    with pytest.raises(FlawedBriefing, match="number that no cell computed: “7” in: 7 Of the"):
        require_sound(made, documents=FOUND.documents)


def test_a_folder_without_a_briefing_or_without_sources_says_what_to_give(made, tmp_path):
    with pytest.raises(NotThere, match="give the folder of a rendered briefing"):
        check(tmp_path / "none")
    with pytest.raises(SourcesNotFound, match="--sources"):
        check(made)
    (made / "cases.json").write_text("{", "utf-8")
    with pytest.raises(FlawedBriefing, match="no JSON"):
        check(made)
