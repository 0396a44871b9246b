"""What the words of a sentence can be, before it is parsed: by their letters alone, or by the tags of a tagger.

A word stands for every lemma that the parser might give it. By letters, a word after an article, a possessive or most
prepositions is no verb, nor is a capital within a sentence; one after a modal, or after "to" where nothing says that
it came about, tells of no deed. By tags, verbs are what the tagger takes for them. Parsing costs as much again as
tagging does, so that a text may be looked at twice before it is parsed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from briefing_lib.extraction.entries import Entries
from briefing_lib.extraction.grammar import FUTURE
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.parsing import Tagged, plain
from briefing_lib.extraction.word_tables import readings, readings_as

# A verb whose form its letters do not tell; the tags of modals, and of verbs that make a clause.
ANY, MODAL, FINITE = "any", "MD", frozenset({"VBD", "VBZ", "VBP"})
# Words, with the apostrophes that part them in tokens ("we'll", "won't"), and marks.
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|'[^\W\d_]+|\d+|[^\w\s]")
# Where a sentence ends for any reader: after a plain word of three letters or more, before a capital.
_END = re.compile(r"\b[a-z]{3,}[.!?][\"')\]]{0,2}\s+(?=[\"'(]?[A-Z])")
_NO_VERB_AFTER = frozenset(
    {"a", "an", "the", "its", "their", "his", "our", "my", "your", "no", "every", "of", "for", "with", "from", "into"}
)
# Adverbs that stand between an auxiliary and its verb.
_BETWEEN = frozenset({"not", "n't", "also", "never", "soon", "then", "now", "again", "even", "still", "just"})
# What makes a participle the verb of a clause, within so many words, and what joins it to another.
_AUXILIARY = frozenset(
    {"be", "been", "being", "is", "are", "was", "were", "'s", "'re", "has", "have", "had", "'ve", "'d", "got"}
)
_NEAR, _JOINS = 5, frozenset({"and", "or", ",", "but"})
# Words that are no part of what is done.
_SMALL = frozenset({"a", "an", "the", "as", "of", "in", "on", "to", "and", "or", "by", "at", "is", "was", "has", "its"})
# What the tags of verbs and modals begin with, those of nouns, and of what may stand before them.
_VERBS, _NOUNS, _ADJECTIVES, _OTHERS = ("VB", MODAL), "NN", "JJ", ("VBN", "VBG", "CD")
_NO_LEMMAS: frozenset[str] = frozenset()
# Words that say of an infinitive under them that it came about, or was left undone.
_BRINGING = (
    "outcomes.begun.verbs",
    "outcomes.begun.causing",
    "outcomes.begun.steps",
    "outcomes.anaphor.brought_about",
    "outcomes.not_carried_out.forbear",
)


@dataclass(frozen=True)
class Glance:
    """A sentence by its words; what is asked of few sentences is made out where it is asked.

    Attributes
    ----------
    sentence
        It as written.
    forms
        Of each word, the tag of the verb or modal that it may be (Penn Treebank), ``any`` where letters do not tell it,
        or nothing.
    nouns, content
        The lemmas of each word that can be a noun or its modifier, and of all that can tell what was done to what.
    """

    sentence: str
    tokens: Sequence["_Word"]
    forms: Sequence[str]
    nouns: tuple[frozenset[str], ...]
    content: tuple[frozenset[str], ...]
    bringing: Entries

    @cached_property
    def text(self) -> str:
        """It in lower case, with single blanks."""
        return " ".join(self.sentence.lower().split())

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words and marks, in lower case."""
        return tuple([word.text for word in self.tokens])

    @cached_property
    def readings(self) -> tuple[frozenset[str], ...]:
        """Of each word, every lemma that the parser may see in it, whatever it takes it for."""
        return tuple([word.lemmas for word in self.tokens])

    @cached_property
    def found(self) -> frozenset[str]:
        """All of these together."""
        return _NO_LEMMAS.union(*self.readings)

    @property
    def verbs(self) -> tuple[frozenset[str], ...]:
        """The lemmas of each word that can be the verb of a clause, told as done or to come."""
        return self._clauses[0]

    @property
    def done(self) -> tuple[frozenset[str], ...]:
        """Those of each that can be told as done, begun or left undone."""
        return self._clauses[1]

    @cached_property
    def _clauses(self) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
        brings = bool(self.bringing.of(self.readings, self.found))
        verbs: list[frozenset[str]] = []
        done: list[frozenset[str]] = []
        governing = ""
        for at, (word, form) in enumerate(zip(self.tokens, self.forms, strict=True)):
            if form and form != MODAL:
                under_to = governing == "to" and form in {"VB", ANY}
                if not under_to or brings:
                    verbs.append(word.verbs)
                    if governing not in FUTURE and (
                        form == ANY or _has_come_about(form, self.words[max(0, at - _NEAR) : at], brings=brings)
                    ):
                        done.append(word.verbs)
            if not word.is_between:
                governing = word.text
        return tuple(verbs), tuple(done)

    def before(self, place: int) -> str:
        """Return the word before a place, adverbs left out; nothing where there is none."""
        return next((word.text for word in reversed(self.tokens[:place]) if not word.is_between), "")


