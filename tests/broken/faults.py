"""Kill runs at random moments, again and again, and count what was lost.

``python tests/broken/faults.py 50`` does it fifty times; the moments follow from ``--seed``. It ends by itself.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from broken.harness import (
    SECONDS,
    Bench,
    a_bench,
    children_of,
    require_last_good,
    require_nothing_left,
)


def kill_at_random(bench: Bench, *, victim: str, after: float) -> int:
    """Start a run, kill it or its kernel after some seconds, and return its number; it may have ended before."""
    with bench.start() as run:
        children: list[psutil.Process] = []
        try:
            run.wait(timeout=after)
        except subprocess.TimeoutExpired:
            children = children_of(run.pid)
            kernels = [child for child in children if "ipykernel" in " ".join(_line_of(child))]
            for one in kernels if victim == "kernel" else [psutil.Process(run.pid)]:
                one.kill()
        run.communicate(timeout=SECONDS)
    alive = psutil.wait_procs(children, timeout=30)[1]
    assert alive == [], f"outlived the run: {alive}"
    return run.pid


def survive(bench: Bench, times: int, *, seed: int) -> Counter[str]:
    """Kill so many runs; after each, the last good outputs are whole and the next run works and clears up."""
    chance = random.Random(seed)
    started = time.monotonic()
    assert bench.run().returncode == 0
    usual = time.monotonic() - started
    counted: Counter[str] = Counter()
    for number in range(times):
        victim = ("command", "kernel")[number % 2]
        killed = kill_at_random(bench, victim=victim, after=chance.uniform(0, usual))
        require_last_good(bench)
        again = bench.run()
        assert again.returncode == 0, again.stderr
        require_last_good(bench)
        require_nothing_left(bench, killed, [])
        counted[victim] += 1
    return counted


def _line_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("times", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", type=Path, help="also write the figures to this file")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        survived = survive(a_bench(Path(folder) / "bench"), asked.times, seed=asked.seed)
    figures = json.dumps({"killed": survived, "survived": survived.total(), "lost": 0, "seed": asked.seed})
    sys.stdout.write(f"{figures}\n")
    if asked.record:
        asked.record.write_text(f"{figures}\n", encoding="utf-8")
