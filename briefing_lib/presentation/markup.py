"""HTML by construction: every text is escaped unless it already is markup, so that no document can add any."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

Child = str | int | None | Iterable["Child"]

# Read by the page's template for the contents: places and words of headings that stand in no markdown cell.
HEADINGS_TYPE = "application/vnd.briefing.headings+json"
MOST_SIDE_BY_SIDE = 2  # columns that fit a telephone
VOID = frozenset({"br", "hr", "img", "meta"})
# Control characters and what XML cannot hold; and Unicode's overrides, embeddings and isolates, which turn round what
# stands beside them (TR 36, section 3). The marks that right-to-left text needs stay.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """Return a text of the same length in which what cannot be shown, or would reorder a page, stands as U+FFFD."""
    return _UNSHOWN.sub("\ufffd", text)


def tag(name: str, *children: Child, **attributes: str | bool | int | None) -> Markup:
    """Return one element. Text children and attribute values are escaped; ``Markup`` children are taken as they are.

    Attribute names end in ``_`` where Python reserves the word, and ``_`` within stands for ``-``. True gives an
    attribute without a value; False and None leave it out.
    """
    parts = [Markup("<"), Markup(name)]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        said = key.rstrip("_").replace("_", "-")
        parts.append(Markup(f" {said}") if value is True else Markup(f' {said}="{{}}"').format(_safe(value)))
    parts.append(Markup(">"))
    if name in VOID:
        return Markup("").join(parts)
    return Markup("").join([*parts, together(*children), Markup(f"</{name}>")])


def together(*children: Child) -> Markup:
    """Return the children one after the other, None left out."""
    parts: list[Markup] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, str | int):
            parts.append(escape(_safe(child)))
        else:
            parts.append(together(*child))
    return Markup("").join(parts)


def _safe(value: str | int) -> str | int:
    return value if isinstance(value, Markup) or not isinstance(value, str) else shown(value)


def beneath(words: Child, *, class_: str | None = None) -> Markup:
    """Return words that stand in small type below those before them; parted by a blank where no style says so."""
    return together(" ", tag("small", words, class_=class_))


def data_table(
    caption: Child,
    heads: Sequence[str],
    rows: Iterable[Sequence[Child]],
    *,
    numeric: Iterable[int] = (),
    class_: str = "",
) -> Markup:
    """Return a table with a caption and scopes; the first cell of a row heads it.

    ``numeric`` names the columns, by position, that hold numbers and are set flush right. On a narrow screen a row of
    more than two cells is stacked.
    """
    right = frozenset(numeric)
    kinds = ["number" if place in right else None for place in range(len(heads))]
    head = tag("tr", (tag("th", text, scope="col", class_=kind) for text, kind in zip(heads, kinds, strict=True)))
    body = (
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            (
                tag("td", cell, class_=kind, data_label=text)
                for cell, kind, text in zip(row[1:], kinds[1:], heads[1:], strict=True)
            ),
        )
        for row in rows
    )
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", head),
        tag("tbody", body),
        class_=" ".join(("figures-table", *(["stacked"] if len(heads) > MOST_SIDE_BY_SIDE else []), *class_.split())),
    )


@dataclass(frozen=True, slots=True)
class Block:
    """One thing a notebook shows: HTML for a page, plain text for a terminal, data for programs."""

    html: str = field(repr=False)
    text: str
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        """Return the plain text."""
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return what Jupyter shows, by media type."""
        return {"text/html": str(self.html), "text/plain": self.text, **self.data}


def annex_block(key: str, title: str, content: Markup, text: str) -> Block:
    """Return an annex under a heading of its own, which the contents name."""
    section = tag("section", tag("h2", title, id=key), content, aria_labelledby=key, class_="annex")
    return Block(section, text, {HEADINGS_TYPE: [{"id": key, "title": title}]})


def nothing_to_show(sentence: str) -> Block:
    """Return a block that is one sentence, in place of a table or figure that would be empty."""
    return Block(tag("p", sentence, class_="note"), plain(sentence))


def plain(text: str) -> str:
    """Return a text as it is, and markup as the text that it shows."""
    return text.striptags() if isinstance(text, Markup) else text
