"""A folder of outputs lists itself: a page and a feed that need nothing but the folder."""

import json
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from briefing_lib.publishing import Rendered
from briefing_lib.publishing.index import FEED, INDEX, briefings_in, refresh

ATOM = "{http://www.w3.org/2005/Atom}"
HEAD = {"application/vnd.briefing.masthead+json": {"title": "Strait <b>watch", "marking": "TLP:GREEN"}}
LINE = {"text/html": ['<p class="bottom-line">x</p>'], "text/plain": ["One threat & ", "no more.\x0b"]}


def a_briefing(output: Path, collection: str, day: str, *, cases=(), finished="2021-04-01T00:00:00+00:00") -> Path:
    folder = output / collection / day
    folder.mkdir(parents=True)
    cells = [{"cell_type": "code", "outputs": [{"data": data}]} for data in (HEAD, LINE)]
    record = {"status": "ok", "finished": finished, "notebook": {"name": "n.ipynb"}, "as_of": day}
    table = {"cases": [{"id": name, "status": status, "threats": [quote]} for name, status, quote in cases]}
    for name, value in {"run.json": record, "briefing.ipynb": {"cells": cells}, "cases.json": table}.items():
        (folder / name).write_text(json.dumps(value), "utf-8")
    (folder / "briefing.html").write_text("<p>", "utf-8")
    return folder


def a_quote(text: str) -> dict[str, str]:
    return {"document": "d", "quote": text}


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    place = tmp_path / "out"
    a_briefing(place, "straits", "2021-03-05", cases=[("a", "pending", a_quote("1")), ("b", "pending", a_quote("2"))])
    later = [("a", "withdrawn", a_quote("1")), ("c", "pending", a_quote("2")), ("e", "unclear", a_quote("5"))]
    a_briefing(place, "straits", "2021-04-05", cases=later, finished="2021-04-06T00:00:00+00:00")
    a_briefing(place, "odd & name", "2021-03-20")
    (place / "straits" / "2021-05-01.failed").mkdir()
    (place / "straits" / "2021-05-02").mkdir()
    (place / "straits" / "2021-05-02" / "run.json").write_text("{}", "utf-8")
    refresh(place)
    return place


def test_it_lists_every_briefing_newest_first_by_collection(listed: Path) -> None:
    page = BeautifulSoup((listed / INDEX).read_text("utf-8"), "html.parser")
    assert [head.text for head in page.find_all("h2")] == ["straits", "odd & name"]
    assert [head.text for head in page.find_all("h3")] == [
        "Strait <b>watch, 5 April 2021",
        "Strait <b>watch, 5 March 2021",
        "Strait <b>watch, 20 March 2021",
    ]
    assert page.text.count("One threat & no more.") == 3
    assert page.text.count("TLP:GREEN") == 3


def test_it_says_what_changed_since_the_one_before(listed: Path) -> None:
    """A case with another id and a quote of the earlier table is no new one."""
    last, other, first = briefings_in(listed)
    assert last.changed == "One new and one changed status since 5 March 2021."
    assert first.changed == other.changed == "The first of this collection."


def test_every_link_leads_to_a_file_of_the_folder_and_nothing_is_loaded(listed: Path) -> None:
    from urllib.parse import unquote

    page = BeautifulSoup((listed / INDEX).read_text("utf-8"), "html.parser")
    links = {element["href"] for element in page.find_all(href=True)}
    assert len(links) == 7
    assert [link for link in links if not (listed / unquote(link)).is_file()] == []
    assert not page.find_all(["script", "img", "iframe"])
    assert not page.find_all(src=True)
    (policy,) = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy["content"].startswith("default-src 'none'")


def test_the_feed_is_atom_with_ids_that_stay(listed: Path) -> None:
    text = (listed / FEED).read_text("utf-8")
    feed = ElementTree.fromstring(text)
    assert feed.find(f"{ATOM}updated").text == "2021-04-06T00:00:00+00:00"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for entry in entries:
        for name in ("id", "title", "updated", "summary", "link"):
            assert entry.find(f"{ATOM}{name}") is not None
        assert entry.find(f"{ATOM}id").text.startswith("urn:uuid:")
    assert entries[0].find(f"{ATOM}link").get("href") == "straits/2021-04-05/briefing.html"
    before = {entry.find(f"{ATOM}id").text for entry in entries}
    shutil.rmtree(listed / "straits" / "2021-03-05")
    refresh(listed)
    after = {
        entry.find(f"{ATOM}id").text
        for entry in ElementTree.fromstring((listed / FEED).read_text()).iter(f"{ATOM}entry")
    }
    assert after < before


def test_the_same_folder_gives_the_same_bytes(listed: Path) -> None:
    before = [(listed / name).read_bytes() for name in (INDEX, FEED)]
    refresh(listed)
    assert [(listed / name).read_bytes() for name in (INDEX, FEED)] == before


def test_a_render_lists_what_it_made(rendered: Rendered) -> None:
    outputs = rendered.folder.parent.parent
    shown = {one.as_of: one for one in briefings_in(outputs)}
    assert shown[date.fromisoformat(rendered.folder.name)].collection == "small"
    assert "small/2021-03-31/briefing.html" in (outputs / INDEX).read_text("utf-8")
    assert (outputs / INDEX).stat().st_mode & 0o777 == 0o644


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    page, feed = refresh(tmp_path)
    assert "No briefing yet" in page.read_text("utf-8")
    assert ElementTree.fromstring(feed.read_text("utf-8")).tag == f"{ATOM}feed"
