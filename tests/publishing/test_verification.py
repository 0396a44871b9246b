"""``briefing verify``: any changed byte of outputs, sources or the record itself is found and named."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing_lib import cli
from briefing_lib.errors import NotVerified, SourcesNotFound
from briefing_lib.publishing import Rendered, provenance
from briefing_lib.publishing.verification import verify

pytestmark = pytest.mark.xdist_group("rendering")


@pytest.fixture
def made(rendered: Rendered, sources: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A copy of a rendered briefing and of its sources, to do harm to."""
    return shutil.copytree(rendered.folder, tmp_path / "made"), shutil.copytree(sources, tmp_path / "small")


def changed(path: Path, position: int) -> None:
    """Flip one bit of one byte."""
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(bytes(content))


def test_what_was_not_touched_is_whole(made: tuple[Path, Path]) -> None:
    folder, sources = made
    found = verify(folder, sources=sources)
    assert (found.outputs, found.sources, found.differences) == (5, 1, ())
    assert verify(folder / "run.json", sources=sources) == found


def test_a_changed_bit_of_any_output_is_found(made: tuple[Path, Path]) -> None:
    folder, sources = made
    for path in sorted(folder.iterdir()):
        if path.name == "run.json":
            continue
        size = path.stat().st_size
        for position in (0, size // 2, size - 1):
            changed(path, position)
            assert verify(folder, sources=sources).differences == (f"changed: output {path.name}",)
            changed(path, position)


def test_a_changed_byte_anywhere_in_the_record_is_found(made: tuple[Path, Path]) -> None:
    folder, sources = made
    path = folder / "run.json"
    whole = path.read_bytes()
    for position in range(0, len(whole), 37):
        changed(path, position)
        try:
            assert f"changed: {path.name} itself" in verify(folder, sources=sources).differences
        except NotVerified:
            pass
        finally:
            path.write_bytes(whole)
    path.write_bytes(whole + b"\n")
    assert verify(folder, sources=sources).differences == ("changed: run.json itself",)


@pytest.mark.parametrize("harm", ["changed", "missing", "added"])
def test_sources_and_outputs_that_came_or_went_are_named(made: tuple[Path, Path], harm: str) -> None:
    folder, sources = made
    names = {"output": folder / "cases.csv", "source": sources / "strait.txt"}
    for kind, path in names.items():
        if harm == "changed":
            changed(path, 0)
        elif harm == "missing":
            path.unlink()
        else:
            path = path.with_name("added.txt")  # noqa: PLW2901
            path.write_text("x", encoding="utf-8")
        assert f"{harm}: {kind} {path.name}" in verify(folder, sources=sources).differences


def test_the_sources_are_found_by_their_name_or_asked_for(
    rendered: Rendered, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sources.parent.parent)
    assert verify(rendered.folder).differences == ()
    monkeypatch.chdir(tmp_path)
    alone = shutil.copytree(rendered.folder, tmp_path / "alone")
    record = json.loads((alone / "run.json").read_text("utf-8"))
    record["parameters"]["sources"] = "../nowhere"
    (alone / "run.json").write_text(provenance.to_json(record), encoding="utf-8")
    with pytest.raises(SourcesNotFound, match="give --sources"):
        verify(alone)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"outputs": {}}', b"[" * 100_000])
def test_a_record_that_was_cut_off_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.json").write_bytes(content)
    with pytest.raises(NotVerified, match="render the briefing again"):
        verify(tmp_path)


def test_the_command_says_what_changed_and_fails(made: tuple[Path, Path]) -> None:
    folder, sources = made
    words = ["verify", str(folder), "--sources", str(sources)]
    assert CliRunner().invoke(cli.app, words).stdout == "whole: 5 outputs, 1 sources\n"
    changed(folder / "cases.csv", 0)
    done = CliRunner().invoke(cli.app, words)
    assert (done.exit_code, done.stdout) == (1, "changed: output cases.csv\n")
    assert done.stderr.count("\n") == 1
