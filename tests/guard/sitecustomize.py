"""Refuses every address but this machine's own, in each Python process of the tests.

Python runs a module of this name before anything else, in a command and in the kernel that it starts; an audit hook
cannot be taken back. ``REFUSED``, where it is set, is the file that has what was refused.
"""

import os
import sys
from pathlib import Path
from typing import Any

OWN = ("127.", "::1", "localhost", "0.0.0.0")


def is_own(host: object) -> bool:
    """Tell whether a host is this machine."""
    text = host.decode(errors="replace") if isinstance(host, bytes) else str(host)
    return text.startswith(OWN)


def _refuse(event: str, args: Any) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        if isinstance(address, (str, bytes)) or address is None or is_own(address[0]):
            return
    elif event != "socket.getaddrinfo" or args[0] in (None, "") or is_own(args[0]):
        return
    if "REFUSED" in os.environ:
        with Path(os.environ["REFUSED"]).open("a", encoding="utf-8") as file:
            file.write(f"{event} {args!r}\n")
    raise PermissionError("no address but this machine's own")


sys.addaudithook(_refuse)
