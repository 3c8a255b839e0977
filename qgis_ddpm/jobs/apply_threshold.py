"""The job that makes a change map of scores and a threshold."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Optional, Tuple

from .detect import DetectChanges
from .job import RasterJob
from .option import option, same_as


@dataclass(frozen=True)
class ApplyThreshold(RasterJob):
    """Make the change mask and polygons anew from change probabilities and another threshold."""

    ALGORITHM: ClassVar[str] = "applythreshold"
    UNUSED: ClassVar[Tuple[str, ...]] = ("device", "seed")
    OUTPUTS: ClassVar[Dict[str, str]] = {
        name: DetectChanges.OUTPUTS[name] for name in ("CHANGED_AREA", "CHANGED_SHARE", "THRESHOLD_USED")
    }

    probability: Optional[str] = option(
        None,
        "Change probability",
        "Raster of scores from 0 to 1, as change detection writes it; the first band is read.",
        role="raster",
        required=True,
    )
    threshold: Optional[float] = same_as(
        DetectChanges, "threshold", empty="that of the detection, which is written in the raster", advanced=False
    )
    min_area: float = same_as(DetectChanges, "min_area")
    output: Optional[str] = option(
        None, "Change mask", "1 changed, 0 unchanged, 255 no data.", role="raster_out", suffix=".tif", required=True
    )
    polygons: Optional[str] = option(
        None,
        "Changed areas",
        "Polygons with area_m2, mean_score and max_score.",
        role="vector_out",
        suffix=".geojson",
        empty="not written",
    )
