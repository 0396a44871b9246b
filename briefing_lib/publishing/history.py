"""What was run, when, how it ended and from what: one line a run in the folder of outputs.

A run writes a line as it starts and one as it ends, so that one that was killed shows too.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from briefing_lib.publishing import provenance
from briefing_lib.publishing.failures import words_of
from briefing_lib.publishing.planning import Plan
from briefing_lib.reading import state_of

HISTORY = ".runs.jsonl"
OK, FAILED, INTERRUPTED, RUNNING, KILLED = "ok", "failed", "interrupted", "running", "killed"
_PACKAGE = Path(__file__).resolve().parent.parent
_CODE = frozenset({".py", ".toml", ".css", ".js", ".j2", ".json"})


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a notebook on a collection.

    Attributes
    ----------
    outcome
        ``ok``, ``failed``, ``interrupted``, ``running``, or ``killed`` where it left no end and its process is gone.
    seconds
        How long it took, or None where it has no end.
    fingerprint
        Of all that it was made from; see `fingerprint_of`.
    """

    collection: str
    as_of: str
    notebook: str
    started: str
    outcome: str
    seconds: float | None = None
    error: str = ""
    fingerprint: str = ""


@contextmanager
def remembered(plan: Plan, *, clock: Callable[[], datetime]) -> Iterator[datetime]:
    """Note a run's start, which is given, and how it ends, in the history of its folder of outputs."""
    path = plan.request.output.absolute() / HISTORY
    started = clock()
    asked = plan.asked()
    entry = {
        "run": uuid.uuid4().hex,
        "pid": os.getpid(),
        "collection": asked["collection"],
        "as_of": asked["as_of"],
        "notebook": plan.notebook.name,
        "started": started.isoformat(timespec="seconds"),
        "fingerprint": fingerprint_of(plan),
    }
    _append(path, entry)
    outcome, error = OK, ""
    try:
        yield started
    except Exception as failure:
        outcome, error = FAILED, " ".join(words_of(failure).split())
        raise
    except BaseException:
        outcome = INTERRUPTED
        raise
    finally:
        seconds = round(max(0.0, (clock() - started).total_seconds()), 2)
        _append(path, {"run": entry["run"], "outcome": outcome, "seconds": seconds, "error": error})


def runs_of(output: Path) -> tuple[Run, ...]:
    """Return the runs that a folder of outputs remembers, the newest first; a line that is damaged is left out."""
    runs: dict[str, dict[str, Any]] = {}
    try:
        lines = (output / HISTORY).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    for line in lines:
        try:
            entry = json.loads(line)
            runs.setdefault(entry["run"], {}).update(entry)
        except (ValueError, KeyError, TypeError):
            continue
    whole = (entry for entry in runs.values() if "collection" in entry)
    oldest_first = sorted(map(_run, whole), key=lambda run: run.started)
    # Of the same moment, the later line is the later run.
    return tuple(oldest_first[::-1])


def is_current(plan: Plan) -> bool:
    """Tell whether a plan's place holds, to the byte, what a run from the very same inputs would make.

    Inputs are the sources with their settings and decisions, the parameters (and what files they name), the formats,
    the notebook, the versions of what the suite stands on, and its own code. A PDF that could not be made is tried
    again, and so is an extractor that failed on a document.
    """
    try:
        record = json.loads((plan.place / "run.json").read_text("utf-8"))
        made = {name: digest for name, digest in provenance.hashes_of_outputs(plan.place).items() if name != "run.json"}
        whole = record["status"] == OK and record["outputs"] == made
        tried = record.get("lasting", True) and ("pdf" not in plan.request.formats or "engine" in record["pdf"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not (whole and tried):
        return False
    collection, as_of = plan.place.parent.name, plan.place.name
    here = (run for run in runs_of(plan.request.output) if (run.collection, run.as_of) == (collection, as_of))
    last = next((run for run in here if run.outcome == OK), None)
    return last is not None and last.fingerprint == fingerprint_of(plan)


def fingerprint_of(plan: Plan) -> str:
    """Return a digest of all that a briefing is made from; see `is_current`."""
    named = (plan.notebook.parent / value for value in plan.parameters.values() if isinstance(value, str) and value)
    return _digest_of(
        {
            **plan.asked(),
            "files": {path.name: provenance.hash_of(path) for path in named if path.is_file()},
            "sources": state_of(plan.sources),
            "versions": provenance.versions(),
            "code": _hashes_of_code(),
        }
    )


def _digest_of(value: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _hashes_of_code() -> dict[str, str]:
    paths = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _CODE)
    return {path.relative_to(_PACKAGE).as_posix(): provenance.hash_of(path) for path in paths}


def _run(entry: Mapping[str, Any]) -> Run:
    names = ("collection", "as_of", "notebook", "started", "fingerprint")
    outcome = entry.get("outcome") or (RUNNING if _is_alive(entry.get("pid")) else KILLED)
    texts = {name: str(entry.get(name, "")) for name in names}
    return Run(**texts, outcome=outcome, seconds=entry.get("seconds"), error=str(entry.get("error", "")))


def _is_alive(pid: object) -> bool:
    from psutil import pid_exists

    return isinstance(pid, int) and bool(pid_exists(pid))


def _append(path: Path, entry: Mapping[str, Any]) -> None:
    """Add one line in one write, so that runs at the same time do not mix theirs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        # A line that a killed run or a full disk cut off must not take this one with it.
        start = b"" if _ends_a_line(file) else b"\n"
        file.write(start + json.dumps(entry, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def _ends_a_line(file: IO[bytes]) -> bool:
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
