"""A Dask cluster on this machine, for tests."""

from typing import Any

import pytest


def two_workers() -> Any:
    """Return a cluster of two worker processes on loopback, to be closed by who asked for it."""
    distributed = pytest.importorskip("distributed")
    return distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, worker_dashboard_address=None
    )
