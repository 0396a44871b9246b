"""Add how many cases each property took to what FUZZ_RECORD holds, from all workers of the tests."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .running import counted

_KEY = "fuzz_counted"


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a worker counted when it ends."""
    counted.update(getattr(node, "workeroutput", {}).get(_KEY, {}))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_KEY] = dict(counted)
    elif record := os.environ.get("FUZZ_RECORD"):
        path = Path(record)
        before = json.loads(path.read_text("utf-8")) if path.is_file() else {"failed": 0, "properties": {}}
        properties = counted + Counter(before["properties"])
        found = {"cases": properties.total(), "failed": before["failed"] + session.testsfailed}
        path.write_text(json.dumps({**found, "properties": dict(sorted(properties.items()))}, indent=1) + "\n", "utf-8")
