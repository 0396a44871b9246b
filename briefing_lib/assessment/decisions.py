"""`decisions.toml` of a collection: read, checked, and added to so that nobody's decision is lost.

The format is documented in docs/decisions-file.md.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from briefing_lib.assessment.corrections import check_value
from briefing_lib.assessment.deciding import require_all
from briefing_lib.errors import BriefingError, UnknownParameter
from briefing_lib.models import Decision, DecisionKind, ExpectedQuote
from briefing_lib.reading import Origin, OwnFile, named, origin_at, read_toml_text
from briefing_lib.writing import write_whole

FILE = "decisions.toml"
LOCK = ".decisions.lock"
LOCK_SECONDS = 30
_HEAD = """\
# What analysts decided on the cases of this collection: docs/decisions-file.md. The order does not matter. To take a
# decision back, delete its block.
"""


class BadDecisions(BriefingError):
    """`decisions.toml` cannot be used as it is."""


def read_decisions(collection: str | Path | Origin) -> tuple[Decision, ...]:
    """Return the decisions of a collection's folder in the order of the file; none where there is no file.

    Of a URL they are read and applied too, but none is added there.

    Raises
    ------
    BadDecisions
        The file is malformed; the message says which decision.
    BadMetadata
        It is that of a URL, and cannot be fetched.
    """
    origin = origin_at(collection)
    if not origin.is_remote:
        place = Path(str(origin))
        return _parsed(_text_of(place / FILE), place / FILE) if place.is_dir() else ()
    file = origin.own(FILE) if origin.is_folder else None
    where = f"{origin}/{FILE}"
    return _parsed(read_toml_text(OwnFile(origin, file), where), where) if file else ()


def add_decision(collection: str | Path, decision: Decision) -> Path:
    """Add a decision to a collection's file, which is made where there is none, and return the file's path.

    What stands in the file stays to the letter, comments too. Others who decide at the same time wait their turn, and
    a reader sees the file before or after, never half of it.

    Raises
    ------
    BadDecisions
        The file is malformed, so that nothing was added; or somebody else has held it for half a minute; or the
        collection is at a URL.
    """
    from filelock import FileLock, Timeout

    place = named(collection)
    if not isinstance(place, Path):
        raise BadDecisions(f"decisions are taken in a folder of this machine, not at {place!r}; copy the folder here")
    path = (place / FILE).resolve()
    try:
        with FileLock(path.with_name(LOCK), timeout=LOCK_SECONDS):
            before = _text_of(path) or _HEAD
            _parsed(before, path)
            write_whole(path, f"{before.rstrip()}\n\n{to_toml(decision)}")
    except Timeout as error:
        raise BadDecisions(f"{path} is held by somebody else; nothing was added, try again") from error
    return path


def _text_of(path: Path) -> str:
    """Return what the file holds, which is nothing where there is none."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadDecisions(f"{path} cannot be read: {error}") from error


def to_toml(decision: Decision) -> str:
    """Return a decision as the block of the file that stands for it."""
    import tomlkit

    block = tomlkit.table()
    plain: dict[str, Any] = {"case": decision.case, "kind": decision.kind.value, "by": decision.by}
    plain |= {"at": _time(decision.at), "as_of": decision.as_of, "why": decision.why}
    for name, value in plain.items():
        block.add(name, value)
    if decision.fields:
        block.add("fields", _inline(decision.fields))
    if decision.into:
        block.add("into", decision.into)
    expects = tomlkit.table()
    if decision.said:
        expects.add("said", _inline(decision.said))
    lists = {"threats": decision.expects, "into": decision.into_expects}
    for name, quotes in lists.items():
        if quotes:
            expects.add(name, _listed(quotes))
    if decision.parts:
        block.add("parts", _listed(decision.parts))
    block.add("expects", expects)
    document = tomlkit.document()
    document.add("decision", tomlkit.aot())
    document["decision"].append(block)
    return tomlkit.dumps(document).strip() + "\n"


def _parsed(text: str, path: Path | str) -> tuple[Decision, ...]:
    try:
        blocks = tomllib.loads(text).get("decision", [])
    except tomllib.TOMLDecodeError as error:
        raise BadDecisions(f"{path} is no TOML: {error}; put it right, nothing in it was applied") from error
    if not isinstance(blocks, list):
        raise BadDecisions(f"{path}: each decision starts with [[decision]]")
    return tuple(_decision(block, f"{path}, decision {number}") for number, block in enumerate(blocks, start=1))


def _decision(block: Mapping[str, Any], where: str) -> Decision:
    try:
        expects = block["expects"]
        fields = tuple((str(name), str(value)) for name, value in block.get("fields", {}).items())
        made = Decision(
            kind=DecisionKind(block["kind"]),
            case=str(block["case"]),
            by=str(block["by"]),
            at=block["at"].isoformat(timespec="microseconds")
            if isinstance(block["at"], datetime)
            else str(block["at"]),
            as_of=date.fromisoformat(str(block["as_of"])),
            why=str(block["why"]),
            expects=_quotes(expects["threats"]),
            said=tuple((str(name), str(value)) for name, value in expects.get("said", {}).items()),
            fields=fields,
            into=str(block.get("into", "")),
            into_expects=_quotes(expects.get("into", ())),
            parts=_quotes(block.get("parts", ())),
        )
        for name, value in fields:
            check_value(name, value)
        require_all(made)
    except KeyError as error:
        raise BadDecisions(f"{where}: {error.args[0]!r} is missing") from error
    except (ValueError, TypeError, AttributeError, UnknownParameter) as error:
        raise BadDecisions(f"{where}: {error}") from error
    if not made.expects:
        raise BadDecisions(f"{where}: it expects no threat, so that it could be of any; give expects.threats")
    return made


def _quotes(entries: Iterable[Mapping[str, str]]) -> tuple[ExpectedQuote, ...]:
    return tuple(ExpectedQuote(str(entry["document"]), str(entry["quote"])) for entry in entries)


def _time(text: str) -> datetime | str:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


def _inline(values: Iterable[tuple[str, str]]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(dict(values))
    return table


def _listed(quotes: Iterable[ExpectedQuote]) -> Any:
    import tomlkit

    array = tomlkit.array()
    for one in quotes:
        array.append(_inline((("document", one.document), ("quote", one.quote))))
    return array.multiline(True)
