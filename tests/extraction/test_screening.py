"""A document that is skimmed first loses nothing that parsing all of it finds."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from factories import a_document

from briefing_lib.evaluation.gold import read_gold
from briefing_lib.extraction import Lexicon, Rules, Wanted, glances_by, load_lexicon
from briefing_lib.extraction.parsing import as_tagged, load_parser, plain
from briefing_lib.extraction.screening import Screen
from briefing_lib.models import DateRange, Document

ROWS = Path(__file__).parent / "rows"
GOLD = Path(__file__).parents[3] / "shared" / "gold"
DAY = DateRange(date(2021, 3, 5), date(2021, 3, 5))


def written_here() -> list[Document]:
    """Every snippet and document of these tests, each as a report of its own."""
    texts = [row["text"] for name in ("threats", "outcomes") for row in _read(ROWS / f"{name}.toml")["row"]]
    texts += [_read(path)["text"] for path in sorted((ROWS / "documents").glob("*.toml"))]
    return [a_document(text, id=str(number), published=DAY) for number, text in enumerate(texts)]


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def annotated() -> list[Document]:
    """Every annotated document, and every annotated sentence as a document, where they are."""
    if not GOLD.is_dir():
        return []
    gold = read_gold(GOLD)
    sentences = [one.document for one in gold.sentences]
    # As in a collection, no two have one id.
    return list(
        {document.id: document for document in (*(one.document for one in gold.documents), *sentences)}.values()
    )


@pytest.mark.parametrize("documents", [written_here, annotated])
def test_what_is_skimmed_and_read_on_is_what_parsing_everything_finds(documents) -> None:
    """Every threat is found at once; what was left unread gives the rest, in the same order."""
    rules, given = Rules(), documents()
    whole = [rules.extract(document) for document in given]
    skimmed = list(rules.skim(given))
    assert [one.threats for one in skimmed] == [one.threats for one in whole]
    assert list(rules.read_on(Wanted(one, one.unread) for one in skimmed)) == whole


def test_a_document_without_a_threat_is_left_unread() -> None:
    document = a_document("The harbour froze.\n\nSkaters crossed it.")
    [skimmed] = Rules().skim([document])
    assert [document.text[span.start : span.end] for span in skimmed.unread] == [
        "The harbour froze.",
        "Skaters crossed it.",
    ]
    assert skimmed.outcomes == ()


def may_threaten(text: str, lexicon: Lexicon | None = None) -> bool:
    """Ask the screen of a text by its letters."""
    lexicon = lexicon or load_lexicon()
    return Screen(lexicon).may_threaten(glances_by(lexicon).of(text))


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Ruritania threatened to close the strait.", True),
        ("Ruritania’s threats were many.", True),
        ("We'll burn their mills.", True),
        ("They won’t sign the treaty.", True),
        ("The union is to strike on Friday.", True),
        ("He said it was considering imposing duties.", True),
        ("The union was to strike on Friday.", True),
        ("They said that the crew had ninety days to leave.", True),
        ('The council released a statement titled "Lift the curfew and repeal the ferry agreement".', True),
        ("It welcomes traders and neither taxes nor seize their goods, said a clerk.", True),
        ("As the minister said, the mill burned.", False),
        ("The sailors are burning their boats.", False),
        ("The two sides signed a treaty on Monday.", False),
        ("Troops crossed the border and burned the mill.", False),
        ("The minister opened a school in the north.", False),
    ],
)
def test_the_screen_goes_by_words(text: str, may: bool) -> None:
    """Words of threat and will beside a costly act need the parser; a plain report does not."""
    assert may_threaten(text) is may


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Ruritania threatened to close the strait.", True),
        ("It will strike the base if the drills go on.", True),
        ("The union is to strike on Friday.", True),
        ("He said it was considering imposing duties.", True),
        ("The minister will visit fire crews.", False),
        ("The club will honour strike leaders on Monday.", False),
    ],
)
def test_the_screen_goes_by_tags_too(text: str, may: bool) -> None:
    """What the letters let through is asked again of the tagger's words: "attack" is a noun here."""
    assert may_threaten(text)
    lexicon = load_lexicon()
    tagged = as_tagged(plain(text), load_parser()(plain(text), disable=["parser"]))
    assert Screen(lexicon).may_threaten(glances_by(lexicon).of_tagged(tagged)) is may


def test_a_word_of_a_collections_own_is_screened_for() -> None:
    """The screen is made of the lists that the rules go by, so that a list and the screen cannot part."""
    own = load_lexicon('[add.frames.threaten]\nverbs = ["glower"]\n')
    assert may_threaten("Ruritania glowered.", own)
    assert not may_threaten("Ruritania glowered.")
