"""Assess change map, as a Processing algorithm."""

from typing import Any, List, Mapping

from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer

from ..errors import InputError
from ..jobs import AssessChanges
from . import styles
from .base import JobAlgorithm
from .sample_style import sample_points
from .sinks import crs_of
from .translation import tr


class AssessChangesAlgorithm(JobAlgorithm):
    """`ddpm:assesschanges`."""

    JOB = AssessChanges
    TITLE = "Assess change map"
    GROUP = "changedetection"
    TAGS = "accuracy,validation,f1,kappa,confusion matrix,iou,precision,recall,change detection"
    STYLES = {"SAMPLE": sample_points, "ERROR_MAP": styles.error_map}
    SINK_FIELDS = {
        "SAMPLE": "field=id:integer&field=label:string(20)&field=note:string(254)&field=map:string(32)"
        "&field=buffer_px:integer&field=drawn:integer&field=pixel:double"
    }
    HELP = """
    Compares a change map with reference data and tells how good it is: precision, recall, F1 and intersection over
    union of change, overall accuracy and Cohen's kappa, with an interval for F1 that heeds that neighbouring
    pixels are alike (block bootstrap).

    The reference is a raster or a polygon layer. Where only some places are known, give the unchanged ones as a
    second reference: then only pixels in either of the two count. Rasters on another grid or in another CRS are
    brought onto the grid of the change map.

    For an area that may be reported, a map's own area will not do: its errors do not cancel. Choose the map and 'Sample
    to be labelled': random points are drawn, more of them where the map has change. Look at both dates, label each
    point as change, no change or unsure in its form, and run this again with the map and the labelled sample. The area
    of change that follows is unbiased and comes with its 95 % interval (Olofsson et al. 2014). The points do not tell
    what the map says of them, so that it leads nobody.

    The map of errors shows where changes were found, missed or made up. All figures come back as outputs, so that a
    model can go on with them.
    """

    def warn_early(self, job: AssessChanges, layers: Mapping[str, Any]) -> List[str]:
        if job.sample_labels or not job.sample:
            return []
        return [tr("Save the sample to a file before you label it: a temporary layer is gone when QGIS is closed.")]

    def _crs_of_features(self, outputs: Mapping[str, Any]) -> QgsCoordinateReferenceSystem:
        path = self._job.predicted
        said = self._job.override(path)
        return QgsCoordinateReferenceSystem(said["crs"] or "") if "crs" in said else crs_of(path)

    def refuse_early(self, job: AssessChanges, layers: Mapping[str, Any]) -> None:
        job.check_task()
        placed = layers["predicted"].crs().isValid()
        for name, layer in layers.items():
            if placed and isinstance(layer, QgsVectorLayer) and not layer.crs().isValid():
                words = tr("{}: the layer '{}' has no CRS, and the change map has one. Set its CRS.")
                raise InputError(words.format(name.upper(), layer.name()))
