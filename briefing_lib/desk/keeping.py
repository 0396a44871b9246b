"""`briefing store`."""

from typing import Annotated

import typer

from briefing_lib import console
from briefing_lib.desk.options import AsJson, Debug


def store(
    *,
    clear: Annotated[bool, typer.Option("--clear", help="Take out everything.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what is kept of documents, and where.

    BRIEFING_STORE is the path of another file, or off.
    """
    with console.told(debug=debug):
        from briefing_lib.store import store_of_user

        opened = store_of_user()
        if opened is None:
            console.say("{}" if as_json else "the store is switched off: BRIEFING_STORE is off")
            return
        with opened:
            if clear:
                opened.clear()
            held = opened.contents()
        by_version = dict(held.documents)
        if as_json:
            kept = {"path": str(held.path), "bytes": held.size, "read": held.read, "documents": by_version}
            console.say(console.neutral_json(kept))
            return
        console.say(f"{console.neutral(str(held.path))}: {sum(by_version.values())} documents, {held.size:,} bytes")
        console.say(f"  texts as they were read: {held.read}")
        found = (f"  what was found in them by {console.neutral(name)}: {many}" for name, many in by_version.items())
        console.say("\n".join(found))
