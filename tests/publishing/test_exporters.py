import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import get_export_names, get_exporter

from briefing_lib.presentation.notebook_style import NOTEBOOK_STYLE
from briefing_lib.publishing import Rendered
from briefing_lib.publishing.exporters import BriefingHTMLExporter, BriefingPDFExporter
from briefing_lib.publishing.rendering import HTML, NOTEBOOK, PDF

pytestmark = pytest.mark.xdist_group("rendering")


def test_both_are_registered_under_words() -> None:
    """A hyphen in a name gives 404 in JupyterLab."""
    assert {"briefing", "briefing_pdf"} <= set(get_export_names())
    assert get_exporter("briefing") is BriefingHTMLExporter
    assert get_exporter("briefing_pdf") is BriefingPDFExporter


def test_the_converter_of_jupyter_gives_the_same_page(rendered: Rendered, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nbconvert", "--to", "briefing", "--output-dir", str(tmp_path)]
    subprocess.run([*command, str(rendered.folder / NOTEBOOK)], check=True, capture_output=True, timeout=60)
    page = (tmp_path / "briefing.html").read_text("utf-8")
    assert "A tiny briefing, 3" in page
    assert "hostile" not in page
    assert page.split("<body", 1)[1] == (rendered.folder / HTML).read_text("utf-8").split("<body", 1)[1].replace(
        "tiny {braces}", "briefing"
    )


def test_the_pdf_exporter_gives_the_same_pdf(rendered: Rendered) -> None:
    notebook = nbformat.read(rendered.folder / NOTEBOOK, as_version=4)
    content, resources = BriefingPDFExporter().from_notebook_node(notebook, {"metadata": {"name": "tiny {braces}"}})
    assert content == (rendered.folder / PDF).read_bytes()
    assert resources["output_extension"] == ".pdf"


def test_an_output_that_needs_a_script_shows_its_plain_form() -> None:
    """A widget or a plot of JavaScript shows what it offers beside the script."""
    cell = nbformat.v4.new_code_cell("x")
    data = {
        "application/javascript": "evil()",
        "application/vnd.jupyter.widget-view+json": {},
        "text/plain": "plain <b>",
    }
    cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    page, _ = BriefingHTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "evil" not in page
    assert "plain &lt;b&gt;" in page


def test_no_address_of_another_machine_is_in_a_page_but_links() -> None:
    page, _ = BriefingHTMLExporter().from_notebook_node(nbformat.v4.new_notebook())
    assert "//cdn" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")


def test_the_style_for_jupyterlab_is_in_no_page() -> None:
    shown = nbformat.v4.new_output("display_data", {"text/html": f"{NOTEBOOK_STYLE}<p>hello</p>"})
    cell = nbformat.v4.new_code_cell(outputs=[shown])
    page, _ = BriefingHTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "<p>hello</p>" in page
    assert "jp-RenderedHTMLCommon" not in page
