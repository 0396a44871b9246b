"""A collection, or a notebook of the user's own, to begin with."""

import json
import re
from pathlib import Path
from typing import Any

from briefing_lib.errors import UnknownParameter
from briefing_lib.publishing.planning import default_notebook

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SOURCES = """\
# What is known of each document in this folder, by file name. The publication date matters most: relative dates in a
# text are resolved against it. It may as well stand in the file's name (2024-04-30-report.txt).
#
# ["2024-04-30-report.txt"]
# title = "Minister warns of tariffs"
# publisher = "The Courier"
# published = 2024-04-30
# grade = "B2"          # Admiralty code: A to F for the source, 1 to 6 for the information
# licence = "CC BY 4.0"
# url = "https://example.org/report"
"""
_ACTORS = """\
# Actors that the documents name and that general knowledge does not: one block each. Countries, capitals, heads of
# state and large organisations are known already.
#
# [[actor]]
# name = "Ruritania"
# type = "state"        # state, person, organisation, company, armed_group or group
# aliases = ["Strelsau", "the Elphberg government"]
# demonyms = ["Ruritanian", "Ruritanians"]
"""
_WORDS = """\
# Words that the documents use and the word lists of the rules do not have: acts that cost somebody something, words
# that frame them as threatened, and words that say what came of them. docs/word-lists.md has every list.
#
# [[add.act]]
# class = "sanction"    # attack, force, territory, blockade, sanction, close, relations, leave, expel or arrest
# verbs = ["debank"]
#
# [add.outcomes.withdrawn]
# object = ["bin"]
"""
_README = """\
# {name}

Put .txt, .md, .html, .pdf, .docx or .jsonl files in this folder, as they came. `sources.toml` says what is known of
them, `actors.toml` names actors of your own, `words.toml` adds to the word lists, and `decisions.toml` will hold
what analysts decide.

    briefing table {name_of_folder}
    briefing render --sources {name_of_folder}
"""


def new_collection(name: str, project: Path) -> tuple[Path, ...]:
    """Make a collection's folder in ``seeds`` with commented examples of its settings, and return the files.

    Raises
    ------
    UnknownParameter
        The name cannot be one, or the folder is there already.
    """
    folder = project / "seeds" / _checked(name)
    if folder.exists():
        raise UnknownParameter(f"{folder} is there already; give another name")
    folder.mkdir(parents=True)
    texts = {
        "README.md": _README.format(name=name, name_of_folder=f"seeds/{name}"),
        "sources.toml": _SOURCES,
        "actors.toml": _ACTORS,
        "words.toml": _WORDS,
    }
    for file, text in texts.items():
        (folder / file).write_text(text, "utf-8", newline="\n")
    return tuple(folder / file for file in texts)


def new_notebook(name: str, project: Path) -> tuple[Path, ...]:
    """Make a notebook from the briefing's pattern in ``notebooks``, to be changed at will, and return its path.

    It takes the same parameters, and renders like ours.

    Raises
    ------
    UnknownParameter
        The name cannot be one, or the notebook is there already.
    """
    path = project / "notebooks" / f"{_checked(name.removesuffix('.ipynb'))}.ipynb"
    if path.exists():
        raise UnknownParameter(f"{path} is there already; give another name")
    notebook: dict[str, Any] = json.loads(default_notebook().read_text("utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    return (path,)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise UnknownParameter(f"{name!r} is no name; take letters, digits, - and _")
    return name
