"""Google's storage on loopback: an emulator that answers nobody without the token that it gave for a key."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from gcp_storage_emulator.handlers.buckets import create_bucket
from gcp_storage_emulator.server import RequestHandler
from gcp_storage_emulator.storage import Storage

from remote import SECRET


class Handler(RequestHandler):
    """The emulator's, which knows of no credentials, behind a door that does."""

    asked: ClassVar[list[str]] = []

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        self.asked.append(self.path)
        if self.path == "/token":
            self._say(HTTPStatus.OK, {"access_token": SECRET, "token_type": "Bearer", "expires_in": 3600})
            return False
        if self.headers.get("Authorization") != f"Bearer {SECRET}":
            # As the storage itself has it.
            self._say(HTTPStatus.UNAUTHORIZED, {"error": {"code": 401, "message": "Anonymous caller has no access."}})
            return False
        return True

    def _say(self, status: HTTPStatus, answer: dict[str, object]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.wfile.write(body)


class _Server(http.server.HTTPServer):
    """As the emulator's own, one request at a time, but of which more than five may wait: eight come at once."""

    request_queue_size = 64


@contextmanager
def a_gs_server(bucket: str) -> Iterator[str]:
    """Give the address of one that holds an empty bucket, in memory."""
    storage = Storage(use_memory_fs=True)
    create_bucket(bucket, storage)
    with _Server(("127.0.0.1", 0), partial(Handler, storage)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def write_key(path: Path, server: str) -> None:
    """Write the file of a service account, for whose key the server gives its token."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    account = {
        "type": "service_account",
        "project_id": "tests",
        "client_email": "tests@example.org",
        "private_key": key,
        "token_uri": f"{server}/token",
    }
    path.write_text(json.dumps(account), "utf-8")
