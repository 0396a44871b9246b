"""A collection on this machine, and the same files at URLs: of S3, of Google's storage, of the web, and of memory."""

import functools
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing_lib.reading.origins.drivers import file_system
from remote import SECRET, the_files

BUCKET = "sources-of-tests"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """moto's server, on loopback."""
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="package")
def s3_environment(s3_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where the bucket is and what opens it, as a person would have it: in the environment."""
    none = str(tmp_path_factory.mktemp("aws") / "none")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_S3", s3_server)
        patch.setenv("AWS_ACCESS_KEY_ID", "tests")
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("AWS_CONFIG_FILE", none)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", none)
        yield


@pytest.fixture(scope="package")
def bucket(s3_environment: None) -> str:
    """A bucket's URL."""
    import fsspec

    fsspec.filesystem("s3").makedirs(BUCKET, exist_ok=True)
    return f"s3://{BUCKET}"


@pytest.fixture(scope="session")
def gs_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What a person has in the environment for the bucket: where it is, and the file of the key that opens it."""
    from remote.gs_server import a_gs_server, write_key

    folder = tmp_path_factory.mktemp("gs")
    with a_gs_server(BUCKET) as address:
        write_key(folder / "key.json", address)
        yield {
            "STORAGE_EMULATOR_HOST": address,
            "GOOGLE_APPLICATION_CREDENTIALS": str(folder / "key.json"),
            "CLOUDSDK_CONFIG": str(folder / "none"),
            # No machine of Google's to ask for credentials.
            "NO_GCE_CHECK": "true",
        }


@pytest.fixture(scope="package")
def gs_bucket(gs_environment: dict[str, str]) -> Iterator[str]:
    """The URL of a bucket of Google's storage, and the environment for it."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in gs_environment.items():
            patch.setenv(name, value)
        patch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
        url = f"gs://{BUCKET}"
        file_system(url)  # as the product has the driver ask, whoever imported it before
        yield url


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run reads everything anew."""
    monkeypatch.setenv("BRIEFING_STORE", "off")


@pytest.fixture
def straits(tmp_path: Path) -> Path:
    """The collection on this machine."""
    return the_files(tmp_path / "straits")


@pytest.fixture
def fetched() -> list[str]:
    """What the web server was asked for, path by path; a question about a file alone is none."""
    return []


@pytest.fixture
def web(straits: Path, fetched: list[str]) -> Iterator[str]:
    """A web server's URL of the folder that the collection is in."""
    handler = functools.partial(_Silent, fetched, directory=str(straits.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def __init__(self, fetched: list[str], *args: Any, directory: str) -> None:
        self.fetched = fetched
        super().__init__(*args, directory=directory)

    def do_GET(self) -> None:
        self.fetched.append(self.path)
        super().do_GET()

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def at_url(request: pytest.FixtureRequest, straits: Path) -> str:
    """The URL of a copy of the collection, of the kind that the test asks for."""
    import fsspec

    kind = request.param
    if kind == "file":
        return straits.as_uri()
    if kind == "http":
        return f"{request.getfixturevalue('web')}/straits/"
    buckets = {"s3": "bucket", "gs": "gs_bucket"}
    home = request.getfixturevalue(buckets[kind]) if kind in buckets else "memory://collections"
    url = f"{home}/{os.urandom(4).hex()}/straits"
    fs, place = fsspec.url_to_fs(url)
    fs.put(f"{straits.as_posix()}/", place, recursive=True)
    return url
