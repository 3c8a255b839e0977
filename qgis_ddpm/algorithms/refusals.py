"""What layers and a model's card tell before anything runs: bands that differ, dates without a place in common."""

import os
from typing import Optional

from qgis.core import (
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsRaster,
    QgsRasterLayer,
)

from ..card import ModelCard, read_model_card
from ..environment import find_model
from ..errors import InputError
from ..jobs.texts import whole_numbers
from . import settings


def card_of(model: str) -> ModelCard:
    """The card of a model that is named by a path or by a name in the models folder. Raises ModelFileError."""
    in_folder = os.path.join(settings.models_folder(), model)
    return read_model_card(in_folder if os.path.isfile(in_folder) else find_model(model))


def count_bands(layer: QgsRasterLayer, parameter: str, bands: Optional[str]) -> int:
    """How many bands of a layer are asked for; alpha is none. Raises InputError for numbers that it does not have."""
    chosen = whole_numbers(parameter, bands, minimum=1)
    if chosen and max(chosen) > layer.bandCount():
        raise InputError(
            f"{parameter} asks for band {max(chosen)}, but '{layer.name()}' has {layer.bandCount()}. "
            "Choose other bands or leave it empty."
        )
    if chosen:
        return len(chosen)
    kinds = [layer.dataProvider().colorInterpretation(band) for band in range(1, layer.bandCount() + 1)]
    return sum(kind != QgsRaster.ColorInterpretation.AlphaBand for kind in kinds)


def refuse_other_bands(card: ModelCard, model: str, count: int, what: str) -> None:
    """Raise InputError where a model was trained on another number of bands."""
    if count != len(card.bands):
        names = ", ".join(band.name for band in card.bands)
        raise InputError(
            f"The model {model} has {len(card.bands)} bands ({names}), but {what} gives {count}. "
            "Choose bands that correspond, or another model."
        )


def refuse_apart(before: QgsRasterLayer, after: QgsRasterLayer, context: QgsCoordinateTransformContext) -> None:
    """Raise InputError where two layers have no place in common; says nothing where one has no CRS."""
    if not before.crs().isValid() or not after.crs().isValid():
        return
    try:
        transform = QgsCoordinateTransform(after.crs(), before.crs(), context)
        extent = transform.transformBoundingBox(after.extent())
    except QgsCsException:
        return
    if not extent.intersects(before.extent()):
        raise InputError(
            f"'{before.name()}' and '{after.name()}' do not overlap: they cover {before.extent().toString(4)} and "
            f"{extent.toString(4)}. Choose two rasters of the same place."
        )
