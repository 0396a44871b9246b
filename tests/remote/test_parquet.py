"""The table as Parquet goes to a URL as it goes to a folder, and takes nothing away there that is not its own."""

import os
from pathlib import Path

import fsspec
import pandas as pd
import pytest
from factories import a_case, a_follow_through, an_outcome

from briefing_lib.errors import UnknownParameter, UrlUnavailable
from briefing_lib.models import FollowThrough, Status
from briefing_lib.presentation.parquet import to_parquet


@pytest.fixture
def found() -> FollowThrough:
    return a_follow_through(a_case(outcomes=(an_outcome(),), status=Status.CARRIED_OUT))


@pytest.fixture(params=["memory", "s3", "gs"])
def url(request: pytest.FixtureRequest) -> str:
    buckets = {"s3": "bucket", "gs": "gs_bucket"}
    home = request.getfixturevalue(buckets[request.param]) if request.param in buckets else "memory://tables"
    return f"{home}/{os.urandom(4).hex()}"


def contents(url: str) -> dict[str, bytes]:
    fs, root = fsspec.url_to_fs(url)
    fs.invalidate_cache()
    return {name.removeprefix(f"{root}/"): fs.cat_file(name) for name in fs.find(root)}


def test_it_is_to_the_byte_what_a_folder_gets(found: FollowThrough, url: str, tmp_path: Path) -> None:
    to_parquet(found, tmp_path / "here")
    to_parquet(found, url)
    assert contents(url) == contents((tmp_path / "here").as_uri())
    assert any(name.startswith("cases/year=") for name in contents(url))


def test_an_earlier_table_is_replaced(found: FollowThrough, url: str) -> None:
    fs, root = fsspec.url_to_fs(url)
    to_parquet(found, url)
    first = contents(url)
    fs.pipe_file(f"{root}/cases/year=1900/part-0.parquet", b"of an earlier table")
    to_parquet(found, url)
    assert contents(url) == first


def test_a_place_of_something_else_is_left_alone(found: FollowThrough, url: str) -> None:
    fs, root = fsspec.url_to_fs(url)
    fs.pipe_file(f"{root}/thesis.txt", b"mine")
    with pytest.raises(UnknownParameter, match="holds something else"):
        to_parquet(found, url)
    assert contents(url) == {"thesis.txt": b"mine"}


def test_pandas_reads_it_where_it_is(found: FollowThrough, bucket: str) -> None:
    url = f"{bucket}/{os.urandom(4).hex()}"
    to_parquet(found, url)
    assert list(pd.read_parquet(f"{url}/cases")["status"]) == ["carried_out"]


def test_pandas_reads_it_by_the_driver_that_wrote_it(found: FollowThrough, url: str) -> None:
    to_parquet(found, url)
    fs, root = fsspec.url_to_fs(url)
    assert list(pd.read_parquet(f"{root}/cases", filesystem=fs)["status"]) == ["carried_out"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://127.0.0.1/tables", "cannot be written to; give a folder, or a URL such as s3://bucket/folder"),
        ("s3://key:secret@bucket/tables", "leave them out"),
        ("s3://no-such-bucket-of-tests/tables", "it is not there"),
        ("gs://no-such-bucket-of-tests/tables", "it is not there"),
    ],
)
@pytest.mark.usefixtures("bucket", "gs_bucket")
def test_what_cannot_be_written_to_is_told(found: FollowThrough, url: str, said: str) -> None:
    with pytest.raises(UrlUnavailable, match=said):
        to_parquet(found, url)
