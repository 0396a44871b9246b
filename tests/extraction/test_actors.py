"""Names → actors: what general knowledge gives, what the text adds, and what a collection says itself."""

from pathlib import Path

import pytest
from factories import a_document

from briefing_lib.extraction import Rules
from briefing_lib.extraction.gazetteer import to_gazetteer

OWN = """
[[actor]]
name = "Harbour Front"
type = "armed_group"
aliases = ["the Front", "HF"]
leaders = ["Ada Brandt"]
"""


def names_in(text: str) -> list[str]:
    """Name what the words of a text stand for, in order."""
    return [mention.entry.actor.name for mention in to_gazetteer().scan(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tehran answered Washington.", ["Iran", "United States"]),
        ("Iranian officials met U.S. envoys.", ["Iran", "United States"]),
        ("It told us to wait.", []),
        ("North Korea moved; the South waited.", ["North Korea", "South Korea"]),
        ("He travelled in the south of the country.", []),
    ],
)
def test_a_name_a_capital_and_a_people_stand_for_a_state(text: str, names: list[str]) -> None:
    """Short forms hold only where the text names their actor, and a pronoun is no country."""
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The vote in Congress was close.", ["Congress"]),
        ("In March Congress voted.", ["Congress"]),
        ("The republican Congress voted.", ["Congress"]),
        ("The Lublin Congress voted.", []),
        ("The All-Lublin Congress voted.", []),
    ],
)
def test_the_plain_name_of_a_body_at_the_end_of_another_is_that_of_the_other(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_a_surname_stands_for_whoever_is_named_in_full() -> None:
    """Of two leaders with one surname, the text's own full name decides."""
    text = "Kim Jong Un of North Korea wrote to South Korea. Kim asked for nothing."
    assert names_in(text)[-1] == "Kim Jong Un"


def test_a_collection_adds_actors_of_its_own(tmp_path: Path) -> None:
    """Names and aliases of ``actors.toml`` are found, and its leader speaks for it."""
    own = tmp_path / "actors.toml"
    own.write_text(OWN, encoding="utf-8")
    text = "The Harbour Front threatened to blockade Osterhaven. HF would wait a week, Ada Brandt said."
    (threat,) = Rules(own).extract(a_document(text)).threats
    assert threat.sender.name == "Harbour Front"
    assert Rules().extract(a_document(text)).threats[0].sender.name != "Osterhaven"


def test_an_edited_file_is_read_anew(tmp_path: Path) -> None:
    """Nothing of the old file stays."""
    own = tmp_path / "actors.toml"
    text = "The {} threatened to blockade the port."
    for name in ("Harbour Front", "Dock Front"):
        own.write_text(OWN.replace("Harbour Front", name), encoding="utf-8")
        (threat,) = Rules(own).extract(a_document(text.format(name))).threats
        assert threat.sender.name == name
