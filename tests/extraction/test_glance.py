"""What the words of a sentence can be, by their letters and by the tags of a tagger."""

from collections.abc import Iterable

import pytest

from briefing_lib.extraction import glances_by, load_lexicon
from briefing_lib.extraction.glance import Glance
from briefing_lib.extraction.parsing import as_tagged, load_parser, plain

GLANCES = glances_by(load_lexicon())


def by_letters(text: str) -> list[Glance]:
    return list(GLANCES.of(text))


def by_tags(text: str) -> list[Glance]:
    return list(GLANCES.of_tagged(as_tagged(plain(text), load_parser()(plain(text), disable=["parser"]))))


def any_of(words: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*words)


@pytest.mark.parametrize("look", [by_letters, by_tags])
def test_sentences_end_where_any_reader_ends_them(look) -> None:
    told = "Gen. Brack spoke of “the U.S. Army.” Ships sailed. Nobody cheered!"
    assert [one.text for one in look(told)] == [
        'gen. brack spoke of "the u.s. army." ships sailed.',
        "nobody cheered!",
    ]


@pytest.mark.parametrize("look", [by_letters, by_tags])
def test_what_is_to_come_tells_of_no_deed(look) -> None:
    [ahead] = look("It will soon close the road.")
    [wanted] = look("It wants to close the road.")
    [begun] = look("It began to close the road.")
    [told] = look("It closed the road.")
    assert [("close" in any_of(one.verbs), "close" in any_of(one.done)) for one in (ahead, wanted, begun, told)] == [
        (True, False),
        (False, False),
        (True, True),
        (True, True),
    ]


def test_by_letters_a_word_after_an_article_is_no_verb() -> None:
    [one] = by_letters("The attack on a strike base of Fort March began.")
    assert not {"attack", "strike", "march"} & any_of(one.verbs)
    assert {"attack", "strike"} <= any_of(one.nouns)
    assert "begin" in any_of(one.done)


def test_by_tags_a_verb_is_what_the_tagger_takes_for_one() -> None:
    [one] = by_tags("The crews attack base strike leaders.")
    assert ("crew" in any_of(one.nouns), "crew" in any_of(one.verbs)) == (True, False)
    assert any_of(one.content) <= one.found
    assert "the" not in any_of(one.content)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("The road was closed.", True),
        ("The road was widened and closed.", True),
        ("The road closed by snow is long.", False),
        ("They began closing the road.", True),
        ("They are closing the road.", True),
        ("A man closing the road fell.", False),
        ("They answered by closing the road.", True),
    ],
)
def test_by_tags_a_participle_needs_what_makes_it_a_verb_of_its_clause(text: str, done: bool) -> None:
    [one] = by_tags(text)
    assert ("close" in any_of(one.done)) is done


def test_an_empty_text_says_nothing() -> None:
    for look in (by_letters, by_tags):
        assert [one.found for one in look("")] in ([], [frozenset()])
