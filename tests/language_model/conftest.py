"""A server of the tests' own that speaks OpenAI's chat protocol on loopback, and a folder of settings that names it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from briefing_lib.extraction import language_model
from briefing_lib.extraction.language_model.asking import ANSWERS, SECONDS_ALLOWED

Request = dict[str, Any]
CHUNK = 1000

SETTINGS = """\
- {{model_id: here, model_name: told-model, api_base: "{base}", supports_schema: true}}
- {{model_id: plain, model_name: told-model, api_base: "{base}", aliases: [simple]}}
- {{model_id: whole, model_name: told-model, api_base: "{base}", can_stream: false, supports_schema: true}}
- {{model_id: keyed, model_name: told-model, api_base: "{base}", api_key_name: nobody-has-this-key}}
- {{model_id: gone, model_name: told-model, api_base: "http://127.0.0.1:9/v1", supports_schema: true}}
"""


@dataclass
class Endpoint:
    """The server as a test sees it: what it was asked, and what it is to answer."""

    base: str
    requests: list[Request] = field(default_factory=list)
    answer: Callable[[Request], str] = lambda request: '{"threats": [], "outcomes": []}'
    status: int = 200
    endless: bool = False
    release: Event = field(default_factory=Event)
    silent: bool = False

    def answers(self, *, threats: Any = (), outcomes: Any = ()) -> None:
        """Have it answer with these lists."""
        text = json.dumps({"threats": list(threats), "outcomes": list(outcomes)})
        self.answer = lambda request: text

    def says(self, text: str) -> None:
        """Have it answer with a text."""
        self.answer = lambda request: text

    def texts(self) -> list[str]:
        """The documents it was sent, as they stood in the questions."""
        return [request["messages"][-1]["content"] for request in self.requests]


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.requests.append(request)
            if endpoint.silent:
                endpoint.release.wait(30)
                return
            if endpoint.status != 200:
                self._send("application/json", b'{"error": {"message": "key sk-secret is <b>wrong</b>"}}')
            elif request.get("stream"):
                self._stream(request)
            else:
                self._send("application/json", json.dumps(_whole(endpoint.answer(request))).encode())

        def _send(self, kind: str, body: bytes) -> None:
            self.send_response(endpoint.status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("x-should-retry", "false")
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, request: Request) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            text = endpoint.answer(request)
            try:
                for start in range(0, len(text), CHUNK):
                    self._event(_part(text[start : start + CHUNK]))
                while endpoint.endless:
                    self._event(_part(" " * CHUNK))
                self._event(_part("", usage={"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}))
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                return  # whoever asked has heard enough

        def _event(self, value: Any) -> None:
            self.wfile.write(f"data: {json.dumps(value)}\n\n".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing on the terminal."""

    return Handler


def _part(text: str, *, usage: Any = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "m",
        "choices": [choice],
        "usage": usage,
    }


def _whole(text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": usage}


@pytest.fixture
def endpoint(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """The server, running, and ``llm`` told of it by settings that know of nothing else."""
    made = Endpoint("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    made.base = f"http://127.0.0.1:{server.server_address[1]}/v1"
    use_settings(tmp_path_factory.mktemp("llm"), monkeypatch, SETTINGS.format(base=made.base))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.endless = False
    made.release.set()
    server.shutdown()
    server.server_close()
    language_model._loaded.cache_clear()


def use_settings(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Give ``llm`` settings of the test's own, no key, no plug-in and no proxy."""
    (folder / "extra-openai-models.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("LLM_USER_PATH", str(folder))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("OPENAI_API_KEY", "LLM_OPENAI_SHOW_RESPONSES", ANSWERS, SECONDS_ALLOWED):
        monkeypatch.delenv(name, raising=False)
    language_model._loaded.cache_clear()
