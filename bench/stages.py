"""Where the time of a table goes, step by step: processor milliseconds a document, in one process.

``python bench/stages.py FOLDER`` measures what docs/scale.md tells; the folder is one that `briefing table` takes. The
inner steps are timed by a clock around the function that does them, which costs each some microseconds.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

from briefing_lib.assessment.reach import Reach, sought_by
from briefing_lib.collecting import seldom
from briefing_lib.extraction import Extraction, Rules, opened, parsing
from briefing_lib.models import Document
from briefing_lib.pipeline import extractor_for
from briefing_lib.reading import iter_sources

# What is timed, in the order of a document's way.
_STEPS: tuple[tuple[str, Any, str], ...] = (
    ("the screen, by letters", Rules, "_may_threaten"),
    ("the screen, by tags", Rules, "_may_threaten_as_tagged"),
    ("tagging and parsing", parsing, "_through"),
    ("a parse as records", parsing, "as_parse"),
    ("rules for threats, with the names of their documents", opened.Opened, "threatens"),
    ("reading whole what holds a threat", opened.Opened, "read"),
    ("names of the others", opened.Opened, "unread"),
    ("reading on what may bear on a threat", opened.Opened, "with_more"),
)


def main(folder: Path) -> None:
    """Measure, and print a table."""
    spent: Counter[str] = Counter()
    for step, owner, name in _STEPS:
        setattr(owner, name, _timed(getattr(owner, name), step, spent))
    rules = extractor_for(folder, "rules")
    parsing.load_parser()
    started = time.process_time()
    documents = [one for one in iter_sources(folder) if isinstance(one, Document)]
    spent["reading"] = time.process_time() - started
    with seldom():
        skimmed = list(rules.skim(documents))
        reach = Reach(sought_by(threat for one in skimmed for threat in one.threats), rules.lexicon)
        weighing = time.process_time()
        wanted = [view.wanted() if (view := reach.seen_from(one)) else None for one in skimmed]
        spent["weighing by letters"] = time.process_time() - weighing
        read = _read(rules, wanted)
    whole = time.process_time() - started
    spent["the rest"] = whole - spent.total()
    told = sum(1 for one in read if one.outcomes)
    sys.stdout.write(f"{len(documents)} documents, {len(reach.sought)} different threats; of {len(read)} read on, ")
    sys.stdout.write(f"{told} tell what may bear on one\n")
    for step, seconds in (*spent.most_common(), ("all", whole)):
        sys.stdout.write(f"{1000 * seconds / len(documents):7.2f} ms {seconds / whole:5.0%}  {step}\n")


def _read(rules: Rules, wanted: list[Any]) -> list[Extraction]:
    return list(rules.read_on(one for one in wanted if one))


def _timed(function: Callable[..., Any], step: str, spent: Counter[str]) -> Callable[..., Any]:
    """Return a function that adds its time to a step; what it calls of another step is taken off here."""

    @wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        before, started = spent.total(), time.process_time()
        answer = function(*given, **named)
        if isinstance(answer, Iterator):
            answer = iter(list(answer))
        spent[step] += time.process_time() - started - (spent.total() - before)
        return answer

    return timed


if __name__ == "__main__":
    main(Path(sys.argv[1]))
