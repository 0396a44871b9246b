"""Python's search for cycles that nothing holds any more, made seldom while a table or a briefing is made.

A run makes some hundred thousand objects that stay to its end, and few cycles. By Python's own setting the search for
them, after each 700 new objects (2,000 since 3.13), took a tenth of the run, and the memory at its peak was the same.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects between two searches.
OBJECTS = 50_000
# The same for a kernel: a line that leaves no name behind.
LINE = f'__import__("gc").set_threshold({OBJECTS})'


@contextmanager
def seldom() -> Iterator[None]:
    """Search for cycles seldom in this process, unless somebody has asked for even less; and as before afterwards."""
    before = gc.get_threshold()
    if 0 < before[0] < OBJECTS:
        gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def settle() -> None:
    """Free what a piece of work left behind in cycles, and look no further at what stays: lists, models, known words.

    A parse is a cycle, and holds what the model computed of it. What is left alone so is only searched once, so that to
    search after each piece of a worker's costs some milliseconds (`gc.freeze`).
    """
    gc.collect()
    gc.freeze()
