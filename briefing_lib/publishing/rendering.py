"""From a notebook and its parameters to the files of a briefing, all of them or none."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing_lib.collecting import seldom
from briefing_lib.errors import BriefingError, NotebookFailed, PdfUnavailable, SourcesChanged
from briefing_lib.extraction import ANSWERS, RULES
from briefing_lib.models import FollowThrough
from briefing_lib.publishing import places, provenance
from briefing_lib.publishing.alongside import alongside, problem_of, result_of
from briefing_lib.publishing.checking import require_sound
from briefing_lib.publishing.execution import CellStarted, execute, ready_to_run
from briefing_lib.publishing.failures import to_log, words_of
from briefing_lib.publishing.history import remembered
from briefing_lib.publishing.index import refresh
from briefing_lib.publishing.planning import Plan, Request, plan_of
from briefing_lib.publishing.reproducible import environment, steady_time
from briefing_lib.publishing.turns import turn
from briefing_lib.publishing.workspaces import workspace
from briefing_lib.reading import Origin, content_digests, origin_at, state_of

HTML, PDF, NOTEBOOK, CSV, JSON, RUN, LOG = (
    "briefing.html",
    "briefing.pdf",
    "briefing.ipynb",
    "cases.csv",
    "cases.json",
    "run.json",
    "run.log",
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Where a briefing's files are, and why there is no PDF where one was wanted and there is none."""

    folder: Path
    files: tuple[Path, ...]
    cases: int
    seconds: float
    pdf_problem: str = ""


@dataclass(slots=True)
class _Made:
    """What one run has made so far, and where it read the sources: what was fetched there is not fetched again."""

    origin: Origin
    found: FollowThrough | None = None
    exporter: Any = None
    pdf_engine: str = ""
    pdf_problem: str = ""
    notes: dict[str, Any] = field(default_factory=dict)


def render(
    request: Request,
    *,
    clock: Callable[[], datetime],
    on_cell: CellStarted | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Rendered:
    """Run the notebook, export it, write the tables and the provenance, and move all of it in place at once.

    Afterwards the place holds this run's files and no others; or, where it failed, what it held before, and the folder
    ``<as-of>.failed`` beside it holds the log and the notebook as far as it ran.

    Parameters
    ----------
    clock
        Says what time it is, for the record of the run only.
    on_cell
        Called as each cell starts.
    on_wait
        Called if another run on the same collection has to end first.

    Raises
    ------
    UnknownParameter
        The notebook takes no such parameter, or a value is of the wrong type.
    SourcesNotFound
        There are no such sources.
    NotebookFailed
        A cell raised, hung or never ran.
    FlawedBriefing
        What was made breaks a rule of briefings; the message says which.
    """
    plan = plan_of(request)
    with (
        seldom(),
        turn(plan.place.parent, on_wait=on_wait),
        remembered(plan, clock=clock) as started,
        places.staging(plan.place) as folder,
    ):
        try:
            sources = state_of(plan.sources)
            made = _make(plan, folder, on_cell)
            _require_unchanged(sources, plan)
            finished = clock()
            _write_run(plan, made, folder, provenance.stamps(started, finished))
        except Exception as error:
            # A full disk may be what went wrong; the error itself matters more than its record.
            with suppress(OSError):
                _keep_failure(plan, folder, error, provenance.stamps(started, clock()))
            raise
        places.move_in(folder, plan.place)
    shutil.rmtree(places.failed_place(plan.place), ignore_errors=True)
    refresh(plan.place.parent.parent)
    files = tuple(path for name in (HTML, PDF, CSV, JSON, NOTEBOOK, RUN) if (path := plan.place / name).exists())
    cases = len(made.found.cases) if made.found else 0
    return Rendered(plan.place, files, cases, (finished - started).total_seconds(), made.pdf_problem)


def _make(plan: Plan, folder: Path, on_cell: CellStarted | None) -> _Made:
    """Fill a folder with all files but the record of the run."""
    made = _Made(origin_at(plan.sources))
    with steady_time(plan.as_of), workspace() as own, answers_kept(own):
        with ready_to_run(plan.notebook, workspace=own) as ready:
            table, beside = alongside(
                lambda: _follow_through(plan, made.origin), then=lambda: _load_exporters(made, plan)
            )
            if plan.extractor != RULES:
                # The page must be made from the answers that the tables were made from, so they are asked for first.
                result_of(table, plan.request.cell_seconds)
            try:
                notebook = execute(
                    ready,
                    parameters=plan.parameters,
                    to=folder / NOTEBOOK,
                    timeout=plan.request.cell_seconds,
                    on_cell=on_cell,
                )
            except NotebookFailed:
                # What is wrong with the sources is said better by who reads them than by the cell that asked for them.
                cause = problem_of(table)
                if isinstance(cause, BriefingError):
                    raise cause from None
                raise
            # Meanwhile the kernel ends.
            html = _export(notebook, plan.notebook.stem, made.exporter or _page_exporter())
        (folder / HTML).write_text(html, encoding="utf-8", newline="\n")
        if "pdf" in plan.request.formats:
            _print(html, folder / PDF, made)
        made.found = result_of(table, plan.request.cell_seconds)
        # Python would unwind it in the middle of a library as the process ends.
        beside.join()
    _write_tables(made.found, folder)
    require_sound(folder, documents=made.found.documents)
    return made


@contextmanager
def answers_kept(folder: Path) -> Iterator[None]:
    """Have this process and its kernels keep what a language model answers, so that both make the same of it."""
    place = folder / "answers"
    place.mkdir()
    with environment({ANSWERS: str(place)}):
        yield


def _require_unchanged(sources: Mapping[str, str], plan: Plan) -> None:
    """Refuse a briefing whose page and tables may have been made from different texts."""
    now = state_of(plan.sources)
    changed = sorted(name for name in {*sources, *now} if sources.get(name) != now.get(name))
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise SourcesChanged(f"{changed[0]!r}{more} changed while the briefing was made; render it again")


def _follow_through(plan: Plan, origin: Origin) -> FollowThrough:
    from briefing_lib.pipeline import follow_through

    return follow_through(
        origin,
        as_of=plan.as_of,
        senders=plan.senders,
        targets=plan.targets,
        extractor=plan.extractor,
        jobs=0,
    )


def _load_exporters(made: _Made, plan: Plan) -> None:
    """Load what the page and the tables are made with, and try it on a notebook of a word, while cells run."""
    from nbformat.v4 import new_markdown_cell, new_notebook

    import briefing_lib.presentation  # noqa: F401
    from briefing_lib.publishing.pdf import load_ahead

    exporter = _page_exporter()
    word = new_notebook(cells=[new_markdown_cell("## Ahead")])  # type: ignore[no-untyped-call]
    exporter.from_notebook_node(word, {"metadata": {"name": ""}})
    # No sooner, so that no two threads use it.
    made.exporter = exporter
    if "pdf" in plan.request.formats:
        load_ahead()


def _page_exporter() -> Any:
    from briefing_lib.publishing.exporters import BriefingHTMLExporter

    return BriefingHTMLExporter()  # type: ignore[no-untyped-call]


def _export(notebook: Any, name: str, exporter: Any) -> str:
    html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name}})
    return str(html)


