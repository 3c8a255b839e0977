"""What happens inside QGIS's desktop while pictures are taken; `tools.screenshots` starts it with `--code`.

A story is a generator: it does something, then yields the seconds to wait or a condition to wait for.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import processing
from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
from processing.modeler.ModelerDialog import ModelerDialog
from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsInterval,
    QgsProject,
    QgsRasterLayer,
    QgsRasterLayerTemporalProperties,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QTimer
from qgis.PyQt.QtWidgets import QDockWidget, QFileDialog, QTreeView, QWidget
from qgis.utils import iface

import qgis_ddpm

SCENE = Path(os.environ["DDPM_SCENE"])
PICTURES = Path(os.environ["DDPM_PICTURES"])
MODEL = os.environ["DDPM_MODEL"]
# Rasters that are named by their years; without them no series is played.
SERIES = os.environ.get("DDPM_SERIES", "")
SERIES_FRAMES = (1987, 1992, 1997, 2002)
PACKAGE = Path(qgis_ddpm.__file__).parent
WIDTH = 980
POLL_MS = 100
LONGEST_S = 300.0

Wait = float | Callable[[], bool]


def snap(widget: QWidget, name: str) -> None:
    """Save what a widget shows."""
    widget.grab().save(str(PICTURES / f"{name}.png"))


def layer(name: str) -> Any:
    """A layer of the project by its name, or by how its name begins, before dates and method."""
    found = {each.name(): each for each in QgsProject.instance().mapLayers().values()}
    return found.get(name) or next(each for title, each in found.items() if title.startswith(f"{name} "))


def show_scene() -> Iterator[Wait]:
    """Load the two dates in natural colours."""
    for name in ("before", "after"):
        date = QgsRasterLayer(str(SCENE / f"{name}.tif"), name)
        renderer = date.renderer()
        renderer.setRedBand(3)
        renderer.setGreenBand(2)
        renderer.setBlueBand(1)
        date.setDefaultContrastEnhancement()
        QgsProject.instance().addMapLayer(date)
    yield 0.5


def open_toolbox() -> Iterator[Wait]:
    """Show the provider's algorithms in the toolbox."""
    window = iface.mainWindow()
    window.resize(1280, 800)
    for dock in window.findChildren(QDockWidget):
        dock.setVisible(dock.objectName() in ("Layers", "ProcessingToolbox"))
    toolbox = window.findChild(QDockWidget, "ProcessingToolbox")
    toolbox.findChild(QgsFilterLineEdit).setText("ddpm")
    yield 1.0
    toolbox.findChild(QTreeView).expandAll()
    iface.mapCanvas().zoomToFullExtent()
    yield 2.0
    snap(window, "toolbox")


def show_dialog(name: str, values: dict[str, Any], height: int = 720) -> QWidget:
    """Open the dialog of an algorithm; QGIS remembers the size of the last one, so it is set anew."""
    dialog = processing.createAlgorithmDialog(f"ddpm:{name}", values)
    dialog.show()
    dialog.resize(WIDTH, height)
    return dialog


def open_dialogs() -> Iterator[Wait]:
    """Show the dialog of each algorithm with likely values."""
    before, after = layer("before"), layer("after")
    values: dict[str, dict[str, Any]] = {
        "trainmodel": {"INPUT": [before.id(), after.id()], "PRESET": "tiny", "MINUTES": 2.0},
        "sampletiles": {"MODEL": MODEL, "LAYOUT": "seamless", "TEMPLATE": before},
        "detectchanges": {"BEFORE": before, "AFTER": after, "METHOD": "irmad", "MIN_AREA": 300.0},
        "traindetector": {
            "MODEL": MODEL,
            "BEFORE": [before.id()],
            "AFTER": [after.id()],
            "LABELS": [str(SCENE / "truth.tif")],
            "MINUTES": 5.0,
        },
        "train_detect_assess": {
            "MODEL": MODEL,
            "TRAIN_BEFORE": before,
            "TRAIN_AFTER": after,
            "LABELS": str(SCENE / "truth.tif"),
            "BEFORE": before,
            "AFTER": after,
            "REFERENCE": str(SCENE / "truth.tif"),
        },
    }
    for algorithm in QgsApplication.processingRegistry().providerById("ddpm").algorithms():
        name = algorithm.name()
        dialog = show_dialog(name, values.get(name, {}))
        yield 0.7
        snap(dialog, f"dialog_{name}")
        if name == "detectchanges":
            dialog.findChild(QWidget, "grpAdvanced").setProperty("collapsed", False)
            dialog.resize(WIDTH, 1560)
            yield 0.7
            snap(dialog, "dialog_detectchanges_advanced")
        dialog.close()


