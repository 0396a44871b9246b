"""A collection with a file of each sort, to be read from wherever it is."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def a_server(answer: Answer, *, fetched: list[str] | None = None) -> Iterator[str]:
    """Give the address of a web server on loopback that answers each path by a status, a type and a body.

    ``fetched`` grows by each path of which the body is sent.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                if fetched is not None:
                    fetched.append(self.path)
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the same

        def log_message(self, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
