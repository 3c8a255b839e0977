"""`make translations`: the texts of the plugin as Qt's .ts files in qgis_ddpm/i18n, and the .qm files made of them.

Most texts are fields of jobs, which Qt's own lupdate cannot find, so they are collected from the code here.
Translations are written into the .ts file by hand or with Qt Linguist, and compiled by Qt's lrelease. What a worker
says stands in the source as plain sentences with values in them; their templates are read out of it, and go as
texts_LANGUAGE.json to where there is no Qt.
"""

import ast
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterator
from pathlib import Path

from qgis_ddpm.errors import ERRORS
from qgis_ddpm.jobs import JOBS
from qgis_ddpm.stages import STAGES, plural
from tools.algorithm_pages import source_of, texts_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "qgis_ddpm"
FOLDER = PACKAGE / "i18n"
LANGUAGES = ("de",)
CONTEXT = "ddpm"
# Calls whose texts somebody reads.
SPEAKERS = {"Note", "Progress", "Report", "heading", "text", "warning", "figures", "table", "legend", "pictures"}
# Debian has it outside the PATH.
COMPILERS = ("lrelease", "lrelease-qt5", "/usr/lib/qt6/bin/lrelease", "/usr/lib/qt5/bin/lrelease")


def messages(known: Container[str] = ()) -> list[str]:
    """Every text that a user of QGIS meets, in the order of the alphabet.

    known: what has a translation; of what a worker says, only that is among them, and parts of sentences with it.
    """
    said = {text for text in _said(everything=True) if text in known}
    return sorted(text for text in {*_of_jobs(), *_of_algorithms(), *_in_calls(), *_of_stages(), *said} if text)


def lacking(known: Container[str]) -> list[str]:
    """Sentences of a worker that have no translation."""
    return sorted({text for text in _said() if text not in known})


def _of_stages() -> list[str]:
    units = {each for path in _outside_qgis() for each in _units(ast.parse(path.read_text(encoding="utf-8")))}
    return [*STAGES.values(), *units, *map(plural, units)]


def _units(tree: ast.AST) -> Iterator[str]:
    """The units of what is counted in `Progress`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Progress":
            # After done and total, which may come as one.
            at = 1 if any(isinstance(arg, ast.Starred) for arg in node.args) else 2
            unit = node.args[at] if len(node.args) > at else None
            if isinstance(unit, ast.Constant) and isinstance(unit.value, str):
                yield unit.value


def _outside_qgis() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent.name != "algorithms"]


def _said(everything: bool = False) -> list[str]:
    """Templates of what is said outside QGIS: in events, errors and reports, and other whole sentences.

    everything: also all other texts of the code, of which sentences may be put together.
    """
    finder = _Finder(everything)
    for path in _outside_qgis():
        finder.visit(ast.parse(path.read_text(encoding="utf-8")))
    return finder.found


class _Finder(ast.NodeVisitor):
    """Collects texts; f-strings as templates."""

    def __init__(self, everything: bool) -> None:
        self.found: list[str] = []
        self._everything = everything
        self._said = False

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ("option", "tr"):
            return
        before = self._said
        self._said = before or name in SPEAKERS or name in ERRORS
        self.generic_visit(node)
        self._said = before

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._add("".join(_literal(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._add(_literal(node.value))

    def _add(self, text: str) -> None:
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\{[^}]*\}", "", text))
        is_sentence = len(words) > 2 and text.rstrip().endswith(".") and "\n" not in text
        if (
            self._everything
            or (is_sentence and not text.startswith(("#", ":")))
            or (self._said and " " in text and words)
        ):
            self.found.append(text)


def _literal(text: object) -> str:
    return str(text).replace("{", "{{").replace("}", "}}")


def _of_jobs() -> list[str]:
    found = []
    for kind in JOBS.values():
        found += [(kind.__doc__ or "").strip(), *kind.OUTPUTS.values()]
        for item in kind.options():
            found += [item.label, item.help, item.empty, item.unit, item.unit.partition(" (")[0]]
    return found


def _of_algorithms() -> list[str]:
    found = []
    for name in JOBS:
        if source_of(name).exists():
            texts = texts_of(name)
            paragraphs = [" ".join(part.split()) for part in texts["HELP"].split("\n\n")]
            found += [texts["TITLE"], texts["TAGS"], *paragraphs]
    return found


def _in_calls() -> list[str]:
    """What stands in a call of `tr`."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                found += [
                    each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
    return found


def read(language: str) -> dict[str, str]:
    """The finished translations of a language."""
    path = FOLDER / f"ddpm_{language}.ts"
    if not path.exists():
        return {}
    found = {}
    for message in ET.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.get("type") is None and translation.text:
            found[message.findtext("source", "")] = translation.text
    return found


def write(language: str) -> list[str]:
    """Write the .ts file with every text of today; the texts that lack a translation."""
    known = read(language)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    missing = []
    for text in messages(known):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if text in known:
            translation.text = known[text]
        else:
            translation.set("type", "unfinished")
            missing.append(text)
    ET.indent(root, "    ")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=False)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"ddpm_{language}.ts").write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8"
    )
    texts = {text: known[text] for text in messages(known) if text in known}
    lines = json.dumps(texts, ensure_ascii=False, indent=0, sort_keys=True)
    (FOLDER / f"texts_{language}.json").write_text(f"{lines}\n", encoding="utf-8")
    return missing


def compile_all() -> int:
    """Make the .qm files; 1 where lrelease is not there."""
    compiler = next((found for name in COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        print("translations: Qt's lrelease is missing; on Debian it is in qttools5-dev-tools", file=sys.stderr)
        return 1
    for path in sorted(FOLDER.glob("*.ts")):
        subprocess.run([compiler, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)
    return 0


def main() -> int:
    """Write and compile all languages, and print what lacks a translation."""
    for language in LANGUAGES:
        missing = write(language)
        known = read(language)
        print(f"{language}: {len(messages(known)) - len(missing)} of {len(messages(known))} texts")
        for text in [*missing, *lacking(known)]:
            print(f"  lacks: {text}")
    return compile_all()


if __name__ == "__main__":
    sys.exit(main())
