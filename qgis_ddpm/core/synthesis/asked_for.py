"""What a sampling asks its model for: a condition by place, or labels."""

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from affine import Affine

from ...card import ConditionCard, ModelCard
from ...errors import InputError, JobError
from ...events import Event, Note, Progress
from ..conditions.drawn_map import DrawnMap
from ..conditions.measuring import distinct
from ..conditions.planes import ReadNumbers, Told, ToldByLabel, ToldByPlace, class_numbers, resampling_of
from ..raster.grid import Grid
from ..raster.labels import is_vector, open_on
from ..raster.source import RasterSource
from ..raster.types import Window
from ..raster.vectors_in import PolygonFile, read_polygons
from .placement import Home

# Takes each label of a model in turn.
ALL = "all"
_SHOWN = 20
_STRIP_PIXELS = 1 << 20


@dataclass(frozen=True)
class ConditionFile:
    """A condition before it is known where the result lies: a raster's own grid, or polygons."""

    path: str
    grid: Grid | None
    polygons: PolygonFile | None

    def home(self, home: Home, card: ConditionCard) -> Home:
        """Where a result lies of which nothing else is said: the condition's extent, in the model's pixels."""
        if self.grid is not None:
            t, ratio = self.grid.transform, card.ratio
            width, height = (max(round(side * ratio), 1) for side in (self.grid.width, self.grid.height))
            across, down = self.grid.width / width, self.grid.height / height
            finer = Affine(t.a * across, t.b * down, t.c, t.d * across, t.e * down, t.f)
            return Home(Grid(finer, width, height, self.grid.crs), True, home.tile_px, "condition")
        return Home(home.grid.subgrid(*self.window_on(home.grid)), True, home.tile_px, home.name)

    def window_on(self, grid: Grid) -> Window:
        """Where the whole condition lies in pixels of a grid."""
        if self.grid is not None:
            bounds, crs = self.grid.bounds, self.grid.crs
        else:
            assert self.polygons is not None  # nosec B101
            corners = np.concatenate([polygon[0] for polygon in self.polygons.polygons])
            (left, bottom), (right, top) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
            bounds, crs = (left, bottom, right, top), self.polygons.crs
        return grid.window_around(bounds, crs.to_wkt() if crs is not None and grid.crs is not None else None)


def open_condition_file(path: str, override: Mapping[str, Any], card: ModelCard) -> ConditionFile:
    """Look at a condition. Raises InputError where it cannot be read, JobError where the model takes no such."""
    if card.condition is None:
        raise JobError(
            f"CONDITION is {path}, but this model was trained without. Leave it empty, or choose another model."
        )
    if is_vector(path):
        if card.condition.kind == "values":
            raise JobError(
                f"CONDITION {path} holds polygons, but this model is told values of {len(card.condition.bands)} bands. "
                "Give a raster."
            )
        return ConditionFile(path, None, read_polygons("CONDITION", path, whole=True))
    if card.condition.kind == "labels":
        raise JobError(f"CONDITION {path} is a raster, but this model is told labels. Give one as LABEL, or polygons.")
    with RasterSource(path, override=override) as source:
        count = source.count
        if count != (len(card.condition.bands) or 1):
            raise InputError(
                f"CONDITION {path} has {count} bands, but the model is told {len(card.condition.bands) or 1}. Choose "
                "a raster like those that it was trained with."
            )
        return ConditionFile(path, source.grid, None)


def told_by_place(
    found: ConditionFile,
    card: ConditionCard,
    grid: Grid,
    override: Mapping[str, Any],
    field: str | None,
    stack: ExitStack,
) -> Generator[Event, None, ToldByPlace]:
    """A condition on the grid of the result; its file stays open on the stack.

    The whole condition counts, also beyond the result, so that areas sampled apart fit. Raises InputError where it lies
    elsewhere.
    """
    read: ReadNumbers
    top, left, height, width = found.window_on(grid)
    if not (-height < top < grid.height and -width < left < grid.width):
        raise InputError(
            f"CONDITION {found.path} does not overlap the area asked for. Leave EXTENT and TEMPLATE empty, or choose a "
            "condition of the same place."
        )
    whole = grid.subgrid(top, left, height, width)
    if found.polygons is not None:
        drawn = DrawnMap(found.path, found.polygons, field, card, whole)
        yield from (Note(text) for text in drawn.notes)
        read = drawn.read
    else:
        source = stack.enter_context(
            open_on("CONDITION", found.path, whole, override, "the area asked for", resampling_of(card))
        )
        if card.kind == "classes":
            yield from _strange_classes(found.path, override, card)
        read = source.read
    return ToldByPlace(card, read, whole.shape, (-top, -left))