def open_batch() -> Iterator[Wait]:
    """Fill the batch table of a change detection from a file, as docs/scripts.md shows."""
    rows = [
        {
            "PARAMETERS": {
                "BEFORE": repr(layer("before").id()),
                "AFTER": repr(layer("after").id()),
                "METHOD": repr(method),
            },
            "OUTPUTS": {"OUTPUT": f"change_{method}.tif"},
        }
        for method in ("irmad", "cva")
    ]
    # The form that releases before 3.40 read.
    path = SCENE / "pairs.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ddpm:detectchanges")
    dialog = BatchAlgorithmDialog(algorithm, iface.mainWindow())
    QFileDialog.getOpenFileName = lambda *_, **__: (str(path), "")
    dialog.mainWidget().load()
    dialog.show()
    dialog.resize(1200, 420)
    yield 1.0
    snap(dialog, "batch_detectchanges")
    dialog.close()


def open_designer() -> Iterator[Wait]:
    """Show the model that comes with the plugin in the model designer."""
    designer = ModelerDialog.create()
    designer.loadModel(str(PACKAGE / "workflows" / "train_detect_assess.model3"))
    designer.show()
    designer.resize(1500, 900)
    yield 1.0
    designer.view().fitInView(designer.view().scene().itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
    yield 1.0
    snap(designer, "modeler_train_detect_assess")
    designer.setDirty(False)
    designer.close()


def run_detection() -> Iterator[Wait]:
    """Detect changes from the dialog, show the log and the maps that come of it, and assess the mask."""
    values = {"BEFORE": layer("before"), "AFTER": layer("after"), "METHOD": "irmad", "MIN_AREA": 300.0}
    wanted = dict.fromkeys(("OUTPUT", "PROBABILITY", "POLYGONS"), "TEMPORARY_OUTPUT")
    dialog = show_dialog("detectchanges", {**values, **wanted})
    yield 0.5
    dialog.runButton().click()
    yield dialog.wasExecuted
    yield 1.5
    snap(dialog, "run_detectchanges")
    dialog.close()
    window = iface.mainWindow()
    window.findChild(QDockWidget, "ProcessingToolbox").hide()
    yield 0.5
    iface.mapCanvas().zoomToFullExtent()
    for name, hidden in (("change", ["Change probability"]), ("probability", ["Change mask", "Changed areas"])):
        for each in QgsProject.instance().mapLayers().values():
            node = QgsProject.instance().layerTreeRoot().findLayer(each.id())
            node.setItemVisibilityChecked(not each.name().startswith(tuple(hidden)))
            node.setExpanded(node.isVisible() and each.name().startswith("Change"))
        yield 2.5
        snap(window, f"map_{name}")
    further = {
        "assesschanges": {"PREDICTED": layer("Change mask"), "REFERENCE": str(SCENE / "truth.tif")},
        "applythreshold": {"PROBABILITY": layer("Change probability"), "THRESHOLD": 0.7, "MIN_AREA": 300.0},
    }
    for name, given in further.items():
        dialog = show_dialog(name, given)
        yield 0.7
        snap(dialog, f"dialog_{name}")
        dialog.close()


def at(year: int) -> QDateTime:
    """The beginning of a year."""
    return QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt.TimeSpec.UTC)


