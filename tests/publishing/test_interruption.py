"""A run that is stopped from outside leaves no process, no half-made file and the last good briefing."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from .conftest import a_notebook

pytestmark = [
    pytest.mark.xdist_group("interruption"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]


def kernels_of(process: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(process).children(recursive=True) if "ipykernel" in str(child.cmdline())]


def left_in_temp(process: int) -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"briefing-{process}-*"))


def wait_for(path: Path, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} never came"
        time.sleep(0.05)


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGKILL", -9)])
def test_what_is_stopped_leaves_nothing_behind(name: str, code: int, sources: Path, tmp_path: Path) -> None:
    """A killed run cannot clear away; the next one does."""
    begun, place = tmp_path / "begun", tmp_path / "out" / "small" / "2021-03-31"
    place.mkdir(parents=True)
    (place / "briefing.html").write_text("the last good page", encoding="utf-8")
    notebook = a_notebook(tmp_path / "n.ipynb", f"open({str(begun)!r}, 'w').close()", "import time; time.sleep(600)")
    command = [sys.executable, "-m", "briefing_lib.cli", "render", str(notebook), "--sources", str(sources)]
    command += ["--as-of", "2021-03-31", "--output", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        wait_for(begun)
        kernels = kernels_of(run.pid)
        run.send_signal(getattr(signal, name))
        _, told = run.communicate(timeout=60)
    assert run.returncode == code
    assert len(kernels) == 1
    assert psutil.wait_procs(kernels, timeout=20)[1] == []
    assert (place / "briefing.html").read_text("utf-8") == "the last good page"
    if name != "SIGKILL":
        assert told.splitlines()[0] in ("briefing: interrupted", "briefing: told to end")
        assert left_in_temp(run.pid) == []
        assert {path.name for path in place.parent.iterdir()} == {"2021-03-31", ".lock"}
        return
    a_notebook(notebook, "1 + 1")
    subprocess.run([*command, "--to", "html"], check=True, capture_output=True, timeout=120)
    assert left_in_temp(run.pid) == []
    assert {path.name for path in place.parent.iterdir()} == {"2021-03-31", ".lock"}
    assert "What was found?" in (place / "briefing.html").read_text("utf-8")


@pytest.mark.parametrize(("words", "at_once"), [(["table", "nowhere"], True), (["--version"], False)])
def test_a_failed_command_waits_for_no_thread(words: list[str], at_once: bool) -> None:
    """Python unwinds what runs beside it as it ends, and a library's own code aborts then: it ends before that."""
    code = (
        "import atexit, sys, threading, time\n"
        "atexit.register(print, 'unwound')\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "from briefing_lib.cli import main\n"
        f"sys.argv = ['briefing', *{words!r}]\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "unwound" in done.stdout) == ((2, False) if at_once else (0, True))
