"""A collection of a few hundred documents that mean harm: every payload in every format, in text and metadata."""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from .payloads import ALL

DAY = "2021-03-05"


def prose(payload: str) -> str:
    """Sentences that are found as a threat and its outcome, with a payload in every part that reaches the table."""
    return (
        f"Ruritania threatened on Monday to close the strait {payload} if Graustark sends {payload} ships. "
        f"“We will bomb {payload} the capital,” said the minister {payload} of Ruritania.\n\n"
        f"{payload}\n\nOn Tuesday Ruritania closed the strait {payload} to ships of Graustark. "
        f"The {payload} ministry of Ruritania suspended its plan to attack Graustark."
    )


def make(folder: Path, payloads: Sequence[str] = ALL, *, of: int = 1) -> Path:
    """Fill a folder with each payload in one of so many formats in turn; in all seven where ``of`` is 1."""
    folder.mkdir()
    for files in documents(payloads, of=of):
        for name, content in files.items():
            (folder / name).write_bytes(content)
    return folder


def documents(payloads: Sequence[str], *, of: int) -> Iterator[dict[str, bytes]]:
    """Yield the files of each document, by name."""
    for number, payload in enumerate(payloads):
        for place, files in enumerate(_in_each_format(number, payload)):
            if (number + place) % of == 0:
                yield files


def _in_each_format(number: int, payload: str) -> Iterator[dict[str, bytes]]:
    """Yield each document's files by name: the last but one has a sidecar, the last a name that means harm."""
    stem = f"{DAY}-{number:03}"
    quoted = json.dumps(payload)
    sidecar = "".join(f"{key} = {quoted}\n" for key in _FIELDS)
    name = "".join(c for c in payload if c.isprintable() and c not in "/\0")[:60]
    yield {f"{stem}a.txt": prose(payload).encode()}
    yield {f"{stem}b.md": f"---\ntitle: {quoted}\npublisher: {quoted}\n---\n{_marked(payload)}".encode()}
    yield {f"{stem}c.html": _page(payload)}
    yield {f"{stem}d.jsonl": json.dumps(_record(payload)).encode()}
    yield {f"{stem}e.docx": _word(payload)}
    yield {f"{stem}f.txt": prose("quietly").encode(), f"{stem}f.toml": sidecar.encode()}
    yield {f"{stem} {name}.txt": prose("quietly").encode()}


_FIELDS = ("title", "publisher", "author", "url", "licence")


def _marked(payload: str) -> str:
    return f"# {payload}\n\n{prose(payload)}\n\n> {payload}\n\n```python\n{payload}\n```\n"


def _page(payload: str) -> bytes:
    meta = "".join(f'<meta property="og:{key}" content="{payload}">' for key in ("title", "site_name", "url"))
    body = "".join(f"<p>{part}</p>" for part in prose(payload).split("\n\n"))
    return f"<!DOCTYPE html><html><head><title>{payload}</title>{meta}</head><body><article>{body}</article>".encode()


def _record(payload: str) -> dict[str, str]:
    return {"id": payload, "text": prose(payload), "date": DAY, **dict.fromkeys(_FIELDS, payload)}


def _word(payload: str) -> bytes:
    from docx import Document

    document = Document()
    clean = "".join(c for c in payload if c in "\t\n" or (c.isprintable() and c < "\ufffe"))
    for paragraph in prose(clean).split("\n\n"):
        document.add_paragraph(paragraph)
    document.core_properties.title = clean[:200]
    document.core_properties.author = clean[:200]
    content = BytesIO()
    document.save(content)
    return content.getvalue()
