"""A cluster gives the table that one process gives, to the byte, and loses no document with a worker."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest
from local_cluster import two_workers
from reports import snippets

from briefing_lib import cluster as clusters
from briefing_lib import workers as sharing
from briefing_lib.errors import ClusterUnavailable
from briefing_lib.pipeline import follow_through
from briefing_lib.presentation import to_csv, to_json
from briefing_lib.workers import Cluster

DAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes on loopback."""
    with two_workers() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection that makes many batches; nothing of it is kept."""
    monkeypatch.setenv("BRIEFING_STORE", "off")
    monkeypatch.setattr(sharing, "_AT_ONCE", 1_500)
    made = tmp_path / "collection"
    made.mkdir()
    for number, row in enumerate(snippets("outcomes")[:90]):
        (made / f"2024-0{1 + number % 5}-05-{number}.txt").write_text(row["text"], "utf-8")
    return made


def printed(folder: Path, **more: Any) -> tuple[str, str]:
    found = follow_through(folder, as_of=DAY, **more)
    return to_csv(found), str(to_json(found))


def test_the_table_is_the_same_to_the_byte_though_a_worker_is_killed_half_way(
    folder: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two workers is killed when a few batches are done; the other and its successor do the rest."""
    killed: list[int] = []
    whole = Cluster._result

    def killing(self: Cluster, *given: Any) -> list[bytes]:
        done = whole(self, *given)
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            psutil.Process(killed[0]).kill()
        return done

    monkeypatch.setattr(Cluster, "_result", killing)
    assert printed(folder, cluster=cluster.scheduler_address) == printed(folder)
    assert killed


def test_a_client_of_a_notebook_is_used_and_left_open(folder: Path, cluster: Any) -> None:
    from distributed import Client

    with Client(cluster) as client:
        assert printed(folder, cluster=client) == printed(folder)
        assert client.status == "running"


def test_an_address_where_nothing_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(clusters, "TIMEOUT", 0.5)
    no_cluster = pytest.raises(ClusterUnavailable, match=r"no cluster answers at 'tcp://127\.0\.0\.1:9'")
    with no_cluster, clusters.connected("tcp://127.0.0.1:9"):
        pass
