"""Hostile documents on the terminal and in print."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("hostile")
STEERING = {*map(chr, range(9)), *map(chr, range(11, 32)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066"}


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    from .collection import make
    from .payloads import TABLES, TERMINAL

    here = tmp_path_factory.mktemp("terminal")
    return here, make(here / "straits", (*TERMINAL, *TABLES), of=3)


@pytest.mark.parametrize("form", ["table", "json"])
def test_no_document_steers_the_terminal(terminal: tuple[Path, Path], form: str) -> None:
    from .conftest import AS_OF, briefing

    here, sources = terminal
    done = briefing("table", str(sources), "--as-of", AS_OF, "--format", form, here=here)
    assert done.returncode == 0, done.stderr
    assert not STEERING & set(done.stdout.decode())
    assert "\\x1b[2J" in done.stdout.decode() or "\\u001b[2J" in done.stdout.decode()
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform != "linux", reason="names, links and devices of Linux")
def test_a_briefing_is_made_beside_names_links_and_devices_that_mean_harm(tmp_path: Path) -> None:
    """A name that is no UTF-8 once kept the whole collection from being rendered."""
    from .bombs import places, put
    from .conftest import AS_OF, briefing

    put(tmp_path / "straits", places())
    asked = ("--sources", "straits", "--as-of", AS_OF, "--to", "html")
    done = briefing("render", *asked, here=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    folder = tmp_path / "outputs" / "straits" / AS_OF
    verified = briefing("verify", str(folder), here=tmp_path)
    assert (verified.returncode, verified.stderr) == (0, b"")
    recorded = json.loads((folder / "run.json").read_text("utf-8"))
    assert {"good.txt", "Case.txt", "case.txt", "bad\\xff.txt"} <= recorded["sources"].keys()
    assert not {"out.txt", "up.txt", "zero.txt", "pipe.txt", "null.txt"} & recorded["sources"].keys()
    assert {path.name for path in tmp_path.iterdir()} == {"home", "straits", "outputs"}


def test_the_print_runs_nothing_and_leads_nowhere_else(tmp_path: Path) -> None:
    import nbformat
    import pikepdf

    from briefing_lib import briefing as show
    from briefing_lib.publishing.exporters import BriefingPDFExporter

    from .collection import make
    from .payloads import HANDLERS, LINKS, SCRIPTS

    sources = make(tmp_path / "straits", (SCRIPTS[0], HANDLERS[0], *LINKS[:6]), of=7)
    found = show.follow_through(str(sources), as_of="2021-12-31")
    cells = [show.case_table(found), show.source_list(found), show.annex(found)]
    notebook = nbformat.v4.new_notebook()
    for block in cells:
        output = nbformat.v4.new_output("execute_result", data=block._repr_mimebundle_(), execution_count=1)
        notebook.cells.append(nbformat.v4.new_code_cell("x", outputs=[output]))
    content, _ = BriefingPDFExporter().from_notebook_node(notebook, {"metadata": {"name": "briefing"}})
    (tmp_path / "briefing.pdf").write_bytes(content)
    with pikepdf.open(tmp_path / "briefing.pdf") as printed:
        actions = list(_actions(printed))
    assert {str(action.get("/S")) for action in actions} <= {"/URI", "/GoTo"}
    addresses = [str(action["/URI"]) for action in actions if "/URI" in action]
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in addresses)


_DOING = frozenset({"/URI", "/GoTo", "/GoToR", "/Launch", "/JavaScript", "/SubmitForm", "/Named"})
_BY_ITSELF = frozenset({"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles"})


def _actions(printed: Any) -> Iterator[Any]:
    """Yield each dictionary of a PDF that makes a reader do something when it is clicked; none may act by itself."""
    import pikepdf

    for one in printed.objects:
        if not isinstance(one, pikepdf.Dictionary):
            continue
        assert not _BY_ITSELF & set(one.keys())
        for held in (one, one.get("/A")):
            if isinstance(held, pikepdf.Dictionary) and str(held.get("/S")) in _DOING:
                yield held
