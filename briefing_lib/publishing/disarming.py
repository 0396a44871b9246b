"""Take out of a page whatever could run, load or lead away, and forbid the rest by a policy.

Everything that a document brings is escaped where it is shown. This is the second line: a notebook's outputs and
Markdown may hold any HTML, and the page goes to people who trust it.

A browser must find in the page the tags that were looked at here and no others. The two read differently where a
comment, a declaration or a style holds what looks like a tag, and where a name holds what ends one in a browser; none
of these is left, and every other ``<`` is escaped.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from briefing_lib.presentation.policy import content_security_policy

# A policy cannot stop a refresh or a base; the others are here because a page may be read where no policy holds.
_FORBIDDEN = (
    *("script", "iframe", "frame", "object", "embed", "applet", "portal", "base", "link", "form"),
    *("foreignobject", "animate", "animatemotion", "animatetransform", "set"),
    # After it a browser reads no tag at all, so that the rest of the page would be shown as its source.
    "plaintext",
)
_NAME = re.compile(r"[A-Za-z_][\w:.-]*", re.ASCII)
# Within a drawing a browser reads tags in a style, unlike elsewhere; no style needs them.
_TAG = re.compile(r"<[A-Za-z/!?]")
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "background", "xlink:href"})
_DROPPED = frozenset({"srcdoc", "ping", "srcset", "http-equiv"})
# A drawing shown as a picture runs nothing; one that is used as a part of the page would be one with it.
_SHOWN = frozenset({"img", "image"})
_LINK_SCHEMES = frozenset({"", "http", "https", "mailto"})
_PICTURES = tuple(f"data:image/{kind};" for kind in ("png", "jpeg", "gif", "webp", "svg+xml"))
# What a reader may save from the page: a download, never a page that opens.
_DOWNLOADS = ("data:text/csv", "data:application/json", "data:text/plain")


def disarm(html: str, *, script: str = "") -> str:
    """Return a page with no handler, frame, refresh or outside resource, no script but one, and a policy in its head.

    Links that a reader may follow (``http``, ``https``, ``mailto``, within the page) stay.

    Parameters
    ----------
    script
        The page's own script, to the character, or an empty string where it has none.
    """
    from bs4 import BeautifulSoup
    from bs4.element import Doctype, PreformattedString
    from bs4.exceptions import ParserRejectedMarkup

    try:
        page = BeautifulSoup(html, "html.parser")
    except ParserRejectedMarkup:
        # It gives up on a marked section that is cut off, which is harmless as text.
        page = BeautifulSoup(html.replace("<![", "&lt;!["), "html.parser")
    for text in page.find_all(string=lambda one: isinstance(one, PreformattedString)):
        if not (isinstance(text, Doctype) and text.parent is page):
            text.extract()
    for element in page.find_all(lambda one: _is_forbidden(one, script)):
        element.decompose()
    for element in page.find_all(True):
        _disarm_attributes(element)
    if page.head is not None:
        policy = {"http-equiv": "Content-Security-Policy", "content": content_security_policy(script)}
        page.head.insert(0, page.new_tag("meta", attrs=policy))
        # The encoding must stand in the first 1024 bytes, so before anything else.
        page.head.insert(0, page.new_tag("meta", attrs={"charset": "utf-8"}))
    return str(page)


def _is_forbidden(element: Any, script: str) -> bool:
    if element.name == "script":
        return bool(element.attrs) or not script or element.string != script
    if element.name == "style":
        return _TAG.search(element.get_text()) is not None
    return element.name in _FORBIDDEN or not _NAME.fullmatch(element.name)


def _disarm_attributes(element: Any) -> None:
    if element.name == "meta" and (element.get("charset") or element.get("http-equiv")):
        element.decompose()
        return
    for name in list(element.attrs):
        low = name.lower()
        is_refused = low.startswith("on") or low in _DROPPED or not _NAME.fullmatch(name)
        if is_refused or (low in _ADDRESSES and not _is_harmless(element, name)):
            del element.attrs[name]


def _is_harmless(element: Any, name: str) -> bool:
    """Tell whether an address leads nowhere by itself: a place in the page, a picture in it, or a link to follow."""
    # Browsers drop control characters and blanks within a scheme.
    plain = "".join(character for character in str(element.attrs[name]) if character > " ").lower()
    if plain.startswith("#"):
        return True
    if element.name not in ("a", "area"):
        return element.name in _SHOWN and plain.startswith(_PICTURES)
    if plain.startswith(_DOWNLOADS):
        return bool(element.has_attr("download"))
    try:
        return urlsplit(plain).scheme in _LINK_SCHEMES
    except ValueError:
        return False