class _Word(NamedTuple):
    """A word in lower case, the lemmas that it may have as any part of speech or as one, and what it looks like."""

    text: str
    lemmas: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]
    is_gerund: bool
    is_spelt: bool
    is_between: bool


# The words that most of a text is made of; the others are looked up again.
@lru_cache(maxsize=12_288)
def _word_of(token: str) -> _Word:
    word = token.lower()
    return _Word(
        word,
        readings(word),
        readings_as(word, "noun"),
        readings_as(word, "verb"),
        word.endswith(("ing", "in'")),
        word[-1:].isalpha(),
        _is_between(word),
    )


class Glances:
    """Looks at texts by the word lists of an extractor."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._bringing = Entries({"bringing": (word for path in _BRINGING for word in lexicon.words[path])})

    def of(self, text: str) -> Iterator[Glance]:
        """Yield each sentence of a text, by its letters."""
        straight = plain(text)
        start = 0
        for end in _ends_in(straight):
            tokens = _TOKEN.findall(straight[start:end])
            words = list(map(_word_of, tokens))
            nouns = tuple([word.nouns for word in words])
            content = tuple([word.lemmas for word in words if word.text not in _SMALL])
            yield Glance(straight[start:end], words, _forms_of(tokens, words), nouns, content, self._bringing)
            start = end

    def of_tagged(self, tagged: Tagged) -> Iterator[Glance]:
        """Yield each sentence of a text that the tagger has read."""
        at = 0
        for end in _ends_in(tagged.text):
            start = at
            while at < len(tagged.places) and tagged.places[at] < end:
                at += 1
            words = list(map(_word_of, tagged.words[start:at]))
            tags = tagged.tags[start:at]
            forms = [tag if tag.startswith(_VERBS) else "" for tag in tags]
            nouns = tuple(lemmas for word, tag in zip(words, tags, strict=True) if (lemmas := _nouns_of(word, tag)))
            verbs = (word.verbs for word, form in zip(words, forms, strict=True) if form)
            text = tagged.text[tagged.places[start] : end] if words else ""
            yield Glance(text, words, forms, nouns, (*nouns, *verbs), self._bringing)


def _has_come_about(form: str, before: Sequence[str], *, brings: bool) -> bool:
    """Tell whether a verb of a form, after some words, may be told as done or begun (`outcomes.clauses`)."""
    if form == "VB":
        return brings or "did" in before  # "did not close it"
    if form not in {"VBN", "VBG"} or not _AUXILIARY.isdisjoint(before):
        return True
    if form == "VBG":
        return brings or "by" in before
    return bool(before) and before[-1] in _JOINS


def _is_between(word: str) -> bool:
    return word in _BETWEEN or word.endswith("ly")


def _ends_in(text: str) -> list[int]:
    return [*(match.end() for match in _END.finditer(text)), len(text)]


def _forms_of(tokens: Sequence[str], words: Sequence[_Word]) -> list[str]:
    """Tell by its letters, and by the word before it, which form of a verb a word may be."""
    forms = []
    before = ""
    for token, word in zip(tokens, words, strict=True):
        if word.is_gerund or not word.is_spelt:
            forms.append("VBG" if word.is_gerund else "")
        else:
            capital = token[0].isupper() and not token.isupper() and before[-1:].isalpha()
            named = capital and before not in _AUXILIARY
            forms.append("" if named or before in _NO_VERB_AFTER else ANY)
        before = word.text
    return forms


def _nouns_of(word: _Word, tag: str) -> frozenset[str]:
    if tag.startswith(_NOUNS):
        return word.nouns
    if tag.startswith(_ADJECTIVES):
        return word.lemmas
    return frozenset({word.text}) if tag in _OTHERS else _NO_LEMMAS
