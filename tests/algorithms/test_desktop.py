"""What only the desktop has: dialogs, widgets, the message bar. Each in a QGIS of its own, without a display."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import write_model

ROOT = Path(__file__).resolve().parents[2]


def on_desktop(*arguments, **environ):
    """Run a script and give the JSON on its last line."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def times(scene):
    return on_desktop("-m", "tools.desk_times", scene["before"], scene["after"])


def test_dialogs_open_as_fast_as_those_of_qgis(times):
    slower = {name: seconds for name, seconds in times["dialogs"].items() if name.startswith("ddpm:")}
    assert len(slower) >= 8
    assert max(slower.values()) <= 0.2, slower


def test_the_main_thread_is_never_held_up(times):
    assert times["run"]["ticks"] > 20
    assert max(times["run"][part] for part in ("check", "prepare", "longest_gap")) <= 0.1, times["run"]


GUI = """
import gc, json, os
from tools.desk_times import start
kept = start()
import processing
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingModelAlgorithm
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QApplication, QDialog, QPushButton
from processing.gui.AlgorithmDialog import AlgorithmDialog
from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
from processing.gui.wrappers import WidgetWrapperFactory
from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer
from qgis_ddpm.algorithms.boxes import ModelBox
from qgis_ddpm.algorithms.setup_prompt import offer_setup

def write_raster(path, bands):
    file = gdal.GetDriverByName("GTiff").Create(path, 8, 8, bands)
    file.SetGeoTransform((0, 10, 0, 0, 0, -10))
    file.GetRasterBand(1).WriteRaster(0, 0, 1, 1, b"x")

found = {}
def algorithm(name):
    return QgsApplication.processingRegistry().createAlgorithmById("ddpm:" + name)

for name in ("sampletiles", "detectchanges"):
    dialog = AlgorithmDialog(algorithm(name), False, None)
    wrapper = dialog.mainWidget().wrappers["MODEL"]
    box = dialog.findChildren(ModelBox)[0]._box
    found[name] = [box.itemText(index) for index in range(box.count())]
    found[name + " first"] = wrapper.parameterValue()
    wrapper.setParameterValue("typed.safetensors", QgsProcessingContext())
    found[name + " typed"] = wrapper.parameterValue()
    found[name + " tip"] = box.itemData(box.findText("free.safetensors"), 3)
batch = BatchAlgorithmDialog(algorithm("sampletiles"), None)
found["batch"] = type(batch.mainWidget().wrappers[0][0]).__name__

folder = os.environ["QGIS_DDPM_MODELS"]
project = QgsProject.instance()
def add(name, bands):
    write_raster(f"{folder}/{name}.tif", bands)
    layer = QgsRasterLayer(f"{folder}/{name}.tif", name)
    project.addMapLayer(layer)
    return layer.id()

alone = add("one", 1)
dialog = AlgorithmDialog(algorithm("detectchanges"), False, None)
found["one layer"] = dialog.mainWidget().wrappers["AFTER"].parameterValue()
later, earlier = add("scene_2023", 3), add("scene_2019", 3)
dialog = AlgorithmDialog(algorithm("detectchanges"), False, None)
chosen = [dialog.mainWidget().wrappers[name].parameterValue() for name in ("BEFORE", "AFTER")]
found["two dates"] = chosen == [earlier, later]
box = dialog.findChildren(ModelBox)[0]
found["fits first"] = [box._box.itemText(index) for index in range(box._box.count())]
box.set_value("a_wide.safetensors")
found["warned"] = [box._sign.isVisibleTo(box), box._sign.toolTip()]
box.set_value("free.safetensors")
found["fits"] = box._sign.isVisibleTo(box)
dialog = AlgorithmDialog(algorithm("trainmodel"), False, None)
found["kept"] = str(dialog.mainWidget().createProcessingParameters()["MODEL"])

class ModelerParametersDialog(QDialog):
    model, childId, context = QgsProcessingModelAlgorithm(), "x", QgsProcessingContext()

asking = ModelerParametersDialog()
asked = algorithm("sampletiles")
parameter = asked.parameterDefinition("MODEL")
found["modeler"] = type(WidgetWrapperFactory.create_wrapper(parameter, asking)).__name__

class Iface:
    bar = QgsMessageBar()
    def messageBar(self):
        return self.bar

iface = Iface()
found["offered where it is there"] = offer_setup(iface) is not None
os.environ["QGIS_DDPM_PYTHON"] = "/nowhere/python"
offer = offer_setup(iface)
found["offered where it is missing"] = offer is not None
found["buttons"] = [button.text() for button in iface.bar.findChildren(QPushButton)]
found["offered again"] = offer_setup(iface) is not None

class Opened(QDialog):
    pass

processing.createAlgorithmDialog = lambda name: found.setdefault("opened", name) and Opened()
gc.collect()
iface.bar.findChildren(QPushButton)[0].click()
gc.collect()
found["dialogs"] = [type(widget).__name__ for widget in QApplication.topLevelWidgets() if widget.isVisible()]
print(json.dumps(found), flush=True)
os._exit(0)
"""


@pytest.fixture(scope="module")
def gui(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    write_model(folder / "free.safetensors", 3)
    write_model(folder / "a_wide.safetensors", 7)
    return on_desktop("-c", GUI, QGIS_DDPM_MODELS=str(folder))


def test_a_model_is_chosen_by_name_in_dialogs(gui):
    # Both do without: from rasters, or by a method that needs no model.
    for name in ("sampletiles", "detectchanges"):
        assert gui[name][0] == ""
        assert gui[f"{name} first"] is None
        assert "free.safetensors" in gui[name]
        assert gui[f"{name} typed"] == "typed.safetensors"
        assert "3 bands" in gui[f"{name} tip"]
    assert gui["batch"] in ("ModelWidget", "BoxWrapper")
    assert gui["modeler"] == "QgsProcessingModelerParameterWidget"


def test_dialogs_offer_what_makes_sense(gui):
    assert not gui["one layer"]
    assert gui["two dates"]
    assert re.search(r"models.*/model_\d{4}-\d\d-\d\d_\d{4}(_\d+)?\.safetensors", gui["kept"])


def test_a_model_that_fits_stands_first_and_another_warns(gui):
    names = gui["fits first"]
    # By the alphabet it would stand first.
    assert names.index("free.safetensors") < names.index("a_wide.safetensors")
    assert gui["warned"][0]
    assert "it has 7 bands and" in gui["warned"][1]
    assert not gui["fits"]


def test_the_set_up_is_offered_once_and_only_where_it_is_missing(gui):
    offered = [gui[f"offered {when}"] for when in ("where it is there", "where it is missing", "again")]
    assert offered == [False, True, False]
    assert "Set up environment" in gui["buttons"]
    # What Python collects meanwhile is neither the button nor the dialog.
    assert gui["opened"] == "ddpm:setupenvironment"
    assert "Opened" in gui["dialogs"]
