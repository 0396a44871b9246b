"""What is printed, and what may be kept."""

import json
import tomllib
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing_lib import cli, evaluation, extraction
from briefing_lib.console import Exit
from briefing_lib.desk import scoring
from briefing_lib.errors import UnknownParameter
from briefing_lib.evaluation import PARTS, evaluate, to_markdown, to_text
from briefing_lib.evaluation.standing import find_standings

ONE = "Ruritania will close the strait."
TWO = "The storm threatens the coast."
TEXT = f"{ONE} {TWO}"


@pytest.fixture
def card(gold, gold_threat, found):
    """A scorecard with an error of each sort."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, ONE)])
    gold.document("b", TEXT, threats=[gold_threat(TEXT, ONE)])
    gold.sentences(("Graustark will pay.", "threat", 1))
    gold.story(
        "s", ["a"], {"id": "s1", "act": "x", "quotes": {"a": [ONE]}, "status_as_of": {"2021-03-05": "withdrawn"}}
    )
    found.add("a", ONE, sender="Graustark")
    found.add("a", TWO)
    return found.score(gold)


def test_the_terminal_gets_each_error_with_its_text(card):
    """False positives, misses, wrong fields and wrong status points."""
    text = to_text(card)
    assert f"1 false positives\n  a: nothing in the gold there\n      {TWO}" in text
    assert f"b t1: no row quotes it\n      {ONE}" in text
    assert "a t1: Graustark, should be Ruritania" in text
    assert "s s1 as of 2021-03-05: pending, should be withdrawn" in text


def test_the_file_quotes_nothing_of_the_gold(card):
    """Figures and names of figures alone."""
    text = to_markdown(card, version="1.2.3", made_on=date(2021, 4, 1))
    for quoted in ("Ruritania", "Graustark", "strait", "storm"):
        assert quoted not in text
    assert "| documents | precision | 0.50 | 0.50–0.50 | 1 of 2 | 0.80 | BELOW |" in text
    assert "version: 1.2.3" in text
    assert "2021-04-01" in text
    assert card.gold_sha256 in text
    assert "UniversalPETRARCH" in text


def test_the_same_evaluation_gives_the_same_file(card, gold, found):
    """To the byte."""
    again = found.score(gold)
    day = date(2021, 4, 1)
    assert to_markdown(card, version="1", made_on=day) == to_markdown(again, version="1", made_on=day)


def test_every_floor_has_its_figure(card):
    """No bound is set on a figure that a scorecard does not have."""
    floors = tomllib.loads(files("briefing_lib.evaluation").joinpath("standards.toml").read_text("utf-8"))["floors"]
    assert {(one["part"], one["figure"]) for one in floors} <= {(one.part, one.name) for one in find_standings(card)}


def test_only_the_part_asked_for_is_scored(card, gold, found):
    """The others are None, and a part that is none is refused with the names of those that are."""
    assert found.score(gold, only="stories").documents is None
    assert found.score(gold, only=("documents", "sentences")).stories is None
    with pytest.raises(UnknownParameter, match="documents, sentences, stories"):
        found.score(gold, only="chapters")


def test_the_command_offers_every_part():
    """And no other."""
    assert tuple(part.value for part in scoring.Part) == PARTS


@pytest.fixture
def run(monkeypatch, found):
    """The command, over what a test has found."""
    monkeypatch.setattr(extraction, "extractor_named", lambda name: replace(found, name=name))
    monkeypatch.setattr(evaluation, "evaluate", partial(evaluate, assessor=found.assess))
    return lambda *words: CliRunner().invoke(cli.app, ["evaluate", *map(str, words)])


def test_the_command_prints_errors_and_keeps_figures(card, gold, run, tmp_path):
    """And a baseline, against which nothing has changed."""
    kept, written = tmp_path / "before.json", tmp_path / "scorecard.md"
    done = run(gold.path, "--save", kept, "--write", written, "--on", "2021-04-01")
    assert done.exit_code == 0
    assert TWO in done.output
    assert "made on: 2021-04-01" in written.read_text("utf-8")
    assert TWO not in written.read_text("utf-8")
    figures = json.loads(written.with_suffix(".json").read_text("utf-8"))
    assert figures["made_on"] == "2021-04-01"
    assert figures["extractor"] == "rules"
    assert {"part", "figure", "value", "low", "high", "floor", "clears"} <= set(figures["figures"][0])
    assert TWO not in written.with_suffix(".json").read_text("utf-8")
    again = run(gold.path, "--baseline", kept, "--only", "documents")
    assert "gained since the baseline: 0 right, 0 wrong, 0 ignored" in again.output
    assert "stories" not in again.output


def test_a_scorecard_names_what_was_scored(gold, gold_threat, found, run, tmp_path):
    """On the terminal and in both files; and tells what the extractor noted of each text."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, ONE)])
    found.notes = ("llm:here: quotes that are not in the document, dropped: 1",)
    written = tmp_path / "scorecard.md"
    done = run(gold.path, "--write", written, "--extractor", "llm:here")
    assert "extractor: llm:here\n" in done.stdout
    assert done.stderr == "briefing: a: llm:here: quotes that are not in the document, dropped: 1\n"
    assert "- extractor: llm:here (scripted)\n" in written.read_text("utf-8")
    assert json.loads(written.with_suffix(".json").read_text("utf-8"))["extractor"] == "llm:here"


def test_a_text_does_not_steer_the_terminal(gold, gold_threat, run):
    """Control characters of a quote are written out."""
    text = f"{ONE}\x1b[2J"
    gold.document("a", text, threats=[gold_threat(text, text)])
    assert "\x1b" not in run(gold.path).output


def test_a_folder_that_is_not_there_is_asked_for_wrongly(run, tmp_path):
    """And a malformed one is a failed run; either is told in a line."""
    done = run(tmp_path / "nowhere")
    assert (done.exit_code, "no folder" in done.stderr) == (Exit.USAGE, True)
    (tmp_path / "some.jsonl").write_text("{", encoding="utf-8")
    done = run(tmp_path)
    assert (done.exit_code, "line 1 is no JSON" in done.stderr) == (Exit.FAILED, True)


def test_the_figures_that_are_kept_as_json_are_those_of_the_page():
    """Both are of one run."""
    docs = Path(__file__).parents[2] / "docs"
    page, kept = (docs / "scorecard.md").read_text("utf-8"), json.loads((docs / "scorecard.json").read_text("utf-8"))
    assert f"made on: {kept['made_on']}" in page
    assert f"gold: sha256 {kept['gold_sha256']}" in page
    for one in kept["figures"]:
        count = f"{one['numerator']} of {one['denominator']}"
        assert f"| {one['part']} | {one['figure']} | {one['value']:.2f} |" in page
        assert f"| {count} | {one['floor']} |" in page
