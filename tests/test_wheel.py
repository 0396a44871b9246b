"""What is built from the checkout holds all that the package reads when it runs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READ_AT_RUN_TIME = {".toml", ".json", ".j2", ".css", ".js", ".ipynb"}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_has_each_file_that_the_package_reads(packed: set[str]) -> None:
    package = ROOT / "briefing_lib"
    wanted = {path for path in package.rglob("*") if path.suffix in READ_AT_RUN_TIME}
    assert {path.suffix for path in wanted} >= {".toml", ".j2", ".css", ".js"}
    assert {path.relative_to(ROOT).as_posix() for path in wanted} <= packed


def test_the_wheel_has_the_notebooks_beside_the_library(packed: set[str]) -> None:
    names = [path.name for path in (ROOT / "notebooks").glob("*.ipynb")]
    assert "3-briefing.ipynb" in names
    assert {f"briefing_lib/notebooks/{name}" for name in names} <= packed


def test_the_wheel_has_the_figures_of_the_scorecard(packed: set[str]) -> None:
    assert "briefing_lib/scorecard.json" in packed


def test_the_wheel_has_nothing_that_is_no_part_of_the_package(packed: set[str]) -> None:
    assert {name.partition("/")[0].partition("-")[0] for name in packed} == {"briefing_lib"}
