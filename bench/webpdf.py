"""`jupyter nbconvert --to webpdf` with the system's Chromium, where the one that Playwright downloads is not there."""

import shutil
import sys
from typing import Any

from nbconvert.nbconvertapp import main
from playwright.async_api import BrowserType

_launch = BrowserType.launch


async def launch(self: Any, **options: Any) -> Any:
    """Launch the system's browser; as root it takes no sandbox."""
    place = shutil.which("chromium") or shutil.which("google-chrome")
    if place:
        options |= {"executable_path": place, "args": ["--no-sandbox"]}
    return await _launch(self, **options)


if __name__ == "__main__":
    BrowserType.launch = launch
    sys.argv = ["nbconvert", "--to", "webpdf", *sys.argv[1:]]
    sys.exit(main())
