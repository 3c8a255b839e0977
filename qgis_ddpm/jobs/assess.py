"""The job that compares a change map with reference data."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Optional

from .job import RasterJob
from .option import option


@dataclass(frozen=True)
class AssessChanges(RasterJob):
    """Compare a change map with reference data: accuracy figures, their intervals, and a map of errors."""

    ALGORITHM: ClassVar[str] = "assesschanges"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "F1": "F1 of change",
        "IOU": "Intersection over union of change",
        "PRECISION": "Precision of change",
        "RECALL": "Recall of change",
        "OA": "Overall accuracy",
        "KAPPA": "Cohen's kappa",
        "F1_LOW": "Lower end of the 95 % interval of F1",
        "F1_HIGH": "Upper end of the 95 % interval of F1",
    }

    predicted: Optional[str] = option(
        None, "Change map", "Raster: nonzero is change, nodata is left out.", role="raster", required=True
    )
    reference: Optional[str] = option(
        None,
        "Reference",
        "Raster or polygons of true change: nonzero is change.",
        role="raster_or_vector",
        required=True,
    )
    reference_unchanged: Optional[str] = option(
        None,
        "Reference of no change",
        "Raster or polygons of places known not to have changed; then only pixels in either reference count.",
        role="raster_or_vector",
        empty="all that is not in the reference is unchanged",
    )
    mask: Optional[str] = option(
        None,
        "Mask",
        "Raster or polygons, nonzero where pixels are to be left out.",
        role="raster_or_vector",
        empty="no mask",
        advanced=True,
    )
    block_px: int = option(
        64,
        "Block of the bootstrap",
        "Side of the blocks that the interval is drawn from; larger than the objects.",
        minimum=1,
        maximum=65536,
        unit="px",
        advanced=True,
    )
    report: Optional[str] = option(
        None,
        "Accuracy report",
        "Page with figures and pictures.",
        role="file_out",
        suffix=".html",
        empty="not written",
    )
    error_map: Optional[str] = option(
        None,
        "Map of errors",
        "1 true positive, 2 false positive, 3 false negative, 0 true negative, 255 left out.",
        role="raster_out",
        suffix=".tif",
        empty="not written",
    )
