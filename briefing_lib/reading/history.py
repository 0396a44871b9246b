"""Whether a text tells of years long past, so that its days are not of the time of its publication."""

import re
from functools import lru_cache

from briefing_lib.models import Document

_YEAR = re.compile(r"(?<!since )\b(?:1[5-9]|20)\d\d\b")
# Years before publication from which what a text tells is history; its opening, in characters.
_LONG_PAST, _OPENING = 5, 600
_OF_THE_WEEK = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|tonight"
    r"|(?:this|last|next) (?:week|month))\b"
)


@lru_cache(maxsize=64)
def tells_history(document: Document) -> bool:
    """Tell whether a dated document tells of years long past, with no day of its own week in it.

    Its days without a year ("on May 5") are of the year that it names last, not of the year of its publication.
    """
    if document.published is None or document.published.end is None or _OF_THE_WEEK.search(document.text):
        return False
    years = [int(year) for year in _YEAR.findall(document.text)]
    recent = document.published.end.year - _LONG_PAST
    opens = _YEAR.search(document.text[:_OPENING])
    return opens is not None and int(opens.group()) < recent and sum(y >= recent for y in years) * 4 <= len(years)
