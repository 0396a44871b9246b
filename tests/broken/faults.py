"""Kill runs at random moments, again and again, and count what was lost.

``python tests/broken/faults.py 50`` does it fifty times; the moments follow from ``--seed``. It ends by itself. Only a
kill that met what it was meant for counts: a run may be over before its moment comes.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
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

VICTIMS = ("command", "kernel", "who decides")
# So many moments may come too late for each that does not.
_PATIENCE = 20


def kill_at_random(bench: Bench, *, victim: str, after: float) -> tuple[int, bool]:
    """Start a run, kill it or its kernel after some seconds, and return its number and whether that met a live one."""
    killed = False
    with bench.start() as run:
        children: list[psutil.Process] = []
        try:
            run.wait(timeout=after)
        except subprocess.TimeoutExpired:
            children = children_of(run.pid)
            kernels = [child for child in children if "ipykernel" in " ".join(_line_of(child))]
            for one in kernels if victim == "kernel" else [psutil.Process(run.pid)]:
                one.kill()
                killed = True
        run.communicate(timeout=SECONDS)
    alive = psutil.wait_procs(children, timeout=30)[1]
    assert alive == [], f"outlived the run: {alive}"
    return run.pid, killed


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


def survive(folder: Path, times: int, *, seed: int) -> Counter[str]:
    """Kill so many, of each kind in turn, and return how many of each."""
    chance = random.Random(seed)
    bench = a_bench(folder / "bench")
    started = time.monotonic()
    assert bench.run().returncode == 0
    usual = time.monotonic() - started
    kinds: dict[str, Callable[[int], bool]] = {
        "command": lambda _: a_run_is_killed(bench, "command", chance.uniform(0, usual)),
        "kernel": lambda _: a_run_is_killed(bench, "kernel", chance.uniform(0, usual)),
        "who decides": lambda number: who_decides_is_killed(folder / f"decided-{number}", chance.uniform(0, 1)),
    }
    counted: Counter[str] = Counter()
    for number in range(times * _PATIENCE):
        victim = VICTIMS[counted.total() % len(VICTIMS)]
        counted[victim] += kinds[victim](number)
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
    asked = options.parse_args()
    if asked.decide:
        decide_for_ever(asked.decide)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        survived = survive(Path(folder), asked.times, seed=asked.seed)
    figures = json.dumps({"killed": survived, "survived": survived.total(), "lost": 0, "seed": asked.seed})
    sys.stdout.write(f"{figures}\n")
    if asked.record:
        asked.record.write_text(f"{figures}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
