"""What all tests share: no network, a store of their own, and one Chromium for those that read a page."""

import os
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

GUARD = Path(__file__).parent / "guard"
# The whole suite runs with every address but this machine's own refused: here, and in each Python that a test starts.
runpy.run_path(str(GUARD / "sitecustomize.py"))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(GUARD), os.environ.get("PYTHONPATH"))))

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session", autouse=True)
def store_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what a person has kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_STORE", str(tmp_path_factory.mktemp("store") / "extractions.sqlite3"))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser; without one these tests are skipped, but not in CI.

    Playwright takes one engine a process, so that every folder of tests shares this one.
    """
    place = shutil.which("chromium")
    if place is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=place, args=FLAGS)
        yield opened
        opened.close()
