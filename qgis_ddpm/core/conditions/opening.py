"""Opening what a conditional training names: rasters laid on those that they belong to, and the labels of images."""

import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ...card import ConditionCard
from ...condition_card import MOST_CLASSES
from ...errors import InputError
from ...events import Event, Progress
from ..raster.grid import Grid
from ..raster.imagery import Opener
from ..raster.images import ImageFolder, read_label_file
from ..raster.labels import open_on
from ..raster.source import RasterSource
from ..raster.types import Pixels, Valid
from .measuring import measure_condition
from .planes import resampling_of

Held = tuple[Pixels, Valid]


@dataclass(frozen=True)
class ConditionPart:
    """What is known of one raster: of each place, laid on its grid and held in memory where it is small; or a label."""

    open: Opener | None = None
    held: Held | None = None
    label: int | None = None


def open_conditions(
    paths: Sequence[str],
    inputs: Sequence[tuple[Opener, Grid]],
    override: Callable[[str], dict[str, Any]],
    kind: str,
    dropout: float,
    room: int,
    seed: int,
) -> Generator[Event, None, tuple[ConditionCard, list[ConditionPart]]]:
    """The condition of a training, and its part for each raster, on whose grid it is read.

    inputs: what opens each raster, and its grid. kind: auto, values or classes. room: bytes that may be held. Raises
    InputError where a condition cannot be read, or lies elsewhere than its raster.
    """
    openers = [partial(RasterSource, path, override=override(path)) for path in paths]
    with inputs[0][0]() as source:
        card = measure_condition(openers, source, kind, dropout, seed)
    parts = []
    for number, (path, (_, grid)) in enumerate(zip(paths, inputs, strict=True)):
        opener = partial(open_on, "CONDITION", path, grid, override(path), "its raster of INPUT", resampling_of(card))
        with opener() as source:
            held = None
            size = grid.width * grid.height * (4 * source.count + 1)
            if size <= room:
                room -= size
                held = source.read(0, 0, grid.height, grid.width)
        parts.append(ConditionPart(opener, held))
        yield Progress(number + 1, len(paths), "raster", "reading CONDITION")
    return card, parts


def labels_of(folder: str, images: ImageFolder, dropout: float) -> tuple[ConditionCard, list[int], list[int]]:
    """The condition of a training on labelled images, and the labels of its rasters and of its other images.

    A label is the name of the subfolder that a file lies in, or stands in the label file of MNIST. Raises InputError
    where one has none, or all have the same.
    """
    if images.digits is not None:
        names = [str(label) for path, count in images.digit_files for label in read_label_file(path, count)]
        rasters: list[str] = []
    else:
        names = [_subfolder(folder, path) for path in images.images]
        rasters = [_subfolder(folder, path) for path in images.rasters]
    classes = sorted({*names, *rasters})
    if not 2 <= len(classes) <= MOST_CLASSES:
        raise InputError(
            f"CONDITION folders finds {len(classes)} labels in {folder}, but a model is told 2 to {MOST_CLASSES}. Put "
            "the images of each label into a subfolder of its name."
        )
    places = {name: place for place, name in enumerate(classes)}
    card = ConditionCard("labels", (), tuple(classes), dropout=dropout)
    return card, [places[name] for name in rasters], [places[name] for name in names]


def _subfolder(folder: str, path: str) -> str:
    name, _, rest = os.path.relpath(path, folder).partition(os.sep)
    if not rest:
        raise InputError(f"{path} lies in no subfolder of {folder}, whose name would be its label. Put it into one.")
    return name
