"""Keep what trials measured in ``docs/trials.json``, and write it into SECURITY.md.

``make fuzz`` and ``make faults`` leave their figures in ``build/trials`` and end with this; what was not run again
keeps the figures, and the day, of the run before.
"""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "SECURITY.md"
KEPT = ROOT / "docs" / "trials.json"
FRESH = ROOT / "build" / "trials"
BEGIN, END = "<!-- made by docs/record_trials.py -->\n", "<!-- to here -->\n"


def hostile() -> dict[str, int]:
    """Return how many payloads, documents that carry them, and bombs the tests hold."""
    sys.path.insert(0, str(ROOT / "tests"))
    from hostile.bombs import bombs
    from hostile.collection import documents
    from hostile.payloads import ALL

    return {"payloads": len(ALL), "documents": sum(1 for _ in documents(ALL, of=2)), "files": sum(1 for _ in bombs())}


def patterns() -> dict[str, Any]:
    """Try each pattern on its worst, and return what was found."""
    program = ROOT / "tests" / "hostile" / "patterns.py"
    done = subprocess.run([sys.executable, str(program)], capture_output=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def fresh() -> dict[str, Any]:
    """Return the figures of the trials that were run here, each with the day of its end."""
    found = {
        name: {**_read(path), "day": _day_of(path)}
        for name in ("audit", "fuzz")
        if (path := FRESH / f"{name}.json").is_file()
    }
    if kills := sorted(FRESH.glob("faults*.json"), key=_day_of):
        # Several runs may go on at the same time, each with moments and a record of its own.
        read = [_read(path) for path in kills]
        killed = sum((Counter(one["killed"]) for one in read), Counter())
        lost = sum(one["lost"] for one in read)
        found["faults"] = {
            "killed": killed,
            "survived": sum(one["survived"] for one in read),
            "lost": lost,
            "day": _day_of(kills[-1]),
        }
    if (broken := FRESH / "broken.xml").is_file():
        suite = ET.parse(broken).getroot().find("testsuite")
        assert suite is not None, f"{broken} holds no tests"
        counts = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
        found["broken"] = {**counts, "day": _day_of(broken)}
    return found


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def _day_of(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date().isoformat()


def to_table(kept: dict[str, Any]) -> str:
    """Return the table of what was tried, how often, what came of it, by which command and when."""
    tried, worst = kept["hostile"], kept["patterns"]
    rows = [
        (
            "hostile documents in one briefing, read in Chromium with and without its policy",
            f"{tried['documents']:,} documents of {tried['payloads']} payloads",
            "nothing ran, left or was written",
            "`make test`",
        ),
        (
            "files that exhaust, confuse or escape their reader",
            f"{tried['files']:,}",
            "each read or skipped with its reason, in under 2 GiB",
            "`make test`",
        ),
        (
            "regular expressions, each on its worst texts",
            f"{worst['patterns']:,} on {worst['texts']:,} texts",
            f"{len(worst['slow'])} slow",
            "`make test`",
        ),
    ]
    if fuzz := kept.get("fuzz"):
        what = f"random inputs to {len(fuzz['properties'])} parts"
        rows.append(
            (
                what,
                f"{fuzz['cases']:,}",
                f"{fuzz['failed']} broke a promise; what is found becomes a test",
                _by("make fuzz", fuzz),
            )
        )
    if broken := kept.get("broken"):
        passed = broken["tests"] - broken["failures"] - broken["errors"] - broken["skipped"]
        result = f"{passed} survived, {broken['skipped']} could not be made here"
        rows.append(("faults of other kinds", f"{broken['tests']}", result, _by("make faults", broken)))
    if faults := kept.get("faults"):
        kinds = ", ".join(f"{name} {number}" for name, number in sorted(faults["killed"].items()))
        result = f"{faults['survived']} survived, {faults['lost']} outputs or decisions lost"
        rows.append(("kills at random moments", kinds, result, _by("make faults", faults)))
    if audit := kept.get("audit"):
        rows.append(
            ("pins looked up for known vulnerabilities", str(audit["pins"]), audit["told"], _by("make audit", audit))
        )
    head = ["| what | tried | result | by |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _by(command: str, trial: dict[str, Any]) -> str:
    return f"`{command}`, {trial['day']}"


def page_with(table: str, page: str) -> str:
    """Return the page with the table in its place."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{table}{END}{rest.partition(END)[2]}"


def main() -> None:
    """Measure what is measured here, take over what trials left, and write both files."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    kept |= {**fresh(), "hostile": hostile(), "patterns": patterns()}
    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    PAGE.write_text(page_with(to_table(kept), PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
