"""Every regular expression of the package, and the worst text for each; run as a program, it names the slow ones.

Patterns are found in what modules hold once imported, and in what their source compiles or hands to ``re``.
"""

import ast
import importlib
import json
import os
import pkgutil
import re
import resource
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 20_000
SECONDS = 2
# Patterns whose texts their callers keep short: how long such a text may be.
BOUNDED = {
    "briefing_lib.evaluation.actors._SPLIT": 300,  # a name
    "briefing_lib.evaluation.actors._PARENTHESIS": 300,
    "briefing_lib.presentation.computed._FIRST_LETTER": 1_000,  # the tags of one sentence of ours
    "briefing_lib.presentation.figures.drawing.re": 1_000,  # a style that matplotlib wrote
    "briefing_lib.writing._PART": 255,  # a file's name
    "briefing_lib.reading.boilerplate._FURNITURE": 400,  # _LONGEST_FURNITURE
    "briefing_lib.extraction.persons._INTRODUCED": 90,  # BEHIND
    "briefing_lib.extraction.persons._BEFORE": 70,  # AHEAD
}
_FUNCTIONS = frozenset({"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"})
# What many rules look for, beside what a pattern itself repeats.
PIECES = ("a", " ", "\n", "1", ".", "(", '"', "“", "'", "-", "a ", "A ", "1 ", "a\n", "a.", "the ", "to ", "a-", "a, ")


def patterns() -> dict[str, re.Pattern[str]]:
    """Return each pattern by the module and the place where it is first found."""
    import briefing_lib

    found: dict[tuple[Any, int], tuple[str, re.Pattern[str]]] = {}
    for info in pkgutil.walk_packages(briefing_lib.__path__, "briefing_lib."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for one in _compiled(value):
                found.setdefault((one.pattern, one.flags), (f"{info.name}.{name}", one))
        for one in _written(Path(str(module.__file__))):
            found.setdefault((one.pattern, one.flags), (f"{info.name}.re", one))
    return {f"{place}: {one.pattern[:60]!r}": one for place, one in found.values() if isinstance(one.pattern, str)}


def _compiled(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from (one for inner in value.values() for one in _compiled(inner, depth - 1))
    elif depth and isinstance(value, list | tuple | set | frozenset):
        yield from (one for inner in value for one in _compiled(inner, depth - 1))


def _written(path: Path) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that a source hands to ``re`` as literals."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        owner, first = node.func.value, node.args[0]
        is_re = isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr in _FUNCTIONS
        if is_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield re.compile(first.value)


def worst_texts(pattern: re.Pattern[str], length: int = LENGTH) -> Iterator[str]:
    """Yield texts that nearly match in as many ways as there are: each repeated part, repeated, then what ends it."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    pumped = {(before, piece) for before, piece in _pumps(tree, "") if piece}
    for before, piece in sorted(pumped | {("", piece) for piece in PIECES}):
        text = piece * (length // len(piece))
        yield from (f"{before}{text}\0", f"{before}{text}", (f"{before}{piece}" * length)[:length] + "\0")


def _pumps(tree: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """Yield what leads to each repeat, and one round of it."""
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield before, _sample(value[2])
            yield from _pumps(value[2], before)
        elif code is codes.SUBPATTERN:
            yield from _pumps(value[3], before)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before)
                yield before, _sample(branch)
        before = f"{before}{_sample([(code, value)])}"[-200:]


def _sample(tree: Iterable[Any]) -> str:
    return "".join(_sample_of(code, value) for code, value in tree)


def _sample_of(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        return _member(value)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _sample(value[2]) * max(value[0], 1 if value[1] else 0)
    if code is codes.SUBPATTERN:
        return _sample(value[3])
    if code is codes.BRANCH:
        return _sample(value[1][0])
    return _sample(value) if code is codes.ATOMIC_GROUP else ""


def _member(items: Any) -> str:
    """Return a character of a class."""
    tested = re.compile("|".join(map(re.escape, string.printable)))
    if items[0][0] is codes.LITERAL:
        return chr(items[0][1])
    if items[0][0] is codes.RANGE:
        return chr(items[0][1][0])
    if items[0][0] is codes.CATEGORY:
        return {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " "}.get(items[0][1], "a")
    shut = {chr(value) for code, value in items[1:] if code is codes.LITERAL}
    return next((one for one in "a1 -" if one not in shut), tested.pattern[0])


def is_quick(pattern: re.Pattern[str], length: int) -> bool:
    """Try a pattern in a process of its own, which the system ends when its time is up: nothing else ends ``re``."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for text in worst_texts(pattern, length):
            sum(1 for _ in pattern.finditer(text))
            pattern.fullmatch(text)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


if __name__ == "__main__":
    all_of_them = patterns()
    tries = {name: sum(1 for _ in worst_texts(one)) for name, one in all_of_them.items()}
    lengths = {name: BOUNDED.get(name.partition(": ")[0], LENGTH) for name in all_of_them}
    slow = [name for name, one in all_of_them.items() if not is_quick(one, lengths[name])]
    sys.stdout.write(json.dumps({"patterns": len(all_of_them), "texts": sum(tries.values()), "slow": slow}))
