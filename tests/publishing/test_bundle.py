"""A bundle holds the whole briefing, is the same each time, and shows a changed byte."""

import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing_lib import cli
from briefing_lib.errors import NotThere, NotVerified
from briefing_lib.publishing import Rendered
from briefing_lib.publishing.bundle import bundle, verify_bundle
from briefing_lib.publishing.verification import Verified


def test_it_holds_every_file_and_is_the_same_each_time(rendered: Rendered, tmp_path: Path) -> None:
    first = bundle(rendered.folder, to=tmp_path / "a.zip")
    second = bundle(rendered.folder, to=tmp_path / "b.zip")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = [Path(name).name for name in archive.namelist()]
        assert names == sorted(path.name for path in rendered.folder.iterdir())
        assert {Path(name).parent.as_posix() for name in archive.namelist()} == {"small-2021-03-31"}
    assert verify_bundle(first) == Verified(len(names) - 1, 0, ())


@pytest.mark.parametrize("name", ["briefing.html", "cases.csv", "run.json"])
def test_a_changed_byte_shows(rendered: Rendered, tmp_path: Path, name: str) -> None:
    path = bundle(rendered.folder, to=tmp_path / "a.zip")
    changed = tmp_path / "b.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, content.replace(b"small", b"large", 1) + b" " if entry.endswith(name) else content)
    what = "run.json itself" if name == "run.json" else f"output {name}"
    assert verify_bundle(changed).differences == (f"changed: {what}",)


def test_what_is_not_what_was_rendered_is_not_bundled(rendered: Rendered, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(rendered.folder, folder)
    (folder / "cases.csv").write_text("mine", "utf-8")
    with pytest.raises(NotVerified, match="render it again"):
        bundle(folder)
    with pytest.raises(NotThere, match="give the folder of a rendered briefing"):
        bundle(tmp_path)
    (tmp_path / "no.zip").write_text("no", "utf-8")
    with pytest.raises(NotVerified):
        verify_bundle(tmp_path / "no.zip")


def test_a_bundle_is_verified_by_the_command_with_its_sources_where_they_are_given(
    rendered: Rendered, tmp_path: Path
) -> None:
    path = bundle(rendered.folder, to=tmp_path / "a.zip")
    run = CliRunner().invoke
    done = run(cli.app, ["verify", str(path)])
    assert (done.exit_code, done.stdout) == (0, "whole: 5 outputs, 0 sources\n")
    done = run(cli.app, ["verify", str(path), "--sources", str(tmp_path)])
    assert done.exit_code == 1
    assert "missing: source" in done.stdout
    assert run(cli.app, ["verify", str(path), "--sources", str(tmp_path / "none")]).exit_code == 2


def test_what_could_unpack_to_anything_is_not_unpacked(rendered: Rendered, tmp_path: Path) -> None:
    path = bundle(rendered.folder, to=tmp_path / "a.zip")
    packed = tmp_path / "b.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    with pytest.raises(NotVerified, match="compressed"):
        verify_bundle(packed)
