"""The finding of a check whose interpreter cannot even begin: a result and a page, as the check itself gives them."""

import os
from html import escape
from typing import Optional

from ..errors import DdpmError, OutputError
from ..events import Events, Note, Result
from ..jobs import CheckEnvironment
from ..model_folder import models_folder as folder_of_models

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Environment</title></head>
<body><h1>Environment</h1><p>What jobs of qgis_ddpm run on.</p>
<table><tr><th>Jobs can run</th><td>no</td></tr><tr><th>Python</th><td>{}</td></tr></table><p>{}</p></body></html>
"""


def failed_check(job: CheckEnvironment, python: str, error: DdpmError, models_folder: Optional[str]) -> Events:
    """What is known of an interpreter that failed with an error. Raises OutputError for the page."""
    outputs = {
        "ABLE": False,
        "PYTHON": python,
        "TORCH_VERSION": "",
        "DEVICES": "",
        "FREE_MEMORY_MB": 0,
        "MODELS_FOLDER": folder_of_models(models_folder),
    }
    yield Note(str(error), "warning")
    yield Note("Jobs cannot run here until this is mended.")
    if job.report:
        _write(job.report, _PAGE.format(escape(python), escape(str(error))))
        outputs["REPORT"] = job.report
    yield Result(outputs)


def _write(path: str, page: str) -> None:
    part = f"{path}.part"
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(part, "w", encoding="utf-8") as file:
            file.write(page)
        os.replace(part, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}). Choose another name or folder.") from error
