"""The page of a few hundred hostile documents, in real Chromium: nothing ran, nothing left, nothing was written."""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from briefing_lib.console import _CONTROLS

pytestmark = pytest.mark.xdist_group("hostile")

HARMLESS = {"https:", "http:", "mailto:", "file:"}
STIR = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  document.querySelectorAll('input, select, button, a').forEach(one => one.focus());
  for (const kind of ['mouseover', 'click', 'error', 'load', 'toggle', 'focus', 'begin', 'animationstart'])
    document.querySelectorAll('body *:not(a):not(button)').forEach(one => one.dispatchEvent(new Event(kind)));
}"""


class Watched:
    """A page, and all that it asked of any address or tried to open."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.opened: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("page", lambda page: self.opened.append(f"window {page.url}"))
        self.page.on("dialog", lambda dialog: (self.opened.append("dialog"), dialog.dismiss()))
        self.page.on("download", lambda download: self.opened.append("download"))
        self.page.on("websocket", lambda socket: self.asked.append(socket.url))
        self.page.goto(path.as_uri())


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with its policy", "without its policy"])
def test_no_script_ran_no_request_left_nothing_was_written(made: Any, browser: Any, bypass_csp: bool) -> None:
    """Escaping alone holds, and so that a mistake in it is no disaster, there is the policy."""
    watched = Watched(browser, made.folder / "briefing.html", bypass_csp=bypass_csp)
    page = watched.page
    page.evaluate(STIR)
    assert page.evaluate("window.pwned") is None
    assert watched.asked == [(made.folder / "briefing.html").as_uri()]
    assert watched.opened == []
    assert page.url == watched.asked[0]
    assert page.evaluate("document.cookie.length + localStorage.length + sessionStorage.length") == 0
    assert watched.context.storage_state() == {"cookies": [], "origins": []}
    watched.context.close()


def test_no_element_or_address_came_from_a_document(made: Any, browser: Any) -> None:
    watched = Watched(browser, made.folder / "briefing.html")
    page = watched.page
    foreign = "iframe, object, embed, form:not(.tools), base, link, math, foreignObject, video, animate"
    assert page.locator(foreign).count() == 0
    assert page.locator("script").count() == 1
    assert page.locator("style").count() <= 2
    names = page.evaluate("Array.from(document.querySelectorAll('*')).flatMap(one => one.getAttributeNames())")
    assert [name for name in names if name.startswith("on")] == []
    links = page.evaluate("Array.from(document.links).map(one => [one.protocol, one.hasAttribute('download')])")
    assert {protocol for protocol, download in links if not download} <= HARMLESS
    assert page.evaluate("Array.from(document.images).filter(one => !one.src.startsWith('data:image/')).length") == 0
    assert page.locator("body").is_visible()
    watched.context.close()


def test_what_a_document_says_is_shown_as_it_says_it(made: Any, browser: Any) -> None:
    """Safe by showing, not by leaving out: an analyst must see what a source tried."""
    watched = Watched(browser, made.folder / "briefing.html")
    text = watched.page.locator("body").evaluate("one => one.textContent")
    for words in ("<script>window.pwned=1</script>", "onerror=window.pwned=1", "{{ 7 * 191 }}", "=cmd|' /C calc'!A0"):
        assert words in text
    assert "1337" not in text
    assert not {chr(code) for code in (0x1B, 0x9B, 0x202E, 0x2066)} & set(text)
    watched.context.close()


def test_no_cell_of_the_table_is_a_formula(made: Any) -> None:
    text = (made.folder / "cases.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > 30
    assert [cell for row in rows for cell in row if cell.lstrip(" ")[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []


def test_the_files_are_whole_and_only_where_they_should_be(made: Any) -> None:
    json.loads((made.folder / "cases.json").read_text("utf-8"))
    ET.fromstring((made.here / "outputs" / "feed.xml").read_bytes())
    assert {path.name for path in made.here.iterdir()} == {"home", "straits", "outputs"}
    assert [path for path in made.here.rglob("*") if path.name == "pwned"] == []
    assert not (Path(__file__).parents[2] / "notebooks" / "pwned").exists()
    recorded = json.loads((made.folder / "run.json").read_text("utf-8"))["sources"]
    now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made.sources.iterdir()}
    assert recorded == now


def test_every_document_came_through_or_has_its_reason(made: Any) -> None:
    record = json.loads((made.folder / "run.json").read_text("utf-8"))
    assert record["documents"] >= 250
    table = json.loads((made.folder / "cases.json").read_text("utf-8"))
    assert all(one["reason"] and not _CONTROLS.search(one["path"]) for one in table["skipped"])
    assert len(table["skipped"]) == record["skipped"] <= 10


def test_what_the_command_says_carries_no_text_of_a_document(made: Any) -> None:
    assert "pwned" not in made.said
    assert "Ruritania" not in made.said