def _print(html: str, path: Path, made: _Made) -> None:
    from briefing_lib.publishing.pdf import to_pdf

    try:
        pdf = to_pdf(html)
    except PdfUnavailable as error:
        made.pdf_problem = str(error)
    else:
        path.write_bytes(pdf.content)
        made.pdf_engine = pdf.engine


def _write_tables(found: FollowThrough, folder: Path) -> None:
    from briefing_lib.presentation import to_csv, to_json

    (folder / CSV).write_text(to_csv(found), encoding="utf-8", newline="")
    (folder / JSON).write_text(provenance.to_json(to_json(found)), encoding="utf-8", newline="\n")


def _write_run(plan: Plan, made: _Made, folder: Path, times: Mapping[str, Any]) -> None:
    found = made.found
    record = {
        "status": "ok",
        **plan.asked(),
        "extractor": plan.extractor,
        **(
            {
                "lasting": found.lasting,
                "documents": len(found.documents),
                "skipped": len(found.skipped),
                "cases": len(found.cases),
            }
            if found
            else {}
        ),
        "pdf": {"engine": made.pdf_engine} if made.pdf_engine else {"problem": made.pdf_problem or "not asked for"},
        "sources": content_digests(made.origin),
        "outputs": provenance.hashes_of_outputs(folder),
        "versions": provenance.versions(),
        **times,
    }
    (folder / RUN).write_text(provenance.sealed(record), encoding="utf-8", newline="\n")


def _keep_failure(plan: Plan, folder: Path, error: Exception, times: Mapping[str, Any]) -> None:
    """Keep the log, and the notebook as far as it ran, beside the last good briefing."""
    for name in (HTML, PDF, CSV, JSON):
        (folder / name).unlink(missing_ok=True)
    (folder / LOG).write_text(to_log(error), encoding="utf-8", newline="\n")
    record = {"status": "failed", **plan.asked(), "error": words_of(error), "versions": provenance.versions(), **times}
    (folder / RUN).write_text(provenance.to_json(record), encoding="utf-8", newline="\n")
    place = places.failed_place(plan.place)
    places.move_in(folder, place)
    error.add_note(f"the log is {place / LOG}")
