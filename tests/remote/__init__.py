"""A collection with a file of each sort, to be read from wherever it is."""

import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[2]

# What the server on loopback takes for credentials, and what must be found nowhere else.
SECRET = "secret-of-tests"
ENGLISH = "It was a long week for the ministers of both states, and the papers of the capital said so at length."


def the_files(folder: Path) -> Path:
    """Fill a folder: documents, what stands beside them, and what is skipped for each reason that can be at a URL."""
    texts = {
        "2021-03-30-strait.txt": "Ruritania threatened on Monday to close the strait if Graustark sends ships.",
        "sub folder/2021-05-04 ü 100%25 #1.txt": f"Ruritania closed the strait to ships on Tuesday. {ENGLISH}",
        "report.md": f"---\ntitle: Mines\ndate: 2021-02-01\n---\n\nBorduria vowed to seize the mines. {ENGLISH}",
        "report.toml": 'publisher = "The Courier"\n',
        "page.html": f"<html><body><article><p>Syldavia will impose sanctions on Borduria.</p><p>{ENGLISH}</p>",
        "records.jsonl": "\n".join(
            json.dumps({"id": f"r{n}", "text": f"Borduria threatened to blockade port {n}. {ENGLISH}", "date": day})
            for n, day in enumerate(("2021-01-05", "2021-01-06"))
        )
        + "\nno record\n",
        "sources.toml": '["page.html"]\npublished = 2021-04-01\ngrade = "B2"\n[limits]\nmax_bytes = 5000\n',
        "actors.toml": '[[actor]]\nname = "Harbour League"\ntype = "organisation"\n',
        "words.toml": '[add.frames.threaten]\nverbs = ["glower"]\n',
        "README.md": "Not a document.",
        "large.txt": ENGLISH * 100,
        "empty.txt": "",
        "picture.png": "no picture",
        ".hidden.txt": "Borduria threatened to tell.",
        "orphan.toml": 'title = "Of nothing"\n',
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return folder


Answer = Callable[[str], tuple[int, str, bytes]]


def of_folder(folder: Path) -> Answer:
    """Answer as a web server that tells neither tags nor times, from one page of links."""
    files = {f"/straits/{quote(path.relative_to(folder).as_posix())}": path for path in folder.rglob("*.*")}
    page = " ".join(f'<a href="{link}">a file</a>' for link in files).encode()

    def answer(path: str) -> tuple[int, str, bytes]:
        if path == "/straits/":
            return 200, "text/html", page
        return (200, "text/plain", files[path].read_bytes()) if path in files else (404, "", b"")

    return answer


@contextmanager
def a_server(
    answer: Answer,
    *,
    fetched: list[str] | None = None,
    shown: list[str | None] | None = None,
    certificate: ssl.SSLContext | None = None,
) -> Iterator[str]:
    """Give the address of a web server on loopback that answers each path by a status, a type and a body.

    What it redirects has the new address for its type. ``fetched`` grows by each path of which the body is sent,
    ``shown`` by the credentials of each request.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = answer(self.path)
            if shown is not None:
                shown.append(self.headers.get("Authorization"))
            self.send_response(status)
            self.send_header("Location" if status in (301, 302) else "Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                if fetched is not None:
                    fetched.append(self.path)
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the same

        def log_message(self, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if certificate:
            server.socket = certificate.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
        server.shutdown()


def run_briefing(*words: str, here: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with no credentials or addresses but those that are given."""
    ours = ("AWS_", "FSSPEC_", "GOOGLE_", "GCSFS_", "STORAGE_", "SSL_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = os.pathsep.join([str(ROOT / "tests" / "guard"), str(ROOT)])
    own = {"PYTHONPATH": path, "BRIEFING_STORE": str(here / "store")}
    command = [sys.executable, "-m", "briefing_lib.cli", *words]
    env = kept | own | dict(environment)
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, cwd=here, env=env)
