"""Measure what the project promises of speed and memory, and write docs/benchmarks.md. Run by `make bench`."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from documents import lines_of
from measuring import Run, median_of, run

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
CORPUS = ROOT.parent / "shared" / "corpus"
SEEDS, AS_OF, LATER = ROOT / "seeds" / "north-korea", "2020-06-24", "2025-01-01"
PYTHON = sys.executable
BRIEFING = str(Path(PYTHON).with_name("briefing"))
PACKAGES = ("spacy", "papermill", "nbconvert", "pandas")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: what was measured, what it is to reach, what it is, and the figures behind it."""

    what: str
    reach: str
    found: str
    reached: bool
    behind: str


class Bench:
    """The measurements, each with a folder of its own."""

    def __init__(self, work: Path, lines: list[str], repeats: int, cores: int) -> None:
        self.work = work
        self.lines = lines
        self.repeats = repeats
        self.cores = cores

    # --- a briefing of a few documents ----------------------------------------------------------------------------

    def render(self) -> list[Row]:
        """Measure a rendering against the three commands that make the same files without this project."""
        run(*self._render_command("warm-up"))  # compiled files and font caches are nobody's merit
        peers = [self._by_three_commands(number) for number in range(self.repeats)]
        peer = sorted(peers)[len(peers) // 2]
        cold = median_of(
            [
                run(*self._render_command(f"cold{number}"), store=self.work / f"cold{number}.sqlite3")
                for number in range(self.repeats)
            ]
        )
        kept = self.work / "cold0.sqlite3"
        warm = median_of([run(*self._render_command(f"warm{n}"), store=kept) for n in range(self.repeats)])
        return [
            _ratio("render to HTML and PDF, store empty, of three commands", 0.6, cold.seconds, peer),
            _ratio("render to HTML and PDF, store warm, of three commands", 0.45, warm.seconds, peer),
            self._unchanged(kept),
        ]

    def _render_command(self, name: str) -> list[str]:
        place = str(self.work / name)
        return [BRIEFING, "render", "--sources", str(SEEDS), "--as-of", AS_OF, "-q", "--output", place]

    def _by_three_commands(self, number: int) -> float:
        notebook = self.work / f"peer{number}.ipynb"
        jupyter = str(Path(PYTHON).with_name("jupyter"))
        parameters = ["-p", "sources", str(SEEDS), "-p", "as_of", AS_OF]
        source = str(ROOT / "notebooks" / "3-briefing.ipynb")
        ran = [
            run(str(Path(PYTHON).with_name("papermill")), source, str(notebook), *parameters, "--no-progress-bar"),
            run(jupyter, "nbconvert", "--to", "html", str(notebook)),
            run(PYTHON, str(HERE / "webpdf.py"), str(notebook)),
        ]
        return sum(one.seconds for one in ran)

    def _unchanged(self, store: Path) -> Row:
        command = [*self._render_command("warm0"), "--if-changed"]
        again = median_of([run(*command, store=store, codes=(4,)) for _ in range(self.repeats)])
        python = median_of([run(PYTHON, "-c", "pass") for _ in range(self.repeats)])
        more = again.seconds - python.seconds
        behind = f"{again.seconds:.2f} s; python -c pass {python.seconds:.2f} s"
        return Row(
            "--if-changed with nothing changed, more than python -c pass",
            "under 1 s",
            f"{more:.2f} s",
            more < 1,
            behind,
        )

    # --- many documents -------------------------------------------------------------------------------------------

    def table(self) -> list[Row]:
        """Measure a table of many documents against spaCy's pipeline, a tenth of them, and one more of them."""
        many = len(self.lines)
        whole, tenth = self._collection("whole", self.lines), self._collection("tenth", self.lines[: many // 10])
        small = self._table(tenth, self.work / "tenth.sqlite3")
        large = self._table(whole, self.work / "whole.sqlite3")
        sample = self._collection("sample", self.lines[: max(1, many // 5)])
        peer = float(run(PYTHON, str(HERE / "baseline.py"), str(sample), str(self.cores)).output)
        rate = many / large.seconds
        count, same = run(PYTHON, str(HERE / "everything.py"), str(tenth), LATER).output.split()
        times = large.seconds / small.seconds
        memory = large.megabytes / small.megabytes if small.megabytes else 0.0
        one = self._one_more(whole)
        share = one.seconds / large.seconds
        return [
            Row(
                f"table of {many:,} documents on {self.cores} cores, of nlp.pipe's documents a second",
                "at least 4",
                f"{rate / peer:.2f}",
                rate >= 4 * peer,
                f"{rate:.1f} documents a second; nlp.pipe on a fifth of them {peer:.1f}",
            ),
            Row(
                f"the cases are those of parsing everything ({many // 10:,} documents)",
                "the same",
                "the same" if same == "True" else "other",
                same == "True",
                f"{count} cases",
            ),
            Row(
                "ten times the documents: time",
                "at most 11",
                f"{times:.1f}",
                times <= 11,
                f"{small.seconds:.1f} s, {large.seconds:.1f} s",
            ),
            Row(
                "ten times the documents: peak memory of the largest process",
                "at most 1.3",
                f"{memory:.2f}",
                0 < memory <= 1.3,
                f"{small.megabytes:.0f} MB, {large.megabytes:.0f} MB",
            ),
            Row(
                f"one new document in {many:,}, store warm, of the time from nothing",
                "at most 2%",
                f"{share:.1%}",
                share <= 0.02,
                f"{one.seconds:.2f} s of {large.seconds:.1f} s",
            ),
        ]

    def _collection(self, name: str, lines: list[str]) -> Path:
        folder = self.work / name
        folder.mkdir()
        (folder / "documents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    def _table(self, folder: Path, store: Path) -> Run:
        command = [BRIEFING, "table", str(folder), "--as-of", LATER, "--format", "json"]
        return run(*command, "--jobs", str(self.cores), store=store)

    def _one_more(self, folder: Path) -> Run:
        text = "The harvest was good in the north of the country, and the mills are at work day and night."
        (folder / "2023-05-06-new.txt").write_text(text, encoding="utf-8")
        return self._table(folder, self.work / "whole.sqlite3")

    # --- linking --------------------------------------------------------------------------------------------------

    def linking(self) -> list[Row]:
        """Measure linking and assessment of ten times the cases."""
        small, large = (run(PYTHON, str(HERE / "linking.py"), str(many)) for many in (1_000, 10_000))
        (few, quick), (many, slow) = (one.output.split() for one in (small, large))
        times = float(slow) / float(quick)
        memory = large.megabytes / small.megabytes if small.megabytes else 0.0
        behind = f"{few} cases {float(quick):.2f} s, {many} cases {float(slow):.2f} s; memory {memory:.1f} times"
        return [
            Row("linking and assessment of ten times the cases", "near-linear", f"{times:.1f}", times <= 13, behind)
        ]


def _ratio(what: str, reach: float, seconds: float, peer: float) -> Row:
    ratio = seconds / peer
    return Row(what, f"at most {reach}", f"{ratio:.2f}", ratio <= reach, f"{seconds:.2f} s of {peer:.2f} s")


def report(rows: list[Row], *, documents: str, cores: int, on: datetime) -> str:
    """Return the page that the figures are kept on."""
    system = f"{platform.system()} {platform.machine()}, {_processor()}, {cores} cores used"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`; nothing here is typed. Each ratio is of two measurements of one run on one machine.",
        "",
        f"- {on:%Y-%m-%d}, {system}",
        f"- Python {platform.python_version()}, {packages}",
        f"- Documents: {documents}",
        "",
        "| measured | to reach | found | | figures |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {row.what} | {row.reach} | {row.found} | {'yes' if row.reached else 'no'} | {row.behind} |"
            for row in rows
        ),
        "",
    ]
    return "\n".join(lines)


def _processor() -> str:
    place = Path("/proc/cpuinfo")
    if not place.exists():
        return platform.processor()
    models = (line.split(":", 1)[1].strip() for line in place.read_text().splitlines() if line.startswith("model name"))
    return next(models, platform.processor())


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--source", type=Path, help="a .jsonl(.gz) file or a folder of them; generated documents without"
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3, help="runs of each short command, of which the median counts")
    parser.add_argument("--only", choices=["render", "table", "linking"], action="append")
    parser.add_argument("--write", type=Path, default=ROOT / "docs" / "benchmarks.md")
    asked = parser.parse_args()
    source = asked.source or (CORPUS if CORPUS.is_dir() else None)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as work:
        lines = list(lines_of(source, asked.documents))
        bench = Bench(Path(work), lines, asked.repeats, cores)
        steps: dict[str, Callable[[], list[Row]]] = {
            "render": bench.render,
            "table": bench.table,
            "linking": bench.linking,
        }
        rows = [row for name in asked.only or steps for row in steps[name]()]
    length = sum(map(len, lines)) // len(lines)
    kind = "a given collection" if asked.source else "real news reports" if source else "generated reports"
    made = report(
        rows, documents=f"{len(lines):,} {kind}, {length:,} characters a line", cores=cores, on=datetime.now(UTC)
    )
    sys.stdout.write(made)
    if not asked.only:
        asked.write.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
