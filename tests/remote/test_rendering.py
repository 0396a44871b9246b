"""A briefing of sources at a URL: rendered, left alone where nothing changed, verified, and without a secret in it."""

import json
import ssl
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import fsspec
import pytest
import trustme

from remote import SECRET, a_server, of_folder, run_briefing, the_files

DAY = "2021-12-31"
Briefing = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def straits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return the_files(tmp_path_factory.mktemp("here") / "straits")


@pytest.fixture(scope="module")
def url(straits: Path, bucket: str) -> str:
    made = f"{bucket}/rendered/straits"
    fs, place = fsspec.url_to_fs(made)
    fs.put(f"{straits.as_posix()}/", place, recursive=True)
    return made


@pytest.fixture(scope="module")
def briefing(s3_server: str) -> Briefing:
    """The command in a process of its own, configured for fsspec by the environment."""
    options = {"endpoint_url": s3_server, "key": "tests", "secret": SECRET}
    return partial(run_briefing, environment={"FSSPEC_S3": json.dumps(options)})


@pytest.fixture(scope="module")
def home(briefing: Briefing, url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the briefing of the URL was rendered."""
    here = tmp_path_factory.mktemp("there")
    done = briefing("render", "--sources", url, "--as-of", DAY, "--to", "html", here=here)
    assert (done.returncode, done.stderr) == (0, "")
    return here


@pytest.fixture(scope="module")
def of_folder_here(briefing: Briefing, straits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a briefing of the folder."""
    here = tmp_path_factory.mktemp("of-folder")
    done = briefing("render", "--sources", str(straits), "--as-of", DAY, "--to", "html", here=here)
    assert (done.returncode, done.stderr) == (0, "")
    return here / "outputs" / "straits" / DAY


def assert_same_briefing(there: Path, here: Path, *, url: str) -> None:
    for name in ("briefing.html", "cases.csv", "cases.json"):
        assert (there / name).read_bytes() == (here / name).read_bytes()
    records = [json.loads((place / "run.json").read_text("utf-8")) for place in (there, here)]
    assert records[0]["parameters"]["sources"] == url
    assert records[0]["sources"] == records[1]["sources"] | {"large.txt": ""}


def test_it_is_the_briefing_of_a_folder_but_for_the_name_of_the_sources(
    home: Path, of_folder_here: Path, url: str
) -> None:
    assert_same_briefing(home / "outputs" / "straits" / DAY, of_folder_here, url=url)


def test_of_googles_storage_it_is_the_same(
    gs_bucket: str, gs_environment: dict[str, str], straits: Path, of_folder_here: Path, tmp_path: Path
) -> None:
    url = f"{gs_bucket}/rendered/straits"
    fs, place = fsspec.url_to_fs(url)
    fs.put(f"{straits.as_posix()}/", place, recursive=True)
    words = ("--as-of", DAY, "--to", "html")
    done = run_briefing("render", "--sources", url, *words, here=tmp_path, environment=gs_environment)
    assert (done.returncode, done.stderr) == (0, "")
    rendered = tmp_path / "outputs" / "straits" / DAY
    assert_same_briefing(rendered, of_folder_here, url=url)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert SECRET.encode() not in path.read_bytes()
    again = run_briefing("render", "--sources", url, *words, "--if-changed", here=tmp_path, environment=gs_environment)
    assert again.returncode == 4
    assert run_briefing("verify", str(rendered), here=tmp_path, environment=gs_environment).returncode == 0


def test_of_a_web_server_by_tls_it_is_the_same(straits: Path, of_folder_here: Path, tmp_path: Path) -> None:
    """Whose authority command and kernel trust by the environment, and which without it leaves nothing."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    trusting = {"SSL_CERT_FILE": str(tmp_path / "authority.pem")}
    with a_server(of_folder(straits), certificate=context) as home:
        url = f"{home}/straits/"
        words = ("render", "--sources", url, "--as-of", DAY, "--to", "html")
        refused = run_briefing(*words, here=tmp_path, environment={})
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(f"briefing: '{url}': its certificate is not accepted")
        assert refused.stderr.count("\n") == 1
        assert not (tmp_path / "outputs").exists()
        done = run_briefing(*words, here=tmp_path, environment=trusting)
    assert (done.returncode, done.stderr) == (0, "")
    assert_same_briefing(tmp_path / "outputs" / "straits" / DAY, of_folder_here, url=url)


def test_each_file_is_fetched_once_by_the_command_and_once_by_the_kernel(
    briefing: Briefing, web: str, fetched: list[str], tmp_path: Path
) -> None:
    """What is no document, once, for its digest; whether any has changed is asked without a fetch."""
    done = briefing("render", "--sources", f"{web}/straits/", "--as-of", DAY, "--to", "html", here=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    counts = Counter(path.rpartition("/")[2] for path in fetched if not path.endswith("/"))
    assert {name for name, count in counts.items() if count == 1} == {"README.md", "picture.png", "orphan.toml"}
    assert max(counts.values()) == 2
    assert {"report.md", "records.jsonl", "sources.toml", "words.toml"} <= counts.keys()


def test_nothing_that_is_written_holds_a_credential(home: Path, s3_server: str) -> None:
    files = [path for path in home.rglob("*") if path.is_file()]
    assert {"run.json", "briefing.ipynb", ".runs.jsonl"} <= {path.name for path in files}
    port = str(urlsplit(s3_server).port)
    for path in files:
        data = path.read_bytes()
        assert SECRET.encode() not in data
        assert f"127.0.0.1:{port}".encode() not in data


def test_a_run_with_a_secret_in_its_url_is_refused_and_leaves_nothing(briefing: Briefing, tmp_path: Path) -> None:
    for words in (["table"], ["render", "--sources"], ["render", "-p", "sources"]):
        done = briefing(*words, f"https://user:{SECRET}@127.0.0.1:9/straits/?token={SECRET}", here=tmp_path)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "'https://127.0.0.1:9/straits/' was given with a user" in done.stderr
        assert SECRET not in done.stderr + done.stdout
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("words", [["decide", "1", "confirm"], ["decisions"]])
def test_decisions_are_not_taken_at_a_url_and_the_command_says_so(
    briefing: Briefing, words: list[str], url: str, tmp_path: Path
) -> None:
    done = briefing(words[0], url, *words[1:], here=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"briefing: decisions are taken in a folder of this machine, not at '{url}'; copy it here\n"


def test_it_is_verified_and_checked_where_the_sources_are_and_against_a_copy(
    briefing: Briefing, home: Path, straits: Path
) -> None:
    place = str(home / "outputs" / "straits" / DAY)
    assert briefing("verify", place, here=home).returncode == 0
    assert briefing("check", place, here=home).returncode == 0
    copied = briefing("verify", place, "--sources", str(straits), here=home)
    assert (copied.returncode, copied.stdout) == (1, "changed: source large.txt\n")


def test_a_change_at_the_url_is_seen(briefing: Briefing, home: Path, url: str) -> None:
    """Last, since it changes what the others look at."""
    again = ("render", "--sources", url, "--as-of", DAY, "--to", "html", "--if-changed")
    assert briefing(*again, here=home).returncode == 4
    fs, place = fsspec.url_to_fs(url)
    fs.pipe_file(f"{place}/2021-06-01-new.txt", b"Borduria threatened to expel the ambassador of Graustark.")
    found = briefing("verify", str(home / "outputs" / "straits" / DAY), here=home)
    assert (found.returncode, found.stdout) == (1, "added: source 2021-06-01-new.txt\n")
    assert briefing(*again, here=home).returncode == 0
    assert briefing("verify", str(home / "outputs" / "straits" / DAY), here=home).returncode == 0
