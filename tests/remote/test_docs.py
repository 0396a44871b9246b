"""What docs/remote-sources.md shows is understood: commands, configuration and Python."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing_lib import cli, pipeline, publishing
from briefing_lib.errors import UrlUnavailable
from briefing_lib.reading import named
from remote import the_files

PAGE = (Path(__file__).parents[2] / "docs" / "remote-sources.md").read_text("utf-8")
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
COMMANDS = [line for line in SHELL if "briefing table" in line or "briefing render" in line]
SETTINGS = re.findall(r"FSSPEC_S3='(.*?)' ", PAGE)


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_is_understood(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the point at which it would ask the network."""
    asked: list[object] = []

    class Enough(Exception):
        pass

    def stop(sources: object, **_: object) -> None:
        asked.append(sources)
        raise Enough

    monkeypatch.setattr(pipeline, "follow_through", stop)
    monkeypatch.setattr(publishing.planning, "plan_of", lambda request: stop(request.sources))
    words = shlex.split(line[line.index("briefing") :])
    CliRunner().invoke(cli.app, words[1:])
    [url] = asked
    assert named(str(url)) == url
    assert url in line


def test_each_setting_is_one_that_the_driver_takes(gs_bucket: str) -> None:
    import gcsfs
    import s3fs

    [file] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    for options in (json.loads(file)["s3"], *map(json.loads, SETTINGS)):
        made = s3fs.S3FileSystem(**options, skip_instance_cache=True)
        assert {name: getattr(made, name, made.kwargs.get(name)) for name in options if name != "profile"} == {
            name: value for name, value in options.items() if name != "profile"
        }
    [anyone] = re.findall(r"FSSPEC_GS='(.*?)' ", PAGE)
    assert gcsfs.GCSFileSystem(**json.loads(anyone), skip_instance_cache=True).credentials.credentials is None


def test_the_python_runs(straits: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import fsspec

    fs, place = fsspec.url_to_fs("memory://newsroom/straits")
    fs.put(f"{the_files(straits).as_posix()}/", place, recursive=True)
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "docs/remote-sources.md", "exec"), {})
    assert "Ruritania" in capsys.readouterr().out


def test_what_it_says_is_not_read_is_refused() -> None:
    for url in ("zip://a.txt::s3://bucket/a.zip", "https://host/a.txt?token=x"):
        with pytest.raises(UrlUnavailable):
            named(url)
