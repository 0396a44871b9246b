"""Bytes → text: which encoding a file is in."""

import codecs

from briefing_lib.reading.extracted import normalise_text
from briefing_lib.reading.limits import Unreadable

# UTF-32 before UTF-16, whose mark its own begins with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Typographic marks, which tell the two legacy encodings of English text apart; detection by letters cannot.
_MARKS_OF_TYPE = frozenset("“”‘’–—…•")
_WESTERN = ("cp1252", "mac_roman")
_SAMPLE = 100_000


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text that the bytes spell, and notes on how sure that is.

    UTF-8 first, then by byte order mark, then by detection, then cp1252.

    Raises
    ------
    Unreadable
        The bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return normalise_text(_decode_marked(data, encoding)), ()
    if b"\0" in data:
        raise Unreadable("not text: it holds NUL bytes; save it as UTF-8 text, or in a format that is read")
    try:
        return normalise_text(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text, note = _decode_legacy(data)
        return normalise_text(text), (note,)


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"not text: it begins as {encoding} and byte {error.start:,} is not {encoding}") from error


def _decode_legacy(data: bytes) -> tuple[str, str]:
    mended = data.decode("utf-8", "replace")
    bad = mended.count("\ufffd")
    good = sum(character > "\x7f" for character in mended) - bad
    if good > bad:
        # One stray byte must not turn every curly quote of a UTF-8 file into three wrong letters.
        return mended, f"{bad} byte sequences are not UTF-8 and stand as \ufffd"
    encoding = _detect(data)
    try:
        return data.decode(encoding), f"decoded as {encoding}, which was detected, not declared"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "decoded as cp1252, which was assumed, not declared"


def _detect(data: bytes) -> str:
    sample = data[:_SAMPLE]
    scores = {name: sum(c in _MARKS_OF_TYPE for c in sample.decode(name, "replace")) for name in _WESTERN}
    best = max(_WESTERN, key=lambda name: scores[name])
    if 2 * scores[best] > sum(byte > 0x7F for byte in sample):
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return found.encoding if found else "cp1252"
