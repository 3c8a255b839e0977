"""The command line that repeats a run of QGIS without QGIS."""

import os
import shlex
import subprocess  # nosec B404
from typing import Any, Dict, List, Mapping, Optional

from ..jobs import Job
from ..said import said

_PLUGINS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def command_line(python: str, job: Job, elsewhere: Mapping[str, Optional[str]]) -> str:
    """A line for a terminal that does the same with the worker's interpreter.

    elsewhere: values that stand in place of the job's, None for those to be left out.
    """
    arguments = [python, "-m", "qgis_ddpm", job.ALGORITHM]
    values: Dict[str, Any] = {name: _from_anywhere(job, name, value) for name, value in job.set_values().items()}
    values.update(elsewhere)
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, list):
            arguments += [f"--{name}", *value]
        else:
            # One word, because a value such as -74.5 would be taken for a flag.
            arguments.append(f"--{name}={value}")
    # A log is kept and passed on; who repeats the line fills the password in.
    return said(_quoted(["cd", _PLUGINS]) + " && " + _quoted(arguments))


def _from_anywhere(job: Job, name: str, value: Any) -> Any:
    """A destination that is relative to where QGIS was started, as the same file from any folder."""
    return os.path.abspath(value) if job.option(name).is_destination else value


def _quoted(words: List[str]) -> str:
    if os.name == "nt":
        # Its quoting alone; nothing is started here.
        return subprocess.list2cmdline(words)
    return " ".join(shlex.quote(word) for word in words)
