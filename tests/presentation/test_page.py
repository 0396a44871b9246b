"""The page in a real browser: it asks nothing, says nothing, and sorts, filters, searches and links."""

import csv
import io
import os
import re
from itertools import product
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

AXE = Path(__file__).resolve().parents[2] / "build" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIMIT = 600 * 1024
SHOWN = "Array.from(document.querySelectorAll('#cases tbody')).filter(one => !one.hidden).map(one => one.id)"


@pytest.mark.parametrize("size", [3, 8, 300])
def test_no_request_leaves_the_page_and_the_console_is_silent(read, pages, size):
    page = read(size)
    assert page.asked == [pages[size].as_uri()]
    assert page.said == []


def test_the_page_is_small(pages):
    assert pages[8].stat().st_size < LIMIT


@pytest.mark.parametrize(
    ("size", "width", "scheme"),
    [*product([3, 8], [1280, 390], ["light", "dark"]), (300, 1280, "light"), (300, 390, "dark")],
)
def test_axe_finds_no_violation(read, size, width, scheme):
    if not AXE.exists() and not os.environ.get("CI"):
        pytest.skip("axe-core is not installed: npm install --prefix build axe-core")
    page = read(size, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(path=AXE)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []


def test_one_heading_of_the_first_level_and_the_landmarks(read):
    page = read()
    for place, count in (("h1", 1), ("main", 1), ("nav", 1), ("body > header", 1), ("body > footer", 1)):
        assert page.locator(place).count() == count, place
    assert page.locator("table").count() == page.locator("table > caption").count()
    assert page.locator("th:not([scope])").count() == 0


@pytest.mark.parametrize("size", [3, 8, 300])
def test_each_link_and_each_label_within_the_page_has_its_place_once(pages, size):
    page = BeautifulSoup(pages[size].read_text("utf-8"), "html.parser")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    wanted = {link["href"][1:] for link in page.select('a[href^="#"]')}
    named = (element["aria-labelledby"].split() for element in page.select("[aria-labelledby]"))
    assert wanted | {name for names in named for name in names} <= set(ids)


@pytest.mark.parametrize("size", [8, 300])
def test_the_contents_name_each_part_and_lead_to_it(read, size):
    page = read(size, reduced_motion="reduce")
    links = page.locator("nav a")
    assert links.all_inner_texts() == page.locator("main h2").all_inner_texts()
    links.last.click()
    assert page.locator("main h2").last.evaluate("one => one.getBoundingClientRect().top") < 900


@pytest.mark.parametrize("width", [320, 390, 768, 1023, 1024, 1280, 1920])
def test_nothing_sticks_out_at_any_width(read, width):
    page = read(viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_click_on_a_head_sorts_and_another_turns_it_round(read):
    page = read()
    head = page.locator("#cases th", has_text="Target")
    for order in ("ascending", "descending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == order
        targets = page.locator("#cases tbody").evaluate_all("all => all.map(one => one.dataset.target)")
        assert targets == sorted(targets, reverse=order == "descending")


def test_dates_sort_as_dates(read):
    page = read()
    page.locator("#cases th", has_text="Made").get_by_role("button").press("Enter")
    days = page.locator("#cases tbody").evaluate_all("all => all.map(one => one.dataset.when)")
    assert days == sorted(days)


def test_filters_and_search_narrow_the_table_together(read):
    page = read()
    page.get_by_label("Sender").select_option("Graustark")
    assert len(page.evaluate(SHOWN)) == 3
    page.get_by_label("Search").fill("barley")
    assert page.evaluate(SHOWN) == ["graustark-2021-000005"]
    assert page.locator(".tools output").inner_text() == "1 of 8 shown"
    page.get_by_label("Search").fill("no such word")
    assert page.evaluate(SHOWN) == []


def test_a_link_to_a_row_opens_its_evidence(read):
    page = read(at="#graustark-2021-000005")
    assert page.locator("#graustark-2021-000005 details").get_attribute("open") is not None
    assert page.locator("#graustark-2021-000005 mark").first.is_visible()


def test_the_table_downloads_itself(read):
    page = read()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download this table as CSV").click()
    assert waiting.value.suggested_filename == "straits-2021-06-30.csv"
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 8


def test_with_scripts_off_everything_can_be_read_and_nothing_useless_shows(read):
    page = read(java_script_enabled=False)
    assert page.locator("#cases tbody").count() == 8
    assert page.locator("input, select, button").count() == 0
    page.locator("#graustark-2021-000005 summary").click()
    assert page.locator("#graustark-2021-000005 mark").first.is_visible()


def test_a_script_that_is_not_the_pages_own_does_not_run(read):
    page = read()
    page.evaluate(
        "() => { const one = document.createElement('script'); one.textContent = 'window.ran = true';"
        "document.body.append(one); }"
    )
    assert page.evaluate("window.ran") is None


def test_on_paper_the_evidence_shows_and_the_tools_do_not(read):
    page = read()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#graustark-2021-000005 mark").first.is_visible()
    assert not page.locator(".tools").is_visible()
    assert not page.locator("nav").is_visible()


def test_a_browser_repeats_the_tables_head_and_the_marking_on_paper(read):
    pypdf = pytest.importorskip("pypdf")
    page = read()
    pages = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = [" ".join(one.extract_text().split()) for one in pages]
    holding = [text for text in texts if "Evidence for no. " in text]
    assert len(holding) > 1
    assert all("What was threatened" in text for text in holding)
    assert all("TLP:CLEAR" in text for text in texts)


def test_no_code_and_no_prompt_shows(pages):
    html = pages[8].read_text("utf-8")
    assert "show.case_table" not in html
    assert not re.search(r"(In|Out)\s*\[", html)