def show_series() -> Iterator[Wait]:
    """Load the dates of a series, each shown from its own year until the next."""
    years = sorted(int(path.stem) for path in Path(SERIES).glob("*.tif"))
    for year, following in zip(years, [*years[1:], years[-1] + 5], strict=True):
        date = QgsRasterLayer(str(Path(SERIES) / f"{year}.tif"), str(year))
        temporal = date.temporalProperties()
        temporal.setMode(QgsRasterLayerTemporalProperties.ModeFixedTemporalRange)
        temporal.setFixedTemporalRange(QgsDateTimeRange(at(year), at(following), True, False))
        temporal.setIsActive(True)
        QgsProject.instance().addMapLayer(date)
    yield 0.5


def play_series() -> Iterator[Wait]:
    """Detect changes in a series from the dialog, and play the polygons over the dates."""
    QgsProject.instance().clear()
    window = iface.mainWindow()
    window.resize(1180, 760)
    for dock in window.findChildren(QDockWidget):
        dock.setVisible(dock.objectName() == "Layers")
    yield from show_series()
    dates = [each.id() for each in QgsProject.instance().mapLayers().values()]
    wanted = dict.fromkeys(("OUTPUT", "POLYGONS"), "TEMPORARY_OUTPUT")
    dialog = show_dialog("detectseries", {"INPUT": dates, "METHOD": "irmad", "MIN_AREA": 100_000.0, **wanted})
    yield 0.7
    snap(dialog, "dialog_detectseries")
    dialog.runButton().click()
    yield dialog.wasExecuted
    yield 1.5
    dialog.close()
    result = layer("Changes over time")
    QgsProject.instance().layerTreeRoot().findLayer(result.id()).setItemVisibilityChecked(False)
    # A project that showed another scene before keeps its CRS when it is emptied.
    QgsProject.instance().setCrs(result.crs())
    iface.mapCanvas().setExtent(result.extent())
    controller = iface.mapCanvas().temporalController()
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() == "Temporal Controller" or "emporal" in dock.windowTitle():
            dock.show()
    controller.setNavigationMode(QgsTemporalNavigationObject.Animated)
    controller.setTemporalExtents(QgsDateTimeRange(at(1985), at(2005)))
    controller.setFrameDuration(QgsInterval(1, QgsUnitTypes.TemporalYears))
    for year in SERIES_FRAMES:
        controller.setCurrentFrameNumber(year - 1985)
        yield 4.0
        snap(window, f"series_{year}")
    controller.setNavigationMode(QgsTemporalNavigationObject.NavigationOff)
    tree = QgsProject.instance().layerTreeRoot()
    tree.findLayer(result.id()).setItemVisibilityChecked(True)
    tree.findLayer(layer("Changed areas over time").id()).setItemVisibilityChecked(False)
    yield 3.0
    snap(window, "series_first")


def story() -> Iterator[Wait]:
    """Everything in order."""
    yield 1.0
    if os.environ.get("DDPM_ONLY") == "series":
        yield from play_series()
        return
    yield from show_scene()
    if os.environ.get("DDPM_ONLY") == "map":
        iface.mainWindow().resize(1280, 800)
        for dock in iface.mainWindow().findChildren(QDockWidget):
            dock.setVisible(dock.objectName() == "Layers")
        yield from run_detection()
        return
    yield from open_toolbox()
    yield from open_dialogs()
    yield from open_batch()
    yield from open_designer()
    yield from run_detection()
    if SERIES:
        yield from play_series()


class Teller:
    """Goes through a story while Qt's event loop turns; leaves QGIS at its end or at the first fault."""

    def __init__(self, steps: Iterator[Wait]) -> None:
        self._steps = steps
        self._condition: Callable[[], bool] | None = None
        self._waited_s = 0.0

    def go_on(self) -> None:
        """Take the next step, or look again whether it may be taken."""
        try:
            if self._condition is not None and not self._condition():
                self._waited_s += POLL_MS / 1000
                if self._waited_s > LONGEST_S:
                    raise TimeoutError("a step of the story did not come to its end")
                QTimer.singleShot(POLL_MS, self.go_on)
                return
            wait = next(self._steps)
        except StopIteration:
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        self._waited_s = 0.0
        self._condition = wait if callable(wait) else None
        QTimer.singleShot(POLL_MS if callable(wait) else int(1000 * wait), self.go_on)


teller = Teller(story())
iface.initializationCompleted.connect(teller.go_on)
