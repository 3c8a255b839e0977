"""The documentation against the code: links, quoted sentences, named files and commands are those that exist."""

import ast
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from qgis_ddpm.jobs import JOBS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "qgis_ddpm"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "models").glob("*.md")])
ids = [str(page.relative_to(ROOT)) for page in PAGES]


@cache
def sentences():
    """Every text in the package, with … for what is filled in; numbers of the code stand as they are."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.append(
                    "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value.replace("{}", "…"))
    return found


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_quotation_of_the_troubleshooting_is_a_sentence_of_the_code():
    text = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^> (.+)$", text, flags=re.MULTILINE)
    assert len(quoted) > 20
    unknown = []
    for quotation in quoted:
        # A value in the quotation may be a longer expression in the code, and the other way round.
        pattern = ".*".join(re.escape(part) for part in quotation.strip().split("…"))
        if not any(re.search(pattern, sentence) for sentence in sentences()):
            unknown.append(quotation)
    assert unknown == []


def test_every_file_that_the_architecture_names_exists():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.py)`", text))
    assert len(named) > 30
    places = ("", "qgis_ddpm", "qgis_ddpm/core", "qgis_ddpm/algorithms")
    assert [name for name in sorted(named) if not any((ROOT / place / name).exists() for place in places)] == []


def commands():
    for page in PAGES:
        text = page.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in re.findall(r"(?:-m qgis_ddpm|qgis_process(?:\.bin)? run ddpm:)[^`\n]*", text):
            words = shlex.split(line.split("#")[0].partition(">")[0])
            yield pytest.param(words, id=f"{page.name}: {' '.join(words)[:60]}")


@pytest.mark.parametrize("words", list(commands()))
def test_every_command_names_algorithms_and_fields_that_exist(words):
    if words[0] == "-m":
        flags = {word.lstrip("-").partition("=")[0] for word in words[2:] if word.startswith("--")}
        flags -= {"json", "dry-run"}
        names = [word for word in words[2:] if word in JOBS]
        spelt = str.lower
    else:
        flags = {word.lstrip("-").partition("=")[0] for word in words if word.startswith("--")}
        names = [word.removeprefix("ddpm:") for word in words if word.startswith("ddpm:")]
        spelt = str.upper
    if not names:
        return
    known = {spelt(item.name) for item in JOBS[names[0]].options()}
    assert flags <= known


def test_no_page_knows_the_machine_that_it_was_written_on():
    for page in PAGES:
        assert not re.search(r"/(work|home|root|tmp)/", page.read_text(encoding="utf-8")), page
