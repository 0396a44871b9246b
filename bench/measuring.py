"""Run a command under GNU time, and say how long it took and how much memory it needed."""

import os
import re
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GNU_TIME = Path("/usr/bin/time")
_PEAK = re.compile(r"Maximum resident set size \(kbytes\): (\d+)")


class CommandFailed(RuntimeError):
    """A command of the bench ended with an error, so that nothing was measured."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock, and the peak memory in megabytes of the largest process; 0 where GNU time is not there."""

    seconds: float
    megabytes: float
    output: str


def run(*command: str, store: Path | None = None, codes: Sequence[int] = (0,)) -> Run:
    """Run a command once.

    Parameters
    ----------
    store
        The store that it uses; none where None.
    codes
        Exit codes that are no failure.
    """
    timed = [str(GNU_TIME), "-v", *command] if GNU_TIME.exists() else list(command)
    environment = {**os.environ, "BRIEFING_STORE": str(store) if store else "off"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    done = subprocess.run(timed, capture_output=True, text=True, env=environment, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in codes:
        raise CommandFailed(f"{' '.join(command)}: code {done.returncode}\n{done.stderr[-2000:]}")
    peak = _PEAK.search(done.stderr)
    return Run(seconds, int(peak.group(1)) / 1024 if peak else 0.0, done.stdout)


def median_of(runs: Sequence[Run]) -> Run:
    """Return the run whose time is the middle one."""
    middle = statistics.median_low([one.seconds for one in runs])
    return next(one for one in runs if one.seconds == middle)
