"""A real JupyterLab on loopback, as `briefing lab` starts it, on a copy of the project, and Debian's Chromium in it."""

import inspect
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "desk"
# Long, since the machine may be busy; what is waited for comes in a tenth of it.
SECONDS = 90


class Lab:
    """A running server and the folder of the project that it serves."""

    def __init__(self, project: Path, address: str) -> None:
        self.project = project
        self.address = address

    def ask(self, path: str, body: object = None) -> object:
        """Call the server's API."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.address}/{path}", data, headers)) as answer:
            text = answer.read()
        return json.loads(text) if text else None


def until(find):
    """Return the first true answer; fail when there is none in time."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if found := find():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {SECONDS} seconds: {inspect.getsource(find).strip()}")


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The server; it ends with the tests, and leaves nothing outside its folder."""
    folder = tmp_path_factory.mktemp("lab")
    project = folder / "project"
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns(".*", "decisions.toml"))
    config = folder / "config"
    config.mkdir()
    settings = {"ServerApp": {"allow_root": True, "token": TOKEN}, "LabApp": {"news_url": None}}
    (config / "jupyter_server_config.json").write_text(json.dumps(settings), "utf-8")
    (config / "jupyter_lab_config.json").write_text(json.dumps(settings), "utf-8")
    quiet = folder / "settings" / "@jupyterlab" / "apputils-extension"
    quiet.mkdir(parents=True)
    silence = {"fetchNews": "false", "checkForUpdates": False}
    (quiet / "notification.jupyterlab-settings").write_text(json.dumps(silence), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"CONFIG": config, "DATA": folder / "data", "RUNTIME": folder / "runtime"}
    env = {
        **os.environ,
        **{f"JUPYTER_{name}_DIR": str(path) for name, path in own.items()},
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "IPYTHONDIR": str(folder / "ipython"),
        "BRIEFING_ANALYST": "mira",
    }
    env.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-m", "briefing_lib.cli", "lab", str(project), "--no-browser", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    running = Lab(project, f"http://127.0.0.1:{port}")
    try:
        until(lambda: _answers(running) if server.poll() is None else pytest.fail((folder / "log").read_text("utf-8")))
        yield running
    finally:
        server.terminate()
        server.wait(timeout=30)


def _answers(lab):
    try:
        return lab.ask("api/status")
    except urllib.error.URLError:
        return None


@pytest.fixture
def page(browser, lab):
    """A window of its own, logged in, that speaks to nobody but the server."""
    context = browser.new_context(viewport={"width": 1500, "height": 1100}, accept_downloads=True)
    context.set_default_timeout(SECONDS * 1000)
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()
    strangers = [url for url in opened.asked if not url.startswith((lab.address, lab.address.replace("http", "ws")))]
    assert [url for url in strangers if not url.startswith(("data:", "blob:", "about:"))] == []
