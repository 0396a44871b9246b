"""Debian's Chromium, opened once for all tests that read a page."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


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
