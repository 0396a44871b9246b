"""``python -m briefing_lib.evaluation GOLD``: the same as ``briefing evaluate GOLD``."""

from briefing_lib.evaluation.command import run

run()
