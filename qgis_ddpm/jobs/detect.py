"""The job that maps changes between two dates."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Literal, Optional

from ..errors import JobError
from ..mask_values import check_mask_values
from .job import FillsJob
from .option import option
from .texts import extent, local_processes, numbers, whole_numbers

Method = Literal["auto", "features", "irmad", "cva"]
Radiometry = Literal["none", "match"]


@dataclass(frozen=True)
class DetectChanges(FillsJob):
    """Map what changed between two rasters of the same place."""

    ALGORITHM: ClassVar[str] = "detectchanges"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "CHANGED_AREA": "Changed area in square metres (pixels where there is no CRS)",
        "CHANGED_SHARE": "Changed share of the valid area, 0 to 1",
        "THRESHOLD_USED": "Threshold used",
        "METHOD_USED": "Method used",
    }

    before: Optional[str] = option(
        None, "Before", "Raster of the first date; the result lies on its grid.", role="raster", required=True
    )
    after: Optional[str] = option(None, "After", "Raster of the second date.", role="raster", required=True)
    bands_before: Optional[str] = option(
        None,
        "Bands of the first date",
        "Numbers of the bands to compare, such as 1,2,3.",
        role="bands",
        empty="all bands, or as many as the model has",
        advanced=True,
    )
    bands_after: Optional[str] = option(
        None,
        "Bands of the second date",
        "Numbers of the bands that correspond, in the same order.",
        role="bands",
        empty="as for the first date",
        advanced=True,
    )
    mask_before: Optional[str] = option(
        None,
        "Mask of the first date",
        "Raster that is nonzero where the first date is to be ignored, such as clouds.",
        role="raster",
        empty="no mask",
        advanced=True,
    )
    mask_after: Optional[str] = option(
        None,
        "Mask of the second date",
        "Raster that is nonzero where the second date is to be ignored.",
        role="raster",
        empty="no mask",
        advanced=True,
    )
    mask_values: Optional[str] = option(
        None,
        "Mask values",
        "Numbers of the masks where pixels are ignored: codes such as 3,8,9, bits such as bit3,bit4, or landsat-qa "
        "(QA_PIXEL of Landsat Collection 2) or sentinel2-scl (scene classification of Sentinel-2 L2A).",
        empty="all but 0",
        advanced=True,
    )
    extent: Optional[str] = option(
        None, "Extent", "Part of the first raster to map.", role="extent", empty="all that both rasters cover"
    )
    method: Method = option(
        "auto",
        "Method",
        "features: differences of what a diffusion model sees. irmad: iteratively reweighted multivariate alteration "
        "detection, needs no model. cva: length of the change vector. auto: features where a "
        "detector or a model is named, else irmad, which measured better than features do without labels.",
    )
    model: Optional[str] = option(
        None,
        "Model",
        "A diffusion model: a file, or the name of a file in the models folder.",
        role="model",
        suffix=".safetensors",
        empty="the detector's, or for METHOD features the first in the models folder whose bands fit",
    )
    detector: Optional[str] = option(
        None,
        "Detector",
        "A trained change detector: a file, or the name of a file in the models folder.",
        role="detector",
        suffix=".safetensors",
        empty="changes are found without labels",
    )
    noise_levels: Optional[str] = option(
        None,
        "Noise levels",
        "Sigmas, noise over signal, at which features are read, such as 0.079,0.159,0.701. A detector has its own.",
        empty="the method's own",
        advanced=True,
    )
    threshold: Optional[float] = option(
        None,
        "Threshold",
        "A pixel is changed where its score, 0 to 1, reaches it.",
        minimum=0,
        maximum=1,
        empty="the detector's own, or found from the scores",
        advanced=True,
    )
    false_alarms: Optional[float] = option(
        None,
        "False alarms",
        "Share of unchanged pixels that may be called changed, such as 0.01. The threshold is then taken from the "
        "distances of those pixels of the pair that seem unchanged.",
        minimum=1e-6,
        maximum=0.5,
        empty="a threshold that measured well on many scenes",
        advanced=True,
    )
    context_px: Optional[float] = option(
        None,
        "Context",
        "How far the surroundings of a pixel count, as a standard deviation: change of single pixels weighs less than "
        "change that neighbours share. Not for a detector, which has learnt its own.",
        minimum=0,
        maximum=32,
        unit="px",
        empty="4 for irmad, 1 for features, 0 for cva",
        advanced=True,
    )
    min_area: float = option(
        0.0,
        "Smallest change",
        "Smaller patches of change are dropped.",
        minimum=0,
        unit="square metres (pixels where there is no CRS)",
    )
    draws: int = option(
        1,
        "Noise draws",
        "Scores are averaged over so many draws of noise.",
        minimum=1,
        maximum=1000,
        advanced=True,
    )
    align: bool = option(
        True,
        "Align",
        "Resample the second raster onto the grid of the first where they differ. Without a detector, blur and a shift "
        "of less than a pixel between the dates are matched too, by a filter of 3 x 3 px.",
        advanced=True,
    )
    radiometry: Radiometry = option(
        "none",
        "Radiometry",
        "match: fit the second date's brightness to the first on pixels that did not change.",
        advanced=True,
    )
    band_roles: Optional[str] = option(
        None,
        "Roles of the bands",
        "What each compared band sees, in their order, such as swir1,nir,red,green. Known are blue, green, red, "
        "rededge, nir, swir1 and swir2; other for the rest. Indices and kinds of change need them.",
        empty="told by the names of the bands, such as NIR, B8 or SR_B5",
        advanced=True,
    )
    classes: Optional[int] = option(
        None,
        "Kinds by clusters",
        "So many kinds of change are found by clustering how bands changed, instead of by rules.",
        minimum=2,
        maximum=20,
        empty="kinds by rules on indices, where bands have the roles red and nir",
        advanced=True,
    )
    split: bool = option(
        True,
        "Split by kind",
        "Polygons of changed areas are of one kind each; else they are all that hangs together, with the most frequent "
        "kind and its share.",
        advanced=True,
    )
    statistics: Optional[str] = option(
        None,
        "Polygons for statistics",
        "Polygons, such as parcels or stands, of which a copy gets the changed area and its share.",
        role="polygons",
        empty="no statistics",
        advanced=True,
    )
    overlap_px: Optional[int] = option(
        None,
        "Overlap",
        "Overlap of neighbouring windows of the model. It changes the result a little.",
        minimum=0,
        unit="px",
        empty="a quarter of the tile",
        advanced=True,
    )
    block_px: int = option(
        1024,
        "Reading block",
        "How much is read at once. It does not change the result.",
        minimum=16,
        maximum=65536,
        unit="px",
        advanced=True,
    )
    batch_size: Optional[int] = option(
        None,
        "Batch size",
        "Windows in one call of the network. It does not change the result.",
        minimum=1,
        empty="chosen from the memory",
        advanced=True,
    )
    scheduler: Optional[str] = option(
        None,
        "Scheduler",
        "Scores are computed by the workers of a Dask scheduler, tcp://HOST:PORT, or by several processes of this "
        "machine, such as local:4. It does not change the result. Needs the package distributed.",
        empty="this process alone",
        advanced=True,
        program=True,
    )
    output: Optional[str] = option(
        None,
        "Change mask",
        "1 changed, 0 unchanged, 255 no data. A run that was cancelled leaves its scores beside it, in a file of this "
        "name and .part; the same run started again goes on from there.",
        role="raster_out",
        suffix=".tif",
        required=True,
    )
    probability: Optional[str] = option(
        None,
        "Change probability",
        "Score of change, 0 to 1; with a detector, the probability of change.",
        role="raster_out",
        suffix=".tif",
        empty="not written",
    )
    uncertainty: Optional[str] = option(
        None,
        "Uncertainty",
        "Standard deviation of the score over noise draws; takes four draws where one is asked for.",
        role="raster_out",
        suffix=".tif",
        empty="not written",
    )
    polygons: Optional[str] = option(
        None,
        "Changed areas",
        "Polygons with area_m2, mean_score and max_score, what each band and index was before and after, and the most "
        "frequent kind of change.",
        role="vector_out",
        suffix=".geojson",
        empty="not written",
    )
    kinds: Optional[str] = option(
        None,
        "Kinds of change",
        "0 unchanged, else the number of the kind: 1 loss of vegetation, 2 gain of vegetation, 3 new bare or built "
        "ground, 4 water gained, 5 water lost, 6 other change, or of the cluster; 255 no data.",
        role="raster_out",
        suffix=".tif",
        empty="not written",
    )
    zones: Optional[str] = option(
        None,
        "Statistics of the polygons",
        "A copy of the polygons for statistics with valid_m2, changed_m2, changed_ha, changed_share and the share of "
        "each kind.",
        role="vector_out",
        suffix=".geojson",
        empty="not written",
    )

    def _check_together(self) -> None:
        super()._check_together()
        before = whole_numbers("BANDS_BEFORE", self.bands_before, minimum=1)
        after = whole_numbers("BANDS_AFTER", self.bands_after, minimum=1)
        if before and after and len(before) != len(after):
            raise JobError(
                f"BANDS_BEFORE names {len(before)} bands and BANDS_AFTER {len(after)}. Name as many for both dates."
            )
        numbers("NOISE_LEVELS", self.noise_levels)
        check_mask_values(self.mask_values, "MASK_BEFORE or MASK_AFTER", self.mask_before or self.mask_after)
        if self.detector and self.method in ("irmad", "cva"):
            raise JobError(
                f"METHOD {self.method} has no use for DETECTOR {self.detector}. Choose METHOD features, or leave "
                "DETECTOR empty."
            )
        if self.detector and self.noise_levels:
            raise JobError(
                f"NOISE_LEVELS is {self.noise_levels}, but DETECTOR {self.detector} was trained at levels of its own. "
                "Leave NOISE_LEVELS empty."
            )
        for name, value in (("FALSE_ALARMS", self.false_alarms), ("CONTEXT_PX", self.context_px)):
            if self.detector and value is not None:
                raise JobError(
                    f"{name} is {value:g}, but DETECTOR {self.detector} decides by what it was trained on. Leave "
                    f"{name} empty."
                )
        if self.false_alarms is not None and self.threshold is not None:
            raise JobError(
                f"FALSE_ALARMS is {self.false_alarms:g} and THRESHOLD {self.threshold:g}: either sets where change "
                "begins. Leave one of them empty."
            )
        if self.extent:
            extent("EXTENT", self.extent)
        local_processes("SCHEDULER", self.scheduler)
        if bool(self.statistics) != bool(self.zones):
            named, missing = ("STATISTICS", "ZONES") if self.statistics else ("ZONES", "STATISTICS")
            what = "where the copy is written" if self.statistics else "the polygons that are copied"
            raise JobError(f"{named} is {self.statistics or self.zones}, but {missing} is empty. Name {what} with it.")
        if self.classes and not (self.kinds or self.polygons or self.zones):
            raise JobError(
                f"CLASSES is {self.classes}, but no output would show kinds. Name KINDS, POLYGONS or ZONES, or leave "
                "CLASSES empty."
            )
