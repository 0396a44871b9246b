"""How well the pipeline finds threats and what came of them, measured against annotated text."""

from briefing_lib.evaluation.changes import to_json
from briefing_lib.evaluation.frames import (
    change_table,
    confusion_table,
    false_positive_table,
    figure_table,
    mismatch_table,
    miss_table,
    peer_table,
    status_point_table,
)
from briefing_lib.evaluation.gold import BadGold
from briefing_lib.evaluation.records import Scorecard
from briefing_lib.evaluation.report import to_figures, to_markdown, to_text
from briefing_lib.evaluation.scorecard import PARTS, evaluate

__all__ = [
    "PARTS",
    "BadGold",
    "Scorecard",
    "change_table",
    "confusion_table",
    "evaluate",
    "false_positive_table",
    "figure_table",
    "mismatch_table",
    "miss_table",
    "peer_table",
    "status_point_table",
    "to_figures",
    "to_json",
    "to_markdown",
    "to_text",
]
