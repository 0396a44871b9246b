"""What `briefing new` makes works as it is, and `briefing lab` opens it with everything set up."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from briefing_lib.console import Exit
from briefing_lib.desk.lab import lab_options
from briefing_lib.publishing.planning import Request, default_notebook, plan_of

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_collection_is_read_once_a_document_is_in_it(run, tmp_path):
    made = run("new", "straits", "--in", tmp_path)
    assert made.exit_code == Exit.OK
    folder = tmp_path / "seeds" / "straits"
    assert {path.name for path in folder.iterdir()} == {"README.md", "sources.toml", "actors.toml", "words.toml"}
    (folder / "2021-03-05-strait.txt").write_text(
        "Ruritania threatened on Friday to close the strait to ships of Graustark unless it pays.\n", "utf-8"
    )
    for name in ("sources.toml", "actors.toml", "words.toml"):
        lines = (folder / name).read_text("utf-8").splitlines()
        examples = [line.removeprefix("# ") for line in lines if line.startswith("# [") or " = " in line]
        assert tomllib.loads("\n".join(examples))
    text = (folder / "actors.toml").read_text("utf-8").replace("# [[", "[[").replace("# name", "name")
    text = text.replace("# type", "type").replace("# aliases", "aliases").replace("# demonyms", "demonyms")
    (folder / "actors.toml").write_text(text, "utf-8")
    words = (folder / "words.toml").read_text("utf-8")
    for example in ("[[add", "class", "verbs", "[add", "object"):
        words = words.replace(f"# {example}", example)
    (folder / "words.toml").write_text(words, "utf-8")
    table = json.loads(run("table", folder, "--as-of", "2021-03-31", "--format", "json").stdout)
    assert [case["sender"] for case in table["cases"]] == ["Ruritania"]
    assert table["skipped"] == []


def test_a_new_notebook_renders_like_ours(run, tmp_path, collection):
    assert run("new", "weekly", "--notebook", "--in", tmp_path, "-q").stdout == ""
    path = tmp_path / "notebooks" / "weekly.ipynb"
    own = plan_of(Request(path, date(2020, 6, 24), collection, written=(("title", "Mine"),)))
    theirs = plan_of(Request(default_notebook(), date(2020, 6, 24), collection, written=(("title", "Mine"),)))
    assert own.parameters.keys() == theirs.parameters.keys()
    assert json.loads(path.read_text("utf-8"))["cells"] == json.loads(default_notebook().read_text("utf-8"))["cells"]


@pytest.mark.parametrize("name", ["../up", "", "a b", ".hidden"])
def test_a_name_that_is_none_is_refused(run, tmp_path, name):
    assert run("new", name, "--in", tmp_path).exit_code == Exit.USAGE
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(run, tmp_path):
    for words in (("one",), ("one", "--notebook")):
        assert run("new", *words, "--in", tmp_path).exit_code == Exit.OK
        assert run("new", *words, "--in", tmp_path).exit_code == Exit.USAGE


def test_the_lab_opens_on_the_table_and_schedules_our_way():
    options = lab_options(ROOT)
    assert options[-1].endswith("notebooks/2-follow-through.ipynb")
    assert f"--ServerApp.root_dir={ROOT}" in options
    assert any("BriefingExecution" in one for one in options)
    assert "--no-browser" in lab_options(ROOT, browser=False)


def test_a_lab_of_no_folder_is_refused(run, tmp_path):
    assert run("lab", tmp_path / "none").exit_code == Exit.USAGE
