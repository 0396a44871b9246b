"""In a real browser against a real JupyterLab: run, choose a row, decide, export, schedule."""

import re

import pytest

from briefing_lib.assessment.decisions import read_decisions

from .conftest import SECONDS, TOKEN, until

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.xdist_group("lab")
NOTEBOOK = "2-follow-through.ipynb"


@pytest.fixture(autouse=True)
def patience():
    """Expect what is in the page for as long as a busy machine may take."""
    expect.set_options(timeout=SECONDS * 1000)
    yield
    expect.set_options(timeout=5_000)


def opened(page, lab, name=NOTEBOOK):
    """Open a notebook and wait for its kernel."""
    page.goto(f"{lab.address}/lab/tree/notebooks/{name}?token={TOKEN}&reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()


def menu(page, bar, *labels):
    """Choose from the menu bar."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{bar}$")).click()
    for label in labels:
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(label)}$")).first.click()


def ran(page):
    """Run all cells, and return the rows of the table."""
    menu(page, "Run", "Run All Cells")
    last = page.locator(".jp-Notebook .jp-CodeCell").last
    last.locator(".jp-InputArea-prompt", has_text=re.compile(r"\[\d+\]:")).wait_for()
    rows = page.locator(".jp-Notebook table.dataTable tbody tr")
    rows.first.wait_for()
    return rows


def first_cells(rows):
    return rows.locator("td:first-child").all_inner_texts()


def ended(lab, job):
    """Return a job once it has ended, well or not."""
    return until(lambda: (one := lab.ask(f"scheduler/jobs/{job}"))["status"] in ("COMPLETED", "FAILED") and one)


def test_run_all_choose_a_row_decide_and_export(page, lab):
    opened(page, lab)
    rows = ran(page)
    numbers = first_cells(rows)

    # "9 August 2017" comes before "17 June 2020", as days and not as words.
    arrows = page.locator("table.dataTable th", has_text="Made").locator(".dt-column-order")
    arrows.click()
    assert first_cells(rows) == numbers
    arrows.click()
    until(lambda: first_cells(rows) == numbers[::-1])

    outcome = page.get_by_placeholder("Outcome")
    outcome.fill("not carried out")
    page.locator(".dt-search input").fill("Guam")
    expect(rows).to_have_count(1)
    rows.first.locator("td").nth(3).click()
    evidence = page.locator(".briefing-desk")
    evidence.locator("blockquote mark", has_text="Guam").first.wait_for()
    expect(evidence.get_by_text("Why:")).to_have_count(1)
    evidence.locator("summary").first.click()
    expect(evidence.locator(".whole mark").first).to_be_visible()

    page.get_by_text("Decide on the chosen row").click()
    page.get_by_label("Why").fill("read in full")
    page.get_by_label("Why").press("Tab")
    page.get_by_role("button", name="Confirm").click()
    page.locator("table.dataTable td", has_text="confirmed by analyst").wait_for()
    # The table is the same but for what was decided.
    expect(page.locator(".dt-search input")).to_have_count(1)
    expect(page.get_by_placeholder("Outcome")).to_be_visible()
    expect(page.locator("table.dataTable tr.selected")).to_have_count(1)
    (decision,) = read_decisions(lab.project / "seeds" / "north-korea")
    assert (decision.by, decision.why) == ("mira", "read in full")

    # What is exported is what is saved.
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    for label, start in (("Briefing", b"<!DOCTYPE html>"), ("Briefing_pdf", b"%PDF")):
        with page.expect_download() as download:
            menu(page, "File", "Save and Export Notebook As", label)
        content = download.value.path().read_bytes()
        assert content.lstrip().startswith(start)
        assert label != "Briefing" or b'class="cases"' in content


def test_our_tables_are_set_flush_left_with_small_words_below(page, lab):
    """JupyterLab sets every cell flush right, and knows no word that stands below another."""
    opened(page, lab, "1-sources.ipynb")
    menu(page, "Run", "Run All Cells")
    head = page.locator("table.sources tbody th").first
    head.wait_for()
    assert head.evaluate("cell => getComputedStyle(cell).textAlign") == "left"
    assert head.locator("small").evaluate("words => getComputedStyle(words).display") == "block"


def test_a_notebook_job_gives_our_page_and_pdf_among_its_outputs(page, lab):
    opened(page, lab, "3-briefing.ipynb")
    page.locator('[data-jp-item-name="create-job"]').click()
    for label in ("Notebook", "Briefing (HTML)", "Briefing (PDF)"):
        page.get_by_label(label, exact=True).set_checked(True)
    values = {"title": "The week's threats", "as_of": "2020-06-24", "senders": '["North Korea"]'}
    for place in range(len(values)):
        page.get_by_title("Add new parameter").click()
        page.locator(f'input[name="parameter-{place}-value"]').wait_for()
    for place, pair in enumerate(values.items()):
        for part, text in zip(("name", "value"), pair, strict=True):
            page.locator(f'input[name="parameter-{place}-{part}"]').fill(text)
            expect(page.locator(f'input[name="parameter-{place}-{part}"]')).to_have_value(text)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Create", exact=True).click()

    row = page.locator("tr", has_text="3-briefing.ipynb").first
    row.wait_for()
    (job,) = lab.ask("scheduler/jobs")["jobs"]
    done = ended(lab, job["job_id"])
    assert done["status"] == "COMPLETED", done["status_message"]
    page.get_by_role("button", name="Reload", exact=True).click()
    row.get_by_title("Download output files").click()
    pdf = until(lambda: next(lab.project.glob("jobs/**/*.pdf"), None))
    assert until(pdf.read_bytes).startswith(b"%PDF")
    page.get_by_role("button", name="Reload", exact=True).click()
    for label in ("Notebook", "Briefing (PDF)"):
        row.get_by_role("link", name=label, exact=True).wait_for()
    row.get_by_role("link", name="Briefing (HTML)", exact=True).click()
    shown = page.frame_locator("iframe")
    shown.get_by_role("heading", level=1, name="The week's threats").wait_for()
    assert shown.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
    senders = shown.locator("table.cases tbody tr td:nth-child(2)").all_inner_texts()
    assert {sender.split("\n")[0] for sender in senders} == {"North Korea"}


def test_a_job_with_a_parameter_that_is_none_fails_and_says_so(lab):
    job = {
        "name": "wrong",
        "input_uri": "notebooks/3-briefing.ipynb",
        "output_formats": ["html"],
        "runtime_environment_name": lab.ask("scheduler/runtime_environments")[0]["name"],
        "parameters": {"titel": "x"},
    }
    name = lab.ask("scheduler/jobs", job)["job_id"]
    done = ended(lab, name)
    assert done["status"] == "FAILED"
    assert "'titel' is no parameter" in done["status_message"]
