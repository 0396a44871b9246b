"""The records of a parse answer as the parser's own words do."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing_lib.extraction.parsing import as_parse, load_parser, model_package, plain
from briefing_lib.extraction.phrases import names_time
from briefing_lib.extraction.trees import Parse

ROWS = Path(__file__).parent / "rows"
# A crossing branch ("a hearing is scheduled on the issue today"), blanks, nothing, and words that nothing joins.
HARD = (
    "There're gonna be talks, y'all. Let's go!",
    "It ain't so; there is   none. C'mon, we gotta wait.",
    "A hearing is scheduled on the issue today, and, they said, on Monday.",
    "  Two  blanks \t here .",
    "",
    ". . . ! ? ; -",
    "He said (and she, and they all, and we) that we'll go, won't we?",
)


def texts() -> list[str]:
    """Return what the rules are tried on, and what is hard to take apart."""
    told = [row["text"] for name in ("outcomes", "threats") for row in rows_of(name)]
    return [plain(text) for text in (*told, *HARD)]


def rows_of(name: str) -> list[dict[str, str]]:
    """Read one file of examples; none where it is not there."""
    path = ROWS / f"{name}.toml"
    return list(tomllib.loads(path.read_text("utf-8"))["row"]) if path.exists() else []


def told_twice() -> Iterator[tuple[Parse, Any]]:
    """Yield each text as our records of it, and as the model by itself parses it.

    Another library for its matrices, and word forms that are remembered, change nothing, however it is batched.
    """
    alone = list(model_package().load(exclude=["ner"]).pipe(texts()))
    for size in (64, 3):
        for ours, its in zip(load_parser().pipe(texts(), batch_size=size), alone, strict=True):
            yield as_parse(ours), _with_free_auxiliaries(its)


def _with_free_auxiliaries(parsed: Any) -> Any:
    """Return the model's parse with what hangs on an auxiliary hung on its verb, which is all that ours mends."""
    for token in parsed:
        if token.dep_ in {"aux", "auxpass"}:
            for child in list(token.children):
                child.head = token.head
    return parsed


def test_what_hangs_on_an_auxiliary_hangs_on_its_verb() -> None:
    parse = as_parse(load_parser()("He said Iran will from now on allow only two inspectors."))
    subject = next(token for token in parse if token.text == "Iran")
    assert (subject.dep_, subject.head.text) == ("nsubj", "allow")
    assert not any(token.children for token in parse if token.dep_ == "aux")


def test_each_word_is_told_as_the_model_tells_it() -> None:
    for parse, source in told_twice():
        assert (parse.text, len(parse)) == (source.text, len(source))
        for own, its in zip(parse, source, strict=True):
            told = (own.i, own.idx, own.text, own.lower_, own.lemma, own.tag_, own.pos_, own.dep_, len(own))
            assert told == (
                *(its.i, its.idx, its.text, its.lower_, its.lemma_.lower(), its.tag_, its.pos_, its.dep_),
                len(its),
            )
            assert (own.is_punct, own.is_space, own.head.i) == (its.is_punct, its.is_space, its.head.i)
            for ours, theirs in (
                (own.children, its.children),
                (own.subtree, its.subtree),
                (own.conjuncts, its.conjuncts),
            ):
                assert [word.i for word in ours] == [word.i for word in theirs]
            assert own.left_edge.i == its.left_edge.i
            assert (own.sent.start, own.sent.end) == (its.sent.start, its.sent.end)
            for other, that in zip(parse, source, strict=True):
                assert own.is_ancestor(other) == its.is_ancestor(that)


def test_each_stretch_is_told_as_the_model_tells_it() -> None:
    for parse, source in told_twice():
        sentences = [(one.start, one.end, one.root.i) for one in source.sents]
        assert [(one.start, one.end, one.root.i) for one in parse.sents] == sentences
        for start, end in ((0, 3), (2, 7), (1, 2), (3, 999)):
            ours, theirs = parse[start:end], source[start:end]
            assert (ours.start, ours.end, len(ours)) == (theirs.start, theirs.end, len(theirs))
            if len(theirs):
                assert (ours.text, ours.start_char, ours.end_char) == (theirs.text, theirs.start_char, theirs.end_char)
                assert [word.i for word in reversed(ours)] == [word.i for word in reversed(list(theirs))]


def test_characters_are_told_by_the_words_that_they_touch() -> None:
    parse = as_parse(load_parser()("Two ships sailed for the islands."))
    assert parse.between(4, 16).text == "ships sailed"
    assert parse.between(5, 11).text == "ships sailed"
    assert len(parse.between(3, 4)) == 0


def test_there_is_no_neighbour_beyond_the_ends() -> None:
    parse = as_parse(load_parser()("Two ships."))
    assert parse[0].nbor().text == "ships"
    for place, step in ((0, -1), (2, 1)):
        with pytest.raises(IndexError):
            parse[place].nbor(step)


@pytest.mark.parametrize("word", ["March", "Sunday", "2017", "3rd", "weeks", "noon", "5:30"])
def test_what_names_a_time_is_told(word: str) -> None:
    parse = as_parse(load_parser()(f"They left in {word}."))
    assert any(map(names_time, parse))


@pytest.mark.parametrize("word", ["port", "march", "ships", "May's", "300", "Rome"])
def test_what_names_no_time_is_told(word: str) -> None:
    parse = as_parse(load_parser()(f"They left the {word}."))
    assert not any(names_time(token) for token in parse if token.text == word)
