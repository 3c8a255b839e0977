"""`python -m tools.desk_times`: how long the desktop waits for the plugin, measured without a display.

Opens the dialog of every algorithm beside one of QGIS's own, and runs a change detection from a background task while
the main thread counts the time between its own ticks. One line of JSON on stdout.

Dialogs and checks are timed by the processor time of the main thread, which is what they take on an idle machine
whatever else this one does; the ticks by the clock on the wall, since a thread that waits computes nothing.
"""

import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# GDAL's, as `native:cliprasterbyextent` is no more.
COMPARED = "gdal:cliprasterbyextent"
ROUNDS = 2
TICK_MS = 5


def start() -> Any:
    """QGIS's application with widgets, Processing and the provider; keep what is returned."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = tempfile.mkdtemp(prefix="ddpm_desk_")
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
    from processing.core.Processing import Processing
    from qgis.analysis import QgsNativeAlgorithms

    from qgis_ddpm.plugin import DdpmPlugin

    Processing.initialize()
    registry = QgsApplication.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms())
    plugin = DdpmPlugin(None)
    plugin.initProcessing()
    from qgis_ddpm.algorithms import box_factory

    # As the desktop does.
    box_factory.register()
    return application, plugin


def dialog_seconds(name: str) -> float:
    """How long the dialog of an algorithm takes until it is drawn."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog
    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QCoreApplication

    begin = time.thread_time()
    dialog = AlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById(name), False, None)
    dialog.show()
    QCoreApplication.processEvents()
    passed = time.thread_time() - begin
    dialog.close()
    dialog.deleteLater()
    QCoreApplication.processEvents()
    return passed


def all_dialogs() -> dict[str, float]:
    """Seconds of every dialog beyond QGIS's own, the medians of some rounds; the first round only warms up."""
    from qgis.core import QgsApplication

    provider = QgsApplication.processingRegistry().providerById("ddpm")
    names = [COMPARED, *(algorithm.id() for algorithm in provider.algorithms())]
    rounds = [{name: dialog_seconds(name) for name in names} for _ in range(ROUNDS + 1)][1:]
    medians = {name: statistics.median(each[name] for each in rounds) for name in names}
    return {name: medians[name] - medians[COMPARED] for name in names[1:]} | {COMPARED: medians[COMPARED]}


def longest_silence(parameters: dict[str, Any]) -> dict[str, float]:
    """Seconds of the checks before a run, and the longest time between ticks of the main thread while it runs."""
    from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask, QgsProcessingContext, QgsProcessingFeedback
    from qgis.PyQt.QtCore import QCoreApplication, QTimer

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ddpm:detectchanges")
    begin = time.thread_time()
    able, words = algorithm.checkParameterValues(parameters, context)
    checked = time.thread_time() - begin
    assert able, words
    ticks = [time.perf_counter()]
    ended: list[bool] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(TICK_MS)
    begin = time.thread_time()
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    prepared = time.thread_time() - begin
    task.executed.connect(lambda good, results: ended.append(good))
    QgsApplication.taskManager().addTask(task)
    while not ended:
        QCoreApplication.processEvents()
        time.sleep(0.001)
    timer.stop()
    assert ended == [True], feedback.textLog()
    gaps = [later - earlier for earlier, later in itertools.pairwise(ticks)]
    return {"check": checked, "prepare": prepared, "longest_gap": max(gaps), "ticks": len(ticks)}


def main() -> int:
    """Print the measurements; the scene's two dates are the arguments."""
    before, after = sys.argv[1:3]
    kept = start()
    found = {"dialogs": all_dialogs()}
    with tempfile.TemporaryDirectory() as folder:
        files = {name: str(Path(folder) / f"{name}.tif") for name in ("OUTPUT", "PROBABILITY")}
        parameters = {"BEFORE": before, "AFTER": after, "METHOD": "irmad", **files}
        found["run"] = min((longest_silence(parameters) for _ in range(2)), key=lambda each: each["longest_gap"])
    print(json.dumps(found), flush=True)
    assert kept
    assert not {"torch", "rasterio"} & set(sys.modules)
    # Qt's widgets and Python's interpreter do not agree on an order to end in.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
