"""Experiment folders of jobs."""

from qgis_ddpm.core.learning.experiment import Experiment, JobRecord
from qgis_ddpm.jobs import Job
from qgis_ddpm.jobs.record import recorded


def experiment_of(folder: str, job: Job) -> Experiment:
    """The experiment folder of a job, as its run opens it."""
    return Experiment(folder, JobRecord(*recorded(job)))
