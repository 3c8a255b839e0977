"""A change map of scores that are there already: the detection's own writer, with another threshold."""

from collections.abc import Generator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from ...errors import InputError
from ...events import Event, Events, Note, Progress, Result
from ...jobs import ApplyThreshold
from ..change.map import THRESHOLD_TAG, ChangeMap, MapFiles
from ..change.patches import strip_rows
from ..change.plan import MAP_BYTES_PER_PIXEL
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..planning import Cost, timed
from ..raster.source import RasterSource
from ..raster.types import Pixels
from ..raster.vectors_out import check_vector

# What GDAL itself tells of a file.
_TAGS_OF_GDAL = ("AREA_OR_POINT", "TIFFTAG_")


class RasterScores:
    """Scores of the first band of a raster, by rows. `beyond`: whether some are not from 0 to 1."""

    def __init__(self, source: RasterSource) -> None:
        self._source, self.beyond = source, False

    def read(self, layer: int, row: int, rows: int) -> Pixels:
        """Rows of the band, whatever the layer: float32 [rows, width], NaN where there is no data."""
        pixels, valid = self._source.read(row, 0, rows, self._source.grid.width)
        scores: Pixels = pixels[0]
        self.beyond = self.beyond or bool(((scores < 0) | (scores > 1)).any(where=valid))
        scores[~valid] = np.nan
        return scores


@dataclass(frozen=True)
class ThresholdPlan:
    """Scores that are open, and where change begins. tags: of the mask."""

    job: ApplyThreshold
    source: RasterSource
    threshold: float
    tags: Mapping[str, str]

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, by its first rows."""
        yield Progress(0, 1, "row", "measuring")
        grid = self.source.grid
        rows = min(strip_rows(grid.width), grid.height)
        _, seconds = timed(lambda: RasterScores(self.source).read(0, 0, rows))
        passes = 2 if self.job.min_area > 0 else 1
        return Cost(
            disk_bytes=grid.height * grid.width,
            seconds=passes * seconds * grid.height / rows,
            memory_bytes=MAP_BYTES_PER_PIXEL * rows * grid.width,
        )


def plan(job: ApplyThreshold, stack: ExitStack) -> Generator[Event, None, ThresholdPlan]:
    """Open the scores. Raises JobError, and InputError where nothing says where change begins."""
    check_vector("POLYGONS", job.polygons)
    path = str(job.probability)
    source = stack.enter_context(RasterSource(path, (1,), override=job.override(path)))
    yield from (Note(text) for text in source.notes)
    threshold = job.threshold
    if threshold is None:
        threshold = _told(path, source.tags.get(THRESHOLD_TAG))
        yield Note(f"THRESHOLD is that of the detection, {threshold:.6g}.")
    tags = _provenance(source.tags) or provenance_tags(job.ALGORITHM, job.seed)
    return ThresholdPlan(job, source, threshold, {**tags, THRESHOLD_TAG: repr(float(threshold))})


def run(plan: ThresholdPlan) -> Events:
    """Write the map of a plan. Raises InputError where there are no scores, OutputError."""
    job, scores = plan.job, RasterScores(plan.source)
    with OutputTransaction() as transaction:
        files = MapFiles(str(job.output), polygons=job.polygons)
        change_map = ChangeMap(files, plan.source.grid, plan.tags, transaction, job.min_area)
        yield from change_map.write(scores, plan.threshold)
        if change_map.valid_area == 0:
            raise InputError(f"PROBABILITY {job.probability} has no valid pixel. Check its nodata.")
        if scores.beyond:
            text = f"PROBABILITY {job.probability} holds values that are not from 0 to 1. Choose a raster of scores."
            yield Note(text, "warning")
        transaction.publish()
    yield Result(
        {
            "OUTPUT": job.output,
            **({"POLYGONS": job.polygons} if job.polygons else {}),
            "CHANGED_AREA": change_map.changed_area,
            "CHANGED_SHARE": change_map.changed_area / change_map.valid_area,
            "THRESHOLD_USED": plan.threshold,
        }
    )


def _provenance(tags: Mapping[str, str]) -> dict[str, str]:
    """The tags of a raster of ours, so that the mask says what its scores come from; none of any other raster."""
    if "QGIS_DDPM_ALGORITHM" not in tags:
        return {}
    return {name: text for name, text in tags.items() if not name.startswith(_TAGS_OF_GDAL)}


def _told(path: str, text: str | None) -> float:
    """The threshold that a raster names. Raises InputError where it names none."""
    try:
        threshold = float(str(text))
    except ValueError:
        threshold = np.nan
    if not 0 <= threshold <= 1:
        raise InputError(f"PROBABILITY {path} does not say where change begins. Give THRESHOLD, a score from 0 to 1.")
    return threshold
