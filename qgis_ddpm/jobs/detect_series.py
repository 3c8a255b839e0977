"""The job that maps changes over three or more dates."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Optional, Tuple

from ..acquisition_date import Dated, date_in
from ..errors import JobError
from ..mask_values import check_mask_values
from .detect import DetectChanges, Method, Radiometry
from .job import FillsJob
from .option import option, same_as
from .texts import extent, whole_numbers

LEAST_DATES = 3
# As many as a pixel of the result has a place for, and far more than anybody's memory has statistics for.
MOST_DATES = 1000


@dataclass(frozen=True)
class DetectSeries(FillsJob):
    """Map when a place changed, how strongly and how often, from three or more rasters with dates."""

    ALGORITHM: ClassVar[str] = "detectseries"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "CHANGED_AREA": "Area that changed at least once, in square metres (pixels where there is no CRS)",
        "CHANGED_SHARE": "Share of the valid area that changed at least once, 0 to 1",
        "THRESHOLD_USED": "Threshold used",
        "METHOD_USED": "Method used",
    }

    input: Tuple[str, ...] = option(
        (),
        "Rasters",
        "Three or more rasters of one place, each of another date, in any order. The result lies on the grid of the "
        "earliest.",
        role="rasters",
        required=True,
    )
    dates: Optional[str] = option(
        None,
        "Dates",
        "The date of each raster, in the order of the rasters, such as 1985-07-12,1990-08-01. A year or a month alone "
        "means its first day.",
        empty="from the names of the files, such as 20050712 or 2005-07-12, else from their metadata",
    )
    bands: Optional[str] = option(
        None,
        "Bands",
        "Numbers of the bands to compare, such as 1,2,3; where they differ, those of each raster in its order, such as "
        "1,2,3;2,3,4;2,3,4.",
        role="bands",
        empty="all bands, or as many as the model has; bands with names are matched by them",
        advanced=True,
    )
    masks: Tuple[str, ...] = option(
        (),
        "Masks",
        "Rasters that are nonzero where a date is to be ignored, such as clouds. Each belongs to the raster whose date "
        "its name tells; without dates in their names there is one for each raster, in the same order.",
        role="rasters",
        empty="no masks",
        advanced=True,
    )
    mask_values: Optional[str] = same_as(DetectChanges, "mask_values")
    extent: Optional[str] = option(
        None, "Extent", "Part of the earliest raster to map.", role="extent", empty="all that another raster covers"
    )
    method: Method = same_as(DetectChanges, "method")
    model: Optional[str] = same_as(DetectChanges, "model")
    detector: Optional[str] = same_as(DetectChanges, "detector")
    noise_levels: Optional[str] = same_as(DetectChanges, "noise_levels")
    false_alarms: Optional[float] = option(
        None,
        "False alarms",
        "Share of unchanged pixels that may be called changed at least once in the whole series, such as 0.01. The "
        "threshold of each pair of dates is then taken from the distances of those of its pixels that seem unchanged, "
        "for the part of the share that is its own.",
        minimum=1e-6,
        maximum=0.5,
        empty="that of 'Detect changes', made stricter by the number of dates",
        advanced=True,
    )
    context_px: Optional[float] = same_as(DetectChanges, "context_px", empty="1 for features, 0 for irmad and cva")
    threshold: Optional[float] = option(
        None,
        "Threshold",
        "A pixel changed between two dates where its score, 0 to 1, reaches it. Without a detector, change "
        "begins at 0.5 whatever the pair of dates.",
        minimum=0,
        maximum=1,
        empty="the detector's own, or 0.5",
        advanced=True,
    )
    min_area: float = same_as(DetectChanges, "min_area")
    draws: int = same_as(DetectChanges, "draws")
    align: bool = option(
        True,
        "Align",
        "Resample rasters onto the grid of the earliest where they differ. Without a detector, blur and a shift of "
        "less than a pixel between two dates are matched too, by a filter of 3 x 3 px.",
        advanced=True,
    )
    radiometry: Radiometry = same_as(DetectChanges, "radiometry")
    overlap_px: Optional[int] = same_as(DetectChanges, "overlap_px")
    block_px: int = same_as(DetectChanges, "block_px")
    batch_size: Optional[int] = same_as(DetectChanges, "batch_size")
    output: Optional[str] = option(
        None,
        "Changes over time",
        "Four bands: date of the first change and of the strongest as yyyymmdd, strength of that, 0 to 1 (stored in "
        "ten-thousandths), and number of changes. Where nothing changed, dates and strength are no data and the number "
        "is 0. A run that was cancelled leaves its scores beside it, in a file of this name and .part; the same run "
        "started again goes on from there.",
        role="raster_out",
        suffix=".tif",
        required=True,
    )
    polygons: Optional[str] = option(
        None,
        "Changed areas over time",
        "Polygons of what changed between two dates: from, to, area_m2, mean_score and max_score. QGIS's temporal "
        "controller plays them.",
        role="vector_out",
        suffix=".geojson",
        empty="not written",
    )

    def days(self) -> Tuple[Dated, ...]:
        """What DATES says; () where it is empty. Raises JobError."""
        if not self.dates:
            return ()
        found = []
        for text in self.dates.replace(";", ",").split(","):
            day = date_in(text.strip(), "DATES")
            if day is None:
                raise JobError(f"DATES holds {text.strip()[:50]!r}, which is no date. Write dates as 2005-07-12.")
            found.append(day)
        return tuple(found)

    def bands_of(self) -> Tuple[Tuple[int, ...], ...]:
        """The numbers of the bands of each raster; () each where BANDS is empty. Raises JobError."""
        lists = [whole_numbers("BANDS", part, minimum=1) for part in (self.bands or "").split(";") if part.strip()]
        if len(lists) <= 1:
            return tuple(lists[0] if lists else () for _ in self.input)
        if len(lists) != len(self.input):
            raise JobError(
                f"BANDS has {len(lists)} lists for {len(self.input)} rasters. Give one for all, or one for each."
            )
        if len({len(numbers) for numbers in lists}) > 1:
            raise JobError(f"BANDS is {self.bands!r}: its lists differ in length. Name as many bands for each raster.")
        return tuple(lists)

    def pair(self, before: str, after: str) -> DetectChanges:
        """The comparison of two of its rasters, but for its share of the false alarms. Raises JobError."""
        own = {item.name for item in self.options()} - {"false_alarms"}
        shared = {item.name: getattr(self, item.name) for item in DetectChanges.options() if item.name in own}
        return DetectChanges(**{**shared, "before": before, "after": after})

    def share_of_pair(self, whole: float) -> float:
        """The share of one pair of dates in the false alarms of all, one fewer than there are dates (Sidak 1967)."""
        return float(1 - (1 - whole) ** (1 / (len(self.input) - 1)))

    def _check_together(self) -> None:
        super()._check_together()
        count = len(self.input)
        if not LEAST_DATES <= count <= MOST_DATES:
            raise JobError(
                f"INPUT names {count} rasters; a series has from {LEAST_DATES} to {MOST_DATES}. 'Detect changes' "
                "compares two."
            )
        days = self.days()
        if days and len(days) != count:
            raise JobError(f"DATES has {len(days)} dates for {count} rasters. Give one for each, in their order.")
        self.bands_of()
        check_mask_values(self.mask_values, "MASKS", self.masks)
        if self.extent:
            extent("EXTENT", self.extent)
        self.pair(self.input[0], self.input[1]).replace(false_alarms=self.false_alarms)
