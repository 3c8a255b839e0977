"""Detect changes, as a Processing algorithm."""

from typing import Any, Dict, List, Mapping

from qgis.core import QgsCoordinateTransformContext, QgsProcessingOutputString, QgsWkbTypes

from ..errors import InputError
from ..jobs import DetectChanges
from . import defaults, styles
from .base import JobAlgorithm
from .checks import (
    all_named,
    band_in_name,
    card_of,
    count_bands,
    join_bands_first,
    refuse_apart,
    refuse_one_raster,
    refuse_other_bands,
)
from .translation import tr


class DetectChangesAlgorithm(JobAlgorithm):
    """`ddpm:detectchanges`."""

    JOB = DetectChanges
    TITLE = "Detect changes"
    GROUP = "changedetection"
    TAGS = "change detection,diffusion,ddpm,bitemporal,difference,irmad,mad,cva,deforestation,monitoring"
    OUTPUT_KINDS = {"METHOD_USED": QgsProcessingOutputString}
    STYLES = {
        "ZONES": styles.shares,
        "POLYGONS": styles.changed_areas,
        "KINDS": styles.kinds,
        "OUTPUT": styles.change_mask,
        "PROBABILITY": styles.probability,
        "UNCERTAINTY": styles.uncertainty,
    }
    SINK_FIELDS = {"POLYGONS": "field=id:integer&field=area_m2:double&field=mean_score:double&field=max_score:double"}
    COPIES = {"ZONES": "STATISTICS"}
    HELP = """
    Maps what changed between two rasters of the same place. The result lies on the grid of the first raster; the
    second is resampled onto it where the grids differ. Pixels without data in either date stay without data.

    Three methods need no training labels. irmad (iteratively reweighted multivariate alteration detection) finds
    unusual differences of multispectral bands and is not misled by haze, season or calibration; it wants the same
    bands at both dates. cva is the length of the change vector, the simplest of all. features compares what a
    diffusion model sees at both dates. Measured on many scenes, features without labels are no better than irmad whose
    distances are smoothed as much, nor than those of a model with random weights: auto takes irmad.

    With a detector, which 'Train change detector' makes from your own labels or 'Import published checkpoint' from a
    published change head, changes are found as it has learned them. It brings its model, noise levels and threshold.

    Scores without a trained detector are no calibrated probabilities. The automatic threshold measured well on many
    scenes; where it does not suit, say in FALSE_ALARMS which share of unchanged pixels may be called changed, or look
    at the probability raster and set the threshold yourself. Its layer has a second style,
    'Change from a threshold' (right click > Styles), in which the first value is the threshold and the map follows it;
    'Apply threshold' then makes mask and polygons anew without another detection.

    What changed is told, too. Kinds of change come from a table of rules on the NDVI and on an index of water, where
    names or roles of the bands tell red and near infrared, or from clusters of how bands changed. Haze and season are
    taken off by what did not change. Polygons are of one kind each, and have for each band NAME_before, NAME_after and
    NAME_change: means in the numbers of the first raster, to whose brightness the second is matched. The columns of
    ndvi, ndwi, mndwi and ndbi, from -1 to 1, are the indices of these means. A layer of polygons, such as parcels, is
    copied with the valid and the changed area, in square metres and hectares, and the shares, 0 to 1, of the valid area
    that changed at all and in each kind.

    Sources: Nielsen 2007 (irmad); Malila 1980 (cva); Gedara Chaminda Bandara et al. 2022 (features of diffusion
    models).
    """

    def offered(self) -> Dict[str, Any]:
        return {**super().offered(), **defaults.two_dates()}

    def layer_ending(self) -> str:
        dates = defaults.names_of_dates([self._named[name] for name in ("before", "after")])
        return f"{dates} ({self._results.get('METHOD_USED') or self._job.method})"

    def refuse_early(self, job: DetectChanges, layers: Mapping[str, Any]) -> None:
        before, after = layers["before"], layers["after"]
        zones = layers["statistics"]
        if zones is not None and zones.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
            words = tr("STATISTICS: the layer '{}' holds no polygons. Choose a polygon layer.")
            raise InputError(words.format(zones.name()))
        # Two dates may be bands of one file; a date without bands has those of the other.
        refuse_one_raster(before, after, len({job.bands_before, job.bands_after} - {None, ""}) < 2)
        refuse_apart(before, after, QgsCoordinateTransformContext())
        first = count_bands(before, "BANDS_BEFORE", job.bands_before)
        second = count_bands(after, "BANDS_AFTER", job.bands_after or job.bands_before)
        if job.model and (job.method == "features" or job.detector):
            card = card_of(job.model)
            # Without BANDS_..., the first bands that the model has are taken.
            if job.bands_before or first < len(card.bands):
                refuse_other_bands(card, job.model, first, before)
            if job.bands_after or second < len(card.bands):
                refuse_other_bands(card, job.model, second, after)
        elif first != second and not job.detector:
            single = next((layer for layer in (before, after) if band_in_name(layer)), None)
            if single is not None:
                raise InputError(join_bands_first(single))
            if all_named(before) and all_named(after) and not job.bands_before and not job.bands_after:
                # The worker knows which names correspond.
                return
            words = tr(
                "'{}' gives {} bands and '{}' {}. Name the bands that correspond in BANDS_BEFORE and BANDS_AFTER."
            )
            raise InputError(words.format(before.name(), first, after.name(), second))

    def warn_early(self, job: DetectChanges, layers: Mapping[str, Any]) -> List[str]:
        single = [layer for layer in (layers["before"], layers["after"]) if band_in_name(layer)]
        return [join_bands_first(single[0])] if len(single) == 2 else []
