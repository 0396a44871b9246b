"""Each direct dependency has its reason and a licence that lets the suite be passed on; optional ones are asked for."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from factories import a_follow_through
from fsspec.registry import _registry
from programs import a_program

from briefing_lib.errors import BriefingError
from briefing_lib.extraction import extractor_named
from briefing_lib.pipeline import follow_through
from briefing_lib.presentation.parquet import to_parquet
from briefing_lib.reading import read_sources

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    return a_program(ROOT / "docs" / "audit.py")


def test_each_direct_dependency_has_its_reason_and_no_other_has(audit: ModuleType) -> None:
    """Add a line to docs/dependencies.toml, and run ``make audit``."""
    assert audit.reasons().keys() == audit.direct().keys()


def test_the_page_names_each_direct_dependency(audit: ModuleType) -> None:
    page = audit.PAGE.read_text("utf-8")
    assert [name for name, why in audit.reasons().items() if f"| {name} |" not in page or why not in page] == []


def test_every_licence_lets_the_suite_be_passed_on(audit: ModuleType) -> None:
    """A licence that asks for the source of all that is passed on with it is a choice, not an accident."""
    for name, (_, licence) in audit.installed().items():
        alternatives = licence.replace(" OR ", ";").split(";")
        assert licence != "not given", name
        assert any("GPL" not in one or "LGPL" in one for one in alternatives), (name, licence)


@pytest.mark.parametrize(
    ("answers", "told", "vulnerable"),
    [
        ("", "could not be looked up", False),
        ('{"dependencies": [{"name": "a", "skip_reason": "x"}]}', "could not be reached for any of 1 pins", False),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', "none known, in 1 pins looked up", False),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}]}',
            "a 1: CVE-1, in 1 pins looked up",
            True,
        ),
    ],
)
def test_it_says_what_the_database_said_or_that_it_said_nothing(
    audit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: str, told: str, *, vulnerable: bool
) -> None:
    auditor = tmp_path / "pip-audit"
    auditor.write_text(f"#!/bin/sh\ncat <<'END'\n{answers}\nEND\n", encoding="utf-8")
    auditor.chmod(0o755)
    monkeypatch.setattr(audit, "AUDITOR", auditor)
    line, _, found = audit.audit()
    assert told in line
    assert found == vulnerable


# --- optional extras --------------------------------------------------------------------------------------------------

OPTIONAL: dict[tuple[str, str, str], Callable[[Path], object]] = {
    ("a cluster", "distributed", "cluster"): lambda folder: follow_through(
        folder, as_of=date(2021, 4, 1), cluster="tcp://127.0.0.1:9"
    ),
    ("a language model", "llm", "llm"): lambda folder: extractor_named("llm:any"),
    ("Parquet", "pyarrow", "parquet"): lambda folder: to_parquet(a_follow_through(), folder / "tables"),
    ("s3://", "s3fs", "remote"): lambda folder: read_sources("s3://bucket/folder"),
    ("gs://", "gcsfs", "remote"): lambda folder: read_sources("gs://bucket/folder"),
    ("https://", "aiohttp", "remote"): lambda folder: read_sources("https://127.0.0.1:9/folder/"),
}


@pytest.mark.parametrize("needed", OPTIONAL, ids=lambda needed: needed[1])
def test_what_needs_an_optional_package_says_which_and_how_to_install_it(
    needed: tuple[str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what, package, extra = needed
    # fsspec remembers the drivers that an earlier test used.
    for protocol in ("s3", "http", "https"):
        monkeypatch.delitem(_registry, protocol, raising=False)
    monkeypatch.delitem(sys.modules, "fsspec.implementations.http", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(BriefingError) as raised:
        OPTIONAL[needed](tmp_path)
    asked = f"{what} needs the package {package}, which is not installed; pip install 'briefing-lib[{extra}]'"
    assert str(raised.value).endswith(asked)


def test_each_extra_holds_the_packages_that_are_asked_for_by_it() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for _, package, extra in OPTIONAL:
        assert package in {re.split(r"[<>=\[]", one)[0] for one in extras[extra]}


def test_nothing_asks_for_a_package_in_words_of_its_own() -> None:
    """All of it goes by `errors.needs_extra`."""
    for path in sorted((ROOT / "briefing_lib").rglob("*.py")):
        for text in _told_by(path):
            assert path.name == "errors.py" or "briefing-lib[" not in text, path


def _told_by(path: Path) -> Iterator[str]:
    """Yield the strings of a module but for its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value
