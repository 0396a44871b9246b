"""A kernel is started before what runs its cells is loaded, and is gone with the run."""

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from briefing_lib.errors import NotebookFailed
from briefing_lib.publishing.execution import execute, ready_to_run
from briefing_lib.publishing.kernels import started, wait_until_ready
from briefing_lib.publishing.workspaces import workspace

from .conftest import a_notebook


def a_kernel_of(folder: Path, name: str, *command: str) -> None:
    """Install a kernel that runs a command."""
    place = folder / "kernels" / name
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(
        json.dumps({"argv": list(command), "display_name": name, "language": "python"}), encoding="utf-8"
    )


def test_cells_run_in_the_kernel_that_was_started_and_it_is_gone_afterwards(tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path / "n.ipynb", "import os; os.getpid()")
    with workspace() as own, ready_to_run(notebook, workspace=own) as ready:
        process = psutil.Process(ready.kernel.manager.provisioner.pid)
        done = execute(ready, parameters={}, to=tmp_path / "ran.ipynb")
        assert process.is_running()
    assert done.cells[-1].outputs[0].data["text/plain"] == str(process.pid)
    assert not process.is_running()


def test_it_runs_where_a_loop_runs_already(tmp_path: Path) -> None:
    """As in a cell of a notebook."""
    notebook = a_notebook(tmp_path / "n.ipynb", "6 * 7")

    async def run() -> Any:
        with workspace() as own, ready_to_run(notebook, workspace=own) as ready:
            return execute(ready, parameters={}, to=tmp_path / "ran.ipynb")

    # In a thread of its own: a browser that another test has opened may have left a loop running in this one.
    with ThreadPoolExecutor() as elsewhere:
        ran = elsewhere.submit(asyncio.run, run()).result()
    assert ran.cells[-1].outputs[0].data["text/plain"] == "42"


def test_what_ran_is_kept_where_the_kernel_dies(tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path / "n.ipynb", "6 * 7", "import os; os._exit(1)")
    with (
        pytest.raises(NotebookFailed, match=r"cell 4 .*kernel died"),
        workspace() as own,
        ready_to_run(notebook, workspace=own) as ready,
    ):
        execute(ready, parameters={}, to=tmp_path / "ran.ipynb")
    kept = nbformat.read(tmp_path / "ran.ipynb", as_version=4)
    assert [cell.outputs[0].data["text/plain"] for cell in kept.cells if cell.get("outputs")] == ["42"]


@pytest.mark.parametrize(
    ("kernelspec", "match"),
    [(None, r"n\.ipynb names no kernel; open it in JupyterLab"), ({"name": "cobol"}, "there is no kernel 'cobol'")],
)
def test_a_notebook_without_a_kernel_is_told(tmp_path: Path, kernelspec: dict[str, str] | None, match: str) -> None:
    notebook = nbformat.read(a_notebook(tmp_path / "n.ipynb"), as_version=4)
    del notebook.metadata["kernelspec"]
    if kernelspec:
        notebook.metadata["kernelspec"] = {**kernelspec, "display_name": "?", "language": "python"}
    nbformat.write(notebook, tmp_path / "n.ipynb")
    with (
        pytest.raises(NotebookFailed, match=match),
        workspace() as own,
        ready_to_run(tmp_path / "n.ipynb", workspace=own),
    ):
        pass


def test_a_kernel_that_ends_before_it_is_ready_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_kernel_of(tmp_path, "brief", sys.executable, "-c", "pass")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    with (
        pytest.raises(NotebookFailed, match="did not start: it ended before it was ready"),
        workspace() as own,
        started("brief", workspace=own, folder=tmp_path) as kernel,
    ):
        wait_until_ready(kernel)


def test_papermill_is_loaded_without_what_reaches_stores_and_these_can_be_loaded_afterwards(tmp_path: Path) -> None:
    """Both take longer to import than the kernel takes to start."""
    notebook = a_notebook(tmp_path / "n.ipynb")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from briefing_lib.publishing.execution import ready_to_run\n"
        f"with ready_to_run(Path({str(notebook)!r}), workspace=Path({str(tmp_path)!r})):\n"
        "    assert 'papermill.iorw' in sys.modules\n"
        "    print(sorted({'boto3', 'pyarrow'} & sys.modules.keys()))\n"
        "import boto3.session, pyarrow.fs\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
