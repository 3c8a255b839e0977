"""A job as records keep it: with paths that hold from anywhere, or with names that tell nothing of this machine."""

import os
from typing import Any, Callable, Dict, FrozenSet, Mapping, Tuple

from ..input_record import Record, record_of
from .file import read_job_file
from .job import Job

PATH_ROLES = (
    *(
        "raster",
        "rasters",
        "rasters_or_vectors",
        "folder",
        "file",
        "scene",
        "model",
        "detector",
        "file_out",
        "folder_out",
    ),
)


def located_values(job: Job) -> Dict[str, Any]:
    """The fields that are set, with absolute paths."""
    return _with_paths(job, job.set_values(), os.path.abspath)


def recorded(job: Job) -> Tuple[str, Dict[str, Any], FrozenSet[str], Callable[[str], Dict[str, Any]], Record]:
    """What an experiment keeps: algorithm, fields that are set, destinations, what reads a job file, and the inputs."""
    destinations = frozenset(item.name for item in job.options() if item.is_destination)
    return job.ALGORITHM, located_values(job), destinations, read_job_file, record_of(job)


def provenance_of(job: Job) -> Dict[str, Any]:
    """The fields that decide the result, with the names of files but not where they lie on this machine."""
    found = _with_paths(job, job.provenance(), os.path.basename)
    found.pop("raster_overrides", None)
    return found


def _with_paths(job: Job, values: Mapping[str, Any], change: Callable[[str], str]) -> Dict[str, Any]:
    found = dict(values)
    for name, value in values.items():
        if job.option(name).role in PATH_ROLES:
            found[name] = [change(path) for path in value] if isinstance(value, list) else change(value)
    return found
