"""What dialogs offer before anybody chose: two dates of one place, and files that stay when QGIS is closed."""

import os
import re
from datetime import datetime
from itertools import combinations
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsCoordinateTransformContext, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..acquisition_date import Dated, date_in
from ..errors import InputError
from ..model_folder import models_folder
from . import settings
from .checks import refuse_apart, refuse_one_raster

# What is offered, for the names of files and to know an offer that nobody changed.
_OFFERED = re.compile(r"(model|detector)_(\w+_)?\d{4}-\d\d-\d\d_\d{4}(_\d+)?\.safetensors")


def two_dates() -> Dict[str, Any]:
    """BEFORE and AFTER as two layers of the project that overlap, never one layer twice; {} where nobody looks."""
    if not _in_main_thread():
        return {}
    project = QgsProject.instance()
    layers = [layer for layer in project.layerTreeRoot().layerOrder() if _is_imagery(layer)]
    # What was loaded first lies lowest.
    layers.reverse()
    pairs = [pair for pair in combinations(layers, 2) if _are_two_dates(*pair, project.transformContext())]
    if not pairs:
        return {}
    before, after = max(pairs, key=lambda pair: min(layer.bandCount() for layer in pair))
    days = [_day(layer.name(), layer.source()) for layer in (before, after)]
    if days[0] is not None and days[1] is not None and days[0].day > days[1].day:
        before, after = after, before
    return {"BEFORE": before.id(), "AFTER": after.id()}


def kept_file(what: str) -> Optional[str]:
    """A file of the models folder for a model or detector, named by project and time; None where nobody looks."""
    if not _in_main_thread():
        return None
    project = re.sub(r"\W+", "_", QgsProject.instance().baseName())[:40].strip("_")
    name = "_".join(part for part in (what, project, f"{datetime.now():%Y-%m-%d_%H%M}") if part)
    return free(os.path.join(folder(), f"{name}.safetensors"))


def folder() -> str:
    """The folder that users' models stand in."""
    return models_folder(settings.models_folder() or None)


def is_offered(path: str) -> bool:
    """Whether a path is one that `kept_file` offers."""
    return os.path.dirname(path) == folder() and _OFFERED.fullmatch(os.path.basename(path)) is not None


def free(path: str) -> str:
    """The path, or where it is taken, one with a number: a second run of one dialog loses nothing of the first."""
    stem, ending = os.path.splitext(path)
    number = 1
    while os.path.lexists(path):
        number += 1
        path = f"{stem}_{number}{ending}"
    return path


def _in_main_thread() -> bool:
    application = QCoreApplication.instance()
    return application is not None and application.thread() == QThread.currentThread()


def _is_imagery(layer: Any) -> bool:
    return isinstance(layer, QgsRasterLayer) and layer.isValid() and layer.providerType() == "gdal"


def _are_two_dates(before: QgsRasterLayer, after: QgsRasterLayer, context: QgsCoordinateTransformContext) -> bool:
    if before.bandCount() != after.bandCount():
        return False
    try:
        refuse_one_raster(before, after)
        refuse_apart(before, after, context)
    except InputError:
        return False
    return True


def names_of_dates(layers: List[Tuple[str, str]]) -> str:
    """Dates as a part of a layer's name, from the names and sources of their layers: days, else the names."""
    found = [_day(name, source) for name, source in layers]
    days = [_written(each) for each in found if each is not None]
    return " \u2013 ".join(days if len(days) == len(layers) else [name[:40] for name, _ in layers])


def _day(name: str, source: str) -> Optional[Dated]:
    return date_in(name, "") or date_in(os.path.basename(source), "")


def _written(found: Dated) -> str:
    return found.day.isoformat() if found.exact else str(found.day.year)
