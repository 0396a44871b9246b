"""A parse as plain records: the words of a passage, what stands over and under each, and its sentences.

The parser's own words cost a call into compiled code and a new object for each thing that is asked of them, and the
rules ask some hundred things of every word. These carry the same answers, under spaCy's names, as attributes.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What is read of each word beside its forms. A head is told by how far it stands.
_NUMBERS = ("IDX", "HEAD", "SENT_START")


class Word(NamedTuple):
    """What is the same of a word wherever it stands in one form and one place in the grammar (see `Token`)."""

    text: str
    lower_: str
    lemma: str
    tag_: str
    pos_: str
    dep_: str
    is_punct: bool
    is_space: bool


class Token:
    """A word or mark of a passage.

    Attributes
    ----------
    i, idx
        Its place among the words, and that of its first character in the passage.
    text, lower_
        As written, and in lower case.
    lemma
        As a dictionary has it, names in lower case too.
    tag_, pos_
        Its part of speech, in the Penn Treebank's and in Universal Dependencies' terms.
    dep_
        How it hangs on its head, in the terms of spaCy's English models (ClearNLP).
    head, children
        What it hangs on, itself for the root of a sentence, and what hangs on it, from left to right.
    doc, sent
        The passage and the sentence that it stands in.
    """

    __slots__ = (
        "_subtree", "children", "dep_", "doc", "head", "i", "idx", "is_punct", "is_space", "lemma", "lower_", "pos_",
        "sent", "tag_", "text",
    )  # fmt: skip

    head: "Token"
    sent: "Stretch"

    def __init__(self, doc: "Parse", i: int, word: Word, idx: int) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text, self.lower_, self.lemma, self.tag_, self.pos_, self.dep_, self.is_punct, self.is_space = word
        self.children: list[Token] = []
        self._subtree: Sequence[Token] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def subtree(self) -> Sequence["Token"]:
        """The word and all that hangs on it, however deep: under each word, what stands before it comes first."""
        if self._subtree is None:
            found: list[Token] = []
            waiting = [(self, not self.children)]
            while waiting:
                token, is_next = waiting.pop()
                if is_next:
                    found.append(token)
                    continue
                branches = [(child, not child.children) for child in token.children]
                before = sum(child.i < token.i for child in token.children)
                waiting += [*reversed(branches[before:]), (token, True), *reversed(branches[:before])]
            self._subtree = tuple(found)
        return self._subtree

    @property
    def left_edge(self) -> "Token":
        """The first word of the subtree."""
        return min(self.subtree, key=lambda token: token.i)

    @property
    def conjuncts(self) -> tuple["Token", ...]:
        """The words that are joined with this one ("A, B and C"), without itself."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        joined = [first]
        for token in joined:
            joined += [child for child in token.children if child.dep_ == "conj" and child.i > token.i]
        return tuple(token for token in joined if token is not self)

    def nbor(self, step: int = 1) -> "Token":
        """Return the word so many places on.

        Raises
        ------
        IndexError
            There is none.
        """
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc[place]

    def is_ancestor(self, other: "Token") -> bool:
        """Tell whether another word hangs on this one, at any depth."""
        while other.head is not other:
            other = other.head
            if other is self:
                return True
        return False


class Stretch:
    """Words of a passage that follow each other: half-open places among its words; a sentence, for one."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: "Parse", start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    @property
    def start_char(self) -> int:
        """Where its first character stands in the passage."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where its last character ends in the passage."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as written."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The word of a sentence that hangs on none."""
        return next(token for token in self if token.head is token)


# In ClearNLP's scheme nothing hangs on an auxiliary; where words stand between it and its verb, the parser errs.
_AUXILIARIES = frozenset({"aux", "auxpass"})


def _pass_on_what_hangs_on(auxiliary: Token) -> None:
    """Hang on the verb what the parser hung on its auxiliary: the subject of "Iran will from now on allow …"."""
    verb = auxiliary.head
    for token in auxiliary.children:
        token.head = verb
    verb.children = sorted((*verb.children, *auxiliary.children), key=lambda token: token.i)
    auxiliary.children = []


class Parse:
    """A passage as the parser reads it, but that the words of a clause hang on its verb and not on an auxiliary.

    Attributes
    ----------
    source
        The parser's own record, for what is asked for seldom: the names of persons, places and times.
    answers
        What was asked of its words once (`briefing_lib.extraction.grammar.once`).
    """

    def __init__(self, source: "Doc", words: Sequence[Word]) -> None:
        self.source = source
        self.text: str = source.text
        self.answers: dict[str, dict[int, Any]] = {}
        places, heads, starts = source.to_array(list(_NUMBERS)).astype("int64").T.tolist()
        self.tokens = [Token(self, i, word, idx) for i, (word, idx) in enumerate(zip(words, places, strict=True))]
        for token, away in zip(self.tokens, heads, strict=True):
            token.head = self.tokens[token.i + away]
            if away:
                token.head.children.append(token)
        for token in self.tokens:
            if token.children and token.dep_ in _AUXILIARIES:
                _pass_on_what_hangs_on(token)
        opening = [i for i, start in enumerate(starts) if start == 1 or i == 0]
        ends = [*opening[1:], len(self.tokens)]
        self.sents = [Stretch(self, start, end) for start, end in zip(opening, ends, strict=False)]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Stretch: ...
    def __getitem__(self, place: int | slice) -> Token | Stretch:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.tokens))
            return Stretch(self, start, max(start, end))
        return self.tokens[place]

    def between(self, start: int, end: int) -> Stretch:
        """Return the words that a span of characters touches."""
        touched = [token.i for token in self.tokens if token.idx < end and start < token.idx + len(token.text)]
        return Stretch(self, touched[0], touched[-1] + 1) if touched else Stretch(self, 0, 0)
