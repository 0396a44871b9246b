"""What is too long for its place: the whole table, and the whole list of sources."""

from briefing_lib.models import FollowThrough
from briefing_lib.presentation.case_table import cases_annex
from briefing_lib.presentation.markup import Block, together
from briefing_lib.presentation.sources import sources_annex


def annex(follow_through: FollowThrough) -> Block:
    """Return the annexes that a briefing needs; nothing where all of it stands in its place."""
    parts = [make(follow_through) for make in (cases_annex, sources_annex)]
    return Block(together(part.html for part in parts), "\n".join(part.text for part in parts if part.text))
