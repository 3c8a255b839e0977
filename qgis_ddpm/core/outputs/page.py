"""Report pages: one HTML file that holds its figures, tables and pictures, needs no network and runs no script."""

import base64
import os
import struct
from collections.abc import Iterable, Sequence
from html import escape as escape_html

from ...messages import LANGUAGE, local
from ...said import said
from .transaction import OutputTransaction

STYLE = """
:root { color-scheme: light dark; --ink: #1c2024; --dim: #60666d; --paper: #fcfcfb; --line: #d9dcdf; --card: #f1f3f4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6e8; --dim: #9aa1a8; --paper: #17191c; --line: #363b41; --card: #202328; }
}
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 0 auto;
  max-width: 62rem; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { border-top: 1px solid var(--line); font-size: 1.2rem; margin: 2.5rem 0 .5rem; padding-top: 1.25rem; }
p { margin: .5rem 0; max-width: 46rem; }
.lead, caption, figcaption, dt, .legend { color: var(--dim); }
.warning { border-left: 4px solid #c9871f; padding-left: .75rem; }
dl { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
dl div { background: var(--card); border-radius: .4rem; padding: .6rem .9rem; }
dt { font-size: .85rem; } dd { font-size: 1.35rem; font-variant-numeric: tabular-nums; margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; }
caption { font-size: .9rem; padding-bottom: .35rem; text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; }
.row { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), max-content));
  margin: 1rem 0; }
figure { margin: 0; } figcaption { font-size: .9rem; max-width: 40rem; }
img { height: auto; max-width: 100%; }
.legend span { display: inline-block; margin-right: 1.1rem; white-space: nowrap; }
.legend i { border: 1px solid var(--line); border-radius: .2rem; display: inline-block; height: .9em; width: .9em;
  margin-right: .4em; vertical-align: -.1em; }
pre { background: var(--card); border-radius: .4rem; overflow-x: auto; padding: .6rem .9rem; }
"""

Cell = str | int | float | bool | None


def escape(text: str) -> str:
    """A text as a page shows it: in the language of whoever asked, inert, and without a password."""
    return escape_html(said(local(text)))


_CLASS = {True: ' class="number"', False: ""}


class Report:
    """A page that grows from top to bottom; the same calls give the same bytes, and every text is escaped."""

    def __init__(self, title: str, lead: str = "") -> None:
        self.title = title
        self._parts: list[str] = [f"<h1>{escape(title)}</h1>"]
        if lead:
            self._parts.append(f'<p class="lead">{escape(lead)}</p>')

    def heading(self, text: str) -> None:
        """Begin a section."""
        self._parts.append(f"<h2>{escape(text)}</h2>")

    def text(self, text: str) -> None:
        """Add a paragraph."""
        self._parts.append(f"<p>{escape(text)}</p>")

    def warning(self, text: str) -> None:
        """Add a paragraph that stands out."""
        self._parts.append(f'<p class="warning">{escape(text)}</p>')

    def code(self, text: str) -> None:
        """Add lines in fixed width, such as a command."""
        self._parts.append(f"<pre>{escape(text)}</pre>")

    def figures(self, figures: Iterable[tuple[str, Cell]]) -> None:
        """Add the few numbers that matter most, as (label, value)."""
        cards = (f"<div><dt>{escape(label)}</dt><dd>{escape(shown(value))}</dd></div>" for label, value in figures)
        self._parts.append(f"<dl>{''.join(cards)}</dl>")

    def table(self, header: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str = "") -> None:
        """Add a table; numbers are aligned to the right, with their headings."""
        lines = list(rows)
        numeric = [any(_is_number(row[column]) for row in lines) for column in range(len(header))]
        head = "".join(
            f'<th scope="col"{_CLASS[is_number]}>{escape(cell)}</th>'
            for cell, is_number in zip(header, numeric, strict=True)
        )
        body = "".join(
            f"<tr>{''.join(f'<td{_CLASS[_is_number(cell)]}>{escape(shown(cell))}</td>' for cell in row)}</tr>"
            for row in lines
        )
        title = f"<caption>{escape(caption)}</caption>" if caption else ""
        self._parts.append(
            f'<div class="scroll"><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        )

    def legend(self, entries: Iterable[tuple[Sequence[int], str]]) -> None:
        """Add a key of colours, as ((red, green, blue, ...) in 0..255, meaning)."""
        keys = (
            f'<span><i style="background:rgb({int(colour[0])},{int(colour[1])},{int(colour[2])})"></i>'
            f"{escape(meaning)}</span>"
            for colour, meaning in entries
        )
        self._parts.append(f'<p class="legend">{"".join(keys)}</p>')

    def pictures(self, pictures: Iterable[tuple[bytes, str]]) -> None:
        """Add PNG pictures with captions, side by side where there is room. Raises ValueError for other bytes."""
        self._parts.append(f'<div class="row">{"".join(_figure(png, caption) for png, caption in pictures)}</div>')

    def html(self) -> str:
        """The whole page."""
        return (
            f'<!DOCTYPE html>\n<html lang="{escape_html(os.environ.get(LANGUAGE) or "en")}">\n'
            '<head>\n<meta charset="utf-8">\n'
            # A report travels by mail and share: whatever a name in it holds, the page loads and runs nothing.
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            + "\n".join(self._parts)
            + "\n</body>\n</html>\n"
        )

    def write(self, path: str, transaction: OutputTransaction | None = None) -> None:
        """Write the page whole or not at all.

        transaction: who gives the file its name; None: it is named at once. Raises OutputError.
        """
        with OutputTransaction() as own:
            (transaction or own).write(path, self.html().encode())
            own.publish()


def shown(value: Cell) -> str:
    """A value as a reader wants it: four significant digits, thousands apart, a dash for what is not known."""
    if value is None or value != value:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if 1000 <= abs(value) < 1e15 else f"{value:.4g}"
    return value


def _is_number(value: Cell) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _figure(png: bytes, caption: str) -> str:
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("A picture of a report has to be a PNG.")
    # The size in the markup keeps the page from jumping while it opens.
    width, height = struct.unpack(">II", png[16:24])
    data = base64.b64encode(png).decode("ascii")
    return (
        f'<figure><img src="data:image/png;base64,{data}" width="{width}" height="{height}" alt="{escape(caption)}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )
