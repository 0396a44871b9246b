"""Paragraphs of any length are parsed, in pieces where they are long, and no character is lost."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from factories import a_document, a_passage
from spacy.symbols import ORTH

from briefing_lib import extraction
from briefing_lib.extraction import Rules, word_forms
from briefing_lib.extraction.parsing import LONGEST, load_parser, parse
from briefing_lib.extraction.parsing import plain as plain_text
from briefing_lib.extraction.word_forms import WordForms
from briefing_lib.extraction.word_tables import readings_as

SENTENCE = "Ruritania threatened to close the strait on Monday. "


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 200,
        SENTENCE.replace(".", ",") * 200,
        "a" * 10_001,
        "북" * 10_001,
        "(" * 10_001,
        "\u00a0" * 5_000 + "x",
        "a\n" * 3_000,
        "x" * LONGEST,
        "x" * (LONGEST + 1),
    ],
    ids=lambda text: repr(text[:8]),
)
def test_the_pieces_of_a_long_paragraph_are_all_of_it(text: str) -> None:
    passage = a_passage(a_document(text))
    pieces = [(piece, doc) for piece, doc in parse([passage])]
    for piece, doc in pieces:
        assert 0 < len(piece.quote()) == len(doc.text) <= LONGEST
    assert "".join("".join(piece.quote().split()) for piece, _ in pieces) == "".join(text.split())


def test_a_long_paragraph_is_parted_between_its_sentences() -> None:
    passage = a_passage(a_document(SENTENCE * 200))
    for piece, _ in parse([passage]):
        assert piece.quote().startswith("Ruritania")
        assert piece.quote().rstrip().endswith("Monday.")


def test_threats_far_into_a_paragraph_without_end_are_found() -> None:
    """Two million characters in one line are beyond what the parser takes at once."""
    filler = "The weather was mild. " * 1_000
    document = a_document(f"{filler}Ruritania threatened to close the strait if Graustark sends ships. {filler}")
    [threat] = Rules().extract(document).threats
    assert threat.sender.name == "Ruritania"
    assert document.text[threat.passage.start : threat.passage.end] == threat.passage.quote()


def test_names_are_asked_for_where_they_are_recognised_on_demand() -> None:
    """A rule that read spaCy's own attribute would find no name in a sentence that nobody had asked about."""
    rules = Path(extraction.__file__).parent
    for path in rules.rglob("*.py"):
        if path.name != "parsing.py":
            assert not re.search(r"\.ent_type_?\b|\.ents\b|\.ent_iob_?\b", path.read_text("utf-8")), path.name


def test_word_forms_begin_anew_where_too_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = load_parser()
    monkeypatch.setattr(word_forms, "MOST", 8)
    forms = WordForms(parser)
    for text in (SENTENCE, "Two ships sailed for the southern islands yesterday.", SENTENCE, SENTENCE):
        assert forms.of(parser(text)) == WordForms(parser).of(parser(text))


@pytest.mark.parametrize("part", [None, "noun", "verb"])
def test_a_word_is_read_as_the_loaded_model_reads_it(part: str | None) -> None:
    """The tables in the model's files give what its lemmatizer and its tokenizer do, for words of all sorts."""
    rows = Path(__file__).parent / "rows"
    texts = [tomllib.loads(path.read_text("utf-8")).get("row", []) for path in rows.glob("*.toml")]
    said = plain_text(" ".join(row["text"] for rows in texts for row in rows if "text" in row))
    words = {*said.split(), *re.findall(r"[^\W\d_]+|[^\w\s]", said), "won't", "Y'all", "better", "ICBMs'"}
    assert len(words) > 2_000
    tables, exceptions = load_parser().get_pipe("lemmatizer").lookups, load_parser().tokenizer.rules

    def of(name: str) -> list[Any]:
        table = tables.get_table(name)
        return list(table.values()) if part is None else [table[part]]

    for word in words:
        forms = {word, word.lower(), word.lower().capitalize()}
        pieces = {word.lower(), *re.findall(r"[^\W\d_]+", word.lower())}
        pieces |= {str(piece[ORTH]).lower() for form in forms for piece in exceptions.get(form, ())}
        pieces |= {f"'{tail}" for tail in word.lower().split("'")[1:]}
        lemmas = {
            piece.removesuffix(old) + new
            for piece in pieces
            for rules in of("lemma_rules")
            for old, new in rules
            if piece.endswith(old)
        }
        for table in of("lemma_exc"):
            lemmas.update(*(table.get(piece, ()) for piece in pieces))
        assert readings_as(word, part) == pieces | lemmas, word


def test_to_look_up_words_takes_no_parser() -> None:
    """A text that the screen holds back, and that bears on nothing, costs neither spaCy nor its model."""
    code = (
        "import sys\nfrom briefing_lib.extraction import Rules\nfrom briefing_lib.models import Document\n"
        f"[made] = Rules().skim([Document('d', 'd.txt', {'The harvest was good in the north.'!r}, '')])\n"
        "print(len(made.unread), sorted({'spacy', 'numpy', 'thinc'} & sys.modules.keys()))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout == "1 []\n"
