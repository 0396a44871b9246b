"""Kill runs at random moments, again and again, and count what was lost.

``python tests/broken/faults.py 50`` does it fifty times; the moments follow from ``--seed``. It ends by itself. Only a
kill that met what it was meant for counts: a run may be over before its moment comes.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from briefing_lib.assessment.decisions import FILE, LOCK, add_decision, read_decisions
from briefing_lib.models import Decision, DecisionKind, ExpectedQuote
from broken.harness import (
    SECONDS,
    Bench,
    a_bench,
    children_of,
    require_last_good,
    require_nothing_left,
)

VICTIMS = ("command", "kernel", "worker", "who shares out", "who decides")
# So many moments may come too late for each that does not.
_PATIENCE = 20


def kill_at_random(bench: Bench, *, victim: str, after: float) -> tuple[int, bool]:
    """Start a run, kill it or its kernel after some seconds, and return its number and whether that met a live one."""
    with bench.start() as run:
        children, killed = kill_when_there(run, mark="ipykernel" if victim == "kernel" else "", after=after)
        run.communicate(timeout=SECONDS)
    alive = psutil.wait_procs(children, timeout=30)[1]
    assert alive == [], f"outlived the run: {alive}"
    return run.pid, killed


def kill_when_there(run: subprocess.Popen[str], *, mark: str, after: float) -> tuple[list[psutil.Process], bool]:
    """Kill a run, or the first of its processes with a mark, some seconds after it has begun.

    Return the processes that the run had by then, and whether the one to kill still lived.
    """
    victim: psutil.Process | None = None if mark else psutil.Process(run.pid)
    while victim is None and run.poll() is None:
        victim = next((one for one in children_of(run.pid) if mark in " ".join(_line_of(one))), None)
        time.sleep(0.01)
    with suppress(subprocess.TimeoutExpired):
        run.wait(timeout=after)
    children = children_of(run.pid)
    with suppress(psutil.NoSuchProcess):
        if victim is not None and run.poll() is None and victim.status() != psutil.STATUS_ZOMBIE:
            victim.kill()
            return children, True
    return children, False


def a_run_is_killed(bench: Bench, victim: str, after: float) -> bool:
    """Kill a run; the last good outputs are whole, and the next run works and clears up."""
    run, killed = kill_at_random(bench, victim=victim, after=after)
    require_last_good(bench)
    again = bench.run()
    assert again.returncode == 0, again.stderr
    require_last_good(bench)
    require_nothing_left(bench, run, [])
    return killed


def a_decision(number: int) -> Decision:
    """One of many decisions, told apart by their cases."""
    at = datetime(2021, 7, 1, 12, tzinfo=UTC).isoformat()
    quote = (ExpectedQuote("strait", "close the strait"),)
    return Decision(DecisionKind.CONFIRM, f"c{number}", "a", at, date(2021, 7, 1), "y", quote)


def decide_for_ever(collection: Path) -> None:
    """Add decision after decision, and tell of each that is in the file."""
    for number in range(1_000_000):
        add_decision(collection, a_decision(number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def who_decides_is_killed(folder: Path, after: float) -> bool:
    """Kill somebody who writes decisions; all that were told of are there, and one more can be added."""
    folder.mkdir()
    command = [sys.executable, __file__, "--decide", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        first = run.stdout.readline()
        time.sleep(after)
        run.kill()
        told = [first, *run.stdout.read().splitlines()]
    kept = [decision.case for decision in read_decisions(folder)]
    assert kept == [f"c{number}" for number in range(len(kept))]
    assert len(told) <= len(kept) <= len(told) + 1
    add_decision(folder, a_decision(len(kept)))
    assert len(read_decisions(folder)) == len(kept) + 1
    assert {path.name for path in folder.iterdir()} <= {FILE, LOCK}
    return True


def share(collection: Path) -> None:
    """Read a collection by two workers, however small it is, and print the table."""
    from briefing_lib import workers
    from briefing_lib.pipeline import follow_through
    from briefing_lib.presentation import to_json

    workers.WORTH_SHARING = workers._AT_ONCE = 1
    sys.stdout.write(json.dumps(to_json(follow_through(collection, as_of=date(2021, 12, 31), jobs=2))))


def reports(folder: Path, count: int = 40) -> Path:
    """A collection of some reports, each of a threat of its own."""
    folder.mkdir()
    for number in range(count):
        text = f"Ruritania threatened on Monday to close {number} straits if Graustark sends ships.\n\n"
        (folder / f"2021-03-{number % 28 + 1:02}-{number}.txt").write_text(text * 9, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Shared:
    """A collection, a store, and the table that both workers make of it undisturbed."""

    sources: Path
    store: Path
    table: str
    usual: float

    @classmethod
    def of(cls, folder: Path) -> "Shared":
        """Read the collection once, to know what must come of it."""
        made = cls(reports(folder / "reports"), folder / "store" / "kept.sqlite3", "", 0.0)
        started = time.monotonic()
        run = made.start()
        table, _ = run.communicate(timeout=SECONDS)
        assert run.returncode == 0
        assert '"act"' in table
        return replace(made, table=table, usual=time.monotonic() - started)

    def start(self) -> subprocess.Popen[str]:
        """Start reading, with a store as it is."""
        command = [sys.executable, __file__, "--share", str(self.sources)]
        env = {**os.environ, "BRIEFING_STORE": str(self.store)}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)

    def who_shares_or_works_is_killed(self, victim: str, after: float) -> bool:
        """Kill one; the table is the same in the end, the store is whole, and no process is left."""
        shutil.rmtree(self.store.parent)
        with self.start() as run:
            children, killed = kill_when_there(run, mark="spawn_main" if victim == "worker" else "", after=after)
            table, told = run.communicate(timeout=SECONDS)
        if victim == "worker":
            assert (run.returncode, table) == (0, self.table), told
        alive = psutil.wait_procs(children, timeout=30)[1]
        assert alive == [], f"outlived the run: {alive}"
        if self.store.exists():
            with closing(sqlite3.connect(self.store)) as kept:
                assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with self.start() as again:
            assert again.communicate(timeout=SECONDS) == (self.table, "")
        assert list(self.store.parent.glob("*.bad")) == []
        return killed


def survive(
    folder: Path,
    times: int,
    *,
    seed: int,
    victims: Sequence[str] = VICTIMS,
    on_each: Callable[[Counter[str]], None] = lambda _: None,
) -> Counter[str]:
    """Kill so many, of each kind in turn, and return how many of each; it is told after each, too."""
    chance = random.Random(seed)
    bench = a_bench(folder / "bench")
    started = time.monotonic()
    assert bench.run().returncode == 0
    usual = time.monotonic() - started
    shared = Shared.of(folder)

    def moment() -> float:
        return chance.uniform(0, shared.usual)

    kinds: dict[str, Callable[[int], bool]] = {
        "command": lambda _: a_run_is_killed(bench, "command", chance.uniform(0, usual)),
        "kernel": lambda _: a_run_is_killed(bench, "kernel", chance.uniform(0, usual / 2)),
        "worker": lambda _: shared.who_shares_or_works_is_killed("worker", moment() / 2),
        "who shares out": lambda _: shared.who_shares_or_works_is_killed("who shares out", moment()),
        "who decides": lambda number: who_decides_is_killed(folder / f"decided-{number}", chance.uniform(0, 1)),
    }
    counted: Counter[str] = Counter()
    for number in range(times * _PATIENCE):
        victim = victims[counted.total() % len(victims)]
        counted[victim] += kinds[victim](number)
        on_each(counted)
        if counted.total() == times:
            return counted
    raise AssertionError(f"only {counted} of {times} could be killed")


def _line_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def main() -> None:
    """Kill as often as asked, and write the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("times", type=int, nargs="?", default=50)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", type=Path, help="also write the figures to this file")
    options.add_argument("--decide", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--share", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.share:
        share(asked.share)
        return
    if asked.decide:
        decide_for_ever(asked.decide)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        os.environ["BRIEFING_STORE"] = str(Path(folder) / "store-of-runs" / "kept.sqlite3")

        def record(survived: Counter[str]) -> None:
            figures = json.dumps({"killed": survived, "survived": survived.total(), "lost": 0, "seed": asked.seed})
            sys.stdout.write(f"{figures}\n")
            sys.stdout.flush()
            if asked.record:
                asked.record.write_text(f"{figures}\n", encoding="utf-8")

        survive(Path(folder), asked.times, seed=asked.seed, on_each=record)


if __name__ == "__main__":
    main()
