"""Files that would exhaust, confuse or escape whoever reads them, and what is said of each (None: it is read)."""

import os
import socket
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

PROSE = "Ruritania threatened on Monday to close the strait if Graustark sends ships, the minister of Ruritania said."
MANY = 50_000
Bomb = bytes | Callable[[Path], None]


def put(folder: Path, some: Iterable[tuple[str, Bomb, str | None]]) -> None:
    """Make these files in a folder, beside a good one."""
    folder.mkdir()
    (folder / "good.txt").write_text(PROSE, encoding="utf-8")
    for name, content, _ in some:
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            content(folder / name)
    (folder / "folder.txt" / "inner.txt").write_text(PROSE, encoding="utf-8")


def bombs() -> Iterator[tuple[str, Bomb, str | None]]:
    """Yield a name, the content or what makes it, and a part of the reason why it is skipped, or None."""
    yield from _texts()
    yield from _pages()
    yield from _markdown()
    yield from _records()
    yield from _sidecars()
    yield from _word_files()
    yield from _pdfs()
    yield from places()


def _texts() -> Iterator[tuple[str, Bomb, str | None]]:
    yield "empty.txt", b"", "empty"
    yield "blank.txt", b" \n\t\r\n" * 9, "empty"
    yield "only-a-mark.txt", b"\xef\xbb\xbf", "empty"
    yield "nul.txt", PROSE.encode() + b"\0" + PROSE.encode(), "NUL"
    yield "gigabyte.txt", lambda path: os.truncate(_touched(path), 1 << 30), "max_bytes under [limits]"
    yield "terabyte.pdf", lambda path: os.truncate(_touched(path), 1 << 30), "max_bytes under [limits]"
    yield "line-of-50-MB.txt", b"a " * 25_000_000, "max_bytes under [limits]"
    yield "line-of-2-MB.txt", b"a" * 2_000_000, "max_characters under [limits]"
    yield "million-lines.txt", b"a\n" * 900_000, "max_characters under [limits]"
    yield "utf16-without-mark.txt", PROSE.encode("utf-16-le"), "NUL"
    yield "half-utf16.txt", b"\xff\xfe" + PROSE.encode("utf-16-le") + b"x", "not utf-16"
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "NUL"
    yield "invalid.txt", f"“{PROSE}” – ".encode() * 9 + b"\xff\xfe\xc0\x80\xed\xa0\x80", None
    yield "mixed.txt", PROSE.encode() + "\n\n“é”".encode("cp1252") + f"\n\n“{PROSE}”".encode(), None
    yield "right-to-left.txt", f"{PROSE}\n\n\u202eخطر\u202c التقى الوزير".encode(), None
    yield "arabic.txt", ("قال الوزير إن المضيق مغلق وإن السفن تنتظر الأمر بالمغادرة. " * 8).encode(), "not in English"
    yield "line-ends.txt", PROSE.encode() + b"\r\r\n\n\r\v\f\x1c\x85" + PROSE.encode("utf-8"), None


def _pages() -> Iterator[tuple[str, Bomb, str | None]]:
    page = b"<html><body><article><p>" + PROSE.encode() + b"</p>"
    yield "deep.html", page + b"<div>" * MANY, None
    yield "deep-table.html", page + b"<table><tr><td>" * MANY, None
    yield "attributes.html", b"<html><body " + b"a=b " * MANY + page, None
    yield "open-comment.html", page + b"<!--" * MANY, None
    yield "brackets.html", page + b"<" * MANY, None
    yield "entities.html", page + b"&amp" * MANY, None
    yield "declared.html", b"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>" + page + b"&a;", None
    yield "charset.html", b"<meta charset=no-such-charset>" + page, None
    yield "utf7.html", b"<meta charset=utf-7>" + page + b"+ADw-script+AD4-window.pwned=1+ADw-/script+AD4-", None
    yield "scripts-only.html", b"<html><script>document.write('x')</script>", "no text"


def _markdown() -> Iterator[tuple[str, Bomb, str | None]]:
    laughs = b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b"*a%d," % (n - 1) * 9) for n in range(1, 30))
    yield "laughs.md", b"---\n" + laughs + b"---\n" + PROSE.encode(), None
    yield "tag.md", b"---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n" + PROSE.encode(), "not YAML"
    yield "deep-yaml.md", b"---\na: " + b"[" * 9_000 + b"\n---\n" + PROSE.encode(), "not YAML"
    yield "open-front-matter.md", b"---\n" + b"a: b\n" * MANY + PROSE.encode(), None
    yield "list.md", b"---\n- a\n---\n" + PROSE.encode(), "no list of fields"
    yield "deep.md", b"> " * MANY + PROSE.encode(), None


def _records() -> Iterator[tuple[str, Bomb, str | None]]:
    yield "deep.jsonl", b'{"text": ' + b"[" * MANY, "nested too deeply"
    yield "line.jsonl", b'{"text": "' + b"a" * 21_000_000, "max_bytes under [limits]"
    yield "number.jsonl", b'{"text": ' + b"9" * MANY + b"}", "not JSON"
    yield "surrogate.jsonl", b'{"text": "' + PROSE.encode() + b'\\ud800", "title": "\\udfff"}', None


