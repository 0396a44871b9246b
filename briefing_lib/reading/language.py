"""Whether a document is in English: the only language that the rules know."""

import re

_SAMPLE = 5_000
# Under this, a text of names and numbers may look like any language.
_TOO_SHORT = 200
# The commonest words of English (Oxford English Corpus). Of the words of running English that are no names they are a
# third and more; other languages share one or two of them by chance.
_COMMON = frozenset(
    {
        "the",
        "be",
        "to",
        "of",
        "and",
        "a",
        "in",
        "that",
        "have",
        "it",
        "for",
        "not",
        "on",
        "with",
        "as",
        "you",
        "do",
        "at",
    }
    | {"is", "was", "by", "are", "from", "has"}
)
_ENOUGH = 0.15
_WORD = re.compile(r"[^\W\d_]{1,50}")


def is_english(text: str) -> bool:
    """Tell whether a text may be English; False only where both its common words and an identifier say otherwise.

    Capitalised words are left out, as most are names, which are of any language: a list of names is not judged.
    """
    sample = text.strip()[:_SAMPLE]
    words = [word for word in _WORD.findall(sample) if not word[0].isupper()]
    if len(sample) < _TOO_SHORT or sum(map(len, words)) < _TOO_SHORT / 2:
        return True
    if sum(word in _COMMON for word in words) >= _ENOUGH * len(words):
        return True
    from py3langid import classify

    language, _ = classify(sample)
    return bool(language == "en")
