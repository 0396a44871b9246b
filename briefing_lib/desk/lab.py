"""`briefing lab` and `briefing new`."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from briefing_lib import console
from briefing_lib.desk.options import Debug, Quiet

_SCHEDULING = "briefing_lib.publishing.scheduling"


def lab(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Holds notebooks and seeds.")] = Path(),
    *,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
    port: Annotated[int, typer.Option("--port", help="The port; the next free one from 8888 if not given.")] = 0,
    debug: Debug = False,
) -> None:
    """Open JupyterLab on the notebooks.

    With jupyter-scheduler installed (pip install 'briefing-lib[scheduler]'),
    notebook jobs give the briefing's HTML and PDF.
    """
    with console.told(debug=debug):
        from briefing_lib.errors import SourcesNotFound

        if not folder.is_dir():
            raise SourcesNotFound(f"there is no folder {str(folder)!r}; give the project's")
        command = [sys.executable, "-m", "jupyterlab", *lab_options(folder, browser=browser, port=port)]
        # jupyter-scheduler puts the outputs of a job under the working folder.
        os.chdir(folder)
        os.execv(sys.executable, command)


def lab_options(folder: Path, *, browser: bool = True, port: int = 0) -> list[str]:
    """Return JupyterLab's options for a project: its first notebook opened, and jobs of ours where jobs can be."""
    first = next(iter(sorted((folder / "notebooks").glob("2-*.ipynb"))), None)
    options = [f"--ServerApp.root_dir={folder.resolve()}", "--LabApp.news_url=None"]
    options += [f"--port={port}"] if port else []
    options += [] if browser else ["--no-browser"]
    if find_spec("jupyter_scheduler"):
        options += [
            f"--SchedulerApp.environment_manager_class={_SCHEDULING}.BriefingEnvironments",
            f"--Scheduler.execution_manager_class={_SCHEDULING}.BriefingExecution",
        ]
    return [*options, str(first.resolve())] if first and browser else options


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits, - and _.", show_default=False)],
    *,
    notebook: Annotated[bool, typer.Option("--notebook", help="A notebook, not a collection.")] = False,
    folder: Annotated[Path, typer.Option("--in", metavar="FOLDER", help="Holds notebooks and seeds.")] = Path(),
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make a collection, or a notebook.

    A collection is made in seeds, a notebook in notebooks.
    """
    with console.told(debug=debug):
        from briefing_lib.desk.starting import new_collection, new_notebook

        made = (new_notebook if notebook else new_collection)(name, folder)
        if not quiet:
            console.say("\n".join(console.shown(path.absolute()) for path in made))
