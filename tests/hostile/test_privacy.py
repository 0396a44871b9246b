"""Nothing leaves the machine: no main path asks for an address, in a network that leads nowhere.

The whole suite runs with every address but this machine's own refused (tests/guard).
"""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUARD = ROOT / "tests" / "guard"
TEXT = "Ruritania threatened on Monday to close the strait if Graustark sends ships.\n"
PATHS = {
    "table": ("table", "straits", "--as-of", "2021-12-31"),
    "render": ("render", "--sources", "straits", "--as-of", "2021-12-31", "--to", "html,pdf"),
    "verify": ("verify", "outputs/straits/2021-12-31"),
    "check": ("check", "outputs/straits/2021-12-31"),
    "bundle": ("bundle", "outputs/straits/2021-12-31"),
    "status": ("status",),
    "store": ("store",),
}
pytestmark = pytest.mark.xdist_group("bombs")


def test_the_guard_refuses_what_it_should(tmp_path: Path) -> None:
    """A test of the test: without this it could hold by doing nothing."""
    code = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"
    done = guarded(["-c", code], tmp_path)
    assert "no address but this machine's own" in done.stderr
    assert "192.0.2.1" in (tmp_path / "refused").read_text("utf-8")


def test_the_suite_itself_is_guarded() -> None:
    """In this process, and in each Python that a test starts."""
    with pytest.raises(PermissionError, match="this machine's own"):
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    code = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "no address but this machine's own" in done.stderr


def test_no_main_path_asks_for_an_address_or_logs_a_documents_words(tmp_path: Path) -> None:
    (tmp_path / "straits").mkdir()
    (tmp_path / "straits" / "2021-03-30-strait.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "straits" / "page.html").write_text(f"<html><body><article><p>{TEXT}</p>", encoding="utf-8")
    for name, words in PATHS.items():
        done = guarded(["-m", "briefing_lib.cli", *words], tmp_path)
        assert done.returncode == 0, (name, done.stderr)
        assert done.stderr == ""
        assert name == "table" or "strait if" not in done.stdout
    assert not (tmp_path / "refused").exists()


def guarded(words: list[str], here: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with the guard of the whole suite, and, where the system lets us, without any network at all."""
    path = os.pathsep.join([str(GUARD), str(ROOT)])
    env = {**os.environ, "PYTHONPATH": path, "REFUSED": str(here / "refused")}
    command = [*_alone(), sys.executable, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, cwd=here, env=env)


def _alone() -> list[str]:
    """Return what starts a program in a network of its own that leads nowhere, or nothing where that is not allowed."""
    program = shutil.which("unshare")
    if program is None:
        return []
    command = [program, "--net", "--map-root-user"]
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else []
