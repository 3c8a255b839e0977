"""The points of a sample: written to be labelled, and read back with their labels."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import InputError, OutputError
from ..outputs.transaction import OutputTransaction
from ..raster.crs import reproject_points
from ..raster.earth.boxes import turn_of
from ..raster.grid import Grid, apply
from ..raster.types import Counts, Floats
from ..raster.vectors_in import PointFile, check_degrees, read_points
from ..raster.vectors_out import crs_member, vector_part

# Codes of labels; the words stand in the file, and in capitals or not.
NO_CHANGE, CHANGE, UNSURE, UNLABELLED = 0, 1, 2, 3
WORDS = {"no change": NO_CHANGE, "change": CHANGE, "unsure": UNSURE, "0": NO_CHANGE, "1": CHANGE, "": UNLABELLED}
# The largest SAMPLE_BUFFER_PX: more in a file would take the memory.
MOST_BUFFER_PX = 64
# Fields that tie a point to its sample: fingerprint of the map, reach of the stratum near change, points drawn.
MAP, BUFFER_PX, DRAWN = "map", "buffer_px", "drawn"


@dataclass(frozen=True)
class SampleDesign:
    """What a sample was drawn of: fingerprint of the map's classes, buffer_px, and how many points were drawn."""

    fingerprint: str
    buffer_px: int
    drawn: int


@dataclass(frozen=True)
class LabelledPoints:
    """Rows and columns int64 [N, 2], labels by their codes int64 [N]; design: None where the file names none."""

    places: Counts
    labels: Counts
    design: SampleDesign | None

    def count(self, label: int) -> int:
        """Points of a label."""
        return int(np.count_nonzero(self.labels == label))


def write_sample(path: str, transaction: OutputTransaction, places: Counts, grid: Grid, design: SampleDesign) -> None:
    """Write the middles of pixels (rows and columns [N, 2]) without labels. Raises OutputError.

    Nothing in the file tells what the map says of a point, so that whoever labels is not led.
    """
    x, y = apply(grid.transform, places[:, 1] + 0.5, places[:, 0] + 0.5)
    fields = {MAP: design.fingerprint, BUFFER_PX: design.buffer_px, DRAWN: design.drawn, "pixel": min(grid.pixel_size)}
    features = [
        {
            "type": "Feature",
            "properties": {"id": number, "label": None, "note": None, **fields},
            "geometry": {"type": "Point", "coordinates": [float(east), float(north)]},
        }
        for number, (east, north) in enumerate(zip(x, y, strict=True), start=1)
    ]
    content = {"type": "FeatureCollection", "crs": crs_member(grid.crs), "features": features}
    with vector_part(path, transaction.temp_path(path), transaction, "Point") as geojson:
        try:
            with open(geojson, "w", encoding="utf-8", newline="\n") as file:
                json.dump(content, file)
        except OSError as error:
            raise OutputError(
                f"{path} could not be written whole ({error.strerror}). Free space on the disk."
            ) from error


def read_labelled_points(name: str, path: str, field: str, grid: Grid) -> LabelledPoints:
    """The points of a file on a grid; those beyond it have places that are not on it.

    name: how messages call the input. field: of the labels. Raises InputError for what is no label, for a file without
    that field, and for points of several samples.
    """
    file = read_points(name, path, [field, MAP, BUFFER_PX, DRAWN])
    if not any(field in fields for fields in file.fields):
        held = ", ".join(sorted({key for fields in file.fields for key in fields if key}))[:200]
        raise InputError(
            f"{name} {path} has no field {field!r}, but {held or 'none'}. Name the field of the labels in LABEL_FIELD."
        )
    labels = [_label(name, path, field, number, fields) for number, fields in enumerate(file.fields, start=1)]
    return LabelledPoints(_places(name, path, file, grid), np.array(labels, np.int64), _design(name, path, file.fields))


def distinct(points: LabelledPoints) -> tuple[LabelledPoints, int, int]:
    """Each pixel once; how many repeat the label of their pixel, and how many are left out as they contradict it."""
    by_place: dict[tuple[int, int], set[int]] = {}
    for place, label in zip(points.places.tolist(), points.labels.tolist(), strict=True):
        by_place.setdefault((place[0], place[1]), set()).add(label)
    known = {place: labels - {UNLABELLED} or labels for place, labels in by_place.items()}
    kept = {place: labels.pop() for place, labels in known.items() if len(labels) == 1}
    places = np.array(list(kept), np.int64).reshape(-1, 2)
    repeated = len(points.labels) - len(by_place)
    labels = np.array(list(kept.values()), np.int64)
    return LabelledPoints(places, labels, points.design), repeated, len(by_place) - len(kept)


def _label(name: str, path: str, field: str, number: int, fields: Mapping[str, Any]) -> int:
    value = fields.get(field)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(int(value) if isinstance(value, bool) else value).strip().lower()
    if text not in WORDS:
        raise InputError(
            f"{name} {path}: {field} of point {number} is {str(value)[:60]!r}, but has to be 'change', 'no change' or "
            "'unsure' (or 1, 0), or empty. Correct it."
        )
    return WORDS[text]


def _places(name: str, path: str, file: PointFile, grid: Grid) -> Counts:
    x, y = file.points.T
    if grid.crs is not None and file.crs != grid.crs:
        if not file.stated:
            check_degrees(name, path, [file.points])
        x, y = reproject_points(file.crs, grid.crs, x, y)
    turn = None if grid.crs is None else turn_of(grid.crs)
    columns, rows = _nearest_turn(x, y, grid, turn)
    # A point without a place in the grid's CRS is beyond the grid.
    places = np.floor(np.stack([rows, columns], axis=1))
    return np.nan_to_num(places, nan=-1.0).clip(-1, max(grid.shape)).astype(np.int64)


def _nearest_turn(x: Floats, y: Floats, grid: Grid, turn: float | None) -> tuple[Floats, Floats]:
    """Columns and rows, by as many turns of the Earth as bring x to the grid."""
    if turn:
        left, _, right, _ = grid.bounds
        x = x - turn * np.round((x - (left + right) / 2) / turn)
    columns, rows = apply(~grid.transform, x, y)
    return columns, rows


def _design(name: str, path: str, fields: Sequence[Mapping[str, Any]]) -> SampleDesign | None:
    found = Counter((each.get(MAP), each.get(BUFFER_PX), each.get(DRAWN)) for each in fields)
    if len(found) > 1:
        raise InputError(
            f"{name} {path} holds points of {len(found)} samples. Keep the points of one sample in a file of their own."
        )
    ((fingerprint, buffer_px, drawn),) = found
    if not fingerprint:
        return None
    try:
        design = SampleDesign(str(fingerprint), int(float(str(buffer_px))), int(float(str(drawn))))
        if not 0 <= design.buffer_px <= MOST_BUFFER_PX:
            raise ValueError("no stratum reaches so far")
    except (ValueError, OverflowError):
        raise InputError(
            f"{name} {path}: its fields {BUFFER_PX} ({buffer_px}) and {DRAWN} ({drawn}) are not those of a sample. "
            "Leave them as they were drawn."
        ) from None
    return design
