"""The briefing of an invented collection as a page, made without a kernel, and Debian's Chromium to read it in."""

import ast
from pathlib import Path

import nbformat
import pytest
from sample_cases import a_collection

from briefing_lib import briefing as show

ROOT = Path(__file__).resolve().parents[2]
BRIEFING = ROOT / "notebooks" / "3-briefing.ipynb"


def page_of(found, notebook=BRIEFING):
    """Run a notebook's cells here, on records instead of sources, and export it."""
    from briefing_lib.publishing.exporters import BriefingHTMLExporter

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(show, "follow_through", lambda *args, **options: found)
        held, names = nbformat.read(notebook, 4), {}
        for cell in held.cells:
            if cell.cell_type == "code":
                cell.outputs = _run(cell.source, names)
    return BriefingHTMLExporter().from_notebook_node(held, {"metadata": {"name": "briefing"}})[0]


def _run(source, names):
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is None:
        return []
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    return [nbformat.v4.new_output("execute_result", data=shown._repr_mimebundle_(), execution_count=1)]


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The briefing of three, eight and three hundred cases, each a file."""
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for size in (3, 8, 300):
        made[size] = folder / f"{size}.html"
        made[size].write_text(page_of(a_collection(size)), "utf-8")
    return made


@pytest.fixture
def read(browser, pages):
    """Open the page of a size; what it asks of any address and what its console says end up on the page object."""
    contexts = []

    def open_page(size=8, *, at="", **options):
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(f"{pages[size].as_uri()}{at}")
        return page

    yield open_page
    for context in contexts:
        context.close()
