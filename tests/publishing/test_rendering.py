import hashlib
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest

from briefing_lib.errors import (
    BadDate,
    BriefingError,
    FlawedBriefing,
    NotebookFailed,
    NotThere,
    PdfUnavailable,
    SourcesNotFound,
    UnknownParameter,
)
from briefing_lib.publishing import Rendered, Request, default_notebook, pdf, places, render, rendering
from briefing_lib.publishing.planning import plan_of
from briefing_lib.publishing.rendering import CSV, HTML, JSON, NOTEBOOK, PDF, RUN
from briefing_lib.publishing.reproducible import steady_time
from briefing_lib.reading import origin_at

from .conftest import DAY, a_clock, a_notebook

# One worker renders the shared briefing; the others need not.
pytestmark = pytest.mark.xdist_group("rendering")


OWN = default_notebook()


def fails_with(error: type[BriefingError], request: Request, *, match: str) -> None:
    with pytest.raises(error, match=match):
        render(request, clock=a_clock())


def read_run(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / RUN).read_text("utf-8"))
    return record


def test_all_files_are_in_the_folder_of_the_collection_and_the_day(rendered: Rendered, output: Path) -> None:
    assert rendered.folder == output / "small" / "2021-03-31"
    assert {path.name for path in rendered.folder.iterdir()} == {HTML, PDF, NOTEBOOK, CSV, JSON, RUN}
    assert {path.name for path in rendered.files} == {HTML, PDF, NOTEBOOK, CSV, JSON, RUN}
    assert {path.name for path in rendered.folder.parent.iterdir()} == {"2021-03-31", ".lock"}


def test_the_page_shows_the_parameters_and_no_code(rendered: Rendered) -> None:
    page = (rendered.folder / HTML).read_text("utf-8")
    assert "A tiny briefing, 3, 2021-03-31" in page
    assert "IPython" not in page
    assert "In&nbsp;[" not in page


def test_the_page_runs_no_script_of_the_notebook_and_asks_for_nothing(rendered: Rendered) -> None:
    page = (rendered.folder / HTML).read_text("utf-8")
    assert "hostile" not in page
    assert "default-src 'none'" in page
    assert "cdnjs" not in page
    assert "unpkg" not in page
    assert 'src="http' not in page
    assert "<link" not in page


def test_the_pdf_is_one(rendered: Rendered) -> None:
    assert (rendered.folder / PDF).read_bytes().startswith(b"%PDF-")


def test_the_tables_are_those_of_the_records(rendered: Rendered) -> None:
    table = json.loads((rendered.folder / JSON).read_text("utf-8"))
    assert table["as_of"] == "2021-03-31"
    assert [case["act"] for case in table["cases"]] == ["close the strait"]
    assert (rendered.folder / CSV).read_text("utf-8").startswith("id,sender,")


def test_no_file_says_where_it_was_made(rendered: Rendered, output: Path) -> None:
    for path in rendered.files:
        assert str(output).encode() not in path.read_bytes(), path.name


def test_the_record_of_the_run_says_what_it_was_made_from(rendered: Rendered, sources: Path) -> None:
    record = read_run(rendered.folder)
    assert record["status"] == "ok"
    assert record["parameters"] == {"count": 3, "sources": f"../{sources.parent.name}/small", "as_of": "2021-03-31"}
    assert record["sources"] == {"strait.txt": hashlib.sha256((sources / "strait.txt").read_bytes()).hexdigest()}
    assert record["started"] == "2021-04-01T00:00:00+00:00"
    assert record["duration_seconds"] == 1
    assert record["versions"]["papermill"][0].isdigit()
    assert record["documents"] == record["cases"] == 1
    for name, digest in record["outputs"].items():
        assert hashlib.sha256((rendered.folder / name).read_bytes()).hexdigest() == digest
    assert set(record["outputs"]) == {HTML, PDF, NOTEBOOK, CSV, JSON}


def test_a_second_run_gives_the_same_bytes(rendered: Rendered, tiny: Path, sources: Path, tmp_path: Path) -> None:
    request = Request(tiny, DAY, sources, written=(("count", "3"),), output=tmp_path)
    again = render(request, clock=a_clock())
    for name in (HTML, PDF, CSV, JSON):
        assert (again.folder / name).read_bytes() == (rendered.folder / name).read_bytes(), name


