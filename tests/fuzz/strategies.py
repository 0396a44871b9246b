"""Texts and bytes of the kind that break readers: words of each format in any order, and whole files, damaged."""

import zlib
from io import BytesIO

from hypothesis import strategies as st

NEWS = (
    "Ruritania",
    "Graustark",
    "threatened",
    "to",
    "close",
    "the strait",
    "if",
    "unless",
    "will",
    "would",
    "bomb",
    "“",
    "”",
    '"',
    "said",
    ",",
    ".",
    "\n",
    "\n\n",
    " ",
    "on Monday",
    "by 24 June 2020",
    "suspended",
    "its plan",
    "did not",
    "never",
    "the minister",
    "he",
    "(Photo: AP)",
    "Advertisement",
    "- ",
    "# ",
    "> ",
    "file photo: ",
    "2020-02-30",
    "31 June",
    "last year",
    "in two weeks",
    "by the end of",
    "the 1950s",
    "Feb. 29",
    "\u202e",
    "\0",
    "\x1b[2J",
    "북",
    "é",
    "ﬁ",
    "İ",
    "\ud7ff",
    "'s",
)
MARKUP = (
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<mglyph>",
    "<table>",
    "<template>",
    "<noscript>",
    "<title>",
    "<textarea>",
    "<xmp>",
    "<plaintext>",
    "<a href=",
    "<img src=x onerror=",
    "javascript:",
    "java\tscript:",
    "data:text/html,",
    "&lt;",
    "&#x3c;",
    "&NewLine;",
    "&",
    "'",
    '"',
    "`",
    "=",
    " onload=",
    " href=",
    " xlink:href=",
    " style=",
    "evil()",
    "<p>",
    "</p>",
    "<p title='",
    "<?",
    "<!",
    "<base href=x>",
    "<meta http-equiv=refresh content=0>",
    "<iframe srcdoc=",
    "<form><math><mtext></form><form>",
    "\0",
    "\f",
    "<svg><foreignObject>",
    "<annotation-xml encoding=text/html>",
    "<select>",
    "<frameset>",
    "<!DOCTYPE html>",
    "<body>",
    "<!-->",
    "--!>",
    "<![CDATA[>",
    "<plaintext>",
    "<desc>",
    "<img src=x onerror=evil()>",
    "\n",
)
TABLE = (
    "title",
    "published",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    '"',
    "'",
    '"""',
    "\\",
    "\\u",
    ".",
    ",",
    "\n",
    "#",
    "2020-02-30",
    "1e999",
    "inf",
    "nan",
    "true",
    "0x",
    "a",
    " ",
    "---\n",
    ": ",
    "- ",
    "&a ",
    "*a",
    "!!python/object:x",
    "|",
    "? ",
    "<<",
    "%YAML",
    "\t",
    "null",
    "-",
    "\x00",
    "é",
    "date",
    "language",
    "grade",
    "limits",
    "max_bytes",
    "text",
    "id",
)


def soup(*words: str, most: int = 40) -> st.SearchStrategy[str]:
    """Words in any order, among them some text of no kind."""
    return st.lists(st.sampled_from(words) | st.text(max_size=6), max_size=most).map("".join)


NEWS_TEXT = st.lists(st.sampled_from(NEWS), max_size=40).map(" ".join) | soup(*NEWS) | st.text(max_size=300)
# What would run, within what a browser and a parser may read differently.
_NESTED = st.lists(st.sampled_from(MARKUP), max_size=6).map("".join).map("{}<img src=x onerror=evil()>".format)
MARKUP_TEXT = soup(*MARKUP) | st.tuples(_NESTED, soup(*MARKUP, most=6)).map("".join)
TABLE_TEXT = soup(*TABLE)


def _word() -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph("Ruritania threatened to close the strait.")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _pdf() -> bytes:
    from hostile.bombs import a_pdf

    return a_pdf(zlib.compress(b"BT /F 9 Tf (Ruritania threatened to close the strait.) Tj ET"))


WHOLE = {".docx": _word(), ".pdf": _pdf(), ".html": b"<html><body><article><p>The strait is closed.</p></article>"}


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A whole file with some bytes cut out, put in, or changed."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        gone = draw(st.integers(0, 20))
        content[start : start + gone] = draw(st.binary(max_size=20))
    return bytes(content)


def files(suffix: str) -> st.SearchStrategy[bytes]:
    """Bytes of a file that calls itself so."""
    texts = NEWS_TEXT | MARKUP_TEXT | TABLE_TEXT.map("---\n{}\n---\n".format)
    coded = st.tuples(texts, st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig", "utf-32", "mac_roman"]))
    anything = st.binary(max_size=300) | coded.map(lambda pair: pair[0].encode(pair[1], "replace"))
    return damaged(WHOLE[suffix]) | anything if suffix in WHOLE else anything
