"""No regular expression of the package takes long on the worst text for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .patterns import BOUNDED


@pytest.mark.skipif(sys.platform != "linux", reason="time is bounded by Linux's own means")
def test_no_pattern_is_slow_on_its_worst() -> None:
    """Twenty thousand characters a text: what costs the square of that is ended by the system, and named."""
    program = Path(__file__).with_name("patterns.py")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, check=True, timeout=240)
    found = json.loads(done.stdout)
    assert found["patterns"] > 50
    assert found["texts"] > 5_000
    assert found["slow"] == []


def test_a_bounded_pattern_has_its_bound_in_the_code() -> None:
    from briefing_lib.extraction import persons
    from briefing_lib.reading import boilerplate

    assert BOUNDED["briefing_lib.extraction.persons._INTRODUCED"] == persons.BEHIND
    assert BOUNDED["briefing_lib.extraction.persons._BEFORE"] == persons.AHEAD
    assert BOUNDED["briefing_lib.reading.boilerplate._FURNITURE"] == boilerplate._LONGEST_FURNITURE
