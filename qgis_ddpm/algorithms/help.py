"""The help of an algorithm beside its dialog, from its text and its job's options."""

import html
from typing import List, Tuple, Type

from ..jobs import Job
from .translation import tr

Entry = Tuple[str, str, str]


def parameter_entries(job: Type[Job], hidden: Tuple[str, ...]) -> List[Entry]:
    """Name, label and explanation of each parameter."""
    return [
        (option.parameter, tr(option.label), tr(option.explanation()))
        for option in job.options()
        if option.name not in hidden
    ]


def output_entries(job: Type[Job]) -> List[Tuple[str, str]]:
    """Name and meaning of each figure that a run returns beside its destinations."""
    return [(name, tr(meaning)) for name, meaning in job.OUTPUTS.items()]


def as_html(text: str, entries: List[Entry], outputs: List[Tuple[str, str]]) -> str:
    """The help in the panel beside the dialog."""
    parts = [f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs(text)]
    parts.append(f"<h3>{tr('Parameters')}</h3>")
    parts += [
        f"<p><b>{html.escape(label, quote=False)}</b><br>{html.escape(words, quote=False)}</p>"
        for _, label, words in entries
    ]
    if outputs:
        parts.append(f"<h3>{tr('Outputs')}</h3>")
        items = "".join(
            f"<li><code>{name}</code>: {html.escape(meaning, quote=False)}</li>" for name, meaning in outputs
        )
        parts.append(f"<ul>{items}</ul>")
    return "\n".join(parts)


def paragraphs(text: str) -> List[str]:
    """The paragraphs of a text, which blank lines part, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