def test_a_run_leaves_the_environment_as_it_was(
    rendered: Rendered, tiny: Path, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    before, here = dict(os.environ), Path.cwd()
    monkeypatch.setattr(rendering, "execute", _no_kernel)
    fails_with(NotebookFailed, Request(tiny, DAY, sources, output=tmp_path), match="no kernel")
    assert dict(os.environ) == before
    assert Path.cwd() == here


def _no_kernel(*_: Any, **__: Any) -> None:
    raise NotebookFailed("no kernel")


def test_a_failing_cell_is_named_and_the_last_good_outputs_stand(sources: Path, tmp_path: Path) -> None:
    """The number counts the cells as the author sees them, without the one that papermill adds."""
    notebook = a_notebook(tmp_path / "n.ipynb", "table = 1", "# why\ntable.rows  # nothing has rows")
    place = places.destination(tmp_path / "out", collection="small", as_of=DAY)
    place.mkdir(parents=True)
    (place / HTML).write_text("the last good page", encoding="utf-8")
    request = Request(notebook, DAY, sources, output=tmp_path / "out")
    fails_with(NotebookFailed, request, match=r"n\.ipynb, cell 4 \(# why\): AttributeError: 'int' object has no")
    assert (place / HTML).read_text("utf-8") == "the last good page"
    assert {path.name for path in place.parent.iterdir()} == {"2021-03-31", "2021-03-31.failed", ".lock"}
    failed = places.failed_place(place)
    assert {path.name for path in failed.iterdir()} == {"run.log", RUN, NOTEBOOK}
    assert "AttributeError" in (failed / "run.log").read_text("utf-8")
    assert read_run(failed)["status"] == "failed"


def test_a_cell_that_takes_too_long_is_named(sources: Path, tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path / "n.ipynb", "import time", "time.sleep(600)")
    request = Request(notebook, DAY, sources, output=tmp_path / "out", cell_seconds=1)
    fails_with(NotebookFailed, request, match=r"cell 4 \(time\.sleep\(600\)\): ran longer than 1 seconds")


def test_a_cell_that_ends_the_run_early_fails_it(sources: Path, tmp_path: Path) -> None:
    """Papermill takes sys.exit(0) for success and leaves the cells after it unrun."""
    notebook = a_notebook(tmp_path / "n.ipynb", "import sys; sys.exit(0)", "1 + 1")
    fails_with(NotebookFailed, Request(notebook, DAY, sources, output=tmp_path / "out"), match="cell 3 .*ended the run")


def test_a_kernel_that_dies_is_told(sources: Path, tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path / "n.ipynb", "import os; os._exit(1)")
    fails_with(NotebookFailed, Request(notebook, DAY, sources, output=tmp_path / "out"), match="cell 3 .*kernel died")


def test_a_briefing_that_breaks_a_rule_is_kept_back(sources: Path, tmp_path: Path) -> None:
    typed = """display(HTML("<p class='bottom-line'>Some 12 wars are certain.</p>"))"""
    notebook = a_notebook(tmp_path / "n.ipynb", f"from IPython.display import HTML, display\n{typed}")
    request = Request(notebook, DAY, sources, formats=("html",), output=tmp_path / "out")
    fails_with(
        FlawedBriefing, request, match="“certain” is none of .*number that no cell computed: “12” in: Some 12 wars"
    )
    assert not (tmp_path / "out" / "small" / "2021-03-31").exists()


def test_what_is_wrong_with_the_sources_is_said_by_who_reads_them(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad(*_: object) -> None:
        raise BadDate("sources.toml: no day")

    monkeypatch.setattr(rendering, "_follow_through", bad)
    notebook = a_notebook(tmp_path / "n.ipynb", "1 / 0")
    fails_with(BadDate, Request(notebook, DAY, sources, output=tmp_path / "out"), match=r"sources\.toml: no day")


def test_without_an_engine_all_but_the_pdf_is_there(
    tiny: Path, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: str) -> None:
        raise PdfUnavailable("no PDF: install Pango")

    monkeypatch.setattr(pdf, "to_pdf", none)
    done = render(Request(tiny, DAY, sources, output=tmp_path), clock=a_clock())
    assert done.pdf_problem == "no PDF: install Pango"
    assert {path.name for path in done.folder.iterdir()} == {HTML, NOTEBOOK, CSV, JSON, RUN}
    assert read_run(done.folder)["pdf"] == {"problem": "no PDF: install Pango"}


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"written": (("cuont", "3"),)}, UnknownParameter, "'cuont' is no parameter of"),
        ({"written": (("count", "three"),)}, UnknownParameter, "'count' cannot be"),
        ({"written": (("as_of", "31 March"),)}, BadDate, "31 March"),
        ({"sources": None}, SourcesNotFound, "names no sources; give --sources"),
        ({"sources": Path("nowhere")}, SourcesNotFound, "no folder or file .*nowhere"),
        ({"notebook": Path("nowhere.ipynb")}, NotThere, r"nowhere\.ipynb: No such file"),
        ({"notebook": OWN, "written": (("marking", "SECRET"),)}, UnknownParameter, "'SECRET' is no marking; take one"),
        ({"notebook": OWN, "written": (("yardstick", "x"),)}, UnknownParameter, "'x' is no yardstick; take one of"),
        ({"notebook": OWN, "extractor": "magic"}, UnknownParameter, "'magic' is no extractor"),
        ({"notebook": OWN, "written": (("previous", "x.json"),)}, SourcesNotFound, r"no 'x\.json' in the notebook's"),
    ],
)
def test_what_cannot_work_is_told_before_anything_runs(
    tiny: Path, sources: Path, tmp_path: Path, changes: dict[str, Any], error: type[BriefingError], match: str
) -> None:
    asked: dict[str, Any] = {"notebook": tiny, "as_of": DAY, "sources": sources, "output": tmp_path / "out"} | changes
    fails_with(error, Request(**asked), match=match)
    assert not (tmp_path / "out").exists()


