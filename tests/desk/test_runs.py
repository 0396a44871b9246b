"""What the command says of runs: nothing to do, the last ones, and scripts' own forms."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_lib import publishing
from briefing_lib.console import Exit
from briefing_lib.publishing import Rendered, history

ROOT = Path(__file__).resolve().parents[2]
START = {"collection": "small", "as_of": "2021-03-31", "notebook": "n.ipynb", "pid": 2**22 + 1}


@pytest.fixture
def output(tmp_path):
    lines = [
        {**START, "run": "1", "started": "2021-04-01T00:00:00+00:00"},
        {"run": "1", "outcome": "ok", "seconds": 3.25, "error": ""},
        {**START, "run": "2", "started": "2021-04-02T00:00:00+00:00"},
        {"run": "2", "outcome": "failed", "seconds": 1.0, "error": "cell 3 \x1b[2J (1/0): ZeroDivisionError"},
        {**START, "run": "3", "collection": "other", "started": "2021-04-02T00:00:00+00:00"},
        {"run": "3", "outcome": "ok", "seconds": 2.0, "error": ""},
    ]
    (tmp_path / history.HISTORY).write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return tmp_path


def test_status_lists_the_last_runs_with_outcome_and_duration(run, output):
    done = run("status", "-o", output)
    assert done.exit_code == Exit.FAILED
    lines = done.stdout.splitlines()
    assert [re.split(r"  +", line) for line in (lines[1], lines[2], lines[4])] == [
        ["other", "2021-03-31", "2021-04-02 00:00", "ok", "2.0 s", "n.ipynb"],
        ["small", "2021-03-31", "2021-04-02 00:00", "failed", "1.0 s", "n.ipynb"],
        ["small", "2021-03-31", "2021-04-01 00:00", "ok", "3.2 s", "n.ipynb"],
    ]
    assert lines[3].strip() == "cell 3 \\x1b[2J (1/0): ZeroDivisionError"
    assert max(map(len, lines)) <= 80


def test_status_for_scripts(run, output):
    shown = json.loads(run("status", "-o", output, "--last", "1", "--json").stdout)
    assert [(one["collection"], one["outcome"]) for one in shown] == [("other", "ok"), ("small", "failed")]
    assert run("status", "-o", output, "--quiet").stdout == ""
    assert run("status", "-o", output / "none").exit_code == Exit.OK


def test_an_unchanged_briefing_ends_with_a_code_of_its_own(run, monkeypatch, tmp_path, collection):
    made = []
    monkeypatch.setattr(history, "is_current", lambda plan: True)
    monkeypatch.setattr(publishing, "render", lambda *_, **__: made.append(1) or Rendered(tmp_path, (), 0, 0.0))
    words = ("render", "-s", collection, "--as-of", "2020-06-24", "-o", tmp_path)
    done = run(*words, "--if-changed")
    assert done.exit_code == Exit.UNCHANGED == 4
    assert "nothing changed" in done.stderr
    assert run(*words, "--if-changed", "-q").stderr == ""
    assert made == []
    assert run(*words).exit_code == Exit.OK
    assert made == [1]


def test_to_find_that_nothing_changed_takes_no_heavy_library():
    heavy = "('pandas', 'spacy', 'nbconvert', 'papermill', 'matplotlib', 'weasyprint', 'bs4')"
    code = f"""
import sys
from datetime import date
from pathlib import Path
from briefing_lib.publishing.history import is_current
from briefing_lib.publishing.planning import Request, default_notebook, plan_of
is_current(plan_of(Request(default_notebook(), date(2020, 6, 24), Path("seeds/north-korea"), output=Path("/nowhere"))))
print([name for name in {heavy} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_render_tells_scripts_of_decisions_that_no_longer_fit(run, monkeypatch, tmp_path, collection):
    unfit = [{"by": "mira", "kind": "reject", "case": "x-1", "reason": "its words are in no case"}]
    (tmp_path / "cases.json").write_text(json.dumps({"unfit_decisions": unfit}), "utf-8")
    monkeypatch.setattr(publishing, "render", lambda *_, **__: Rendered(tmp_path, (), 4, 1.5))
    done = run("render", "-s", collection, "--as-of", "2020-06-24", "--json")
    assert json.loads(done.stdout)["unfit_decisions"] == unfit
    assert "a decision was not applied: mira, reject x-1: its words are in no case" in done.stderr


@pytest.mark.parametrize(
    ("cases", "told"), [([], ["briefing: no threat was found; the page says in what and whose"]), ([{}], [])]
)
def test_a_briefing_of_no_threat_is_told_to_be_one(run, monkeypatch, tmp_path, cases, told):
    (tmp_path / "cases.json").write_text(json.dumps({"cases": cases}), "utf-8")
    made = Rendered(tmp_path, (tmp_path / "briefing.html",), len(cases), 2.0)
    monkeypatch.setattr(publishing, "render", lambda request, **_: made)
    assert run("render", "--as-of", "2021-03-31").stderr.splitlines() == told
    assert run("render", "--as-of", "2021-03-31", "--quiet").stderr == ""
