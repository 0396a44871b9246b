"""The `briefing` command: one function a command, each importing what it needs when it runs."""

import os
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from briefing_lib import console
from briefing_lib.console import Exit
from briefing_lib.desk.command import add_to
from briefing_lib.desk.options import AsJson, Debug, Quiet
from briefing_lib.desk.rendering import leave_if_current, tell_found, tell_rendered
from briefing_lib.errors import BadDate, UnknownParameter
from briefing_lib.pairs import PairCommand, pairs

# A line that is \b alone keeps the next ones from being filled (click, "Preventing Rewrapping").
_EPILOG = """\b
Examples:
  briefing new my-collection
  briefing table seeds/north-korea --as-of 2020-06-24
  briefing render --sources seeds/north-korea --as-of 2020-06-24
  briefing render --sources seeds/north-korea --if-changed --quiet
  briefing lab

Exit codes: 0 done, 1 the run failed, 2 asked wrongly, 3 done but for the PDF,
4 nothing had changed. briefing COMMAND --help says more.
"""

app = typer.Typer(
    name="briefing",
    help="Threats and what came of them: from source documents to a briefing.",
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: it reads the same on a bare terminal, in a pipe and in a log.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

Sources = Annotated[
    Path, typer.Argument(metavar="SOURCES", help="A folder of documents, or one file.", show_default=False)
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help="Use nothing published later (2020-06-24); today if not given."),
]
Extractor = Annotated[
    str,
    typer.Option(
        "--extractor",
        metavar="NAME",
        help="What finds threats: rules, or llm:MODEL, which sends the documents to a language model.",
    ),
]
NoStore = Annotated[bool, typer.Option("--no-store", help="Keep nothing of what is extracted, and use nothing kept.")]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Processes for a large collection; one a core if not given.")
]


class TableFormat(StrEnum):
    """How the table is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class Part(StrEnum):
    """A part of a folder of annotations."""

    DOCUMENTS = "documents"
    SENTENCES = "sentences"
    STORIES = "stories"


def main() -> None:
    """Run the command."""
    try:
        app()
    except SystemExit as ending:
        console.end_at_once_where_work_goes_on(ending.code)
        raise


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as version_of

        console.say(f"briefing {version_of('briefing-lib')}")
        raise typer.Exit


@app.callback()
def briefing(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Threats and what came of them: from source documents to a briefing."""


@app.command(epilog="Example: briefing version")
def version() -> None:
    """Print the version."""
    _show_version(True)


