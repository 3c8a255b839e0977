"""A job file to fill in: every field of a job with its help and default."""

import json
import textwrap
from typing import Type

from .jobs import Job

WIDTH = 100


def template(kind: Type[Job]) -> str:
    """A commented YAML job file for a job class; it loads once the required fields are filled."""
    lines = [f"# {(kind.__doc__ or '').splitlines()[0]}", f"job: {kind.ALGORITHM}"]
    for item in kind.options():
        lines.append("")
        need = " (required)" if item.required else ""
        text = f"{item.label}{need}. {item.explanation()}"
        lines.extend(textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# "))
        if item.program:
            lines.append(f"# Leave it empty: no file may say what program is run. The flag --{item.name} may.")
        default = item.default
        value = "" if default is None or default == () else f" {json.dumps(default)}"
        lines.append(f"{item.name}:{value}")
    return "\n".join(lines) + "\n"
