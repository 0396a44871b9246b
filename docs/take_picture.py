"""Take the picture of a briefing that the README shows: its first screen, and its table with one row opened."""

import base64
import shutil
import sys
from pathlib import Path

WIDTH, HEIGHT = 1060, 1240
SHOWN = 580
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FRAME = "<body style='margin:0;display:flex;gap:16px;padding:16px;background:#d9d9d4'>{}</body>"


def take(page: Path, picture: Path) -> None:
    """Write two screens of a page side by side as a PNG, in its light colours.

    Raises
    ------
    SystemExit
        There is no page, or no Chromium to read it in.
    """
    from playwright.sync_api import sync_playwright

    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not page.is_file() or browser is None:
        raise SystemExit(f"needs {page} (make briefing) and a Chromium (apt-get install chromium)")
    with sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=browser, args=FLAGS)
        tab = opened.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        tab.goto(page.resolve().as_uri())
        screens = [tab.screenshot()]
        tab.locator(".cases details summary").first.click()
        tab.locator(".cases-frame").evaluate("one => one.closest('section').scrollIntoView({behavior: 'instant'})")
        screens.append(tab.screenshot())
        tab.set_viewport_size({"width": 2 * SHOWN + 48, "height": SHOWN * HEIGHT // WIDTH + 32})
        tab.set_content(FRAME.format("".join(map(_image, screens))))
        tab.screenshot(path=picture)
        opened.close()


def _image(png: bytes) -> str:
    return f"<img width={SHOWN} src='data:image/png;base64,{base64.b64encode(png).decode()}'>"


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
