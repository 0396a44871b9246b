"""`index.html` and `feed.xml` of a folder of outputs: every briefing, newest first, by collection.

Both are written anew after each run from what lies in the folder, so that any static host can serve it as it is.
Nothing in them leads outside the folder or is loaded from anywhere.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from briefing_lib.presentation.front import MASTHEAD_TYPE
from briefing_lib.presentation.markup import Child, tag, together
from briefing_lib.presentation.policy import content_security_policy
from briefing_lib.publishing.turns import turn
from briefing_lib.wording import capital, count_of, in_words, listed, number
from briefing_lib.writing import write_whole

INDEX, FEED = "index.html", "feed.xml"
FILES = {"briefing.html": "HTML", "briefing.pdf": "PDF", "cases.csv": "CSV", "cases.json": "JSON"}
_STYLE = Path(__file__).parent / "templates" / "briefing" / "style.css"
# RFC 4122, section 4.3: names within a space of our own give ids that stay, without any address.
_SPACE = uuid.UUID("5a9f1f0e-6d0b-5b57-9c55-0d9c1f0f6f2a")
_KINDS = ("new", "changed status", "no longer found")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a table says of one case: its status, and the quotes of the threat with their documents."""

    status: str
    quotes: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Briefing:
    """One rendered briefing as the index shows it; ``changed`` is against the one before it in its collection."""

    collection: str
    as_of: date
    title: str
    marking: str
    bottom_line: str
    finished: str
    files: tuple[str, ...]
    changed: str = ""
    cases: Mapping[str, "Standing"] = field(default_factory=dict, repr=False)

    @property
    def folder(self) -> str:
        """Its folder, relative to the index."""
        return f"{self.collection}/{self.as_of.isoformat()}"


def refresh(output: Path) -> tuple[Path, Path]:
    """Write the index and the feed of a folder of outputs, and return their paths."""
    with turn(output):
        briefings = briefings_in(output)
        write_whole(output / INDEX, to_page(briefings))
        write_whole(output / FEED, to_feed(briefings))
    return output / INDEX, output / FEED


def briefings_in(output: Path) -> tuple[Briefing, ...]:
    """Return the briefings in a folder of outputs, the newest day first; what is no whole briefing is left out."""
    found: list[Briefing] = []
    for collection in sorted(path for path in output.iterdir() if path.is_dir() and not path.name.startswith(".")):
        held = (_briefing(path) for path in collection.iterdir() if (path / "run.json").is_file())
        before: Briefing | None = None
        for one in sorted((one for one in held if one), key=lambda one: one.as_of):
            found.append(_compared(one, before))
            before = one
    return tuple(sorted(found, key=lambda one: (-one.as_of.toordinal(), one.collection)))


def to_page(briefings: Iterable[Briefing]) -> str:
    """Return the index as a page that runs nothing and loads nothing."""
    held = tuple(briefings)
    names = sorted({one.collection for one in held}, key=lambda name: _newest_first(name, held))
    sections = (_section(name, [one for one in held if one.collection == name]) for name in names)
    head = together(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=content_security_policy("")),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        tag("title", "Briefings"),
        Markup('<link rel="alternate" type="application/atom+xml" title="Briefings" href="feed.xml">'),
        tag("style", Markup(_STYLE.read_text("utf-8"))),
    )
    count = count_of(len(held), "briefing")
    many = f"{count} of {count_of(len(names), 'collection')}, the newest first." if held else "No briefing yet."
    feed = tag("p", tag("a", "Atom feed", href=FEED), class_="note")
    main = tag("main", tag("header", tag("h1", "Briefings"), tag("p", many[:1].upper() + many[1:]), class_="masthead"),
               sections, feed, id="main")  # fmt: skip
    body = tag("body", tag("div", main, class_="layout"))
    return f"<!DOCTYPE html>\n{tag('html', tag('head', head), body, lang='en')}\n"


def to_feed(briefings: Iterable[Briefing]) -> str:
    """Return the briefings as an Atom feed (RFC 4287), the latest made first, with links within the folder."""
    held = sorted(briefings, key=lambda one: (one.finished, one.folder), reverse=True)
    updated = held[0].finished if held else "1970-01-01T00:00:00+00:00"
    entries = "".join(map(_entry, held))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{uuid.uuid5(_SPACE, 'briefings').urn}</id>\n<title>Briefings</title>\n<updated>{updated}</updated>\n"
        '<author><name>briefing_lib</name></author>\n<link rel="self" href="feed.xml"/>\n'
        f'<link rel="alternate" type="text/html" href="index.html"/>\n{entries}</feed>\n'
    )


