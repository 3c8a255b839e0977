"""The work itself, in this process: rasters, networks, training, sampling, detection. Never imports qgis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..events import Events
    from ..jobs import Job


def run(job: Job, job_file: str | None = None) -> Events:
    """Run a job here: a generator of events whose last is a Result or, after `throw(Cancelled())`, a Cancelled.

    job_file: the file that the job comes from, which no output may replace. Raises errors of `qgis_ddpm.errors`. The
    heavy libraries are imported when the first event is asked for.
    """
    from .runners import run_job

    return run_job(job, job_file)
