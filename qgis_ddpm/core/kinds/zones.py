"""Statistics of change in polygons such as parcels or stands: a copy of their layer with area and share of change."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ...events import Progress
from ..raster.grid import Grid
from ..raster.labels import inside, place_polygons
from ..raster.types import Bytes, Floats, Valid
from ..raster.vectors_in import Polygon, read_polygons
from .classes import Kind

SQUARE_METRES_PER_HECTARE = 10_000
# Polygons between two signs of life.
_AT_ONCE = 500


class Zones:
    """The features of a layer of polygons on a grid, each with its sums; they may overlap.

    A pixel belongs to a feature where its middle lies in it. `notes`: what there is to tell.
    """

    def __init__(self, name: str, path: str, grid: Grid) -> None:
        """Read the layer. name: of the field, for messages. Raises InputError where it holds no polygon on the grid."""
        self._name, self._path, self._has_areas = name, path, grid.crs is not None
        file = read_polygons(name, path, whole=True)
        placed, self.notes = place_polygons(name, path, file, grid)
        self._collection: dict[str, Any] = file.collection or {}
        self._size = grid.shape
        by_feature: dict[int, list[Polygon]] = {}
        for owner, copies in zip(file.owners, placed, strict=True):
            by_feature.setdefault(owner, []).extend(copies)
        self._features = list(by_feature.items())
        # First row and column, and those behind the last, whose middles may lie inside.
        self._boxes = np.array([_box(polygons) for _, polygons in self._features])
        self._kinds: Sequence[Kind] = ()

    def begin(self, kinds: Sequence[Kind]) -> None:
        """Start to count; kinds: () where none are told."""
        self._kinds = kinds
        # Of each feature: valid area, changed area, area of each kind.
        self._sums = np.zeros((len(self._features), 2 + len(kinds)))

    def add(self, row: int, valid: Valid, changed: Valid, kinds: Bytes, areas: Floats) -> Iterator[Progress]:
        """Look at the rows from `row` on: [n, width] each; areas of pixels [n] or [n, width]."""
        rows, width = valid.shape
        first, left, last, right = self._boxes.T
        meets = np.flatnonzero((first < row + rows) & (last > row) & (left < width) & (right > 0))
        for done, place in enumerate(meets.tolist(), start=1):
            top, bottom = max(int(first[place]), row), min(int(last[place]), row + rows)
            start, end = max(int(left[place]), 0), min(int(right[place]), width)
            within = inside(self._features[place][1], (top, start, bottom - top, end - start))
            here = slice(top - row, bottom - row), slice(start, end)
            weights = (areas[here[0], None] if areas.ndim == 1 else areas[here]) * (within & valid[here])
            sums = self._sums[place]
            sums[0] += weights.sum()
            sums[1] += weights.sum(where=changed[here])
            for kind in self._kinds:
                sums[1 + kind.number] += weights.sum(where=kinds[here] == kind.number)
            if done % _AT_ONCE == 0:
                yield Progress(done, len(meets), "polygon", "statistics")

    def columns(self) -> dict[str, str]:
        """Name and type of each column that the copy has more."""
        names = ["valid_m2", "changed_m2", "changed_ha", "changed_share"]
        return dict.fromkeys([*names, *(f"{kind.column}_share" for kind in self._kinds)], "double")

    def remarks(self) -> Iterator[str]:
        """Warnings on what was counted."""
        empty = int(np.count_nonzero(self._sums[:, 0] == 0))
        if empty:
            yield (
                f"{empty} of {len(self._features)} polygons of {self._name} {self._path} have no valid pixel whose "
                "middle lies in them: their shares are empty."
            )
        taken = sorted(set(self.columns()) & set().union(*(_properties(each) for each in self._collection["features"])))
        if taken:
            yield f"{self._name} {self._path} has columns {', '.join(taken)} already: the copy has the new values."

    def features(self) -> Iterator[str]:
        """The copy as lines of GeoJSON, to be written one after another."""
        values = dict(zip((owner for owner, _ in self._features), self._sums, strict=True))
        crs = {name: value for name, value in self._collection.items() if name == "crs"}
        about = {"type": "FeatureCollection", **crs, "columns": self.columns()}
        yield json.dumps(about)[:-1] + ', "features": ['
        last = len(self._collection["features"]) - 1
        for number, member in enumerate(self._collection["features"]):
            properties = {**_properties(member), **self._values(values.get(number))}
            yield json.dumps({**member, "properties": properties}) + ("," if number < last else "")
        yield "]}"

    def _values(self, sums: Floats | None) -> Mapping[str, float | None]:
        names = list(self.columns())
        if sums is None:
            return dict.fromkeys(names)
        valid, changed, *kinds = sums.tolist()
        hectares = changed / SQUARE_METRES_PER_HECTARE if self._has_areas else None
        shares = [part / valid if valid > 0 else None for part in (changed, *kinds)]
        return dict(zip(names, (valid, changed, hectares, *shares), strict=True))


def _properties(member: Mapping[str, Any]) -> Mapping[str, Any]:
    return member.get("properties") or {}


def _box(polygons: Sequence[Polygon]) -> list[int]:
    corners = np.concatenate([polygon[0] for polygon in polygons])
    left, top = np.floor(corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int)
    return [int(top), int(left), int(bottom), int(right)]