def _entry(one: Briefing) -> str:
    name = uuid.uuid5(_SPACE, one.folder).urn
    title = escape(_printable(f"{one.title}: {one.collection}, {one.as_of.isoformat()}"))
    summary = escape(_printable(" ".join(part for part in (one.bottom_line, one.changed, one.marking) if part)))
    link = quoteattr(f"{_quoted(one.folder)}/briefing.html")
    return (
        f"<entry>\n<id>{name}</id>\n<title>{title}</title>\n<updated>{escape(one.finished)}</updated>\n"
        f'<link rel="alternate" type="text/html" href={link}/>\n<summary>{summary}</summary>\n</entry>\n'
    )


def _section(name: str, briefings: Iterable[Briefing]) -> Markup:
    items = (tag("li", _item(one)) for one in briefings)
    return tag("section", tag("h2", name, id=name), tag("ul", items, class_="changes"), aria_labelledby=name)


def _item(one: Briefing) -> Markup:
    links: list[Child] = []
    for name in one.files:
        links += [tag("a", FILES[name], href=f"{_quoted(one.folder)}/{name}"), " "]
    heading = tag("a", f"{one.title}, {in_words(one.as_of)}", href=f"{_quoted(one.folder)}/briefing.html")
    return together(
        tag("h3", heading),
        tag("p", one.bottom_line) if one.bottom_line else None,
        tag("p", one.changed, class_="note") if one.changed else None,
        tag("p", tag("span", one.marking, class_="marking"), links, class_="note"),
    )


def _newest_first(name: str, briefings: tuple[Briefing, ...]) -> tuple[int, str]:
    return -max(one.as_of for one in briefings if one.collection == name).toordinal(), name


def _briefing(folder: Path) -> Briefing | None:
    """Read what the index says of a briefing from its own files; None where they are not those of a whole one."""
    try:
        record = json.loads((folder / "run.json").read_text("utf-8"))
        notebook = json.loads((folder / "briefing.ipynb").read_text("utf-8"))
        table = json.loads((folder / "cases.json").read_text("utf-8"))
        if record["status"] != "ok":
            return None
        masthead = _masthead(notebook)
        return Briefing(
            collection=folder.parent.name,
            as_of=date.fromisoformat(folder.name),
            title=str(masthead.get("title") or record["notebook"]["name"]),
            marking=str(masthead.get("marking", "")),
            bottom_line=_bottom_line(notebook) or f"{count_of(len(table['cases']), 'threat')} found.".capitalize(),
            finished=str(record["finished"]),
            files=tuple(name for name in FILES if (folder / name).is_file()),
            cases={case["id"]: _standing(case) for case in table["cases"]},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _standing(case: Mapping[str, Any]) -> Standing:
    return Standing(case["status"], frozenset((one["document"], one["quote"]) for one in case["threats"]))


def _compared(one: Briefing, before: Briefing | None) -> Briefing:
    """Say what changed; a case is the same by its id, or by a quote that both tables have."""
    if before is None:
        return replace(one, changed="The first of this collection.")
    same: dict[str, str] = {}
    for name, now in one.cases.items():
        near = (old for old, then in before.cases.items() if now.quotes & then.quotes)
        match = name if name in before.cases else next(near, "")
        if match:
            same[name] = match
    moved = sum(one.cases[name].status != before.cases[old].status for name, old in same.items())
    counts = (len(one.cases) - len(same), moved, len(before.cases.keys() - same.values()))
    said = [f"{number(count)} {kind}" for count, kind in zip(counts, _KINDS, strict=True) if count]
    since = f"since {in_words(before.as_of)}."
    return replace(one, changed=capital(f"{listed(said)} {since}") if said else f"Nothing changed {since}")


def _outputs(notebook: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            yield output.get("data", {})


def _masthead(notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    found = (data[MASTHEAD_TYPE] for data in _outputs(notebook) if MASTHEAD_TYPE in data)
    masthead: Mapping[str, Any] = next(found, {})
    return masthead


def _bottom_line(notebook: Mapping[str, Any]) -> str:
    for data in _outputs(notebook):
        if 'class="bottom-line"' in "".join(data.get("text/html", "")):
            return "".join(data.get("text/plain", ""))
    return ""


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def _printable(text: str) -> str:
    """Return text without what XML 1.0 cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
