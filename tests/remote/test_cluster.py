"""The workers of a cluster read the files themselves, and none is lost or read twice though a worker is killed."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import fsspec
import psutil
import pytest
from local_cluster import two_workers

from briefing_lib import cluster as clusters
from briefing_lib.errors import ClusterUnavailable
from briefing_lib.extraction import Rules
from briefing_lib.models import Document
from briefing_lib.pipeline import follow_through
from briefing_lib.presentation import to_csv, to_json
from briefing_lib.reading import origin_at, read_sources
from remote import the_files

DAY = date(2021, 12, 31)


@pytest.fixture(scope="module")
def cluster(s3_environment: None) -> Iterator[Any]:
    """Two worker processes on loopback, which have the same configuration in their environment."""
    with two_workers() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection that makes many batches; nothing of it is kept."""
    monkeypatch.setenv("BRIEFING_STORE", "off")
    monkeypatch.setattr(clusters, "_AT_ONCE", 300)
    made = the_files(tmp_path / "straits")
    for number in range(40):
        day = f"2021-0{1 + number % 9}-05"
        text = (
            f"Ruritania vowed to seize mine {number} of Borduria. It seized the mine of Borduria in May of that year."
        )
        (made / f"{day}-{number}.txt").write_text(text, "utf-8")
    return made


@pytest.fixture
def url(folder: Path, bucket: str) -> str:
    made = f"{bucket}/{os.urandom(4).hex()}/straits"
    fs, place = fsspec.url_to_fs(made)
    fs.put(f"{folder.as_posix()}/", place, recursive=True)
    return made


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that this process reads, and not a worker."""
    paths: list[str] = []
    whole = clusters.read_files

    def noting(origin: Any, wanted: Any, limits: Any) -> Any:
        paths.extend(one.file.path for one in wanted)
        return whole(origin, wanted, limits)

    monkeypatch.setattr(clusters, "read_files", noting)
    return paths


def test_the_table_is_that_of_a_folder_though_a_worker_is_killed_while_it_reads(
    folder: Path, url: str, cluster: Any, read_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two workers is killed when a few batches are read; the other and its successor do the rest."""
    alone = follow_through(folder, as_of=DAY)
    killed: list[int] = []
    whole = clusters._result_of

    def killing(task: Any) -> Any:
        done = whole(task)
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            psutil.Process(killed[0]).kill()
        return done

    monkeypatch.setattr(clusters, "_result_of", killing)
    spread = follow_through(url, as_of=DAY, cluster=cluster.scheduler_address)
    assert killed
    assert (to_csv(spread), to_json(spread)) == (to_csv(alone), to_json(alone))
    assert (spread.documents, spread.skipped) == (alone.documents, alone.skipped)
    assert read_here == []


@pytest.mark.parametrize("kind", ["folder", "url"])
def test_every_file_is_read_by_a_worker(
    kind: str, request: pytest.FixtureRequest, folder: Path, cluster: Any, read_here: list[str]
) -> None:
    """Of a folder too, where the workers see it as it was listed."""
    with clusters.connected(cluster.scheduler_address) as client:
        spread = read_sources(request.getfixturevalue(kind), by=clusters.reading_by(client))
    assert spread == read_sources(folder)
    assert read_here == []


def test_what_workers_cannot_open_is_read_by_who_asks(
    folder: Path, cluster: Any, read_here: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The memory of another process is not theirs."""
    fs, place = fsspec.url_to_fs(f"memory://{os.urandom(4).hex()}/straits")
    fs.put(f"{folder.as_posix()}/", place, recursive=True)
    with clusters.connected(cluster.scheduler_address) as client:
        spread = read_sources(f"memory:/{place}", by=clusters.reading_by(client))
    assert spread == read_sources(folder)
    assert {one.path for one in spread.documents} <= set(read_here)
    assert len(read_here) == len(set(read_here))
    assert capsys.readouterr().err.count("not every file can be read by the cluster's workers") == 1


def test_another_file_of_the_same_path_is_not_taken_for_the_one_listed(folder: Path) -> None:
    """As where a worker's machine has a folder of that name with other content."""
    origin = origin_at(folder)
    [listed] = [file for file in origin.files() if file.path == "report.md"]
    elsewhere = origin.from_elsewhere()
    with elsewhere.open(listed) as opened:
        assert opened.read()
    (folder / "report.md").write_text("Another text.", "utf-8")
    with pytest.raises(OSError, match="not the file that was listed"):
        elsewhere.open(listed)


def test_a_large_file_of_records_is_read_line_by_line_by_who_asks(
    folder: Path, cluster: Any, read_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_MOST_RECORDS", 10)
    with clusters.connected(cluster.scheduler_address) as client:
        spread = read_sources(folder, by=clusters.reading_by(client))
    assert spread == read_sources(folder)
    assert read_here == ["records.jsonl"]


def test_a_worker_without_the_driver_leaves_the_file_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failed:
        def result(self) -> Any:
            raise ImportError("Please install gcsfs")

    assert clusters._result_of(Failed()) is None


def test_a_cluster_of_another_version_is_refused(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its workers are asked in their own processes, which this does not reach."""
    monkeypatch.setattr(Rules, "version", "rules-of-another-day")
    refused = pytest.raises(ClusterUnavailable, match="a worker of the cluster has another version")
    with refused, clusters.connected(cluster.scheduler_address):
        pass


def test_the_id_of_a_record_is_given_by_who_sees_all_files(folder: Path, cluster: Any) -> None:
    """Two workers that read a record of the same id each cannot know of the other."""
    (folder / "more.jsonl").write_text((folder / "records.jsonl").read_text("utf-8"), "utf-8")
    with clusters.connected(cluster.scheduler_address) as client:
        spread = read_sources(folder, by=clusters.reading_by(client))
    ids = [one.id for one in spread.documents if isinstance(one, Document) and one.path.endswith("jsonl")]
    assert sorted(ids) == ["r0", "r1", "records.jsonl#1", "records.jsonl#2"]
    assert spread == read_sources(folder)
