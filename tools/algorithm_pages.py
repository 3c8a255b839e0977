"""`make docs`: one page of docs/ for each algorithm, with the words of its help and the options of its job."""

import ast
import sys
from pathlib import Path

from qgis_ddpm.jobs import JOBS, Job, Option

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
# Between these lines of the index stands the list of pages.
BEGIN, END = "<!-- algorithms -->\n", "<!-- end of algorithms -->\n"


def source_of(algorithm: str) -> Path:
    """The file of an algorithm's class."""
    return ROOT / "qgis_ddpm" / "algorithms" / f"{algorithm}.py"


def texts_of(algorithm: str) -> dict[str, str]:
    """The texts of an algorithm's class by name, from its source: QGIS is not needed for its documentation."""
    source = source_of(algorithm).read_text(encoding="utf-8")
    return {
        target.id: node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def words_of(algorithm: str) -> tuple[str, list[str]]:
    """Title and paragraphs of an algorithm's help."""
    texts = texts_of(algorithm)
    return texts["TITLE"], [" ".join(part.split()) for part in texts["HELP"].split("\n\n") if part.strip()]


def page(kind: type[Job]) -> str:
    """The page of one algorithm, as Markdown."""
    name = kind.ALGORITHM
    title, paragraphs = words_of(name)
    inputs = [item for item in kind.options() if not item.is_destination]
    parts = [
        f"# {title}",
        f"`ddpm:{name}` in QGIS and `qgis_process`; `python -m qgis_ddpm {name}` on the command line, where `SEED` is "
        f"`--seed`; `job: {name}` in a job file, where it is `seed:`. "
        f"`python -m qgis_ddpm template {name}` prints a job file with every field.",
        *paragraphs,
        *([f"![The dialog in QGIS](images/dialog_{name}.png)"] if _has_picture(name) else []),
        "## Parameters",
        _table([item for item in inputs if not item.advanced]),
    ]
    advanced = [item for item in inputs if item.advanced]
    if advanced:
        parts += ["### Advanced", _table(advanced)]
    parts += ["## Destinations", _table([item for item in kind.options() if item.is_destination])]
    if kind.OUTPUTS:
        rows = [f"| `{output}` | {_cell(meaning)} |" for output, meaning in kind.OUTPUTS.items()]
        parts += ["## Figures", "\n".join(["| output | what |", "|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def index(text: str) -> str:
    """The index with the list of pages renewed."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    rows = []
    for name, kind in _in_qgis().items():
        summary = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
        rows.append(f"| [{words_of(name)[0]}]({name}.md) | `{name}` | {_cell(summary)} |\n")
    return f"{head}{BEGIN}| algorithm | name | |\n|---|---|---|\n{''.join(rows)}{END}{tail}"


def pages() -> dict[Path, str]:
    """All pages by their files."""
    found = {DOCS / f"{name}.md": page(kind) for name, kind in _in_qgis().items()}
    path = DOCS / "index.md"
    return {**found, path: index(path.read_text(encoding="utf-8"))}


def _has_picture(algorithm: str) -> bool:
    return (DOCS / "images" / f"dialog_{algorithm}.png").exists()


def _in_qgis() -> dict[str, type[Job]]:
    return {name: kind for name, kind in JOBS.items() if source_of(name).exists()}


def main() -> int:
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


def _table(items: list[Option]) -> str:
    rows = [
        f"| `{item.parameter}` | {_cell(f'{item.label}. {item.explanation()}')} | {_default(item)} |" for item in items
    ]
    return "\n".join(["| parameter | what | default |", "|---|---|---|", *rows])


def _default(item: Option) -> str:
    if item.required:
        return "required"
    return "" if item.default in (None, (), "") else f"`{item.default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.exit(main())
