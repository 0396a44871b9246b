"""Imports run one way, so that an earlier stage never knows a later one."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefing_lib

PACKAGE = Path(briefing_lib.__file__).parent
STAGES = ("reading", "extraction", "assessment", "presentation", "publishing")
# What stands under every stage, and knows none.
GROUND = ("models", "errors", "collecting", "installed", "loggers", "wording", "writing")
# What stands above the stages and may know them all, but not each other's commands.
ABOVE = ("pipeline", "store", "workers", "cluster", "briefing", "evaluation", "cli", "console", "pairs", "tabulation")


def modules() -> Iterator[Path]:
    yield from sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def rooms_imported(path: Path) -> set[str]:
    """The rooms of this package that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "briefing_lib" else []
            names = [node.module, *inner]
        found |= {name.split(".")[1] for name in names if name.startswith("briefing_lib.")}
    return found - {room_of(path)}


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_imports_a_later_stage(path: Path) -> None:
    room, imported = room_of(path), rooms_imported(path)
    if room in GROUND:
        assert imported <= set(GROUND)
    elif room in STAGES:
        later = STAGES[STAGES.index(room) + 1 :]
        assert not imported & set(later)
        assert imported <= {*STAGES, *GROUND, *({"pipeline"} if room == "publishing" else ())}


def test_the_stages_are_all_there() -> None:
    assert {path.name for path in PACKAGE.iterdir() if path.is_dir()} >= set(STAGES)


def test_the_ground_imports_nothing_but_the_standard_library() -> None:
    """But for who says which processes live, which nothing in it does on every system."""
    for path in (path for path in modules() if room_of(path) in GROUND):
        tree = ast.parse(path.read_text("utf-8"))
        imported = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        foreign = {one for one in imported if one.partition(".")[0] not in sys.stdlib_module_names}
        own = {one for one in foreign if one.startswith("briefing_lib.models")}
        assert foreign - own <= ({"psutil"} if room_of(path) == "writing" else set()), path


def test_only_the_command_line_reads_the_clock() -> None:
    clocks = {"today", "now", "utcnow", "time"}
    for path in modules():
        if path.name in ("cli.py", "clock.py"):
            continue
        calls = {
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in ("date", "datetime", "time")
        }
        assert not calls & clocks, path
