"""Sources at a URL give what the same files give on this machine, to the byte."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing_lib.errors import BadDate
from briefing_lib.pipeline import follow_through
from briefing_lib.presentation import to_csv, to_json
from briefing_lib.reading import content_digests, read_sources
from remote import ENGLISH, ROOT

KINDS = ("file", "memory", "http", "s3", "gs")
DAY = date(2021, 12, 31)
pytestmark = pytest.mark.usefixtures("nothing_kept")


@pytest.mark.parametrize("at_url", KINDS, indirect=True)
def test_records_skipped_reasons_and_table_are_those_of_a_folder(at_url: str, straits: Path) -> None:
    here, there = read_sources(straits), read_sources(at_url)
    assert there == here
    skipped = {"records.jsonl, line 3", "large.txt", "empty.txt", "picture.png", "orphan.toml"}
    assert {one.path for one in here.skipped} == skipped
    assert len(here.documents) == 6
    mine, theirs = (follow_through(place, as_of=DAY) for place in (straits, at_url))
    assert (to_csv(theirs), to_json(theirs)) == (to_csv(mine), to_json(mine))
    assert len(mine.cases) == 3


@pytest.mark.parametrize("at_url", KINDS, indirect=True)
def test_what_is_in_the_record_of_a_run_is_what_a_folder_gives(at_url: str, straits: Path) -> None:
    """But for a remote file over the limit, which is not fetched to be hashed."""
    unread = {} if at_url.startswith("file") else {"large.txt": ""}
    assert content_digests(at_url) == content_digests(straits) | unread


@pytest.mark.parametrize("at_url", KINDS, indirect=True)
@pytest.mark.parametrize("name", ["report.md", "records.jsonl", "page.html"])
def test_one_document_is_read_with_what_stands_beside_it(at_url: str, straits: Path, name: str) -> None:
    here, there = read_sources(straits / name), read_sources(f"{at_url.rstrip('/')}/{name}")
    assert there == here
    assert here.documents


@pytest.mark.parametrize("at_url", ["memory", "http", "s3", "gs"], indirect=True)
def test_decisions_at_a_url_are_applied_and_none_is_added_there(at_url: str, straits: Path) -> None:
    import fsspec

    from briefing_lib.assessment.deciding import Signature, decide
    from briefing_lib.assessment.decisions import BadDecisions, add_decision
    from briefing_lib.models import DecisionKind

    found = follow_through(straits, as_of=DAY)
    signed = Signature("A. Analyst", datetime(2021, 12, 31, tzinfo=UTC), "told twice")
    made = decide(found, found.cases[0].id, DecisionKind.REJECT, signed)
    path = add_decision(straits, made)
    if not at_url.startswith("http"):
        fs, place = fsspec.url_to_fs(at_url)
        fs.put_file(path.as_posix(), f"{place}/{path.name}")
    assert [case.id for case in follow_through(at_url, as_of=DAY).rejected] == [found.cases[0].id]
    with pytest.raises(BadDecisions, match="copy the folder here"):
        add_decision(at_url, made)


def test_a_day_is_asked_for_where_no_document_has_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, "utf-8")
    with pytest.raises(BadDate, match="carries a publication date; say as_of, such as 2020-06-24"):
        follow_through(tmp_path, as_of=None)


def test_a_run_over_a_folder_imports_no_driver(straits: Path) -> None:
    code = (
        "import sys\nfrom datetime import date\nfrom briefing_lib import cli\nfrom briefing_lib.pipeline import *\n"
        f"follow_through({str(straits)!r}, as_of=date(2021, 12, 31))\n"
        "print(sorted({'fsspec', 's3fs', 'gcsfs', 'aiohttp', 'botocore', 'distributed'} & set(sys.modules)))"
    )
    path = os.pathsep.join([str(ROOT / "tests" / "guard"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert done.stdout == "[]\n"
