"""The `briefing` command: one function a command, each importing what it needs when it runs."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from briefing_lib import console
from briefing_lib.desk import add_to
from briefing_lib.desk.clock import day
from briefing_lib.desk.options import AsJson, Debug, Extractor, Quiet
from briefing_lib.desk.rendering import render_and_tell
from briefing_lib.errors import UnknownParameter
from briefing_lib.pairs import PairCommand, pairs

# A line that is \b alone keeps the next ones from being filled (click, "Preventing Rewrapping").
_EPILOG = """\b
Examples:
  briefing new my-collection
  briefing table seeds/north-korea --as-of 2020-06-24
  briefing render -s seeds/north-korea --as-of 2020-06-24
  briefing render -s seeds/north-korea --if-changed --quiet
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
    str, typer.Argument(metavar="SOURCES", help="A folder of documents, or one file; or its URL.", show_default=False)
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help="Use nothing published later (2020-06-24); today if not given."),
]
NoStore = Annotated[
    bool, typer.Option("--no-store", help="Keep nothing of what is read and found, and use nothing kept.")
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Processes for a large collection; one a core if not given.")
]


class TableFormat(StrEnum):
    """How the table is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


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
        str, typer.Option("--parquet", metavar="FOLDER", help="Also write it as Parquet, to a folder or a URL.")
    ] = "",
    debug: Debug = False,
) -> None:
    """Print threats and what came of each.

    What is read and found is kept: the next run does only what is new.
    """
    with console.told(debug=debug):
        from briefing_lib.pipeline import follow_through
        from briefing_lib.reading import shown_url
        from briefing_lib.tabulation import printed

        _switch_store(off=no_store)
        with console.progress(shown=True) as line:
            line.show(f"Reading {shown_url(sources)} …")
            found = follow_through(sources, as_of=day(as_of), extractor=extractor, jobs=jobs, cluster=cluster)
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
    sources: Annotated[
        str | None, typer.Option("--sources", "-s", help="A folder of documents, or one file; or its URL.")
    ] = None,
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
    """Render a notebook as HTML and PDF.

    Files go to OUTPUT/COLLECTION/DATE/: briefing.html, briefing.pdf, the
    executed notebook, cases.csv, cases.json and run.json. They are replaced
    all at once; a run that fails leaves them as they were.
    """
    with console.told(debug=debug):
        from briefing_lib.publishing import Request, default_notebook

        _switch_store(off=no_store)
        request = Request(
            notebook=notebook or default_notebook(),
            as_of=day(as_of),
            sources=sources,
            written=pairs(parameter or ()),
            extractor=extractor,
            formats=_formats(to),
            output=output,
            cell_seconds=timeout,
        )
        render_and_tell(request, if_changed=if_changed, as_json=as_json, quiet=quiet)


def _switch_store(*, off: bool) -> None:
    """Keep this process, and those that it starts, from the store."""
    if off:
        from briefing_lib.store import OFF, PLACE

        os.environ[PLACE] = OFF


def _formats(text: str) -> tuple[str, ...]:
    from briefing_lib.publishing.planning import FORMATS

    wanted = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not wanted or set(wanted) - set(FORMATS):
        raise UnknownParameter(f"--to {text!r} is no format; give {', '.join(FORMATS)} or both")
    return wanted


add_to(app)

if __name__ == "__main__":
    main()
