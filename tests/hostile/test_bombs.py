"""Each file that would exhaust or escape its reader is read safely or has its reason, and the others come through.

All are read in one process whose memory is bounded, so that one that takes more ends the test.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .bombs import bombs, put

pytestmark = [
    pytest.mark.xdist_group("bombs"),
    pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by Linux's own means"),
]
MEMORY = 1 << 31
READ = f"""
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from briefing_lib.models import Document
from briefing_lib.reading import iter_sources, paragraphs
read, skipped = {{}}, {{}}
for item in iter_sources(sys.argv[1]):
    if isinstance(item, Document):
        read[item.id] = len(paragraphs(item))
    else:
        skipped.setdefault(item.path, item.reason)
print(json.dumps([read, skipped]))
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], dict[str, str], Path]:
    """What was read and what was skipped, of one folder that holds all of them and one good document."""
    folder = tmp_path_factory.mktemp("bombs") / "in"
    put(folder, bombs())
    command = [sys.executable, "-c", READ, str(folder)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120, cwd=folder.parent)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    assert done.stderr == b"", "no parser may say what it met"
    read, skipped = json.loads(done.stdout)
    return read, skipped, folder


def test_each_is_read_or_has_its_reason(outcome: Any) -> None:
    read, skipped, _ = outcome
    wrong = {}
    for name, _, reason in bombs():
        shown = name.encode("unicode_escape", "surrogateescape").decode() if reason == "rename it" else name
        told = next((why for path, why in skipped.items() if path == shown or path.startswith(f"{shown}, line")), None)
        is_read = any(identity.startswith(Path(name).stem) for identity in read)
        if (told is not None or not is_read) if reason is None else (told is None or reason not in told):
            wrong[name] = told
    assert wrong == {}


def test_the_good_document_came_through_and_nothing_was_written(outcome: Any) -> None:
    read, _, folder = outcome
    assert read["good"] == 1
    assert read["folder.txt/inner"] == 1
    assert os.listdir(folder.parent) == ["in"]  # noqa: PTH208 - hidden files too
    assert not Path("/pwned").exists()


def test_names_that_differ_in_case_only_are_two_documents(outcome: Any) -> None:
    assert {"Case.txt", "case.txt"} <= outcome[0].keys()


def test_ten_thousand_tiny_files_are_read(tmp_path: Path) -> None:
    from briefing_lib.reading import read_sources

    for number in range(10_000):
        (tmp_path / f"{number}.txt").write_text("The strait is closed.", encoding="utf-8")
    assert len(read_sources(tmp_path).documents) == 10_000
