"""A scorecard as pandas tables, for a notebook. They quote the gold, so their outputs are not for keeping."""

from dataclasses import asdict

import pandas as pd

from briefing_lib.evaluation.records import Scorecard
from briefing_lib.evaluation.standing import find_peers, find_standings
from briefing_lib.presentation.frames import Frame


def figure_table(card: Scorecard) -> pd.DataFrame:
    """Return every figure with its interval, its counts and its bound, one row each."""
    rows = [
        {
            "part": one.part,
            "figure": one.name,
            "value": one.figure.value,
            "low": one.figure.low,
            "high": one.figure.high,
            "count": one.figure.numerator,
            "of": one.figure.denominator,
            "at least": one.bound,
            "clears": one.clears,
        }
        for one in find_standings(card)
    ]
    columns = ["part", "figure", "value", "low", "high", "count", "of", "at least", "clears"]
    return Frame(rows, columns=columns).round(2).set_index(["part", "figure"])


def peer_table() -> pd.DataFrame:
    """Return what other systems and human coders reach on sentences."""
    return Frame([asdict(one) for one in find_peers()]).set_index("system")[["set", "precision", "recall", "f1"]]


def confusion_table(card: Scorecard) -> pd.DataFrame:
    """Return counts of matched threats: a row for each right status, a column for each given."""
    counts = card.documents.confusion if card.documents else ()
    frame = pd.DataFrame([(str(right), str(said), n) for right, said, n in counts], columns=["right", "given", "count"])
    return frame.pivot_table(index="right", columns="given", values="count", aggfunc="sum", fill_value=0)


def false_positive_table(card: Scorecard) -> pd.DataFrame:
    """Return each row that is no gold row, with the reason."""
    parts = (("documents", card.documents), ("sentences", card.sentences))
    rows = [{"part": name} | asdict(one) for name, score in parts if score for one in score.false_positives]
    return Frame(rows, columns=["part", "document", "reason", "quote", "sender", "act", "status"])


def miss_table(card: Scorecard) -> pd.DataFrame:
    """Return each gold row that is missed, with the reason."""
    parts = (("documents", card.documents), ("sentences", card.sentences))
    rows = [{"part": name} | asdict(one) for name, score in parts if score for one in score.misses]
    return Frame(rows, columns=["part", "document", "id", "reason", "quote", "act"])


def mismatch_table(card: Scorecard) -> pd.DataFrame:
    """Return each field of a matched row that is wrong, by field."""
    rows = [asdict(one) for one in card.documents.mismatches] if card.documents else []
    frame = Frame(rows, columns=["field", "document", "id", "right", "predicted", "quote"])
    return frame.sort_values("field", kind="stable", ignore_index=True)


def status_point_table(card: Scorecard) -> pd.DataFrame:
    """Return each day on which a story's status came out wrong."""
    rows = [asdict(one) for one in card.stories.mismatches] if card.stories else []
    return Frame(rows, columns=["story", "id", "on", "right", "predicted", "act"])


def change_table(card: Scorecard) -> pd.DataFrame:
    """Return each mention gained, lost, or given another status since the baseline; empty without one."""
    rows = []
    if card.changes:
        rows += [{"change": "gained"} | asdict(one) for one in card.changes.gained]
        rows += [{"change": "lost"} | asdict(one) for one in card.changes.lost]
        rows += [{"change": f"was {old.status}"} | asdict(new) for old, new in card.changes.moved]
    return Frame(rows, columns=["change", "verdict", "document", "status", "quote"])
