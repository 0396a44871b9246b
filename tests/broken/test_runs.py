"""After any fault the last good outputs are whole, nothing is left, and the next run works."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from briefing_lib.assessment.decisions import BadDecisions, add_decision

from .faults import a_decision, survive
from .harness import Bench, a_bench, a_notebook, require_last_good, require_nothing_left

pytestmark = [
    pytest.mark.xdist_group("broken"),
    pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX"),
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench with one good run behind it."""
    made = a_bench(tmp_path_factory.mktemp("broken") / "bench")
    assert made.run().returncode == 0
    return made


@pytest.fixture(autouse=True)
def _good_before_and_after(bench: Bench) -> Iterator[None]:
    a_notebook(bench.notebook, "title")
    yield
    require_last_good(bench)
    require_nothing_left(bench, 0, [], failed=True)


def test_runs_and_kernels_are_killed_at_random_moments(tmp_path: Path) -> None:
    """A few here; ``make faults`` does it fifty times."""
    some = ("kernel", "who shares out", "who decides")
    assert survive(tmp_path, len(some), seed=7, victims=some) == dict.fromkeys(some, 1)


def test_a_cell_that_hangs_is_named(bench: Bench) -> None:
    a_notebook(bench.notebook, "title", "while True:\n    pass")
    told = bench.told("--timeout", "2")
    assert "small.ipynb, cell 3 (while True:): ran longer than 2 seconds; allow more with --timeout" in told


def test_memory_that_runs_out_in_a_cell_is_told_with_the_cell(bench: Bench) -> None:
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\nheld = bytearray(1 << 33)"
    a_notebook(bench.notebook, limit)
    assert "cell 2 (import resource): MemoryError" in bench.told()


def test_a_kernel_that_the_system_kills_is_told_with_the_cell(bench: Bench) -> None:
    a_notebook(bench.notebook, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert "cell 2 (import os, signal): its kernel died (out of memory" in bench.told()


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not hold to this limit")
@pytest.mark.parametrize("megabytes", [230])
def test_a_command_without_memory_leaves_what_was_there(bench: Bench, megabytes: int) -> None:
    """Native code aborts where it gets none, so that nothing can be told then; the next run clears up."""
    limit = megabytes << 20
    done = bench.run(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    assert done.returncode != 0
    require_last_good(bench)
    assert bench.run().returncode == 0


@pytest.mark.parametrize("room", [1, 6_000])
def test_a_disk_that_is_full_at_any_moment_loses_nothing(bench: Bench, room: int) -> None:
    """No file may grow beyond so many bytes: the system then refuses to write, as on a full disk."""
    done = bench.run(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert done.returncode == 1
    assert all(line.startswith("briefing: ") for line in done.stderr.splitlines())
    # The store may tell that it could keep nothing.
    assert 1 <= done.stderr.count("\n") <= 2


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts a small disk")
def test_a_full_disk_and_a_read_only_one_keep_what_they_hold(tmp_path: Path) -> None:
    bench = a_bench(tmp_path / "bench")
    bench.output.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", bench.output], check=False)
    if mounted.returncode != 0:
        pytest.skip("no right to mount here")
    try:
        assert bench.run().returncode == 0
        (bench.output / "filler").write_bytes(b"x" * _room_on(bench.output))
        assert "No space left on device; make room there" in bench.told()
        (bench.output / "filler").unlink()
        require_last_good(bench)
        require_nothing_left(bench, 0, [], failed=True)
        subprocess.run(["mount", "-o", "remount,ro", bench.output], check=True)
        assert "Read-only file system; get the right to write there" in bench.told()
        require_last_good(bench)
        subprocess.run(["mount", "-o", "remount,rw", bench.output], check=True)
        assert bench.run().returncode == 0
        require_last_good(bench)
    finally:
        subprocess.run(["umount", bench.output], check=True)


def _room_on(folder: Path) -> int:
    held = os.statvfs(folder)
    return held.f_bavail * held.f_frsize


def test_a_clock_that_is_set_back_does_no_harm(bench: Bench) -> None:
    from briefing_lib.publishing import Request, render

    back = iter(datetime(2021, 4, 1, tzinfo=UTC) - timedelta(days=number) for number in range(9))
    request = Request(bench.notebook, date(2021, 3, 31), bench.sources, formats=("html",), output=bench.output)
    assert render(request, clock=lambda: next(back)).folder == bench.place
    assert '"duration_seconds": 0' in (bench.place / "run.json").read_text("utf-8")


def test_two_runs_at_once_take_turns(bench: Bench) -> None:
    with bench.start() as one, bench.start() as other:
        told = "".join(run.communicate(timeout=120)[1] for run in (one, other))
    assert (one.returncode, other.returncode) == (0, 0)
    assert told.count("another run is at work on this collection; waiting for it") <= 1


@pytest.mark.parametrize("content", [b'[[decision]]\ncase = "rur', b"\0\0", b'[[decision]]\nwhy = "\xc3'])
def test_decisions_that_were_cut_off_are_told_and_not_lost(bench: Bench, content: bytes) -> None:
    path = bench.sources / "decisions.toml"
    path.write_bytes(content)
    a_notebook(bench.notebook, "from briefing_lib import briefing as show\nshow.follow_through(sources, as_of=as_of)")
    try:
        assert "decisions.toml" in bench.told()
        with pytest.raises(BadDecisions):
            add_decision(bench.sources, a_decision(1))
        assert path.read_bytes() == content
    finally:
        path.unlink()


def test_sources_that_change_under_a_run_make_no_briefing(bench: Bench) -> None:
    path = bench.sources / "2021-03-30-strait.txt"
    before = path.read_bytes()
    a_notebook(bench.notebook, f"open({str(path)!r}, 'a').write('More.')")
    try:
        assert "'2021-03-30-strait.txt' changed while the briefing was made" in bench.told()
    finally:
        path.write_bytes(before)


def test_a_history_and_an_index_that_were_cut_off_are_made_anew(bench: Bench) -> None:
    for name in ("index.html", "feed.xml", ".runs.jsonl"):
        path = bench.output / name
        path.write_bytes(path.read_bytes()[:-40])
    assert bench.run().returncode == 0
    assert (bench.output / "index.html").read_text("utf-8").endswith("</html>\n")
    assert (bench.output / "feed.xml").read_text("utf-8").endswith("</feed>\n")
