"""The end of a log: where each file of a run is, and which of them QGIS takes away when it is closed."""

import html
import os
from typing import Any, Iterable, Mapping

from qgis.core import QgsProcessingFeedback, QgsProcessingUtils
from qgis.PyQt.QtCore import QUrl

from ..jobs.option import Option
from ..said import said
from .style_files import file_of
from .translation import tr


def tell(options: Iterable[Option], results: Mapping[str, Any], feedback: QgsProcessingFeedback) -> None:
    """One line for each destination that is a file or a folder, as a link where QGIS can show one."""
    for option in options:
        value = results.get(option.parameter)
        path = file_of(value) or (value if isinstance(value, str) and os.path.isdir(value) else "")
        if not option.is_destination or not path:
            continue
        path, label = os.path.abspath(path), tr(option.label)
        note = tr("temporary: QGIS removes it when it is closed") if is_temporary(path) else ""
        ending = f" ({note})" if note else ""
        plain = said(f"{label}: {path}{ending}")
        # QGIS 3.36 and later.
        if hasattr(feedback, "pushFormattedMessage"):
            link = f'<a href="{html.escape(QUrl.fromLocalFile(path).toString())}">{html.escape(said(path))}</a>'
            feedback.pushFormattedMessage(f"{html.escape(label)}: {link}{html.escape(ending)}", plain)
        else:
            feedback.pushInfo(plain)


def is_temporary(path: str) -> bool:
    """Whether a file lies where QGIS empties."""
    temporary = os.path.realpath(QgsProcessingUtils.tempFolder())
    return os.path.realpath(path).startswith(os.path.join(temporary, ""))
