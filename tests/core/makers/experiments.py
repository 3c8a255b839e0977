"""Experiment folders of jobs."""

from qgis_ddpm.core.learning.experiment import Experiment, JobRecord
from qgis_ddpm.jobs import Job, read_job_file
from qgis_ddpm.jobs.record import destinations, located_values


def experiment_of(folder: str, job: Job) -> Experiment:
    """The experiment folder of a job, as its run opens it."""
    return Experiment(folder, JobRecord(job.ALGORITHM, located_values(job), destinations(job), read_job_file))
