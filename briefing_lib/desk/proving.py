"""`briefing check` and `briefing verify`."""

from pathlib import Path
from typing import Annotated

import typer

from briefing_lib import console
from briefing_lib.desk.options import AsJson, Debug, Quiet
from briefing_lib.desk.rendering import tell_found

SourcesNow = Annotated[str | None, typer.Option("--sources", "-s", help="Where the sources are now.")]


def check(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="A folder of a briefing.", show_default=False)],
    *,
    sources: SourcesNow = None,
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


def verify(
    output: Annotated[
        Path, typer.Argument(metavar="OUTPUT", help="A folder with run.json, or a bundle.", show_default=False)
    ],
    *,
    sources: SourcesNow = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Say whether a briefing is unchanged.

    Compares it and its sources with what the run recorded. Ends with 1 where
    any byte has changed, and says which files. Of a bundle, sources are
    compared where they are given.
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
