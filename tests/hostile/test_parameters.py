"""No value of a parameter, no name of a collection, and no notebook among the sources is run."""

import json
from pathlib import Path

import nbformat
import pytest
from broken.harness import DAY, a_bench, a_notebook

from .conftest import briefing

pytestmark = pytest.mark.xdist_group("hostile")
HOSTILE = (
    "'; import os; os.system('touch pwned') #",
    '"""\nimport os; os.system("touch pwned")\n"""',
    "\\'\nopen('pwned', 'w')\n'",
    "{title} {0.__class__} %(title)s\u2028open('pwned', 'w')",
    "!touch pwned\n%%bash\ntouch pwned",
)


def test_a_parameter_reaches_the_notebook_as_it_was_written_and_never_as_code(tmp_path: Path) -> None:
    bench = a_bench(tmp_path / "bench", "print(ascii(title))")
    for number, value in enumerate(HOSTILE):
        asked = ("--sources", str(bench.sources), "--as-of", DAY, "--to", "html", "--output", str(number))
        done = briefing("render", str(bench.notebook), *asked, "-p", "title", value, here=bench.here)
        assert done.returncode == 0, done.stderr
        ran = nbformat.read(bench.here / str(number) / "straits" / DAY / "briefing.ipynb", as_version=4)
        assert [output.text for output in ran.cells[-1].outputs] == [f"{value!a}\n"]
    assert list(tmp_path.rglob("pwned")) == []


def test_a_name_that_is_no_parameter_is_refused(tmp_path: Path) -> None:
    bench = a_bench(tmp_path / "bench")
    asked = ("--sources", str(bench.sources), "--as-of", DAY)
    done = briefing("render", str(bench.notebook), *asked, "-p", "x; title", "a", here=bench.here)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_the_name_of_a_collection_is_no_code_and_its_notebooks_are_not_run(tmp_path: Path) -> None:
    bench = a_bench(tmp_path / "bench", "print(ascii(sources))")
    collection = bench.sources.rename(bench.here / "'; open('pwned', 'w') #{title}\"")
    for name in ("3-briefing.ipynb", "sitecustomize.py", "conftest.py", "jupyter_config.py", "matplotlibrc"):
        (collection / name).write_text("open('pwned', 'w')", encoding="utf-8")
    a_notebook(collection / "straits.ipynb", "open('pwned', 'w')")
    asked = ("--sources", str(collection), "--as-of", DAY, "--to", "html")
    done = briefing("render", str(bench.notebook), *asked, here=bench.here)
    assert done.returncode == 0, done.stderr
    [folder] = [path.parent for path in (bench.here / "outputs").rglob("run.json")]
    recorded = json.loads((folder / "run.json").read_text("utf-8"))
    assert recorded["sources"].keys() >= {"straits.ipynb", "3-briefing.ipynb"}
    assert list(tmp_path.rglob("pwned")) == []
