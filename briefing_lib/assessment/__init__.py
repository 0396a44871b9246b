"""Threats and outcomes over all documents → cases with a status as of a day."""

from collections.abc import Iterable
from datetime import date

from briefing_lib.extraction import Extraction
from briefing_lib.models import Case


def assess(extractions: Iterable[Extraction], *, as_of: date) -> tuple[Case, ...]:
    """Link the mentions into cases and say what came of each as of a day."""
    return ()
