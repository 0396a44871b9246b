"""Run a notebook through papermill, in this process, and see to it that every cell ran."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefing_lib.errors import NotebookFailed, NotThere
from briefing_lib.loggers import silenced
from briefing_lib.publishing.reproducible import environment

# The longest path of a Unix socket: 103 bytes on macOS, 107 on Linux (sys/un.h).
SOCKET_PATH_LIMIT = 103
INJECTED = "injected-parameters"
CODE_SHOWN = 60
# What runs the cells: what went wrong is told once, and no log carries a cell's text.
_TALKATIVE = ("traitlets", "papermill")

CellStarted = Callable[[int, int], None]


def load(notebook: Path) -> Any:
    """Read a notebook in the current format.

    Raises
    ------
    NotThere
        There is no such file.
    NotebookFailed
        It is no notebook.
    """
    _leave_out_slow_import()
    import nbformat

    try:
        return nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise NotThere(f"{notebook}: {error.strerror}; give the path of an .ipynb file") from error
    except (nbformat.ValidationError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise NotebookFailed(f"{notebook} is no notebook: {_first_line(error)}") from error


def execute(
    notebook: Path,
    *,
    parameters: Mapping[str, Any],
    to: Path,
    workspace: Path,
    folder: Path | None = None,
    timeout: int | None = None,
    on_cell: CellStarted | None = None,
) -> Any:
    """Run a notebook and return it with its outputs; it is kept at ``to`` also where it fails.

    Parameters
    ----------
    parameters
        Plain values of parameters that the notebook takes.
    to
        Where the executed notebook goes.
    workspace
        An empty folder for the kernel's sockets and settings, short and private.
    folder
        Where the cells run; the notebook's own folder where None.
    timeout
        Seconds that one cell may take, or None for no limit.
    on_cell
        Called with the number of the cell that starts, from 1, and the number of cells.

    Raises
    ------
    NotebookFailed
        A cell raised, hung or ended the run; the message says which.
    """
    node = load(notebook)
    with _without_hadoop():
        from papermill import execute_notebook

    watch = _Watch(notebook.name, total=len(node.cells), on_cell=on_cell)
    with _failures_told(watch, timeout), _own_folders(workspace), silenced(_TALKATIVE):
        done = execute_notebook(
            node,
            # Papermill fills braces in a path with parameters; doubled ones stand for themselves.
            str(to).replace("{", "{{").replace("}", "}}"),
            parameters=dict(parameters),
            progress_bar=False,
            cwd=folder or notebook.parent,
            config=_kernel_settings(workspace),
            on_cell_start=watch.start,
            execution_timeout=timeout,
            # A polite end waits a second and prints an interrupt; the run is whole by then.
            shutdown_kernel="immediate",
            # The interrupt may still come first, and is nobody's error.
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )
    _require_all_ran(done, notebook.name)
    _forget_places(done, to)
    return done


class _Watch:
    """Knows which cell is running, by its number in the notebook as its author sees it."""

    def __init__(self, name: str, *, total: int, on_cell: CellStarted | None) -> None:
        self.name = name
        self.total = total
        self.on_cell = on_cell
        self.injected = 0
        self.number = 0
        self.source = ""

    def start(self, *, cell: Any, cell_index: int) -> None:
        if INJECTED in cell.metadata.get("tags", ()):
            self.injected = 1
            return
        self.number = cell_index + 1 - self.injected
        self.source = cell.source
        if self.on_cell:
            self.on_cell(self.number, self.total)

    def failed(self, why: str) -> NotebookFailed:
        if not self.number:
            return NotebookFailed(f"{self.name}: {why}")
        return _failed(self.name, self.number, self.source, why)


@contextmanager
def _failures_told(watch: _Watch, timeout: int | None) -> Iterator[None]:
    """Tell each way in which a run can fail as ours, with the cell at which it stood."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill import PapermillExecutionError

    try:
        yield
    except PapermillExecutionError as error:
        raise watch.failed(f"{error.ename}: {_first_line(error.evalue)}") from error
    except CellTimeoutError as error:
        raise watch.failed(f"ran longer than {timeout} seconds; allow more with --timeout") from error
    except DeadKernelError as error:
        raise watch.failed("its kernel died (out of memory, or killed from outside)") from error
    except RuntimeError as error:
        # So jupyter_client tells of a kernel that ended before it was ready.
        raise watch.failed(f"its kernel did not start ({_first_line(error)})") from error


def _require_all_ran(notebook: Any, name: str) -> None:
    """Refuse a notebook that ended early: ``sys.exit(0)`` in a cell stops a run without an error."""
    number = 0
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", ()):
            continue
        number += 1
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if any(output.output_type == "error" for output in cell.outputs):
            raise _failed(name, number, cell.source, "ended the run early (sys.exit); let the last cell end it")
        if cell.execution_count is None:
            raise _failed(name, number, cell.source, "never ran")


def _forget_places(notebook: Any, path: Path) -> None:
    """Keep the notebook's own copy free of where on this machine it was made: it is for sharing."""
    import nbformat

    for key in ("input_path", "output_path"):
        notebook.metadata.papermill.pop(key, None)
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def _failed(name: str, number: int, source: str, why: str) -> NotebookFailed:
    code = next((line.strip() for line in source.splitlines() if line.strip()), "")
    shown = code if len(code) <= CODE_SHOWN else f"{code[: CODE_SHOWN - 1]}…"
    return NotebookFailed(f"{name}, cell {number} ({shown}): {why}")


def _kernel_settings(workspace: Path) -> Any:
    """Talk to the kernel over files where the system can: no port is opened, and nobody else can connect."""
    from traitlets.config import Config

    settings = Config()
    connection = workspace / "kernel.json"
    settings.KernelManager.connection_file = str(connection)
    longest = os.fsencode(connection.with_name("kernel-ipc-5"))
    if sys.platform != "win32" and len(longest) <= SOCKET_PATH_LIMIT:
        settings.KernelManager.transport = "ipc"
    return settings


@contextmanager
def _own_folders(workspace: Path) -> Iterator[None]:
    """Keep a person's own kernel settings out of the run, and order in sets the same from run to run."""
    ours = {
        "JUPYTER_RUNTIME_DIR": str(workspace),
        "IPYTHONDIR": str(workspace / "ipython"),
        # This Python's own kernel before one that a person has installed under the same name.
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYTHONHASHSEED": "0",
    }
    with environment(ours):
        yield


def _leave_out_slow_import() -> None:
    """Keep jsonschema from building a grammar that nothing here needs: about a second (jsonschema#1428)."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@contextmanager
def _without_hadoop() -> Iterator[None]:
    """Keep papermill from loading pyarrow, for Hadoop, before it can start a kernel: it takes its client for missing.

    Afterwards it can be imported as ever.
    """
    hidden = "pyarrow.fs" not in sys.modules
    if hidden:
        sys.modules["pyarrow.fs"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            sys.modules.pop("pyarrow.fs", None)


def _first_line(error: object) -> str:
    return next(iter(str(error).strip().splitlines()), "")
