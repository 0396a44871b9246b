"""Each direct dependency has its reason and a licence that lets the suite be passed on."""

from pathlib import Path
from types import ModuleType

import pytest
from programs import a_program

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
