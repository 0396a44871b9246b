"""One small collection and notebook, the command on them, and what must hold after any fault."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil

from briefing_lib.publishing.verification import verify

PARAMETERS = 'sources = ""\nas_of = ""\ntitle = "A small briefing"\n'
TEXT = "Ruritania threatened on Monday to close the strait if Graustark sends ships.\n"
DAY = "2021-03-31"
SECONDS = 120


@dataclass(frozen=True)
class Bench:
    """A folder with a collection, a notebook and outputs."""

    here: Path
    notebook: Path
    sources: Path
    output: Path

    @property
    def place(self) -> Path:
        """Where the briefing goes."""
        return self.output / "straits" / DAY

    def command(self, *words: str) -> list[str]:
        """The command that renders it."""
        asked = ("render", str(self.notebook), "--sources", str(self.sources), "--as-of", DAY, "--to", "html")
        return [sys.executable, "-m", "briefing_lib.cli", *asked, "--output", str(self.output), *words]

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Start it, and return at once."""
        return subprocess.Popen(
            self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.here, **options
        )

    def run(self, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        command = self.command(*words)
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=SECONDS, cwd=self.here, **options
        )

    def told(self, *words: str, code: int = 1, **options: Any) -> str:
        """Run it, see that it ends with a code and one line, and return that line."""
        done = self.run(*words, **options)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1), done
        return done.stderr


def a_bench(here: Path, *code: str) -> Bench:
    """A bench whose notebook has these cells."""
    here.mkdir(parents=True, exist_ok=True)
    bench = Bench(here, here / "small.ipynb", here / "straits", here / "outputs")
    bench.sources.mkdir(exist_ok=True)
    (bench.sources / "2021-03-30-strait.txt").write_text(TEXT, encoding="utf-8")
    a_notebook(bench.notebook, *code or ("title",))
    return bench


def a_notebook(path: Path, *code: str) -> None:
    """A notebook of a cell of parameters and these."""
    cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}, id="parameters")]
    cells += [nbformat.v4.new_code_cell(source, id=f"code-{number}") for number, source in enumerate(code)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def require_last_good(bench: Bench) -> None:
    """Refuse outputs of which a byte is not as the last good run left it."""
    found = verify(bench.place, sources=bench.sources)
    assert found.differences == (), found.differences


def require_nothing_left(bench: Bench, run: int, children: list[psutil.Process], *, failed: bool = False) -> None:
    """Refuse a process that outlives its run, and a file that is none of the outputs."""
    alive = psutil.wait_procs(children, timeout=30)[1]
    assert alive == [], alive
    left = list(Path(tempfile.gettempdir()).glob(f"briefing-{run}-*"))
    assert left == [], left
    known = {DAY, ".lock", *({f"{DAY}.failed"} if failed else ())}
    assert {path.name for path in bench.place.parent.iterdir()} <= known
    tops = {"straits", ".lock", ".runs.jsonl", "index.html", "feed.xml"}
    assert {path.name for path in bench.output.iterdir()} <= tops


def children_of(run: int) -> list[psutil.Process]:
    """The processes that a run has started."""
    try:
        return psutil.Process(run).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
