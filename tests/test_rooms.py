"""The rooms of core: floors, circles, who sees a job, and one name for one thing. The docs have the same table."""

import ast
import re
from collections import Counter, defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "qgis_ddpm"
CORE = PACKAGE / "core"

# A room imports only from rooms of lower floors; of floor 0 are the root and `jobs`.
FLOORS = {
    1: {"outputs", "gdal", "cluster", "progress", "planning", "threads"},
    2: {"raster", "model", "learning", "download"},
    3: {
        "pairs",
        "kinds",
        "detector",
        "sampling",
        "conditions",
        "accuracy",
        "quality",
        "scenes",
        "exemplar",
        "environment_check",
        "ellipsoid",
    },
    4: {"change", "detector_training", "gaps", "synthesis", "training", "published", "export"},
    5: {"comparison", "series", "thresholding"},
    6: {"runners"},
    7: {"dry_run"},
    8: {"__init__"},
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
# Where a job is read; below, values are handed on.
SEE_JOBS = {"run", "plan", "setup", "inputs", "choose", "placement", "report", "runners", "dry_run"}
# The verb itself, and the check of this environment, which is all of its room.
SEE_JOBS_TOO = {"core/__init__.py", "core/environment_check.py"}
MOST_LINES, MOST_FILES = 260, 17

FILES = sorted(CORE.rglob("*.py"))


def module_of(path):
    """Parts of a module's name below the package, such as ("core", "raster", "grid")."""
    return path.relative_to(PACKAGE).with_suffix("").parts


def imports(path):
    """Modules of this package that a file imports, also in functions and for type hints alone, as parts."""
    here = module_of(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = (*here[: len(here) - node.level], *(node.module.split(".") if node.module else ()))
            for name in node.names:
                whole = (*base, name.name)
                yield whole if PACKAGE.joinpath(*whole).with_suffix(".py").exists() else base


def room_of(module):
    return module[1]


def short(path):
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", FILES, ids=short)
def test_a_room_imports_only_from_lower_floors(path):
    here = room_of(module_of(path))
    assert here in FLOOR_OF, f"{here} has no floor"
    upward = [
        module
        for module in imports(path)
        if module[0] == "core" and len(module) > 1 and room_of(module) != here
        if FLOOR_OF[room_of(module)] >= FLOOR_OF[here]
    ]
    assert not upward


def test_no_imports_of_core_form_a_circle_with_type_hints_counted():
    graph = {}
    for path in FILES:
        module = module_of(path)
        module = module[:-1] if module[-1] == "__init__" else module
        graph[module] = {each for each in imports(path) if each[0] == "core" and each not in ((), module)}
    # A file of a room may import the room's own names through its neighbours, never through the room.
    tuple(TopologicalSorter(graph).static_order())


def test_jobs_are_read_at_the_top_of_a_room_alone():
    seeing = {short(path) for path in FILES if any(module[0] == "jobs" for module in imports(path))}
    assert {name for name in seeing if Path(name).stem not in SEE_JOBS} - SEE_JOBS_TOO == set()


def test_no_job_is_made_in_core():
    from qgis_ddpm.jobs import JOBS

    made = re.compile(rf"\b({'|'.join(kind.__name__ for kind in JOBS.values())})\(")
    assert [short(path) for path in FILES if made.search(path.read_text(encoding="utf-8"))] == []


def test_files_and_rooms_are_small():
    lines = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    files = Counter(path.parent for path in FILES)
    assert {short(room): count for room, count in files.items() if count > MOST_FILES} == {}


def test_no_two_classes_of_core_have_one_name():
    places = defaultdict(list)
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(short(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_arrays_have_their_names_in_one_file():
    alias = re.compile(r"^\w+(: TypeAlias)? = (NDArray|npt\.NDArray)\b", re.MULTILINE)
    found = {short(path) for path in FILES if alias.search(path.read_text(encoding="utf-8"))}
    assert found == {"core/raster/types.py"}


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        (r"tile_px // 4", {"core/raster/lattice.py"}),
        (r"def _?fill(ed|_invalid)\(", {"core/raster/scaling.py"}),
        (r"def (save|write)_checkpoint\(", {"core/learning/checkpoint.py"}),
        # The second is no draining: the guard hands a wish to stop on.
        (r"except StopIteration", {"core/progress.py", "core/outputs/unchanged.py"}),
    ],
    ids=["default overlap", "filling", "checkpoint", "draining of generators"],
)
def test_what_is_known_stands_in_one_place(pattern, places):
    assert {short(path) for path in FILES if re.search(pattern, path.read_text(encoding="utf-8"))} == places


def test_the_docs_have_the_same_floors():
    text = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", text, flags=re.MULTILINE)
    told = {room: int(floor) for floor, names in rows for room in re.findall(r"`(\w+)`", names)}
    files = {path.stem for path in CORE.glob("*.py")}
    assert told == {room: floor for room, floor in FLOOR_OF.items() if room not in files}
