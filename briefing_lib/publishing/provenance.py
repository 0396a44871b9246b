"""What a briefing was made from, by whom it can be checked: hashes, parameters, versions, times."""

import hashlib
import json
import platform
import re
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

DISTRIBUTION = "briefing-lib"
_CHUNK = 1 << 20
_SEAL = "sha256_of_the_rest"


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def hashes_of_outputs(folder: Path) -> dict[str, str]:
    """Return the hash of each file in a folder of outputs, by name."""
    return {path.name: hash_of(path) for path in sorted(folder.iterdir()) if path.is_file()}


def versions() -> dict[str, str]:
    """Return the versions of Python, of this package and of what it stands on, by name."""
    wanted = [DISTRIBUTION, *(_name(line) for line in metadata.requires(DISTRIBUTION) or () if "extra ==" not in line)]
    return {"python": platform.python_version(), **{name: _version(name) for name in sorted(wanted, key=str.lower)}}


def to_json(value: Mapping[str, Any]) -> str:
    """Return a mapping as JSON that people can read and that does not change from run to run."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def sealed(record: Mapping[str, Any]) -> str:
    """Return a record as JSON that ends with the SHA-256 of the rest of itself, so that a changed byte shows."""
    return to_json({**record, _SEAL: _seal_of(record)})


def is_sealed(text: str) -> bool:
    """Tell whether a record is, to the byte, as `sealed` wrote it."""
    record = json.loads(text)
    seal = record.pop(_SEAL, None)
    return bool(seal == _seal_of(record)) and text == to_json({**record, _SEAL: seal})


def _seal_of(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(to_json(record).encode("utf-8", "surrogatepass")).hexdigest()


def stamps(started: datetime, finished: datetime) -> dict[str, Any]:
    """Return the times of a run, in UTC where the clock says its zone."""
    return {
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "duration_seconds": round(max(0.0, (finished - started).total_seconds()), 2),
    }


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
