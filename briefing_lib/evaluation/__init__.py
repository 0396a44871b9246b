"""How well the pipeline finds threats and what came of them, measured against annotated text."""

from briefing_lib.evaluation.changes import to_json
from briefing_lib.evaluation.gold import BadGold
from briefing_lib.evaluation.records import Scorecard
from briefing_lib.evaluation.report import to_markdown, to_text
from briefing_lib.evaluation.scorecard import PARTS, evaluate

__all__ = ["PARTS", "BadGold", "Scorecard", "evaluate", "to_json", "to_markdown", "to_text"]
