"""The work itself, in this process: rasters, networks, training, sampling, detection. Never imports qgis."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..events import Events
    from ..jobs import Job

# Read when numpy is loaded. Its library for products would share small ones out to threads of its own, which wait for
# each other, and round otherwise than one; what is worth it is shared out by core/threads.py.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def run(job: Job, job_file: str | None = None) -> Events:
    """Run a job here: a generator of events whose last is a Result or, after `throw(Cancelled())`, a Cancelled.

    job_file: the file that the job comes from, which no output may replace. Raises errors of `qgis_ddpm.errors`. The
    heavy libraries are imported when the first event is asked for.
    """
    from .runners import run_job

    return run_job(job, job_file)
