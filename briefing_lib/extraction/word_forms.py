"""Parts of speech and lemmas, made once for each word, tag and place in the grammar.

The model derives them by a table of patterns over words, tags and dependencies, which takes a quarter of the time of a
parse. All but a few patterns look at one word alone, so that what they gave once they give again.
"""

from typing import TYPE_CHECKING, Any

from briefing_lib.extraction.trees import Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
# Of a word, what is looked at.
_SEEN = ("ORTH", "TAG", "DEP")
_KEY = 8 * len(_SEEN)  # bytes
# Words that are kept, some megabytes of them; a few thousand make most of a text.
MOST = 30_000


class WordForms:
    """Tells of each word of a parse what the model's attribute ruler and lemmatizer make of it, one after the other."""

    def __init__(self, parser: "Language") -> None:
        from spacy.matcher import Matcher

        ruler: Any = parser.get_pipe(RULER)
        lemmatizer: Any = parser.get_pipe(LEMMATIZER)
        self._ruler, self._lemmatizer = ruler, lemmatizer
        # They come as lists of up to fifty thousand words, each searched from its beginning.
        index = lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech, words in index.items():
            index[part_of_speech] = frozenset(words)
        self._beginning = Matcher(parser.vocab)
        for number, entry in enumerate(self._ruler.patterns):
            longer = [[pattern[0]] for pattern in entry["patterns"] if len(pattern) > 1]
            if longer:
                self._beginning.add(str(number), longer)
        # None for a word that may begin a pattern of several: what follows it counts too.
        self._known: dict[bytes, Word | None] = {}

    def of(self, doc: "Doc") -> list[Word]:
        """Return each word of a parse with its part of speech and lemma."""
        seen = doc.to_array(list(_SEEN)).tobytes()
        keys = [seen[start : start + _KEY] for start in range(0, len(seen), _KEY)]
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        if len(self._known) + len(new) > MOST:
            self._known.clear()
            return self._whole(doc)
        if new:
            self._learn(new, doc)
        words = [self._known[key] for key in keys]
        known = [word for word in words if word is not None]
        return known if len(known) == len(words) else self._whole(doc)

    def _learn(self, keys: list[bytes], doc: "Doc") -> None:
        """Ask the model's own components about words that were not met before."""
        words = self._written(keys, doc)
        beginning = {start for _, start, _ in self._beginning(words, allow_missing=True)}
        alone = [key for at, key in enumerate(keys) if at not in beginning]
        self._known |= dict.fromkeys(keys[at] for at in beginning)
        if alone:
            self._known |= zip(alone, self._whole(self._written(alone, doc)), strict=True)

    def _written(self, keys: list[bytes], doc: "Doc") -> "Doc":
        import numpy as np
        from spacy.tokens import Doc

        rows: Any = np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(-1, len(_SEEN))
        words = Doc(doc.vocab, words=[doc.vocab.strings[word] for word in rows[:, 0].tolist()])
        return words.from_array(list(_SEEN[1:]), rows[:, 1:])

    def _whole(self, doc: "Doc") -> list[Word]:
        return [
            Word(t.text, t.lower_, t.lemma_.lower(), t.tag_, t.pos_, t.dep_, t.is_punct, t.is_space)
            for t in self._lemmatizer(self._ruler(doc))
        ]
