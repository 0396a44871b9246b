"""How the command looks on a terminal, in a pipe and to a script."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing_lib import cli
from briefing_lib.console import Exit

ROOT = Path(__file__).resolve().parents[2]
STATUS = ("status", "--output")


@pytest.fixture
def output(tmp_path):
    start = {"run": "1", "collection": "small", "as_of": "2021-03-31", "notebook": "n.ipynb", "started": "2021-04-01"}
    lines = [start, {"run": "1", "outcome": "failed", "seconds": 1.0, "error": "cell 3: it broke"}]
    (tmp_path / ".runs.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return tmp_path


def on_a_terminal(*words, **env):
    """Return what the command writes to a terminal of 80 columns."""
    pty = pytest.importorskip("pty", reason="there is no pseudo-terminal on Windows")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "briefing_lib.cli", *map(str, words)]
    whole = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "", **env}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=whole, cwd=ROOT) as run:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                # Linux's word for the other end being closed.
                break
            if not part:
                break
            shown += part
        run.wait(timeout=60)
    os.close(ours)
    return shown.decode()


def test_colour_is_for_terminals_that_want_it(run, output):
    assert "\x1b[31m\x1b[1mfailed" in on_a_terminal(*STATUS, output)
    assert "\x1b" not in on_a_terminal(*STATUS, output, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(*STATUS, output, TERM="dumb")
    assert "\x1b" not in run(*STATUS, output).output
    assert "\x1b[31m\x1b[1mbriefing: \x1b[0m--to 'docx'" in on_a_terminal("render", "--to", "docx")
    assert "\nbriefing: there is no" in f"\n{on_a_terminal('table', 'none', TERM='dumb')}"


def test_the_help_shows_examples_and_cuts_nothing_short(run):
    shown = run("--help").stdout
    assert "..." not in shown.replace("[ARGS]...", "")
    assert "..." not in CliRunner().invoke(cli.app, ["--help"], terminal_width=60).stdout.replace("[ARGS]...", "")
    assert "\n    briefing render -s seeds/north-korea --as-of 2020-06-24\n" in shown
    assert run().output == shown
    names = [command.name or command.callback.__name__ for command in cli.app.registered_commands]
    for name in names:
        text = run(name, "--help").stdout
        assert max(map(len, text.splitlines())) <= 80
        assert "-h, --help" in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_can_complete(shell):
    env = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    command = [sys.executable, "-m", "briefing_lib.cli", "--show-completion", shell]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    assert "COMPLETE" in done.stdout.upper()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("briefing ren", "render"), ("briefing decide nor", "north-korea"), ("briefing render --if", "--if-changed"),
     ("briefing decide x 1 correct --set stat", "status=")],
)  # fmt: skip
def test_what_is_begun_is_completed(typed, offered):
    env = {**os.environ, "_BRIEFING_COMPLETE": "complete_bash", "COMP_WORDS": typed,
           "COMP_CWORD": str(len(typed.split()) - 1)}  # fmt: skip
    code = "from briefing_lib.cli import app; app(prog_name='briefing')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env, cwd=ROOT)
    assert offered in done.stdout.split()


def test_what_scripts_ask_is_answered_in_json_or_by_the_code_alone(run, monkeypatch, tmp_path):
    from briefing_lib.publishing import checking, verification

    monkeypatch.setattr(verification, "verify", lambda *_, **__: verification.Verified(6, 16, ()))
    monkeypatch.setattr(checking, "check", lambda *_, **__: ())
    for command in ("verify", "check"):
        assert json.loads(run(command, tmp_path, "--json").stdout) == []
        assert run(command, tmp_path, "--quiet").output == ""
    monkeypatch.setattr(
        verification, "verify", lambda *_, **__: verification.Verified(6, 16, ("changed: output a.csv",))
    )
    done = run("verify", tmp_path, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (Exit.FAILED, ["changed: output a.csv"])
