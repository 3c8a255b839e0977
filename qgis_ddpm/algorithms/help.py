"""The help of an algorithm beside its dialog, from its text and its job's options."""

import html
import os
from typing import List, Tuple, Type

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QImageReader

from ..jobs import Job
from ..said import said
from .model_list import describe, listed
from .translation import tr

Entry = Tuple[str, str]


def parameter_entries(job: Type[Job], hidden: Tuple[str, ...]) -> List[Entry]:
    """Label and explanation of each parameter."""
    return [(tr(option.label), option.explanation()) for option in job.options() if option.name not in hidden]


def output_entries(job: Type[Job]) -> List[Entry]:
    """Name and meaning of each figure that a run returns beside its destinations."""
    return [(name, tr(meaning)) for name, meaning in job.OUTPUTS.items()]


def model_entries(job: Type[Job]) -> List[Entry]:
    """Name and card of each model at hand, for a job that wants one."""
    roles = [option.role for option in job.options() if option.role in ("model", "detector")]
    return [(said(file.name), describe(file.card)) for role in dict.fromkeys(roles) for file in listed(role)]


def as_html(text: str, picture: str, entries: List[Entry], outputs: List[Entry], models: List[Entry]) -> str:
    """The help as QGIS shows it: each line becomes a paragraph of the panel beside the dialog."""
    lines = [_image(picture)] if os.path.isfile(picture) else []
    lines += [html.escape(tr(paragraph), quote=False) for paragraph in paragraphs(text)]
    lines.append(f"<h3>{tr('Parameters')}</h3>")
    lines += [f"<b>{html.escape(label)}</b><br>{html.escape(words, quote=False)}" for label, words in entries]
    if outputs:
        lines.append(f"<h3>{tr('Outputs')}</h3>")
        lines += [f"<b>{html.escape(name)}</b> {html.escape(meaning, quote=False)}" for name, meaning in outputs]
    if models:
        lines.append(f"<h3>{tr('Models at hand')}</h3>")
        lines += [f"<b>{html.escape(name)}</b><br>{html.escape(card, quote=False)}" for name, card in models]
    return "\n".join(lines)


def _image(path: str) -> str:
    """A picture at half its size, which is crisp on fine screens."""
    address = html.escape(QUrl.fromLocalFile(path).toString())
    return f'<img src="{address}" width="{QImageReader(path).size().width() // 2}">'


def paragraphs(text: str) -> List[str]:
    """The paragraphs of a text, which blank lines part, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