@app.command(epilog="Example: briefing table seeds/north-korea --as-of 2020-06-24 --format md")
def table(
    sources: Sources,
    *,
    as_of: AsOf = "",
    format_: Annotated[TableFormat, typer.Option("--format", "-f", help="How to print it.")] = TableFormat.TABLE,
    extractor: Extractor = "rules",
    jobs: Jobs = 0,
    cluster: Annotated[
        str, typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler, such as tcp://10.0.0.5:8786.")
    ] = "",
    no_store: NoStore = False,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FOLDER", help="Also write it as Parquet, with its mentions.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Print the table of threats and what came of each.

    What was extracted is kept: the next run extracts only what is new.
    """
    with console.told(debug=debug):
        from briefing_lib.pipeline import follow_through
        from briefing_lib.tabulation import printed

        _switch_store(off=no_store)
        with console.progress(shown=True) as line:
            line.show(f"Reading {sources} …")
            found = follow_through(sources, as_of=_day(as_of), extractor=extractor, jobs=jobs, cluster=cluster)
        if parquet:
            from briefing_lib.presentation.parquet import to_parquet

            to_parquet(found, parquet)
        console.say(printed(found, format_.value))
        console.tell_all(found.notes)


@app.command(
    cls=PairCommand,
    epilog="Example: briefing render --sources seeds/north-korea --as-of 2020-06-24 "
    """-p marking TLP:GREEN -p senders '["North Korea"]' --to html,pdf""",
)
def render(
    notebook: Annotated[
        Path | None, typer.Argument(metavar="NOTEBOOK", help="A notebook; the briefing's own if not given.")
    ] = None,
    *,
    sources: Annotated[Path | None, typer.Option("--sources", "-s", help="A folder of documents, or one file.")] = None,
    as_of: AsOf = "",
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME VALUE", help="A parameter of the notebook; text or JSON."),
    ] = None,
    extractor: Extractor = "",
    to: Annotated[str, typer.Option("--to", help="html, pdf or both, parted by a comma.")] = "html,pdf",
    output: Annotated[Path, typer.Option("--output", "-o", help="Holds COLLECTION/DATE/.")] = Path("outputs"),
    timeout: Annotated[int, typer.Option("--timeout", min=1, help="Seconds that one cell may take.")] = 600,
    if_changed: Annotated[
        bool, typer.Option("--if-changed", help="Do nothing, and end with 4, if it would be the same.")
    ] = False,
    no_store: NoStore = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Run a notebook and export it as HTML and PDF.

    Files go to OUTPUT/COLLECTION/DATE/: briefing.html, briefing.pdf, the
    executed notebook, cases.csv, cases.json and run.json. They are replaced
    all at once; a run that fails leaves them as they were.
    """
    with console.told(debug=debug):
        from briefing_lib.publishing import Request, default_notebook
        from briefing_lib.publishing import render as make

        _switch_store(off=no_store)
        request = Request(
            notebook=notebook or default_notebook(),
            as_of=_day(as_of),
            sources=sources,
            written=pairs(parameter or ()),
            extractor=extractor,
            formats=_formats(to),
            output=output,
            cell_seconds=timeout,
        )
        if if_changed:
            leave_if_current(request, quiet=quiet)
        with console.progress(shown=not (quiet or as_json)) as line:
            line.show(f"Starting {request.notebook.name} …")
            rendered = make(
                request,
                clock=lambda: datetime.now(UTC),
                on_cell=lambda number, total: line.show(f"{request.notebook.name}: cell {number} of {total} …"),
                on_wait=lambda: console.tell("briefing: another run is at work on this collection; waiting for it"),
            )
    tell_rendered(rendered, as_json=as_json, quiet=quiet)
    if rendered.pdf_problem:
        console.tell(f"briefing: {rendered.pdf_problem}; the HTML is whole")
        raise typer.Exit(Exit.NO_PDF)


@app.command(epilog="Example: briefing store --clear")
def store(
    *,
    clear: Annotated[bool, typer.Option("--clear", help="Take out everything.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what is kept of documents that were read, and where.

    BRIEFING_STORE is the path of another file, or off.
    """
    with console.told(debug=debug):
        from briefing_lib.store import store_of_user

        opened = store_of_user()
        if opened is None:
            console.say("{}" if as_json else "the store is switched off: BRIEFING_STORE is off")
            return
        with opened:
            if clear:
                opened.clear()
            held = opened.contents()
        by_version = dict(held.documents)
        if as_json:
            console.say(console.neutral_json({"path": str(held.path), "bytes": held.size, "documents": by_version}))
            return
        console.say(f"{console.neutral(str(held.path))}: {sum(by_version.values())} documents, {held.size:,} bytes")
        console.say("\n".join(f"  {console.neutral(name)}: {count}" for name, count in by_version.items()))


@app.command(epilog="Example: briefing verify outputs/north-korea/2020-06-24")
def verify(
    output: Annotated[
        Path, typer.Argument(metavar="OUTPUT", help="A folder with run.json, or a bundle.", show_default=False)
    ],
    *,
    sources: Annotated[Path | None, typer.Option("--sources", "-s", help="Where the sources are now.")] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Say whether a briefing is what the run recorded.

    Ends with 1 where any byte of it or of its sources has changed, and says
    which files. Of a bundle, sources are compared where they are given.
    """
    with console.told(debug=debug):
        from briefing_lib.errors import NotVerified
        from briefing_lib.publishing.bundle import verify_bundle
        from briefing_lib.publishing.verification import verify as verify_folder

        compared = verify_bundle if output.suffix == ".zip" and output.is_file() else verify_folder
        found = compared(output, sources=sources)
        whole = f"whole: {found.outputs} outputs, {found.sources} sources"
        tell_found(found.differences, as_json=as_json, quiet=quiet, none=whole)
        if found.differences:
            count = len(found.differences)
            raise NotVerified(f"{output}: {count} of its files or sources not as recorded; render it again")


@app.command(epilog="Example: briefing evaluate gold --only documents --baseline before.json")
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="A folder of annotations: docs/, stories/, *.jsonl.", show_default=False),
    ],
    *,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Compare with what --save kept.")] = None,
    save: Annotated[Path | None, typer.Option("--save", help="Keep what is found, as a baseline.")] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Write the figures, and no quote, as Markdown, and as JSON beside it."),
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day to write in it; today if not given.")] = "",
    only: Annotated[list[Part] | None, typer.Option("--only", help="Score this part only; may be repeated.")] = None,
    extractor: Extractor = "rules",
    debug: Debug = False,
) -> None:
    """Score what is found in annotated texts, and show each error.

    It prints quotes of the annotated texts, and --save keeps them; what
    --write writes is figures alone.
    """
    with console.told(debug=debug):
        import json
        from importlib.metadata import version as version_of

        from briefing_lib import evaluation
        from briefing_lib.extraction import extractor_named
        from briefing_lib.writing import write_whole

        made_on = _day(on)
        with console.progress(shown=True) as line:
            card = evaluation.evaluate(
                gold,
                baseline=baseline,
                only=[part.value for part in only] if only else evaluation.PARTS,
                extractor=extractor_named(extractor),
                on_text=lambda number, total: line.show(f"{gold}: text {number} of {total} …"),
            )
        if save:
            write_whole(save, evaluation.to_json(card.predictions))
        if write:
            version = version_of("briefing-lib")
            write_whole(write, evaluation.to_markdown(card, version=version, made_on=made_on))
            figures = json.dumps(evaluation.to_figures(card, version=version, made_on=made_on), indent=2)
            write_whole(write.with_suffix(".json"), f"{figures}\n")
        console.say(console.neutral(evaluation.to_text(card)))
        console.tell_all(card.notes)


@app.command(epilog="Example: briefing check outputs/north-korea/2020-06-24")
def check(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="A folder of a briefing.", show_default=False)],
    *,
    sources: Annotated[Path | None, typer.Option("--sources", "-s", help="Where the sources are now.")] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Say whether a briefing keeps to its rules.

    Ends with 1 where a judgement has no evidence or a word off its
    yardstick, a quote is not in its source, or a number was typed.
    """
    with console.told(debug=debug):
        from briefing_lib.errors import FlawedBriefing
        from briefing_lib.publishing.checking import check as examine

        found = examine(output, sources=sources)
        tell_found([str(one) for one in found], as_json=as_json, quiet=quiet, none="sound: every rule is kept")
        if found:
            raise FlawedBriefing(f"{output}: {len(found)} breaches of the rules")


def _switch_store(*, off: bool) -> None:
    """Keep this process, and those that it starts, from the store."""
    if off:
        from briefing_lib.store import OFF, PLACE

        os.environ[PLACE] = OFF


def _day(text: str) -> date:
    """Return a day as given, else today: the one place that reads the clock for it."""
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadDate(f"{text!r} is no day; write it as 2020-06-24") from error


def _formats(text: str) -> tuple[str, ...]:
    from briefing_lib.publishing.planning import FORMATS

    wanted = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not wanted or set(wanted) - set(FORMATS):
        raise UnknownParameter(f"--to {text!r} is no format; give {', '.join(FORMATS)} or both")
    return wanted


add_to(app)

if __name__ == "__main__":
    main()
