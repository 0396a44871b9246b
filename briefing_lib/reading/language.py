"""Whether a document is in English: the only language that the rules know."""

import re

_SAMPLE = 5_000
# Under this, a text of names and numbers may look like any language.
_TOO_SHORT = 200
# The commonest words of English (Oxford English Corpus). Running English has them as a third of its words, and text
# full of foreign names still as a fifth; other languages share one or two of them by chance.
_COMMON = frozenset(
    [
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
        "is",
        "was",
        "by",
        "are",
        "from",
        "has",
    ]
)
_ENOUGH = 0.15
_WORD = re.compile(r"\w{1,50}")


def is_english(text: str) -> bool:
    """Tell whether a text may be English; False only where both the identifier and its common words say otherwise."""
    sample = text.strip()[:_SAMPLE]
    if len(sample) < _TOO_SHORT:
        return True
    words = _WORD.findall(sample.casefold())
    if not words or sum(word in _COMMON for word in words) >= _ENOUGH * len(words):
        return True
    from py3langid import classify

    language, _ = classify(sample)
    return bool(language == "en")
