"""Whatever happens to files and word lists, a run with a store finds what one from nothing does."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_lib.pipeline import follow_through
from briefing_lib.reading import records
from store import DAY, IDLE, OTHER, THREAT, from_nothing

NAMES = ("2024-01-05-a.txt", "2024-02-05-b.txt", "2024-03-05-c.txt")
RECORDS = ("a.jsonl", "b.jsonl")
TEXTS = (
    THREAT,
    OTHER,
    "Ruritania closed the strait to ships.",
    "Borduria glowered at Ruritania. It closed the mines.",
    "Ruritania threatened on Friday to close its mines to Bordurian miners.",
    IDLE,
)
WORDS = ("", '[add.frames.threaten]\nverbs = ["glower"]\n', '[add.outcomes.withdrawn]\nverbs = ["demur"]\n')
BESIDE = (
    ("sources.toml", '["2024-02-05-b.txt"]\npublished = 2024-01-02\n'),
    ("sources.toml", "[limits]\nmax_characters = 50\n"),
    ("2024-01-05-a.toml", 'publisher = "The Courier"\npublished = 2024-03-01\n'),
    ("2024-01-05-a.toml", "published = never\n"),
)
LINES = st.lists(
    st.tuples(st.sampled_from(["", "one", "two"]), st.sampled_from(["2024-02-01", ""]), st.sampled_from(TEXTS)),
    min_size=1,
    max_size=4,
).map(lambda rows: "".join(json.dumps({"id": i, "date": d, "text": t}) + "\n" for i, d, t in rows))
ACTIONS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("write"), st.sampled_from(RECORDS), LINES),
    st.tuples(st.just("add"), st.sampled_from(RECORDS), LINES),
    st.sampled_from(BESIDE).map(lambda pair: ("write", *pair)),
    st.tuples(st.just("remove"), st.sampled_from([name for name, _ in BESIDE]), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("words"), st.just(""), st.sampled_from(WORDS)),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, min_size=2, max_size=8))
def test_no_row_is_ever_stale(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, actions: list[tuple[str, str, str]]
) -> None:
    """Files, records, metadata and word lists change, come, go and are renamed; each run gives what one anew gives."""
    monkeypatch.setattr(records, "_LINES_AT_ONCE", 2)
    folder = tmp_path / "changing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "2024-01-01-z.txt").write_text("Syldavia threatened to seize the mines.", "utf-8")
    for kind, name, value in actions:
        if kind == "write":
            (folder / name).write_text(value, "utf-8")
        elif kind == "add":
            with (folder / name).open("a", encoding="utf-8") as file:
                file.write(value)
        elif kind == "words":
            (folder / "words.toml").write_text(value, "utf-8")
        elif (folder / name).exists():
            (folder / name).unlink() if kind == "remove" else (folder / name).replace(folder / value)
        kept, anew = follow_through(folder, as_of=DAY), from_nothing(folder)
        assert kept == anew
