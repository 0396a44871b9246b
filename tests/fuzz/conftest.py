"""Write how many cases each property took, where FUZZ_RECORD names a file."""

import json
import os
from pathlib import Path

import pytest

from .running import counted


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    record = os.environ.get("FUZZ_RECORD")
    if record:
        found = {"cases": counted.total(), "failed": session.testsfailed, "properties": dict(sorted(counted.items()))}
        Path(record).parent.mkdir(parents=True, exist_ok=True)
        Path(record).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
