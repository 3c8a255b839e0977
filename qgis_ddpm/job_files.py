"""What a job reads and what it writes, from its fields alone: a new job needs no line here."""

import os
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Optional, Tuple

from .errors import JobError, ModelFileError
from .input_files import State, files_in, files_of, states
from .jobs import JOBS, Job
from .jobs.file import MAX_FILE_BYTES, read_job_file, relative_to
from .jobs.option import Option
from .model_folder import INDEX_NAME, find_model, list_models
from .scene_files import scene_files

# Files that GDAL opens, some of them with companions.
SCENE = "scene"
RASTER_ROLES = ("raster", "rasters", "raster_or_vector", "rasters_or_vectors", "points", "polygons")
MODEL_ROLES = ("model", "detector")
# Of a model of which only one among many is read.
CANDIDATE = "candidate"
# What lies beside an output of a role: OUTPUT and one of these, its stem and one of these.
_WRITTEN_BESIDE = {
    "raster_out": ((".part", ".aux.xml", ".ovr", ".msk"), (".qml",)),
    "vector_out": (("-wal", "-shm", "-journal"), (".qml",)),
    "points_out": (("-wal", "-shm", "-journal"), (".qml",)),
    "file_out": ((), ()),
}
_FIELDS_IN = (".yaml", ".yml", ".json")
JOB_FILE = "JOB.yaml"


class Read(NamedTuple):
    """A name that a job reads. field: of the job, in capitals; is_folder: all files in it are read."""

    field: str
    name: str
    role: str

    @property
    def is_folder(self) -> bool:
        """Whether files in it are read."""
        return self.role == "folder" and os.path.isdir(self.name)

    def files(self) -> Iterator[str]:
        """The files that are read: with companions and sources where GDAL reads them."""
        if self.is_folder:
            return files_in(self.name)
        if self.role == SCENE:
            return scene_files(self.name)
        return files_of(self.name) if self.role in (*RASTER_ROLES, "folder") else iter([self.name])


class Written(NamedTuple):
    """A file, or a folder, that a job writes. main: what the field names; holds: patterns of names in a folder."""

    field: str
    path: str
    main: bool = True
    holds: Optional[Tuple[str, ...]] = None


def lock_name(path: str) -> str:
    """The file that says that an output is being written."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.lock")


def reads(job: Job, job_file: Optional[str] = None) -> List[Read]:
    """What a job reads, with what its files of fields name. job_file: the file that the job comes from."""
    found = [Read(JOB_FILE, job_file, "file")] if job_file else []
    options = [item for item in job.options() if not item.is_destination]
    for item in options:
        for name in _texts(getattr(job, item.name)):
            found += _read(item.parameter, item, name)
    if any(item.role == "detector" for item in options) and not getattr(job, "model", None):
        # A detector finds its model there, and without one the first is taken whose bands fit.
        found += [Read("MODEL", path, CANDIDATE) for path in list_models()]
    return list(dict.fromkeys(found))


def writes(job: Job, elsewhere: Optional[Mapping[str, Optional[str]]] = None) -> List[Written]:
    """What a job writes, with what lies beside it.

    elsewhere: destinations by field that QGIS writes to another place, None for one that is no file.
    """
    found = []
    for item in job.options():
        path = (elsewhere or {}).get(item.name, getattr(job, item.name)) if item.is_destination else None
        if not path:
            continue
        if item.role == "folder_out":
            found.append(Written(item.parameter, path, holds=item.holds or ("*",)))
            continue
        names, stems = _WRITTEN_BESIDE[item.role]
        all_beside = [path + each for each in names] + [os.path.splitext(path)[0] + each for each in stems]
        found.append(Written(item.parameter, path))
        found += [Written(item.parameter, each, main=False) for each in [*all_beside, lock_name(path)]]
    return found


def input_states(job: Job) -> Dict[str, State]:
    """The state of every file that a job reads while it runs, by its path."""
    return states(path for read in data_of(job) for path in read.files())


def data_of(job: Job) -> List[Read]:
    """What a job reads but for files of fields, which are read at its start and may be edited meanwhile."""
    found = [read for read in reads(job) if read.role != CANDIDATE]
    return [read for read in found if read.role != "file" or not read.name.lower().endswith(_FIELDS_IN)]


def _read(field: str, item: Option, name: str) -> List[Read]:
    """What is read where a field has this value."""
    if item.role in MODEL_ROLES:
        try:
            return [Read(field, find_model(name), item.role)]
        except ModelFileError:
            return [Read(field, name, item.role)]
    if item.role == "address":
        own = os.path.join(name, INDEX_NAME) if os.path.isdir(name) else name
        return [] if "://" in name else [Read(field, own, "file")]
    if item.role not in (*RASTER_ROLES, "folder", "file", SCENE):
        return []
    found = [Read(field, name, item.role)]
    return found + (_named_in(field, name) if item.role == "file" else [])


def _named_in(field: str, path: str) -> List[Read]:
    """What a file of fields, such as CONFIG or GRID, names; nothing for any other file."""
    try:
        if not path.lower().endswith(_FIELDS_IN) or not os.path.isfile(path):
            return []
        if os.path.getsize(path) > MAX_FILE_BYTES:
            return []
        values = read_job_file(path)
    except (JobError, ImportError, OSError):
        return []
    folder, found = os.path.dirname(os.path.abspath(path)), []
    for kind in JOBS.values():
        for item in kind.options():
            if not item.is_destination and item.role in (*RASTER_ROLES, *MODEL_ROLES, "folder", SCENE):
                for text in _texts(values.get(item.name)):
                    for each in _texts(relative_to(folder, item, text)):
                        found += _read(f"{field}: {item.parameter}", item, each)
    return found


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, and in lists of values."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
