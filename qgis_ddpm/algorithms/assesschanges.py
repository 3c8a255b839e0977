"""Assess change map, as a Processing algorithm."""

from typing import Any, Mapping

from qgis.core import QgsVectorLayer

from ..errors import InputError
from ..jobs import AssessChanges
from . import styles
from .base import JobAlgorithm
from .translation import tr


class AssessChangesAlgorithm(JobAlgorithm):
    """`ddpm:assesschanges`."""

    JOB = AssessChanges
    TITLE = "Assess change map"
    GROUP = "changedetection"
    TAGS = "accuracy,validation,f1,kappa,confusion matrix,iou,precision,recall,change detection"
    STYLES = {"ERROR_MAP": styles.error_map}
    HELP = """
    Compares a change map with reference data and tells how good it is: precision, recall, F1 and intersection over
    union of change, overall accuracy and Cohen's kappa, with an interval for F1 that heeds that neighbouring
    pixels are alike (block bootstrap).

    The reference is a raster or a polygon layer. Where only some places are known, give the unchanged ones as a
    second reference: then only pixels in either of the two count. Rasters on another grid or in another CRS are
    brought onto the grid of the change map.

    The map of errors shows where changes were found, missed or made up. All figures come back as outputs, so that a
    model can go on with them.
    """

    def refuse_early(self, job: AssessChanges, layers: Mapping[str, Any]) -> None:
        placed = layers["predicted"].crs().isValid()
        for name, layer in layers.items():
            if placed and isinstance(layer, QgsVectorLayer) and not layer.crs().isValid():
                words = tr("{}: the layer '{}' has no CRS, and the change map has one. Set its CRS.")
                raise InputError(words.format(name.upper(), layer.name()))
