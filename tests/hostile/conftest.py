"""A briefing of a few hundred hostile documents, made once by the command as a user starts it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

AS_OF = "2021-12-31"


@dataclass(frozen=True)
class Made:
    """Where the command ran, what it read, and where its outputs are."""

    here: Path
    sources: Path
    folder: Path
    said: str


def briefing(*words: str, here: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command, with a home of its own."""
    command = [sys.executable, "-m", "briefing_lib.cli", *words]
    env = {**os.environ, "HOME": str(here / "home"), **environment}
    (here / "home").mkdir(exist_ok=True)
    return subprocess.run(command, capture_output=True, check=False, timeout=240, cwd=here, env=env)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The page, tables and record of about three hundred hostile documents."""
    from .collection import make

    here = tmp_path_factory.mktemp("hostile")
    sources = make(here / "straits", of=2)
    words = ("render", "--sources", str(sources), "--as-of", AS_OF, "--to", "html")
    done = briefing(*words, here=here)
    assert done.returncode == 0, done.stderr.decode()
    return Made(here, sources, here / "outputs" / "straits" / AS_OF, (done.stdout + done.stderr).decode())
