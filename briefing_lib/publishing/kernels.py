"""A notebook's kernel, started before what runs its cells is loaded: the one takes as long as the other."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from subprocess import TimeoutExpired

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync
from traitlets.config import Config

from briefing_lib.collecting import LINE
from briefing_lib.errors import NotebookFailed
from briefing_lib.publishing.reproducible import environment

# The longest path of a Unix socket: 103 bytes on macOS, 107 on Linux (sys/un.h).
SOCKET_PATH_LIMIT = 103
READY_SECONDS = 60
_END_SECONDS = 5
# How long an answer may take before it is asked for again, and what is printed beside it may be behind it.
_ASKED_AGAIN_SECONDS, _BESIDE_SECONDS = 1, 0.2
# An interrupt may come before a run's end, and is nobody's error; no history of what was run is kept.
_ARGUMENTS = [
    "--IPKernelApp.log_level=CRITICAL",
    "--HistoryManager.hist_file=:memory:",
    f"--IPKernelApp.exec_lines={LINE}",
]


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel's process and a client of it, which may have to wait until it is ready."""

    manager: AsyncKernelManager
    client: AsyncKernelClient


@contextmanager
def started(name: str, *, workspace: Path, folder: Path) -> Iterator[Kernel]:
    """Start a kernel, and end it at once afterwards.

    Parameters
    ----------
    name
        Of its specification, such as ``python3``.
    workspace
        An empty folder for its sockets and settings, short and private.
    folder
        Where its cells run.

    Raises
    ------
    NotebookFailed
        There is no kernel of that name.
    """
    # ZeroMQ needs a loop that can wait for sockets, which Windows' usual one cannot.
    ensure_event_loop(prefer_selector_loop=True)
    manager = AsyncKernelManager(kernel_name=name, config=_settings(workspace))
    with environment(_own_folders(workspace)):
        try:
            run_sync(manager.start_kernel)(extra_arguments=list(_ARGUMENTS), cwd=str(folder))
        except NoSuchKernel as error:
            which = "choose one in JupyterLab, or install it (`jupyter kernelspec list` shows those there are)"
            raise NotebookFailed(f"there is no kernel {name!r} for the notebook here; {which}") from error
    try:
        client = run_sync(_connected)(manager)
        try:
            yield Kernel(manager, client)
        finally:
            client.stop_channels()
    finally:
        kill(manager)
        _clear_away(manager)


async def _connected(manager: AsyncKernelManager) -> AsyncKernelClient:
    """Return a client whose sockets belong to the loop that waits for them."""
    client = manager.client()
    client.start_channels(stdin=False, hb=False)
    return client


def wait_until_ready(kernel: Kernel) -> None:
    """Wait until the kernel answers, and what it prints reaches us too, so that nothing of the first cell is lost.

    So does `AsyncKernelClient.wait_for_ready`, and then it waits 0.2 s more, for messages that nbclient passes over.

    Raises
    ------
    NotebookFailed
        It ended before it was ready, or was not ready in a minute.
    """
    run_sync(_wait_until_ready)(kernel)


async def _wait_until_ready(kernel: Kernel) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        kernel.client.kernel_info()
        try:
            await kernel.client.get_shell_msg(timeout=_ASKED_AGAIN_SECONDS)
            await kernel.client.get_iopub_msg(timeout=_BESIDE_SECONDS)
        except Empty:
            if not await kernel.manager.is_alive():
                raise NotebookFailed("its kernel did not start: it ended before it was ready") from None
        else:
            return
    raise NotebookFailed(f"its kernel did not start in {READY_SECONDS} seconds")


def kill(manager: AsyncKernelManager) -> None:
    """Have the kernel's processes end; one takes some hundredths of a second, which nobody needs to wait for."""
    if manager.provisioner is not None:
        run_sync(manager.provisioner.kill)()


def _clear_away(manager: AsyncKernelManager) -> None:
    """Wait for the kernel's end; jupyter_client by itself looks only ten times a second whether it is gone."""
    process = getattr(manager.provisioner, "process", None)
    if process is not None:
        with suppress(TimeoutExpired):
            process.wait(_END_SECONDS)
    run_sync(manager.shutdown_kernel)(now=True)


def _settings(workspace: Path) -> Config:
    """Talk to the kernel over files where the system can: no port is opened, and nobody else can connect."""
    settings = Config()
    connection = workspace / "kernel.json"
    settings.KernelManager.connection_file = str(connection)
    longest = os.fsencode(connection.with_name("kernel-ipc-5"))
    if sys.platform != "win32" and len(longest) <= SOCKET_PATH_LIMIT:
        settings.KernelManager.transport = "ipc"
    return settings


def _own_folders(workspace: Path) -> dict[str, str]:
    """Keep a person's own kernel settings out of the run, and order in sets the same from run to run."""
    return {
        "JUPYTER_RUNTIME_DIR": str(workspace),
        "IPYTHONDIR": str(workspace / "ipython"),
        # This Python's own kernel before one that a person has installed under the same name.
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYTHONHASHSEED": "0",
    }
