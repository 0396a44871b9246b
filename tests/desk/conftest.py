"""A copy of the shipped collection to decide on, and the command."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing_lib import cli

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "seeds" / "north-korea"


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *words: runner.invoke(cli.app, [str(word) for word in words], terminal_width=80)


@pytest.fixture
def collection(tmp_path):
    """The shipped collection, without decisions, under another roof."""
    place = tmp_path / "seeds" / "korea"
    shutil.copytree(SHIPPED, place, ignore=shutil.ignore_patterns("decisions.toml", ".*"))
    return place
