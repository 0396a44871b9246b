"""The table as Parquet, for SQL and pandas: cases, their mentions and the documents, in folders by year."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing_lib.errors import UnknownParameter, needs_extra
from briefing_lib.models import DateRange, Document, FollowThrough, Passage
from briefing_lib.presentation.table import to_frame
from briefing_lib.reading import writable

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("cases", "mentions", "documents")
# Where no year is known; Hive's own word for it is not a number, which would make the column text.
NO_YEAR = 0


def to_parquet(found: FollowThrough, folder: str | Path) -> None:
    """Write ``cases/``, ``mentions/`` and ``documents/`` into a folder, each as ``year=2020/part-0.parquet``.

    Cases have the columns of the table (docs/table.md) and the year of issue, mentions one row a threat or outcome with
    its exact place and quote, documents one row each with the year of publication; 0 where no year is known. What an
    earlier call wrote there is replaced; who reads while that goes on may see a part of it.

    Parameters
    ----------
    folder
        A folder of this machine, or a URL that fsspec can write to, such as ``s3://bucket/folder``.

    Raises
    ------
    UnknownParameter
        The folder holds something else, or pyarrow is not installed.
    UrlUnavailable
        It is a URL that cannot be used or written to.
    EvidenceMismatch
        A quote is not what its document says.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UnknownParameter(needs_extra("Parquet", "pyarrow", "parquet")) from error
    frames = (_cases(found), _mentions(found), _documents(found))
    tables = [pa.Table.from_pandas(frame, preserve_index=False) for frame in frames]
    with writable(folder) as (fs, root):
        if fs.exists(root) and (not fs.isdir(root) or {_last(name) for name in fs.ls(root, detail=False)} - {*PARTS}):
            raise UnknownParameter(f"{folder} holds something else than an earlier table; name another folder")
        for name, table in zip(PARTS, tables, strict=True):
            place = f"{root}/{name}"
            if fs.exists(place):
                fs.rm(place, recursive=True)
            for path, part in _by_year(table):
                with fs.open(f"{place}/{path}", "wb") as file:
                    pq.write_table(part, file)


def _by_year(table: Any) -> Iterator[tuple[str, Any]]:
    """Yield the part of each year with its path, the year being said by the path alone (Hive's way)."""
    import pyarrow.compute as pc

    for year in sorted(pc.unique(table["year"]).to_pylist()):
        part = table.filter(pc.equal(table["year"], year)).drop_columns(["year"])
        yield f"year={year}/part-0.parquet", part
    if not table.num_rows:
        yield "part-0.parquet", table


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _cases(found: FollowThrough) -> "pd.DataFrame":
    frame = to_frame(found)
    frame["status"] = frame["status"].astype("str")
    years = [_year(case.issued) for case in found.cases]
    return frame.assign(year=years).astype({"year": "int32"})


def _mentions(found: FollowThrough) -> "pd.DataFrame":
    import pandas as pd

    names = ("case", "role", "document", "start", "end", "quote", "status", "stated", "actor", "target", "day", "year")
    return pd.DataFrame(list(_rows_of_mentions(found)), columns=list(names)).astype(
        {"start": "int64", "end": "int64", "stated": "bool", "year": "int32"}
    )


def _rows_of_mentions(found: FollowThrough) -> Iterator[tuple[Any, ...]]:
    for case in found.cases:
        for threat in case.threats:
            who = (threat.sender.name, threat.target.name if threat.target else "")
            yield (case.id, "threat", *_place(threat.passage), "", True, *who, *_when(threat.issued))
        for outcome in case.outcomes:
            names = tuple(actor.name if actor else "" for actor in (outcome.actor, outcome.target))
            place = _place(outcome.passage)
            yield (case.id, "outcome", *place, outcome.status.value, outcome.stated, *names, *_when(outcome.on))


def _documents(found: FollowThrough) -> "pd.DataFrame":
    import pandas as pd

    texts = ("id", "path", "title", "publisher", "author", "url", "licence", "grade", "sha256")
    rows = [(*(getattr(one, name) for name in texts), *_when(one.published)) for one in found.documents]
    return pd.DataFrame(rows, columns=[*texts, "day", "year"]).astype({"year": "int32"})


def _place(passage: Passage) -> tuple[str, int, int, str]:
    document: Document = passage.document
    return document.id, passage.start, passage.end, passage.quote()


def _when(dates: DateRange | None) -> tuple[date | None, int]:
    return (dates.end if dates else None), _year(dates)


def _year(dates: DateRange | None) -> int:
    return dates.end.year if dates and dates.end else NO_YEAR
