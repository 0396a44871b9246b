"""``python -m briefing_lib.evaluation GOLD``: the same as ``briefing evaluate GOLD``, where nothing is installed."""

import sys

from briefing_lib.cli import app

app(["evaluate", *sys.argv[1:]])
