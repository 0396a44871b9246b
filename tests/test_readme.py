"""What the README tells a reader to type or to open is there."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing_lib import cli, publishing
from briefing_lib.publishing import Rendered, Request

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if re.match(r"\S*\bbriefing ", line)]


def test_each_target_of_make_is_shown_and_each_shown_one_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))
    shown = set(re.findall(r"`make ([a-z-]+)", README)) | set(re.findall(r"^make ([a-z-]+)", README, re.MULTILINE))
    assert shown <= targets
    assert targets - shown <= {"setup", "pdf-engine"}


def test_each_file_and_folder_that_is_named_exists() -> None:
    names = re.findall(r"`([\w./-]+(?:/|\.yml|\.txt|\.toml|\.md|\.ipynb))`", README)
    assert names
    missing = {name for name in names if not (ROOT / name).exists()}
    of_a_collection = {"2024-04-30-report.txt", "sources.toml", "actors.toml", "words.toml", "decisions.toml"}
    assert missing <= of_a_collection | {one for one in names if one.startswith(".")}


def test_each_folder_of_the_project_is_explained() -> None:
    top = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))}
    generated = {"build", "dist"} | {name for name in top if name.endswith(".egg-info")}
    assert {name for name in top - generated if f"| `{name}/` |" not in README} == set()


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_that_is_shown_is_understood(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Up to the point at which it would run."""
    words = shlex.split(line)
    requests: list[Request] = []
    monkeypatch.setattr(publishing, "render", lambda one, **_: requests.append(one) or Rendered(tmp_path, (), 0, 0.0))
    done = CliRunner().invoke(cli.app, words[1:])
    assert "Usage" not in done.output
    assert requests or re.search("there is no folder or file 'seeds/mine'|there are no sources", done.output)
    for request in requests:
        assert request.notebook.is_absolute() or (ROOT / request.notebook).is_file()


def test_it_says_that_conda_was_not_tried() -> None:
    assert "Solving the environment was not" in README


def test_the_picture_is_shown_and_small() -> None:
    picture = ROOT / "docs" / "briefing.png"
    assert f"](docs/{picture.name})" in README
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000


def test_each_command_that_the_table_names_exists() -> None:
    known = {command.name or command.callback.__name__ for command in cli.app.registered_commands if command.callback}
    named = set(re.findall(r"^\| `briefing (\w+)`", README, re.MULTILINE))
    assert named
    assert named <= known


def test_each_page_that_is_linked_exists() -> None:
    links = re.findall(r"\]\(([\w./-]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
