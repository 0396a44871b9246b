"""What is read of a folder of annotations, and what is refused."""

import json

import pytest

from briefing_lib.errors import SourcesNotFound
from briefing_lib.evaluation import BadGold
from briefing_lib.evaluation.gold import read_gold
from briefing_lib.models import Precision

TEXT = "Ruritania will close the strait.\r\nSo it said."
ONE = "Ruritania will close the strait."


def test_line_endings_stay_as_they_are(gold, gold_threat):
    """Offsets are into the exact text."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, "So it said.")])
    read = read_gold(gold.path).documents[0]
    assert read.document.text == TEXT
    assert read.threats[0].quotes[0].start == TEXT.index("So")


@pytest.mark.parametrize(
    ("published", "precision"), [("2021", Precision.YEAR), ("2021-03", Precision.MONTH), ("2021-03-05", Precision.DAY)]
)
def test_a_date_has_the_precision_in_which_it_is_given(gold, published, precision):
    """A year, a month or a day."""
    gold.document("a", TEXT, published=published)
    assert read_gold(gold.path).documents[0].document.published.precision is precision


def test_a_quote_without_offsets_is_looked_up(gold, gold_threat):
    """It has to stand in the text once."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, ONE, span=None, alt_spans=None)])
    assert read_gold(gold.path).documents[0].threats[0].quotes[0].end == len(ONE)


def test_the_hash_changes_with_any_byte(gold, gold_threat):
    """And is the same for the same bytes."""
    gold.document("a", TEXT)
    before = read_gold(gold.path).sha256
    assert read_gold(gold.path).sha256 == before
    gold.document("a", TEXT + "!")
    assert read_gold(gold.path).sha256 != before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "nasty"}, "no kind; it is one of compellent"),
        ({"status": "done"}, "no status; it is one of carried_out"),
        ({"also_acceptable": ["done"]}, "no status"),
        ({"span": [1, 5]}, "not the quote"),
        ({"span": [1, 5000]}, "half-open offsets"),
        ({"span": None, "quote": "Not there."}, "does not stand in the document"),
        ({"sender": None}, "'sender' should be a string"),
        ({"issued": {"from": "soon", "to": None}}, "no date"),
        ({"alt_quotes": [ONE], "alt_spans": []}, "one pair of offsets for each"),
    ],
)
def test_a_malformed_threat_is_refused_with_its_place(gold, gold_threat, change, message):
    """The error names the file, the threat and what is wrong."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, ONE) | change])
    with pytest.raises(BadGold, match=message) as raised:
        read_gold(gold.path)
    assert "a.json, threats 1" in str(raised.value)


def test_a_missing_or_empty_folder_is_refused(tmp_path):
    """Nothing can be scored."""
    with pytest.raises(SourcesNotFound, match="no folder"):
        read_gold(tmp_path / "nowhere")
    with pytest.raises(SourcesNotFound, match="neither docs"):
        read_gold(tmp_path)


def test_an_annotation_without_its_text_is_refused(gold):
    """The text has to stand beside it."""
    gold.document("a", TEXT)
    (gold.path / "docs/a.txt").unlink()
    with pytest.raises(BadGold, match=r"has no a\.txt"):
        read_gold(gold.path)


@pytest.mark.parametrize(
    ("line", "message"), [("{", "no JSON"), ('{"id": "x", "text": "y", "label": "perhaps"}', "is none of threat")]
)
def test_a_malformed_sentence_is_refused_with_its_line(gold, line, message):
    """The error names the line."""
    good = json.dumps({"id": "a", "text": "b", "label": "not"})
    (gold.path / "some.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadGold, match=rf"line 2.*{message}"):
        read_gold(gold.path)


def test_a_story_needs_documents_that_are_there_and_dated(gold):
    """Each error names the documents."""
    gold.document("a", TEXT, published=None)
    gold.story("s", ["a", "b"])
    with pytest.raises(BadGold, match="does not hold: b"):
        read_gold(gold.path)
    gold.story("s", ["a"])
    with pytest.raises(BadGold, match="no date: a"):
        read_gold(gold.path)
