"""A store of the test's own, and a collection of one threat."""

from pathlib import Path

import pytest

from store import OTHER, THREAT


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of the test's own."""
    path = tmp_path / "kept" / "extractions.sqlite3"
    monkeypatch.setenv("BRIEFING_STORE", str(path))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    (made / "2024-01-05-a.txt").write_text(THREAT, "utf-8")
    (made / "2024-02-05-b.txt").write_text(OTHER, "utf-8")
    return made
