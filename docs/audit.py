"""Look up known vulnerabilities of the pins, and write which packages there are, under which licence, and why.

``python docs/audit.py`` needs ``pip-audit`` in ``build/audit`` (``make audit`` puts it there); without an answer from
its database it says so. ``--licences`` writes ``docs/dependencies.md`` only, and needs no network.
"""

import json
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
DISTRIBUTION = "briefing-lib"
REASONS = ROOT / "docs" / "dependencies.toml"
PAGE = ROOT / "docs" / "dependencies.md"
AUDITOR = ROOT / "build" / "audit" / "bin" / "pip-audit"
RECORD = ROOT / "build" / "trials" / "audit.json"
_LONGEST_LICENCE = 60


def direct() -> dict[str, str]:
    """Return each direct dependency with ``run`` or the extra that brings it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"run": project["dependencies"], **project["optional-dependencies"]}
    found: dict[str, str] = {}
    for group, lines in groups.items():
        for line in lines:
            found.setdefault(canonicalize_name(Requirement(line).name), group)
    return found


def reasons() -> dict[str, str]:
    """Return why each direct dependency is one."""
    return dict(tomllib.loads(REASONS.read_text("utf-8")))


def installed() -> dict[str, tuple[str, str]]:
    """Return the version and the licence of each package that the direct ones bring, here and now."""
    pending, found = list(direct()), {}
    while pending:
        name = pending.pop()
        if name in found:
            continue
        try:
            held = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        found[name] = (held.version, licence_of(held))
        needed = map(Requirement, held.requires or ())
        pending += [canonicalize_name(one.name) for one in needed if one.marker is None or one.marker.evaluate()]
    return found


def licence_of(held: metadata.Distribution) -> str:
    """Return a package's licence as its own metadata gives it: expression, classifiers, or first line."""
    said = held.metadata
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    names = [name for name in classified if name != "OSI Approved"]
    if names:
        return "; ".join(sorted(names))
    first = (said.get("License") or "").strip().splitlines()
    return first[0][:_LONGEST_LICENCE] if first else "not given"


def to_page() -> str:
    """Return the page on dependencies."""
    held, why, groups = installed(), reasons(), direct()
    lines = [
        "# Dependencies",
        "",
        "Made by `make audit` from what is installed; licences are as each package's own metadata gives them.",
        "",
        "## Direct, with the reason for each",
        "",
        "| package | for | licence | why |",
        "| --- | --- | --- | --- |",
    ]
    for name in sorted(groups):
        licence = held.get(name, ("", "not installed here"))[1]
        lines.append(f"| {name} | {groups[name]} | {licence} | {why.get(name, '')} |")
    lines += ["", "## All, with those that the direct ones bring", "", "| package | licence |", "| --- | --- |"]
    lines += [f"| {name} | {held[name][1]} |" for name in sorted(held)]
    return "\n".join(lines) + "\n"


def audit() -> tuple[str, int, bool]:
    """Return what pip-audit's database says of the pins, of how many it knew, and whether one is vulnerable."""
    command = [str(AUDITOR), "-r", "constraints.txt", "--no-deps", "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=600)
        answers = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        why = type(error).__name__
        return f"could not be looked up ({why}); try again where the network allows it", 0, False
    known = [one for one in answers if "skip_reason" not in one]
    unknown = len(answers) - len(known)
    if not known:
        return f"the database could not be reached for any of {unknown} pins", 0, False
    bad = [
        f"{one['name']} {one['version']}: {', '.join(v['id'] for v in one['vulns'])}" for one in known if one["vulns"]
    ]
    found = "; ".join(bad) or "none known"
    return f"{found}, in {len(known)} pins looked up; {unknown} could not be", len(known), bool(bad)


def main() -> int:
    """Write the page, tell what was found, and return 1 where a pin has a known vulnerability."""
    PAGE.write_text(to_page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"licences of {len(installed())} packages: {PAGE.relative_to(ROOT)}\n")
    if "--licences" in sys.argv:
        return 0
    told, pins, vulnerable = audit()
    sys.stdout.write(f"vulnerabilities: {told}\n")
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.write_text(json.dumps({"told": told, "pins": pins}) + "\n", encoding="utf-8")
    return int(vulnerable)


if __name__ == "__main__":
    sys.exit(main())
