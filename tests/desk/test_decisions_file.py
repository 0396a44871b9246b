"""decisions.toml keeps what people decide: readable, in any order, and nothing of it lost."""

import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from factories import a_case, a_document, a_follow_through, a_passage, a_threat
from hypothesis import given
from hypothesis import strategies as st

from briefing_lib.assessment.deciding import Signature, decide
from briefing_lib.assessment.decisions import FILE, BadDecisions, add_decision, read_decisions, to_toml
from briefing_lib.models import Decision, DecisionKind, ExpectedQuote
from briefing_lib.presentation import to_csv, to_json, to_markdown

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2021, 6, 30)
NOW = datetime(2021, 7, 1, 12, 30, 5, 123456, tzinfo=UTC)
HOSTILE = a_document('It said: "we\'ll \\close\\ the strait"\nso [[decision]] # – 북\x1b.', id="a.b/c d")
CASE = a_case(threats=(a_threat(passage=a_passage(HOSTILE)),))


def a_decision(**options):
    found = a_follow_through(CASE, as_of=DAY)
    signed = Signature("mira", NOW, 'says "so"\nthere')
    return decide(found, "1", options.pop("kind", DecisionKind.CONFIRM), signed, **options)


@pytest.mark.parametrize(
    "decision",
    [a_decision(), a_decision(kind=DecisionKind.CORRECT, fields={"status": "unclear", "deadline": "2021-09"})],
)
def test_what_is_written_is_what_is_read(tmp_path, decision):
    add_decision(tmp_path, decision)
    assert read_decisions(tmp_path) == (decision,)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
quotes = st.builds(ExpectedQuote, texts, texts)


@given(text=texts, why=texts.filter(str.strip), expects=st.lists(quotes, min_size=1, max_size=3))
def test_any_words_survive_the_file(text, why, expects):
    made = Decision(DecisionKind.REJECT, text, f"x{text}", NOW.isoformat(), DAY, why, tuple(expects))
    (read,) = tomllib.loads(to_toml(made))["decision"]
    assert (read["case"], read["why"]) == (made.case, made.why)
    assert [(one["document"], one["quote"]) for one in read["expects"]["threats"]] == [
        (one.document, one.quote) for one in expects
    ]


def test_comments_and_what_others_wrote_stay_to_the_letter(tmp_path):
    path = add_decision(tmp_path, a_decision())
    before = f"# a note of ours\n{path.read_text('utf-8')}# and another\n"
    path.write_text(before, "utf-8")
    add_decision(tmp_path, a_decision())
    assert path.read_text("utf-8").startswith(before)
    assert len(read_decisions(tmp_path)) == 2
    assert path.stat().st_mode & 0o777 == 0o644


def test_many_who_decide_at_once_lose_nothing(tmp_path):
    code = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from briefing_lib.assessment.decisions import add_decision
from briefing_lib.models import Decision, DecisionKind, ExpectedQuote
for number in range(10):
    at = datetime(2021, 7, 1, 12, number, tzinfo=UTC).isoformat()
    quote = (ExpectedQuote("doc", "words"),)
    made = Decision(DecisionKind.CONFIRM, f"c{number}", sys.argv[2], at, date(2021, 7, 1), "y", quote)
    add_decision(Path(sys.argv[1]), made)
"""
    people = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], cwd=ROOT) for name in "abcd"]
    assert [one.wait(timeout=60) for one in people] == [0] * 4
    assert len({(one.by, one.case) for one in read_decisions(tmp_path)}) == 40
    assert {path.name for path in tmp_path.iterdir()} <= {FILE, ".decisions.lock"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("decision = 3", r"\[\[decision\]\]"),
        ("[[decision]\n", "no TOML"),
        ('[[decision]]\ncase = "x"\n', "decision 1: 'expects' is missing"),
        (to_toml(a_decision()).replace('"confirm"', '"bless"'), "bless"),
        (to_toml(a_decision()).replace("2021-06-30", '"June"'), "decision 1"),
        (to_toml(a_decision()).partition("threats")[0] + "threats = []\n", "could be of any"),
    ],
)
def test_a_file_that_is_wrong_is_refused_as_a_whole_and_never_written_to(tmp_path, text, said):
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(BadDecisions, match=said):
        read_decisions(tmp_path)
    if "TOML" in said:
        with pytest.raises(BadDecisions):
            add_decision(tmp_path, a_decision())
        assert (tmp_path / FILE).read_text("utf-8") == text


def test_without_a_file_there_is_no_decision(tmp_path):
    assert read_decisions(tmp_path) == ()


def test_the_example_of_the_docs_is_a_decision(tmp_path):
    text = (ROOT / "docs" / "decisions-file.md").read_text("utf-8")
    (tmp_path / FILE).write_text(text.partition("```toml\n")[2].partition("```")[0], "utf-8")
    assert {one.kind for one in read_decisions(tmp_path)} == set(DecisionKind)


def test_every_output_shows_what_was_decided_and_what_no_longer_fits():
    from briefing_lib.assessment import judging
    from briefing_lib.assessment.review import review
    from briefing_lib.presentation.case_table import case_table

    fit = a_decision(kind=DecisionKind.CORRECT, fields={"status": "unclear"})
    stale = Decision(DecisionKind.REJECT, "gone-1", "<b>jon", NOW.isoformat(), DAY, "no", (ExpectedQuote("d", "q"),))
    done = review([CASE], [fit, stale], as_of=DAY, judge=judging((), as_of=DAY))
    found = a_follow_through(*done.cases, unfit=done.unfit)
    table = to_json(found)
    assert table["cases"][0]["review"]["overruled"] == [{"field": "status", "machine": "pending", "now": "unclear"}]
    assert table["unfit_decisions"][0]["case"] == "gone-1"
    assert "machine had said: pending" in to_csv(found)
    assert "gone-1" in to_markdown(found)
    html = str(case_table(found).html)
    assert html.count("machine had said") == 2
    assert "gone-1" in html
    assert "<b>jon" not in html