def _strange_classes(path: str, override: Mapping[str, Any], card: ConditionCard) -> Generator[Event, None, None]:
    numbers = distinct([partial(RasterSource, path, override=override)], 1 << 16) or []
    known = set(class_numbers(card).tolist())
    strange = [f"{number:g}" for number in numbers if number not in known]
    if numbers and len(strange) == len(numbers):
        raise InputError(
            f"CONDITION {path} holds none of the model's classes, which are {_listed(card.classes)}, but "
            f"{_listed(strange)}. Choose a raster of the same classes."
        )
    if strange:
        yield Note(
            f"CONDITION holds {_listed(strange)}, which are no classes of the model ({_listed(card.classes)}): there "
            "nothing is asked for.",
            "warning",
        )


def told_by_label(label: str, card: ModelCard, layout: str) -> ToldByLabel:
    """Labels that tiles take in turn. Raises JobError for names that the model does not know."""
    told = card.condition
    if told is None or told.kind != "labels":
        asks = "is told a condition by place" if told else "was trained without labels"
        raise JobError(f"LABEL is {label}, but this model {asks}. Leave LABEL empty, or choose another model.")
    if label == ALL and ALL not in told.classes:
        labels = list(range(len(told.classes)))
    else:
        names = {name.casefold(): place for place, name in enumerate(told.classes)}
        asked = [label] if label.casefold() in names else [part.strip() for part in label.split(",")]
        strange = [name for name in asked if name.casefold() not in names]
        if strange:
            raise JobError(
                f"LABEL is {label}, but the model knows {_listed(told.classes)}. Choose among them, or {ALL}."
            )
        labels = [names[name.casefold()] for name in asked]
    if layout == "seamless" and len(labels) > 1:
        raise JobError(
            f"LABEL names {len(labels)} labels, but a seamless area has one. Name one, or give polygons as CONDITION."
        )
    return ToldByLabel(told, tuple(labels))


def check_told(told: Told | None, card: ModelCard) -> None:
    """Raise JobError where a model that was always told something is asked for nothing."""
    if told is None and card.condition is not None and not card.condition.dropout:
        field = "LABEL" if card.condition.kind == "labels" else "CONDITION"
        raise JobError(f"This model draws by a condition alone (CONDITION_DROPOUT was 0). Give {field}.")


def super_resolution(card: ModelCard) -> float | None:
    """How many pixels of a result lie along one of its condition, where that is the same in larger pixels."""
    return card.condition.ratio if card.condition is not None and card.condition.coarser else None


def mean_difference(output: str, path: str, override: Mapping[str, Any]) -> Generator[Event, None, float]:
    """How far the means of a result over the pixels of a coarser condition are from that, in its own numbers."""
    total = count = 0.0
    with RasterSource(path, override=override) as coarse, RasterSource(output, onto=coarse.grid) as fine:
        height, width = coarse.grid.shape
        step = max(1, _STRIP_PIXELS // width)
        for row in range(0, height, step):
            window = row, 0, min(step, height - row), width
            (means, valid), (asked, known) = fine.read(*window), coarse.read(*window)
            both = valid & known
            total += float(np.abs(means - asked)[:, both].sum(dtype=np.float64))
            count += float(both.sum()) * len(means)
            yield Progress(row + window[2], height, "row", "comparing with CONDITION")
    return total / count if count else float("nan")


def told_tag(told: Told | None, path: str | None) -> str | None:
    """What a result is tagged with: the name of the condition's file, or its labels."""
    if isinstance(told, ToldByLabel):
        return _listed([told.label(number) for number in range(len(told.labels))])
    return os.path.basename(path) if path else None


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
