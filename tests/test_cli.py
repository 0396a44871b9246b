import contextlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factories import a_case, a_document
from typer.testing import CliRunner

from briefing_lib import cli, console, pipeline, publishing
from briefing_lib.console import Exit
from briefing_lib.errors import (
    BadMetadata,
    BriefingError,
    EvidenceMismatch,
    NotebookFailed,
    NotThere,
    PdfUnavailable,
    SourcesNotFound,
    UnknownParameter,
)
from briefing_lib.models import FollowThrough, Skipped
from briefing_lib.publishing import Rendered, Request

ROOT = Path(__file__).parent.parent
ESCAPE = "\x1b[2J\x9b31m\u202eevil\x07"


@pytest.fixture
def run() -> Any:
    runner = CliRunner()
    return lambda *words: runner.invoke(cli.app, list(words), terminal_width=80)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the table was asked for; what it finds is one case whose words try to steer a terminal."""
    asked: list[dict[str, Any]] = []

    def follow_through(sources: Path, *, as_of: date, extractor: str, jobs: int, cluster: str) -> FollowThrough:
        asked.append({"sources": sources, "as_of": as_of, "extractor": extractor})
        case = a_case(act=f"close the strait {ESCAPE}")
        skipped = (Skipped(f"{ESCAPE}.txt", "empty"),)
        notes = tuple(f"a.txt: note {number} {ESCAPE}" for number in range(25)) if extractor != "rules" else ()
        return FollowThrough(as_of, (a_document(),), skipped, (case,), later=2, extractor=extractor, notes=notes)

    monkeypatch.setattr(pipeline, "follow_through", follow_through)
    return asked


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Request]:
    """The requests that reached the renderer, which only says what it would have made."""
    requests: list[Request] = []

    def render(request: Request, **_: Any) -> Rendered:
        requests.append(request)
        return Rendered(tmp_path, (tmp_path / "briefing.html",), 1, 2.0)

    monkeypatch.setattr(publishing, "render", render)
    return requests


def installed(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as a user starts it."""
    command = [sys.executable, "-m", "briefing_lib.cli", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT, env={**os.environ, **env}
    )


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["table", "--help"], ["render", "-h"]])
def test_help_fits_a_bare_terminal_and_needs_no_colour(words: list[str]) -> None:
    done = installed(*words, TERM="dumb", COLUMNS="80")
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stdout.isascii() or "\x1b" not in done.stdout
    assert "Example" in done.stdout or "Commands" in done.stdout


def test_the_command_starts_without_the_libraries_of_the_stages() -> None:
    """Start-up is most of what a small command takes."""
    heavy = "('pandas', 'spacy', 'nbconvert', 'papermill', 'rich', 'matplotlib')"
    code = f"import sys, briefing_lib.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_help_and_an_example(run: Any) -> None:
    for command in cli.app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        shown = run(name, "--help").output
        assert f"Example: briefing {name}" in " ".join(shown.split())


def test_the_version(run: Any) -> None:
    assert run("--version").output.startswith("briefing 0.")


@pytest.mark.parametrize("form", ["table", "md", "json", "csv"])
def test_each_form_of_the_table_is_printed(run: Any, found: list[dict[str, Any]], form: str) -> None:
    done = run("table", "seeds", "--as-of", "2021-03-31", "--format", form)
    assert done.exit_code == Exit.OK
    assert "close the" in done.stdout
    assert found == [{"sources": "seeds", "as_of": date(2021, 3, 31), "extractor": "rules"}]
    assert done.stderr == ""


def test_what_an_extractor_notes_is_told_beside_the_table(run: Any, found: list[dict[str, Any]]) -> None:
    done = run("table", "seeds", "--format", "json", "--extractor", "llm:here")
    assert found[0]["extractor"] == json.loads(done.stdout)["extractor"] == "llm:here"
    told = done.stderr.splitlines()
    assert told[0] == r"briefing: a.txt: note 0 \x1b[2J\x9b31m\u202eevil\x07"
    assert told[-1] == "briefing: and 5 more such notes"
    assert len(told) == 21


def test_the_table_for_people_says_what_it_rests_on(run: Any, found: list[dict[str, Any]]) -> None:
    shown = run("table", "seeds", "--as-of", "2021-03-31").stdout
    assert "1 threat in 1 document as of 2021-03-31, 2 published later" in shown
    assert [line for line in shown.splitlines() if line != line.rstrip()] == []
    assert "is without a date" not in shown
    assert re.match(r"No\. +Sender", shown.lstrip())
    assert "skipped " in shown
    assert re.search(r"^ *1 +Ruritania ", shown, re.MULTILINE)
    assert "pending\n" in re.sub(" +\n", "\n", shown)


