"""The workers: a cluster that runs already, or one of this machine."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dask
from distributed import Client, LocalCluster

_LOOPBACK = "127.0.0.1"
_PATIENCE = "30s"


class ClusterError(Exception):
    """No workers to be had: one line that says why."""


@contextmanager
def connected(scheduler: str, workers: int, debug: bool = False) -> Iterator[Any]:
    """A client of the scheduler at an address, or of a cluster that lives as long as this.

    A local worker is a process with one thread, since checking is computing, and listens
    on the loopback address only. Raises ClusterError.
    """
    if scheduler:
        try:
            client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ClusterError(f"--scheduler: cannot reach `{scheduler}`: {reason}") from error
        with client:
            yield client
        return
    # A worker that dies is told of by the scan, which knows what it worked on.
    level = logging.WARNING if debug else logging.CRITICAL
    settings = {
        "distributed.scheduler.allowed-failures": 1,
        "distributed.comm.timeouts.connect": _PATIENCE,
        # Its nanny starts a worker anew; Dask would take it for lost and send the nanny home.
        "distributed.deploy.lost-worker-timeout": "1000 days",
        # Its profiler keeps an hour of call stacks: 190 KB a second in code like ours.
        "distributed.worker.profile.enabled": False,
    }
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=workers or None,
            threads_per_worker=1,
            processes=True,
            host=_LOOPBACK,
            dashboard_address=f"{_LOOPBACK}:0",
            silence_logs=level,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client
