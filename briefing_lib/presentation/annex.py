"""What is too long for its place: the whole table, and the whole list of sources."""

from briefing_lib.models import FollowThrough
from briefing_lib.presentation.case_table import cases_annex
from briefing_lib.presentation.markup import HEADINGS_TYPE, Block, together
from briefing_lib.presentation.sources import sources_annex


def annex(follow_through: FollowThrough) -> Block:
    """Return the annexes that a briefing needs, with their headings for the contents; nothing where none is needed."""
    parts = [made for make in (cases_annex, sources_annex) if (made := make(follow_through)).html]
    headings = [heading for part in parts for heading in part.data[HEADINGS_TYPE]]
    data = {HEADINGS_TYPE: headings} if headings else {}
    return Block(together(part.html for part in parts), "\n".join(part.text for part in parts), data)
