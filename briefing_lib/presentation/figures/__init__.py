"""Cases → figures: a headline that states the finding, a drawing at two widths, and the data behind it."""

from briefing_lib.presentation.figures.durations import duration_figure
from briefing_lib.presentation.figures.publications import publication_figure
from briefing_lib.presentation.figures.rates import rates_figure
from briefing_lib.presentation.figures.statuses import status_figure
from briefing_lib.presentation.figures.timeline import timeline_figure

__all__ = ["duration_figure", "publication_figure", "rates_figure", "status_figure", "timeline_figure"]
