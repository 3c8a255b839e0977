"""CONFIG files: fields of a job as YAML or JSON, or a configuration in the style of the ddpm-cd code."""

import os
from typing import Any, Dict, List, NamedTuple, Tuple, Type

from ..ddpmcd_config import is_ddpmcd, read_ddpmcd, translate
from ..errors import JobError
from ..regular_file import open_text
from .file import read_job_file, refuse_programs, relative_to
from .import_checkpoint import ImportCheckpoint
from .job import Job
from .train import TrainModel


def configured(job: Job) -> Tuple[Job, List[str]]:
    """A job with its CONFIG file and preset worked in, and notes on what of the file was not taken.

    A field that is set wins over CONFIG, CONFIG over the preset. Raises JobError.
    """
    if isinstance(job, ImportCheckpoint):
        # Its CONFIG tells of the checkpoint, not of the job.
        return job, []
    path = getattr(job, "config", None)
    config = read_config(path, type(job)) if path else Config({}, [])
    if isinstance(job, TrainModel):
        return job.resolved(config.fields), config.notes
    if path:
        job = type(job).from_values({**config.fields, **job.set_values(), "config": None})
    return job, config.notes


class Config(NamedTuple):
    """Fields of a job by name, and sentences on what of the file was not taken."""

    fields: Dict[str, Any]
    notes: List[str]


def read_config(path: str, kind: Type[Job]) -> Config:
    """The fields that a CONFIG file gives to a job of a class; paths in it are relative to the file.

    Raises JobError for a file that cannot be read, a misspelt key, or a field that the job does not have.
    """
    text = _text(path)
    if is_ddpmcd(text):
        fields, notes = translate(read_ddpmcd(path, text), kind.ALGORITHM, path)
        return Config(fields, notes)
    values = read_job_file(path)
    values.pop("job", None)
    known = {item.name: item for item in kind.options()}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise JobError(f"{path} has {', '.join(map(repr, unknown))[:200]}, which {kind.ALGORITHM} does not know.")
    refuse_programs(path, values, kind.options())
    folder = os.path.dirname(os.path.abspath(path))
    return Config({name: relative_to(folder, known[name], value) for name, value in values.items()}, [])


def _text(path: str) -> str:
    try:
        with open_text(path) as file:
            return file.read(1 << 20)
    except OSError as error:
        raise JobError(f"CONFIG {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise JobError(f"CONFIG {path} is no text file. Give a YAML or JSON file.") from None
