"""The examples of docs/scripts.md, run as they stand there."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication

from tools import qgis_process

ROOT = Path(__file__).resolve().parents[2]
STDIN_SINCE, NEW_BATCH_SINCE = 32400, 34000


def examples(heading):
    """The indented blocks below a heading."""
    text = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"(?:^(?: {4}.*)?\n)+", section, flags=re.MULTILINE)
    return ["\n".join(line[4:] for line in block.splitlines()).strip() for block in blocks if block.strip()]


@pytest.fixture
def folder(scene, tmp_path, monkeypatch):
    """A folder with the two dates and the truth, and the process in it."""
    for path in scene.values():
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(command):
    """Run a line of the shell as a user of this checkout does."""
    done = subprocess.run(
        command.replace("qgis_process ", f"{qgis_process.executable()} "),
        shell=True, env=qgis_process.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


BATCH = """
import inspect, json, os, sys
sys.path.insert(0, sys.argv[1])
from tools.desk_times import start
kept = start()
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback
from qgis.PyQt.QtWidgets import QFileDialog
from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

algorithm = QgsApplication.processingRegistry().createAlgorithmById("ddpm:detectchanges")
panel = BatchAlgorithmDialog(algorithm, None).mainWidget()
QFileDialog.getOpenFileName = lambda *_: (os.path.abspath("pairs.json"), "")
panel.load()
found = []
for row in range(panel.batchRowCount()):
    # Releases differ in what stands before the project: nothing, or the context.
    known = inspect.signature(panel.parametersForRow).parameters
    context = {"context": QgsProcessingContext()} if "context" in known else {}
    parameters, good = panel.parametersForRow(row, **context, destinationProject=None)
    feedback = QgsProcessingFeedback(False)
    results, ran = algorithm.run(parameters, QgsProcessingContext(), feedback)
    found.append([good, ran, results.get("METHOD_USED"), feedback.textLog()[-500:]])
print(json.dumps(found), flush=True)
os._exit(0)
"""


def test_the_batch_file(folder):
    now, before = examples("Many pairs in batch")
    (folder / "pairs.json").write_text(now if Qgis.QGIS_VERSION_INT >= NEW_BATCH_SINCE else before)
    # What this release does not read says the same as what it reads.
    rows = [(row["PARAMETERS"], row["OUTPUTS"]) for row in json.loads(now)["rows"]]
    evaluated = [
        ({name: ast.literal_eval(value) for name, value in row["PARAMETERS"].items()}, row["OUTPUTS"])
        for row in json.loads(before)
    ]
    assert rows == evaluated
    done = subprocess.run(
        [sys.executable, "-c", BATCH, str(ROOT)], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = json.loads(done.stdout.splitlines()[-1])
    assert [row[:3] for row in rows] == [[True, True, "irmad"], [True, True, "cva"]], rows
    assert (folder / "change_irmad.tif").exists()
    assert (folder / "change_cva.tif").exists()


def test_qgis_process_answers_in_json(provider, folder):
    qgis_process.enable_plugin()
    flags, stdin = examples("qgis_process")
    answer = json.loads(shell(flags))
    assert answer["results"]["METHOD_USED"] == "irmad"
    if Qgis.QGIS_VERSION_INT >= STDIN_SINCE:
        (folder / "change.tif").unlink()
        shell(stdin)
        assert (folder / "change.tif").exists()
    else:
        # What cannot be run here is at least what the other releases read.
        given = json.loads(stdin.partition("'")[2].partition("'")[0])
        named = {definition.name() for definition in provider.algorithm("detectchanges").parameterDefinitions()}
        assert set(given["inputs"]) <= named


def test_the_console(provider, run, folder, capsys):
    waiting, background = examples("Python console of QGIS")
    exec(waiting, {})
    assert re.fullmatch(r"[\d.]+ ha changed, F1 0\.\d\d\n", capsys.readouterr().out)
    kept = {}
    exec(background, kept)
    until = time.monotonic() + 60
    while (out := capsys.readouterr().out) == "" and time.monotonic() < until:
        QCoreApplication.processEvents()
    assert out.startswith("done:")
    assert (folder / "change_task.tif").exists()


def test_python_without_qgis(folder):
    (text,) = examples("Python without QGIS")
    environ = {name: value for name, value in os.environ.items() if name not in ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA")}
    done = subprocess.run(
        [os.environ["QGIS_DDPM_PYTHON"], "-c", text], capture_output=True, text=True, check=False,
        env={**environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert 0 < float(done.stdout) < 1
