"""A condition drawn as polygons with a field of classes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from affine import Affine
from rasterio.features import rasterize

from ...card import ConditionCard
from ...errors import InputError
from ..raster.grid import Grid
from ..raster.labels import place_polygons
from ..raster.types import Pixels, Valid
from ..raster.vectors_in import PolygonFile
from .planes import class_numbers

# How many names a message shows.
_SHOWN = 12
# Looked at first where no field is named.
_USUAL = ("class", "label", "condition")


class DrawnMap:
    """Polygons on a grid, rasterised by window: of those over a pixel's middle the last one says its class."""

    def __init__(self, path: str, file: PolygonFile, field: str | None, card: ConditionCard, grid: Grid) -> None:
        """Raises InputError where no field holds classes of the model, or nothing lies on the grid."""
        properties = [feature.get("properties") or {} for feature in (file.collection or {})["features"]]
        classes = _classes_of(path, [properties[owner] for owner in file.owners], field, card)
        placed, self.notes = place_polygons("CONDITION", path, file, grid, "the area asked for")
        numbers = class_numbers(card)
        self._shapes: list[tuple[dict[str, Any], float]] = []
        boxes = []
        for copies, number in zip(placed, classes, strict=True):
            for polygon in copies:
                rings = [ring.tolist() for ring in polygon]
                self._shapes.append(({"type": "Polygon", "coordinates": rings}, float(numbers[number])))
                boxes.append([*polygon[0].min(axis=0), *polygon[0].max(axis=0)])
        # (left, top, right, bottom) of each, to pass over those that a window does not meet.
        self._boxes = np.array(boxes)

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Pixels, Valid]:
        """Numbers of classes float32 [1, height, width] of a window, and where a polygon says one."""
        left, top, right, bottom = self._boxes.T
        meets = (left < col + width) & (top < row + height) & (right > col) & (bottom > row)
        numbers = np.full((1, height, width), np.nan, dtype=np.float32)
        shapes = [self._shapes[index] for index in np.flatnonzero(meets)]
        if shapes:
            rasterize(shapes, out=numbers[0], transform=Affine.translation(col, row))
        known: Valid = ~np.isnan(numbers[0])
        return np.nan_to_num(numbers), known


def _classes_of(path: str, features: list[Mapping[str, Any]], field: str | None, card: ConditionCard) -> list[int]:
    """The class of each polygon, counted from 0, from a field or from the one whose values all are classes."""
    places = {name.casefold(): place for place, name in enumerate(card.classes)}
    names = list(dict.fromkeys(name for each in features for name in each))
    if field is not None and field not in names:
        raise InputError(f"CONDITION {path} has no field {field!r}, but {_told(names)}. Choose CONDITION_FIELD.")
    for name in sorted(names, key=lambda name: name.casefold() not in _USUAL) if field is None else [field]:
        found = [places.get(_text(each.get(name))) for each in features]
        if None not in found:
            return [place for place in found if place is not None]
        if field is not None:
            strange = dict.fromkeys(str(each.get(name)) for each in features if _text(each.get(name)) not in places)
            raise InputError(
                f"CONDITION {path} has {_told(list(strange))} in the field {field}, but the model knows "
                f"{_told(list(card.classes))}. Rename the classes."
            )
    raise InputError(
        f"CONDITION {path} has no field whose values are all classes of the model, which are "
        f"{_told(list(card.classes))}. Its fields: {_told(names)}. Name one as CONDITION_FIELD, or rename its classes."
    )


def _text(value: Any) -> str:
    """A class as it stands in a card: whole numbers without a point."""
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value).strip().casefold()


def _told(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(name[:60] for name in names[:_SHOWN]) + more if names else "none"
