"""`make translations`: the texts of the plugin as Qt's .ts files in qgis_ddpm/i18n, and the .qm files made of them.

Most texts are fields of jobs, which Qt's own lupdate cannot find, so they are collected from the code here.
Translations are written into the .ts file by hand or with Qt Linguist, and compiled by Qt's lrelease.
"""

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from qgis_ddpm.jobs import JOBS
from tools.algorithm_pages import source_of, texts_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "qgis_ddpm"
FOLDER = PACKAGE / "i18n"
LANGUAGES = ("de",)
CONTEXT = "ddpm"
# Debian has it outside the PATH.
COMPILERS = ("lrelease", "lrelease-qt5", "/usr/lib/qt6/bin/lrelease", "/usr/lib/qt5/bin/lrelease")


def messages() -> list[str]:
    """Every text that a user of QGIS meets, in the order of the alphabet."""
    found = set(_of_jobs()) | set(_of_algorithms()) | set(_in_calls())
    return sorted(text for text in found if text)


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
    for text in messages():
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
        print(f"{language}: {len(messages()) - len(missing)} of {len(messages())} texts")
        for text in missing:
            print(f"  lacks: {text}")
    return compile_all()


if __name__ == "__main__":
    sys.exit(main())
