"""One figure: drawn by matplotlib at two widths, inlined as SVG whose text is text, with its data beneath it.

Matplotlib writes colours into style attributes, where no style sheet can reach them. ``inline_svg`` turns them into
presentation attributes with a class each: the page's style sheet can then change them for a dark page, and an engine
that reads no style sheet within SVG (WeasyPrint) still has the colour itself.
"""

import io
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from briefing_lib.presentation.figures.palette import INK, MUTED, PARTS, RULE
from briefing_lib.presentation.markup import Block, Child, data_table, plain, shown, tag, together

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Inches; drawn at 100 points an inch of page, so that 10 points of text are about 13 pixels on a page of 46 rem.
WIDE, NARROW = 7.6, 3.7
SVG = "http://www.w3.org/2000/svg"
# As the page's own, for engines that read no style sheet within SVG.
FONTS = "Helvetica Neue, Liberation Sans, Arial, sans-serif"
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "briefing",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "axes.spines.left": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "ytick.major.size": 0,
    "xtick.major.size": 3,
    "text.parse_math": False,
    "savefig.transparent": True,
}

Draw = Callable[["Figure", float], None]


def figure_block(
    key: str,
    headline: Markup,
    note: Markup,
    draw: Draw,
    height: Callable[[float], float],
    data: tuple[Sequence[str], Sequence[Sequence[Child]]],
    *,
    numeric: Sequence[int] = (),
) -> Block:
    """Return a figure with its headline, its note and the data behind it.

    Parameters
    ----------
    key
        A word for the figure, unlike any other's on the page.
    headline
        The finding, as a sentence, its numbers marked up as computed.
    note
        How to read the drawing. Headline and note are also its alternative text.
    draw, height
        Draw onto an empty figure of a width in inches; the height in inches that this takes.
    data
        Heads and rows of the table behind the figure.
    numeric
        Positions of its columns of numbers.
    """
    said = plain(headline), plain(note)
    drawings = together(
        tag("div", _drawn(f"{key}-wide", draw, (WIDE, height(WIDE)), *said), class_="drawing wide"),
        tag(
            "div", _drawn(f"{key}-narrow", draw, (NARROW, height(NARROW)), *said), class_="drawing narrow", hidden=True
        ),
    )
    behind = tag(
        "details",
        tag("summary", "The data behind this figure"),
        data_table(together("Data: ", headline), *data, numeric=numeric),
        class_="data-behind",
    )
    caption = tag("figcaption", tag("p", headline, class_="headline"), tag("p", note, class_="note"))
    html = tag("figure", caption, drawings, behind, id=f"figure-{key}")
    lines = ["; ".join(str(cell) for cell in row) for row in data[1]]
    return Block(html, "\n".join([said[0], *lines]))


def inline_svg(source: str, *, key: str, title: str, description: str) -> Markup:
    """Return matplotlib's SVG for use within a page: no ids but its own, named and described, colours by class."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(shown(source))
    _keep_drawing(root)
    names = {name: f"{key}-{place}" for place, name in enumerate(_referenced(root))}
    for element in root.iter():
        _restyle(element)
        _rename(element, names)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {
        "role": "img",
        "font-family": FONTS,
        "aria-labelledby": f"{key}-title {key}-description",
        "class": "chart",
    }
    for place, (name, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{name}", {"id": f"{key}-{'title' if name == 'title' else 'description'}"})
        element.text = text
        root.insert(place, element)
    return Markup(re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode")))


def _drawn(key: str, draw: Draw, size: tuple[float, float], title: str, description: str) -> Markup:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=size)
        draw(figure, size[0])
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return inline_svg(out.getvalue(), key=key, title=title, description=description)


def _keep_drawing(root: ET.Element) -> None:
    """Drop metadata and matplotlib's own style sheet, which would reach the whole page."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)


def _referenced(root: ET.Element) -> list[str]:
    """Return the ids that the drawing itself refers to, in order."""
    text = ET.tostring(root, encoding="unicode")
    return list(dict.fromkeys(re.findall(r'(?:url\(#|href="#)([^)"]+)', text)))


def _rename(element: ET.Element, names: dict[str, str]) -> None:
    own = element.attrib.pop("id", None)
    if own in names:
        element.set("id", names[own])

    def fresh(found: re.Match[str]) -> str:
        return names.get(found[0], found[0])

    for attribute, value in list(element.attrib.items()):
        # SVG 2 needs no XLink, and HTML has no namespaces.
        del element.attrib[attribute]
        element.set("href" if attribute.endswith("}href") else attribute, re.sub(r"(?<=#)[\w-]+", fresh, value))


def _restyle(element: ET.Element) -> None:
    style = element.attrib.pop("style", "")
    classes = []
    for name, value in re.findall(r"([a-z-]+)\s*:\s*([^;]+)", style):
        if name == "font":
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size.group(1) if size else "10")
            if "bold" in value or re.search(r"\b[67]00\b", value):
                element.set("font-weight", "bold")
        elif name != "font-family":
            element.set(name, value.strip())
        part = PARTS.get(value.strip().lower())
        if part:
            classes.append(f"{name}-{part}")
    if classes:
        element.set("class", " ".join(classes))
    if element.tag == f"{{{SVG}}}text" and "fill" not in element.attrib:
        element.set("fill", INK)
        element.set("class", "fill-ink")
