import subprocess
import sys
from pathlib import Path

import pytest

from briefing_lib.publishing.turns import turn

HOLDER = """\
import sys
from pathlib import Path
from briefing_lib.publishing.turns import turn
with turn(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_run_waits_until_the_first_has_ended(tmp_path: Path) -> None:
    waited: list[bool] = []
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        def on_wait() -> None:
            waited.append(True)
            # However the first one ends, the second gets its turn.
            holder.kill()

        with turn(tmp_path, on_wait=on_wait):
            assert waited == [True]


def test_nobody_waits_for_a_run_that_is_over(tmp_path: Path) -> None:
    for _ in range(2):
        with turn(tmp_path, on_wait=lambda: pytest.fail("nobody holds it")):
            assert (tmp_path / ".lock").read_bytes() == b""
