"""Job files: YAML or JSON with `job:` and the fields of one job; paths in them are relative to the file."""

import os
from typing import Any, Dict, Iterable, Mapping, Optional

from ..errors import JobError
from ..regular_file import open_text
from .job import Job
from .option import Option

MAX_FILE_BYTES = 4 << 20
MAX_DEPTH = 32


def load_job(path: str, overrides: Optional[Mapping[str, Any]] = None) -> Job:
    """The job that a file describes, with some fields overridden (their paths are relative to the working folder).

    Raises JobError for a file that cannot be read, an unknown job or field, or a value that does not fit.
    """
    from . import JOBS

    values = read_job_file(path)
    name = values.pop("job", None)
    if not isinstance(name, str) or name not in JOBS:
        raise JobError(f"{path} asks for the job {str(name)[:60]!r}. Give `job:` one of: {', '.join(JOBS)}.")
    kind = JOBS[name]
    folder = os.path.dirname(os.path.abspath(path))
    known = {item.name: item for item in kind.options()}
    refuse_programs(path, values, kind.options())
    for key in values:
        if key in known:
            values[key] = relative_to(folder, known[key], values[key])
    values.update(overrides or {})
    return kind.from_values(values)


def refuse_programs(path: str, values: Mapping[str, Any], options: Iterable[Option]) -> None:
    """Raise JobError where a file gives a field that decides what programs run: files are passed on, programs are not.

    path: the file, for the message.
    """
    for item in options:
        if item.program and values.get(item.name):
            raise JobError(
                f"{path} gives {item.name}, which decides what program is run, and no file may say that. Take it "
                f"out, and give it as the flag --{item.name}."
            )


def read_job_file(path: str) -> Dict[str, Any]:
    """The mapping in a YAML or JSON file, as plain values; nothing in the file is executed. Raises JobError."""
    import yaml

    try:
        with open_text(path) as file:
            if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
                raise JobError(f"{path} is larger than {MAX_FILE_BYTES} bytes, which no job file is.")
            text = file.read(MAX_FILE_BYTES + 1)
        found = yaml.load(text, Loader=_loader())  # nosec B506 - a SafeLoader
    except OSError as error:
        raise JobError(f"The file {path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, JobError):
            raise
        raise JobError(f"{path} is no valid YAML or JSON: {' '.join(str(error).split())[:300]}.") from None
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise JobError(f"{path} has to hold fields as `name: value` lines.")
    return found


def _loader() -> Any:
    """A safe loader without aliases and depth: no job needs them, and a few lines of them outgrow any memory."""
    import yaml

    class Loader(yaml.SafeLoader):
        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases (*name) are not read")
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise yaml.YAMLError(f"values are nested more than {MAX_DEPTH} deep")
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    return Loader


def relative_to(folder: str, item: Option, value: Any) -> Any:
    """A path of a job file as seen from anywhere; other values, and names in the models folder, as they are."""
    if item.role in ("value", "bands", "extent", "crs") or not value:
        return value
    if isinstance(value, (list, tuple)):
        return [relative_to(folder, item, part) for part in value]
    if not isinstance(value, str):
        return value
    if item.is_list and ";" in value:
        return [relative_to(folder, item, part.strip()) for part in value.split(";") if part.strip()]
    if item.role == "address" and "://" in value:
        return value
    joined = os.path.join(folder, os.path.expanduser(value))
    if item.role in ("model", "detector") and os.path.basename(value) == value and not os.path.exists(joined):
        return value
    return joined
