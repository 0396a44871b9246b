"""Run a notebook through papermill, in this process, and see to it that every cell ran."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_lib.errors import NotebookFailed, NotThere
from briefing_lib.loggers import silenced

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
        if notebook.is_dir():
            raise NotThere(f"{notebook} is a folder and no notebook; name documents with --sources") from error
        raise NotThere(f"{notebook}: {error.strerror}; give the path of an .ipynb file") from error
    except (nbformat.ValidationError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise NotebookFailed(f"{notebook} is no notebook: {_first_line(error)}") from error


@dataclass(frozen=True, slots=True)
class Ready:
    """A notebook that can be run: its kernel is on its way, and what runs the cells is loaded."""

    notebook: Path
    node: Any
    kernel: Any
    folder: Path


@contextmanager
def ready_to_run(notebook: Path, *, workspace: Path, folder: Path | None = None) -> Iterator[Ready]:
    """Start a notebook's kernel and load what runs its cells meanwhile; the kernel ends with the block.

    Parameters
    ----------
    workspace
        An empty folder for the kernel's sockets and settings, short and private.
    folder
        Where the cells run; the notebook's own folder where None.

    Raises
    ------
    NotThere
        There is no such notebook.
    NotebookFailed
        It is no notebook, or there is no kernel for it.
    """
    node = load(notebook)
    name = node.metadata.get("kernelspec", {}).get("name")
    if not name:
        raise NotebookFailed(f"{notebook.name} names no kernel; open it in JupyterLab, choose one, and save it")
    from briefing_lib.publishing.kernels import started

    place = folder or notebook.parent
    with started(name, workspace=workspace, folder=place) as kernel:
        with _without_stores():
            import briefing_lib.publishing.engine  # noqa: F401
        yield Ready(notebook, node, kernel, place)


def execute(
    ready: Ready,
    *,
    parameters: Mapping[str, Any],
    to: Path,
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
    timeout
        Seconds that one cell may take, or None for no limit.
    on_cell
        Called with the number of the cell that starts, from 1, and the number of cells.

    Raises
    ------
    NotebookFailed
        A cell raised, hung or ended the run; the message says which.
    """
    from papermill import execute_notebook

    from briefing_lib.publishing.engine import NAME

    watch = _Watch(ready.notebook.name, total=len(ready.node.cells), on_cell=on_cell)
    with _failures_told(watch, timeout), silenced(_TALKATIVE):
        done = execute_notebook(
            ready.node,
            # Papermill fills braces in a path with parameters; doubled ones stand for themselves.
            str(to).replace("{", "{{").replace("}", "}}"),
            parameters=dict(parameters),
            engine_name=NAME,
            kernel=ready.kernel,
            progress_bar=False,
            cwd=ready.folder,
            on_cell_start=watch.start,
            execution_timeout=timeout,
        )
    _require_all_ran(done, ready.notebook.name)
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


def _leave_out_slow_import() -> None:
    """Keep jsonschema from building a grammar that nothing here needs: about a second (jsonschema#1428)."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@contextmanager
def _without_stores() -> Iterator[None]:
    """Keep papermill from loading what reaches notebooks at Hadoop and S3: it takes them for missing.

    Afterwards they can be imported as ever.
    """
    hidden = [name for name in ("pyarrow.fs", "boto3.session") if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def _first_line(error: object) -> str:
    return next(iter(str(error).strip().splitlines()), "")