def test_the_table_keeps_every_column_on_a_narrow_terminal() -> None:
    """Sixty columns, as in half a window."""
    pty = pytest.importorskip("pty", reason="there is no pseudo-terminal on Windows")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "briefing_lib.cli", "table", "seeds/north-korea", "--no-store"]
    env = {**os.environ, "COLUMNS": "60", "TERM": "dumb"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ROOT, env=env):
        os.close(theirs)
        with os.fdopen(ours, "rb", buffering=0) as terminal:
            shown = b""
            with contextlib.suppress(OSError):  # Linux's word for the other end being closed
                while part := terminal.read(4096):
                    shown += part
    lines = shown.decode().splitlines()
    assert re.search("No. +Sender +Target +Threat +Made +Outcome", shown.decode())
    assert "inferred" in shown.decode()
    assert max(len(line) for line in lines if "─" in line) <= 60


def test_documents_without_a_date_are_told_below_the_table(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    undated = tuple(a_document(id=name, path=f"{name}.txt", published=None) for name in "abc")
    held = FollowThrough(date(2021, 3, 31), undated, (), ())
    monkeypatch.setattr(pipeline, "follow_through", lambda *args, **options: held)
    told = "\na.txt and two others are without a date, and used for any day; give "
    assert told in run("table", "seeds", "--as-of", "2021-03-31").stdout


@pytest.mark.parametrize("form", ["table", "md", "json"])
def test_no_document_steers_the_terminal(run: Any, found: list[dict[str, Any]], form: str) -> None:
    shown = run("table", "seeds", "--as-of", "2021-03-31", "--format", form).output
    assert not set(shown) & {"\x1b", "\x9b", "\u202e", "\x07"}
    assert "evil" in shown


def test_the_json_is_the_same_value_with_and_without_escapes(run: Any, found: list[dict[str, Any]]) -> None:
    table = json.loads(run("table", "seeds", "--as-of", "2021-03-31", "--format", "json").stdout)
    assert table["cases"][0]["act"] == f"close the strait {ESCAPE}"


def test_without_a_day_it_is_today(run: Any, found: list[dict[str, Any]]) -> None:
    assert run("table", "seeds").exit_code == Exit.OK
    assert abs((found[0]["as_of"] - date.today()).days) <= 1


def test_what_is_said_reaches_the_renderer(run: Any, made: list[Request]) -> None:
    words = (
        "render n.ipynb --sources seeds --as-of 2021-03-31 -p title 2026 --parameter a=b=c --to pdf,html -o out "
        "--extractor llm:here"
    )
    done = run(*words.split(), "-p", "senders", '["North Korea"]', "--timeout", "9")
    assert done.exit_code == Exit.OK, done.output
    written = (("title", "2026"), ("a", "b=c"), ("senders", '["North Korea"]'))
    assert made == [
        Request(
            notebook=Path("n.ipynb"),
            as_of=date(2021, 3, 31),
            sources="seeds",
            written=written,
            extractor="llm:here",
            formats=("pdf", "html"),
            output=Path("out"),
            cell_seconds=9,
        )
    ]
    assert "briefing.html" in done.stdout


def test_a_script_can_have_silence(run: Any, made: list[Request]) -> None:
    assert run("render", "n.ipynb", "--as-of", "2021-03-31", "--quiet").output == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["table", "seeds", "--as-of", "March"], "'March' is no day; write it as 2020-06-24"),
        (["table", "no-such-folder", "--as-of", "2021-03-31"], "no-such-folder"),
        (["render", "no-such.ipynb", "--as-of", "2021-03-31"], "no-such.ipynb: No such file"),
        (["render", "n.ipynb", "--to", "docx"], "--to 'docx' is no format; give html, pdf or both"),
        (["render", "n.ipynb", "--to", ","], "is no format"),
        (["table", "north-korea", "--as-of", "2021-03-31"], "did you mean 'seeds/north-korea'? give a folder"),
        (["render", "--sources", "north-korea"], "there is no folder or file 'north-korea'; did you mean"),
        (
            ["render", "seeds/north-korea"],
            "seeds/north-korea is a folder and no notebook; name documents with --sources",
        ),
        (
            ["check", "outputs-of-nobody"],
            "nobody: no briefing.html (No such file or directory); give",
        ),
        (["decide", "north-korea", "1", "confirm"], "to confirm a case takes --why REASON"),
        (["decide", "north-korea", "1", "correct"], "to correct a case takes --set FIELD=VALUE and --why REASON"),
        (["render", "n.ipynb", "-p", "alone"], "-p alone has no value; write -p NAME VALUE"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(run: Any, words: list[str], told: str) -> None:
    done = run(*words)
    assert done.exit_code in (Exit.FAILED, Exit.USAGE)
    assert done.stdout == ""
    assert told in done.stderr
    assert done.stderr.startswith("briefing: ")
    assert done.stderr.count("\n") == 1


def test_an_unknown_option_is_asked_wrongly(run: Any) -> None:
    assert run("table", "--no-such-option").exit_code == Exit.USAGE
    assert run("no-such-command").exit_code == Exit.USAGE


def test_an_error_of_the_system_is_told_in_one_line(run: Any, tmp_path: Path, found: list[dict[str, Any]]) -> None:
    """Such as outputs that cannot be written: here, a file stands where a folder should."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    words = ["--sources", str(ROOT / "seeds" / "north-korea"), "--as-of", "2020-06-24", "-o", str(tmp_path / "file")]
    done = run("render", *words)
    assert done.exit_code == Exit.FAILED
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "file") in done.stderr


def test_debug_shows_where_it_came_from(run: Any) -> None:
    done = run("table", "seeds", "--as-of", "March", "--debug")
    assert "Traceback" in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("briefing: ")


def test_a_missing_pdf_has_an_exit_code_of_its_own(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = Rendered(tmp_path, (tmp_path / "briefing.html",), 1, 2.0, pdf_problem="no PDF: install Pango")
    monkeypatch.setattr(publishing, "render", lambda request, **_: made)
    done = run("render", "n.ipynb", "--as-of", "2021-03-31")
    assert done.exit_code == Exit.NO_PDF
    assert "briefing.html" in done.stdout
    assert done.stderr == "briefing: no PDF: install Pango; the HTML is whole\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BriefingError, 1),
        (NotebookFailed, 1),
        (BadMetadata, 1),
        (EvidenceMismatch, 1),
        (UnknownParameter, 2),
        (NotThere, 2),
        (SourcesNotFound, 2),
        (PdfUnavailable, 3),
    ],
)
def test_each_error_has_a_stable_code(error: type[BriefingError], code: int) -> None:
    assert console.exit_code(error("x")) == code


def test_each_exit_code_is_documented() -> None:
    text = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")
    for code in Exit:
        assert f"| {code.value} |" in text


def test_an_interruption_is_told_as_one(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "follow_through", interrupted)
    done = run("table", "seeds", "--as-of", "2021-03-31")
    assert done.exit_code == Exit.INTERRUPTED
    assert done.stderr == "briefing: interrupted\n"


def test_progress_shows_on_a_terminal_only(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with console.progress(shown=True) as line:
        line.show("working")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with console.progress(shown=True) as line:
        line.show(f"working {ESCAPE}")
    shown = capsys.readouterr().err
    assert "working \\x1b[2J" in shown
    with console.progress(shown=False) as line:
        line.show("working")
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("TERM", "dumb")
    with console.progress(shown=True) as line:
        line.show("working")
    assert capsys.readouterr().err == ""


def test_a_terminal_of_few_characters_gets_the_rest_written_out() -> None:
    """A Windows console or a POSIX locale may hold ASCII only."""
    code = "from briefing_lib import console; console.say('a – b 북')"
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout == "a \\u2013 b \\ubd81\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "out of memory; free some"),
        (
            RuntimeError("the words of a document"),
            r"a defect: RuntimeError at test_cli\.py, line \d+; run it",
        ),
        (RecursionError("the words of a document"), "a defect: RecursionError"),
    ],
)
def test_what_nobody_foresaw_is_one_line_without_the_words_of_a_document(
    run: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(pipeline, "follow_through", failing)
    done = run("table", "seeds", "--as-of", "2021-03-31")
    assert done.exit_code == Exit.FAILED
    assert re.match(f"briefing: {told}", done.stderr)
    assert done.stderr.count("\n") == 1
    assert "words of a document" not in done.stderr
    assert "Traceback" in run("table", "seeds", "--as-of", "2021-03-31", "--debug").stderr


def test_the_store_says_what_it_holds_and_is_cleared(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of a collection is kept; clearing leaves nothing, and off there is none."""
    place = tmp_path / "kept.sqlite3"
    monkeypatch.setenv("BRIEFING_STORE", str(place))
    folder = tmp_path / "collection"
    folder.mkdir()
    (folder / "2024-01-05-a.txt").write_text("The harvest was good in the north of the country.", "utf-8")
    assert run("table", str(folder), "--as-of", "2024-06-01").exit_code == 0
    held = json.loads(run("store", "--json").stdout)
    assert (held["path"], sum(held["documents"].values()), held["read"]) == (str(place), 1, 1)
    assert ": 1 documents" in run("store").stdout
    cleared = run("store", "--clear").stdout
    assert ": 0 documents" in cleared
    assert "texts as they were read: 0" in cleared
    monkeypatch.setenv("BRIEFING_STORE", "off")
    assert "switched off" in run("store").stdout
