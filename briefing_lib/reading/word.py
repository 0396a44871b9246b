"""Word files: paragraphs and tables in order, and core properties, through python-docx."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from briefing_lib.models import DateRange
from briefing_lib.reading.extracted import Extracted, Metadata, normalise_text, plain
from briefing_lib.reading.limits import Limits, Unreadable, require
from briefing_lib.reading.publication import parse_published

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# The stamp of python-docx's own template, which says nothing of the document made from it.
_TEMPLATE_CREATED = datetime(2013, 12, 23, 23, 15)
_MOST_PARTS = 10_000
# Below this, a high ratio is a small file with long runs of the same character, not a bomb.
_SMALL = 1_000_000


def extract_word(data: bytes, limits: Limits) -> Extracted:
    """Return the paragraphs and table cells of a ``.docx``, a blank line between them, and its core properties.

    Raises
    ------
    Unreadable
        It is no ``.docx``, unpacks to too much, or defines XML entities.
    """
    from docx import Document as open_word  # noqa: N813 - slow to import; a function in spite of its name

    _check_package(data, limits)
    word = open_word(BytesIO(data))
    text = normalise_text("\n\n".join(_blocks(word)))
    if not text:
        raise Unreadable("no text in this Word file")
    return Extracted(text, _properties(word), created=_created(word))


def _check_package(data: bytes, limits: Limits) -> None:
    """Refuse a package that unpacks to too much or whose XML defines entities, before anything parses it."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted, or in the old .doc format; save it as .docx without a password")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            expanded = sum(part.file_size for part in parts)
            require(len(parts), _MOST_PARTS, what="the number of its parts", option="max_expanded_bytes")
            require(expanded, limits.max_expanded_bytes, what="what it unpacks to", option="max_expanded_bytes")
            if expanded > _SMALL:
                ratio = expanded // max(len(data), 1)
                require(ratio, limits.max_expansion, what="its ratio of unpacked to packed", option="max_expansion")
            for part in parts:
                _check_part(package, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(f"not a .docx file: {error}") from error


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    # Without NULs, so that a part in UTF-16 cannot hide a declaration.
    markup = package.read(part).replace(b"\0", b"")
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise Unreadable(f"its part {plain(part.filename)!r} defines XML entities, which no Word file needs")


def _blocks(word: "WordDocument") -> Iterator[str]:
    from docx.table import Table

    for block in word.iter_inner_content():
        if isinstance(block, Table):
            yield from _cells(block)
        elif block.text.strip():
            yield block.text.strip()


def _cells(table: object) -> Iterator[str]:
    """Yield the text of each cell once; a merged cell stands in several places of the grid."""
    seen: set[object] = set()
    for row in table.rows:  # type: ignore[attr-defined]
        for cell in row.cells:
            text = cell.text.strip()
            if cell._tc not in seen and text:
                seen.add(cell._tc)
                yield text


def _properties(word: "WordDocument") -> Metadata:
    core = word.core_properties
    return Metadata(title=plain(core.title) or None, author=plain(core.author) or None)


def _created(word: "WordDocument") -> DateRange | None:
    created = word.core_properties.created
    if created is None or created.replace(tzinfo=None) == _TEMPLATE_CREATED:
        return None
    return parse_published(created)