def test_a_notebook_that_takes_no_sources_cannot_be_told_any(sources: Path, tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path / "n.ipynb", parameters="title = 'x'")
    fails_with(UnknownParameter, Request(notebook, DAY, sources), match="'sources' is no parameter of n.ipynb")


def test_a_file_that_is_no_notebook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    for content in ("", "{}", "[1]", "no JSON"):
        path.write_text(content, encoding="utf-8")
        fails_with(NotebookFailed, Request(path, DAY), match="is no notebook|names no sources")


def test_the_notebooks_own_sources_count_from_its_folder_or_one_above(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "notebooks").mkdir()
    notebook = a_notebook(tmp_path / "notebooks" / "n.ipynb", parameters="sources = 'seeds'")
    plan = rendering.plan_of(Request(notebook, date(2021, 3, 5)))
    assert plan.sources == tmp_path / "seeds"
    assert plan.parameters == {"sources": "../seeds"}


def test_sources_outside_the_project_are_named_in_full(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    notebook = a_notebook(tmp_path / "notebooks" / "n.ipynb")
    assert rendering.plan_of(Request(notebook, DAY, sources)).parameters["sources"] == str(sources)


def test_the_briefings_own_notebook_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook of that name in the working folder is not taken: it would be a stranger's code."""
    a_folder = tmp_path / "notebooks"
    a_folder.mkdir()
    (a_folder / "3-briefing.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert default_notebook().is_file()
    assert tmp_path not in default_notebook().parents


def test_an_exporter_that_was_tried_ahead_makes_the_same_page(rendered: Rendered, tiny: Path, sources: Path) -> None:
    """What it made of the word that it is tried on leaves no trace."""
    notebook = nbformat.read(rendered.folder / NOTEBOOK, as_version=4)
    made = rendering._Made(origin_at("."))
    rendering._load_exporters(made, plan_of(Request(tiny, DAY, sources, formats=("html",))))
    with steady_time(DAY):
        assert rendering._export(notebook, "tiny {braces}", made.exporter) == (rendered.folder / HTML).read_text(
            "utf-8"
        )


def test_what_cannot_be_got_ready_ahead_is_made_when_it_is_needed(
    tiny: Path, sources: Path, rendered: Rendered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any) -> None:
        raise ValueError("not now")

    monkeypatch.setattr(rendering, "_load_exporters", failing)
    request = Request(tiny, DAY, sources, written=(("count", "3"),), formats=("html",), output=tmp_path)
    done = render(request, clock=a_clock())
    assert (done.folder / HTML).read_bytes() == (rendered.folder / HTML).read_bytes()


def test_a_marking_of_another_scheme_is_the_business_of_its_notebook(sources: Path, tmp_path: Path) -> None:
    """What a name means, its default tells."""
    notebook = a_notebook(tmp_path / "n.ipynb", parameters='sources = ""\nas_of = ""\nmarking = "internal"\n')
    plan = plan_of(Request(notebook, DAY, sources, written=(("marking", "open"),)))
    assert plan.parameters["marking"] == "open"
