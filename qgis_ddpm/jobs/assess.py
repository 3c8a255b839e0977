"""The job that compares a change map with reference data."""

from dataclasses import dataclass
from typing import ClassVar, Dict, List, Optional

from ..errors import JobError
from ..words import tr
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
        "ADJUSTED_AREA": "Area of change by the labelled sample, in square metres (pixels where there is no CRS)",
        "ADJUSTED_AREA_LOW": "Lower end of the 95 % interval of that area",
        "ADJUSTED_AREA_HIGH": "Upper end of the 95 % interval of that area",
    }

    predicted: Optional[str] = option(
        None, "Change map", "Raster: nonzero is change, nodata is left out.", role="raster", required=True
    )
    reference: Optional[str] = option(
        None,
        "Reference",
        "Raster or polygons of true change: nonzero is change.",
        role="raster_or_vector",
        empty="a labelled sample says what changed, or a sample is drawn",
    )
    sample_labels: Optional[str] = option(
        None,
        "Labelled sample",
        "Points that SAMPLE drew of this very change map, with their labels: gives the area of change that may be "
        "reported, with its interval. Other points serve where they are a random sample within the map's two classes.",
        role="points",
        empty="no sample",
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
    label_field: str = option(
        "label",
        "Field of the labels",
        "Field of the labelled points that holds change, no change or unsure, or 1 and 0. Points without a label are "
        "left out.",
        advanced=True,
    )
    sample_size: Optional[int] = option(
        None,
        "Points to draw",
        "How many points SAMPLE has: at least 75 where change is mapped (a fifth of a small sample), the others by "
        "area.",
        minimum=4,
        maximum=100_000,
        empty="as many as give the overall accuracy a standard error of 0.01",
        advanced=True,
    )
    sample_buffer_px: int = option(
        1,
        "Stratum near change",
        "Unchanged pixels within so many pixels of mapped change are a stratum of their own in SAMPLE: most of what a "
        "map misses lies there. 0: no such stratum.",
        minimum=0,
        maximum=64,
        unit="px",
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
    sample: Optional[str] = option(
        None,
        "Sample to be labelled",
        "Random points of the change map, to be labelled in QGIS and given back as the labelled sample. They do not "
        "tell what the map says of them.",
        role="points_out",
        suffix=".geojson",
        empty="not drawn",
    )

    def _check_together(self) -> None:
        super()._check_together()
        if not self._tasks():
            words = tr("{} ({}) is missing. {}")
            item = self.option("reference")
            raise JobError(words.format(item.parameter, tr(item.label), tr(item.help)))

    def check_task(self) -> None:
        """Raise JobError where a run is to do what does not go together."""
        given = self._tasks()
        if len(given) > 1:
            words = tr("{} and {} are given, and a run does one of both. Leave one of them empty.")
            raise JobError(words.format(*(self.option(name).parameter for name in given[:2])))
        alone = [name for name in ("reference_unchanged", "error_map") if getattr(self, name) and not self.reference]
        if alone:
            words = tr("{} needs REFERENCE: a sample tells of its points alone. Leave {} empty.")
            raise JobError(words.format(*[self.option(alone[0]).parameter] * 2))
        if self.sample and self.report:
            raise JobError(tr("REPORT has nothing to tell before the sample is labelled. Leave REPORT empty."))

    def _tasks(self) -> List[str]:
        return [name for name in ("reference", "sample_labels", "sample") if getattr(self, name)]
