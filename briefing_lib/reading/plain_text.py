"""Text files: ``.txt`` as it is, ``.md`` with its front matter taken off."""

import datetime as dt
from collections.abc import Mapping

from briefing_lib.reading.decoding import decode
from briefing_lib.reading.extracted import Extracted, plain
from briefing_lib.reading.limits import Limits, Unreadable
from briefing_lib.reading.metadata import metadata_from, unread_date

# Front matter is a page of fields; more than this is something else, and YAML is slow to parse.
_LONGEST_FRONT_MATTER = 20_000


def extract_text(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a ``.txt`` file."""
    text, notes = decode(data)
    return Extracted(text, notes=notes)


def extract_markdown(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a ``.md`` file after its front matter, and what the front matter says.

    Without a title in the front matter, a first-level heading on the first line is the title.
    """
    text, notes = decode(data)
    block, body = _split_front_matter(text)
    values = _load_yaml(block) if block else {}
    metadata = metadata_from(values)
    if metadata.title is None:
        metadata = metadata_from({**values, "title": _first_heading(body)})
    return Extracted(body, metadata, notes=(*notes, *unread_date(values)))


def _split_front_matter(text: str) -> tuple[str, str]:
    """Return the block between the first two ``---`` lines and what follows, or nothing and all of the text."""
    if not text.startswith("---"):
        return "", text
    first_line = text.find("\n")
    if first_line < 0 or text[:first_line].strip() != "---":
        return "", text
    start = first_line
    while (start := text.find("\n---", start, _LONGEST_FRONT_MATTER)) >= 0:
        end = text.find("\n", start + 1)
        end = len(text) if end < 0 else end
        if text[start:end].strip() == "---":
            return text[first_line + 1 : start + 1], text[end + 1 :]
        start = end
    return "", text


def _load_yaml(block: str) -> Mapping[str, object]:
    import yaml  # type: ignore[import-untyped]
    from frontmatter.default_handlers import YAMLHandler

    try:
        # The pure Python loader: libyaml's overflows the C stack on deeply nested brackets and kills the process.
        values = YAMLHandler().load(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        raise Unreadable(f"its front matter is not YAML{where}; mend the lines between the two --- lines") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise Unreadable("its front matter is no list of fields; write lines such as `title: …` between the --- lines")
    return {str(key): _native(value) for key, value in values.items() if isinstance(key, str)}


def _native(value: object) -> object:
    """Keep scalars and lists of strings; anything nested says nothing of a document."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return value if isinstance(value, (str, int, float, bool, dt.date)) else None


def _first_heading(body: str) -> str:
    first = body.lstrip()[:500].split("\n", 1)[0]
    return plain(first[2:]) if first.startswith("# ") else ""
