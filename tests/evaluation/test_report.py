"""What is printed, and what may be kept."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from briefing_lib.evaluation import BadGold, to_markdown, to_text
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
    with pytest.raises(BadGold, match="documents, sentences, stories"):
        found.score(gold, only="chapters")


def test_a_missing_folder_ends_the_command_with_a_message(tmp_path):
    """On standard error, with exit code 2."""
    import typer

    from briefing_lib.evaluation.command import score

    app = typer.Typer()
    app.command()(score)
    result = CliRunner().invoke(app, [str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "no folder" in result.stderr