def _sidecars() -> Iterator[tuple[str, Bomb, str | None]]:
    for name, content in {
        "deep": b"a = " + b"[" * MANY,
        "keys": b".".join([b"a"] * MANY) + b" = 1",
        "long": b'title = "' + b"a" * 3_000_000 + b'"',
        "binary": b"\xff\xfe\0\0",
        "cut": b'title = "half',
        "number": b'title = "t"\nx = ' + b"9" * MANY,
    }.items():
        yield f"{name}-toml.txt", _with_sidecar(content), "metadata beside it cannot be used"


def _with_sidecar(content: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(PROSE, encoding="utf-8")
        path.with_suffix(".toml").write_bytes(content)

    return make


def _word_files() -> Iterator[tuple[str, Bomb, str | None]]:
    entities = b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><w>&b;</w>"
    yield "laughs.docx", _packed({"word/document.xml": entities}), "XML entities"
    yield "laughs-utf16.docx", _packed({"word/document.xml": entities.decode().encode("utf-16")}), "XML entities"
    outside = b"<!DOCTYPE x SYSTEM 'file:///etc/hostname'><w/>"
    yield "outside.docx", _packed({"word/document.xml": outside}), "XML entities"
    yield "bomb.docx", _packed({"word/document.xml": b" " * 90_000_000}), "max_expansion under [limits]"
    large = {f"{number}.xml": bytes(19_000_000) for number in range(6)}
    yield "large.docx", _packed(large), "max_expanded_bytes under [limits]"
    yield "parts.docx", _packed({f"{n}.xml": b"" for n in range(10_001)}), "number of its parts"
    yield "climbing.docx", _packed({"../../../../pwned": b"x", "/pwned": b"x"}), "damaged"
    yield "cut.docx", _packed({"word/document.xml": b"<w/>"})[:-30], "not a .docx"
    yield "no-zip.docx", b"PK\x03\x04" + b"\0" * 99, "not a .docx"
    yield "shut.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "encrypted"


def _packed(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return content.getvalue()


def _pdfs() -> Iterator[tuple[str, Bomb, str | None]]:
    yield "stream.pdf", a_pdf(zlib.compress(b" " * 400_000_000)), "damaged"
    yield (
        "words.pdf",
        a_pdf(zlib.compress(b"BT /F 9 Tf " + b"(abc def) Tj " * 500_000 + b" ET")),
        "max_page_bytes under [limits]",
    )
    same = zlib.compress(b"BT /F 9 Tf " + b"() Tj " * 400_000 + b" ET")
    yield "same.pdf", a_pdf(same, kids=b"3 0 R " * 1_000, count=1_000), "max_content_bytes under [limits]"
    yield "pages.pdf", a_pdf(b"", kids=b"3 0 R " * MANY, count=10**9), "max_pages under [limits]"
    yield "circle.pdf", a_pdf(b"", kids=b"2 0 R", count=1), "damaged"
    yield "deep.pdf", a_pdf(b"", extra=b"[" * MANY), "no text"
    yield "cut.pdf", a_pdf(b"")[:100], "damaged"
    yield "no.pdf", b"%PDF-1.7\n" + b"x" * 999, "damaged"
    yield "scan.pdf", a_pdf(b""), "no text"
    yield "shut.pdf", _shut, "encrypted"


def a_pdf(stream: bytes, *, kids: bytes = b"3 0 R", count: int = 1, extra: bytes = b"") -> bytes:
    """A PDF of one packed stream, written by hand so that it may lie."""
    packed = b"/Filter /FlateDecode " if stream else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>" + extra,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(stream), packed, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = BytesIO(b"%PDF-1.7\n")
    out.seek(0, os.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _shut(path: Path) -> None:
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u", R=6))


def places() -> Iterator[tuple[str, Bomb, str | None]]:
    yield "pipe.txt", os.mkfifo, "not a regular file"
    yield "socket.txt", _socket, "not a regular file"
    yield "null.txt", _device, "not a regular file"
    yield "out.txt", lambda path: path.symlink_to("/etc/hostname"), "leaves the collection"
    yield "up.txt", lambda path: path.symlink_to("../" * 30 + "etc/passwd"), "leaves the collection"
    yield "zero.txt", lambda path: path.symlink_to("/dev/zero"), "leaves the collection"
    yield "loop.txt", lambda path: path.symlink_to(path.name), "leads nowhere"
    yield "circle", lambda path: path.symlink_to("."), "not a regular file"
    yield "program.exe", b"MZ" + bytes(99), "is not read"
    yield "no-suffix", PROSE.encode(), "without a suffix"
    yield "folder.txt", Path.mkdir, None
    yield "Case.txt", PROSE.encode(), None
    yield "case.txt", PROSE.encode(), None
    yield "con.txt", PROSE.encode(), None
    yield "-rf.txt", PROSE.encode(), None
    yield "~.txt", PROSE.encode(), None
    yield "$(touch pwned).txt", PROSE.encode(), None
    yield "{title!r}.txt", PROSE.encode(), None
    yield "a" * 240 + ".txt", PROSE.encode(), None
    yield "\u202etxt.exe.txt", PROSE.encode(), "rename it"
    yield "line\nbreak.txt", PROSE.encode(), "rename it"
    yield os.fsdecode(b"bad\xff.txt"), PROSE.encode(), "rename it"


def _touched(path: Path) -> Path:
    path.write_bytes(PROSE.encode())
    return path


def _socket(path: Path) -> None:
    # Its path may be longer than a socket's may.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path) -> None:
    with suppress(PermissionError):
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    if not path.exists():
        os.mkfifo(path)
