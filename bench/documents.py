"""The documents that are measured with: a folder or a file that is given, else generated ones."""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

# Of real reports of a news agency: characters, and the share that holds a threat.
LENGTH, THREATENING = 1_200, 0.06
_NAMES = (
    "Russia",
    "Ukraine",
    "Iran",
    "Israel",
    "China",
    "Japan",
    "India",
    "Pakistan",
    "Turkey",
    "Greece",
    "Serbia",
    "Egypt",
)
_THREATS = (
    "{a} threatened on Monday to close the strait to ships of {b} unless its navy withdraws from the gulf.",
    "The foreign ministry of {a} warned {b} that it would impose sanctions if the drills go ahead.",
    "{a} vowed to retaliate against {b} for the seizure of its tanker.",
)
_REPORTS = (
    "{a} closed the strait to tankers for two days, port officials said.",
    "{a} imposed sanctions on three banks of {b}.",
    "The parliament of {a} debated the budget until late in the evening, and will vote on it next week.",
    "Delegations of {a} and {b} met in Geneva and spoke of trade, grain and the return of prisoners.",
    "Farmers in the south of {a} expect a good harvest after the rains, the ministry of agriculture said.",
    "The railway between the two capitals carried more passengers than in any year since it was opened.",
    "An exhibition of paintings from {b} opened at the national museum on Thursday.",
    "The central bank of {a} left its rate where it was, as most economists had foretold.",
    "The minister said that the school would be finished before the winter, and thanked the builders.",
)


def lines_of(source: Path | None, many: int) -> Iterator[str]:
    """Yield documents as lines of JSON: shuffled, always in the same order; generated where there is no source."""
    if source is None:
        yield from _generated(many)
        return
    held = [line for path in _files(source) for line in _lines(path)]
    random.Random(1).shuffle(held)
    if len(held) < many:
        raise SystemExit(
            f"{source} holds {len(held)} documents, and {many} were asked for; give --documents {len(held)}"
        )
    yield from held[:many]


def _files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    return sorted(path for path in source.iterdir() if path.name.endswith((".jsonl", ".jsonl.gz")))


def _lines(path: Path) -> list[str]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [line for line in data.decode("utf-8").split("\n") if line.strip()]


def _generated(many: int) -> Iterator[str]:
    chance = random.Random(1)
    for number in range(many):
        one, other = chance.sample(_NAMES, 2)
        paragraphs = [chance.choice(_THREATS)] if chance.random() < THREATENING else []
        while sum(map(len, paragraphs)) < LENGTH:
            paragraphs.append(" ".join(chance.choices(_REPORTS, k=chance.randint(1, 3))))
        day = date(2022, 1, 1) + timedelta(days=chance.randrange(700))
        text = "\n\n".join(paragraphs).format(a=one, b=other)
        yield json.dumps({"id": f"g{number}", "title": f"Report {number}", "date": day.isoformat(), "text": text})
