"""Detect changes in a series, as a Processing algorithm."""

from itertools import combinations
from typing import Any, List, Mapping

from osgeo import gdal
from qgis.core import QgsCoordinateTransformContext, QgsProcessingOutputString, QgsRasterLayer

from ..acquisition_date import date_of
from ..errors import InputError
from ..jobs import DetectSeries
from . import series_styles
from .base import JobAlgorithm
from .checks import (
    band_in_name,
    card_of,
    count_bands,
    join_bands_first,
    refuse_apart,
    refuse_one_raster,
    refuse_other_bands,
)
from .translation import tr


class DetectSeriesAlgorithm(JobAlgorithm):
    """`ddpm:detectseries`."""

    JOB = DetectSeries
    TITLE = "Detect changes in a series"
    GROUP = "changedetection"
    TAGS = "change detection,time series,multitemporal,temporal,dates,irmad,cva,deforestation,monitoring,Landsat"
    OUTPUT_KINDS = {"METHOD_USED": QgsProcessingOutputString}
    STYLES = {"POLYGONS": series_styles.played, "OUTPUT": series_styles.first_change}
    SINK_FIELDS = {
        "POLYGONS": "field=id:integer&field=from:date&field=to:date&field=area_m2:double&field=mean_score:double"
        "&field=max_score:double"
    }
    HELP = """
    Maps when a place changed, how strongly and how often, from three or more rasters of it with dates. Each date is
    compared with the one before it, in the ways of 'Detect changes'. The result lies on the grid of the earliest
    raster; others are resampled onto it where the grids differ.

    Dates are read from the names of the files (20050712, 2005-07-12, LT05_L1TP_006066_20050712_...,
    T31UDQ_20200615T..., A2005193), else from their metadata (such as ACQUISITION_DATE or TIFFTAG_DATETIME), unless you
    list them. The log says which were taken.

    A change has the date at which it is first seen: it happened after the date before. Where clouds hide a pixel at
    one date, or the raster ends, it is compared between the dates around the gap. What was different at one date
    alone, such as a flood or the shadow of a cloud that no mask hides, counts as two changes, one there and one back:
    mask clouds, or look at the number of changes.

    The more dates, the more chances for a false alarm. So the threshold of each pair of dates is set such that the
    share of unchanged pixels that are called changed at least once in the whole series is as wanted, not the share of
    each pair.

    The polygons have a start and an end, and QGIS's temporal controller plays them: open it (View > Panels > Temporal
    Controller) and press play. To see the images change with them, give each raster a fixed time range in its layer
    properties.

    Sources: Nielsen 2007 (irmad); Malila 1980 (cva); Sidak 1967 (thresholds for several tests).
    """

    def refuse_early(self, job: DetectSeries, layers: Mapping[str, Any]) -> None:
        rasters: List[QgsRasterLayer] = layers["input"]
        for first, second in combinations(rasters, 2):
            refuse_one_raster(first, second)
        for other in rasters[1:]:
            refuse_apart(rasters[0], other, QgsCoordinateTransformContext())
        if not job.dates:
            for raster in rasters:
                _refuse_undated(raster)
        counts = [
            count_bands(raster, "BANDS", ",".join(map(str, numbers)))
            for raster, numbers in zip(rasters, job.bands_of())
        ]
        if job.model and job.method in ("auto", "features"):
            card = card_of(job.model)
            for raster, count in zip(rasters, counts):
                # Without BANDS, the first bands that the model has are taken.
                if job.bands or count < len(card.bands):
                    refuse_other_bands(card, job.model, count, raster)

    def warn_early(self, job: DetectSeries, layers: Mapping[str, Any]) -> List[str]:
        single = [layer for layer in layers["input"] if band_in_name(layer)]
        return [join_bands_first(single[0])] if len(single) == len(layers["input"]) else []


def _refuse_undated(layer: QgsRasterLayer) -> None:
    """Raise InputError where a file says nowhere when it was taken."""
    path = layer.source()
    dataset = None if date_of(path, {}) else gdal.Open(path)
    if dataset is not None and date_of(path, dataset.GetMetadata() or {}) is None:
        words = tr("'{}' says nowhere when it was taken. Give the dates of all rasters with DATES, in their order.")
        raise InputError(words.format(layer.name()))
