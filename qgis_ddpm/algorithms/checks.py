"""What layers and a model's card tell before anything runs: bands that differ, dates without a place in common."""

import os
from typing import Optional, Tuple

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsRaster,
    QgsRasterLayer,
)

from ..card import ModelCard, read_model_card
from ..errors import InputError
from ..file_identity import Identities
from ..jobs.texts import whole_numbers
from ..model_folder import find_model
from ..scene_files import BAND_NAME
from . import settings
from .translation import tr


def card_of(model: str) -> ModelCard:
    """The card of a model that is named by a path or by a name in the models folder. Raises ModelFileError."""
    return read_model_card(find_model(model, configured=settings.models_folder() or None))


def count_bands(layer: QgsRasterLayer, parameter: str, bands: Optional[str]) -> int:
    """How many bands of a layer are asked for; alpha is none. Raises InputError for numbers that it does not have."""
    chosen, coloured = whole_numbers(parameter, bands, minimum=1), colours_of(layer)
    count = 3 if coloured else layer.bandCount()
    if chosen and max(chosen) > count:
        words = tr("{} asks for band {}, but '{}' has {}. Choose other bands or leave it empty.")
        raise InputError(words.format(parameter, max(chosen), layer.name(), count))
    if chosen or coloured:
        return len(chosen) or count
    kinds = [layer.dataProvider().colorInterpretation(band) for band in range(1, layer.bandCount() + 1)]
    return sum(kind != QgsRaster.ColorInterpretation.AlphaBand for kind in kinds)


def colours_of(layer: QgsRasterLayer) -> bool:
    """Whether a layer is read as the colours of its palette, which are three bands."""
    provider = layer.dataProvider()
    found = [provider.colorInterpretation(band) for band in range(1, layer.bandCount() + 1)]
    data = [kind for kind in found if kind != QgsRaster.ColorInterpretation.AlphaBand]
    return data == [QgsRaster.ColorInterpretation.PaletteIndex] and bool(provider.colorTable(found.index(data[0]) + 1))


def refuse_one_raster(before: QgsRasterLayer, after: QgsRasterLayer, same_bands: bool = True) -> None:
    """Raise InputError where both dates are the same bands of one file."""
    identities = Identities()
    if same_bands and identities.key(before.source()) == identities.key(after.source()):
        words = tr("Both dates are one raster, '{}': there is no change to be found. Choose the other date.")
        raise InputError(words.format(before.name()))


def refuse_other_bands(card: ModelCard, model: str, count: int, layer: QgsRasterLayer) -> None:
    """Raise InputError where a model was trained on another number of bands than a layer gives."""
    if count == len(card.bands):
        return
    if count == 1 and band_in_name(layer):
        raise InputError(join_bands_first(layer))
    names = ", ".join(band.name for band in card.bands)
    words = tr("The model {} has {} bands ({}), but '{}' gives {}. Choose bands that correspond, or another model.")
    raise InputError(words.format(model, len(card.bands), names, layer.name(), count))


def band_in_name(layer: QgsRasterLayer) -> str:
    """The band that a single-band file of a scene calls itself by, as Landsat's and Sentinel-2's do; else ""."""
    if layer.bandCount() != 1:
        return ""
    stem = os.path.splitext(os.path.basename(layer.source()))[0]
    found = BAND_NAME.search(stem)
    return found.group(1).upper() if found else ""


def all_named(layer: QgsRasterLayer) -> bool:
    """Whether every band has a name beside its number, so that bands may be matched by them."""
    return all(": " in layer.bandName(band) for band in range(1, layer.bandCount() + 1))


def join_bands_first(layer: QgsRasterLayer) -> str:
    """What to do with the single bands of a scene."""
    return tr(
        "'{}' is one band of a scene, and one raster with all bands is expected. Join the bands with Stack scene "
        "(ddpm:stackscene), which takes the folder of the scene or its MTL file, and choose the result."
    ).format(layer.name())


def refuse_apart(before: QgsRasterLayer, after: QgsRasterLayer, context: QgsCoordinateTransformContext) -> None:
    """Raise InputError where two layers have no place in common; says nothing where one has no CRS."""
    if not before.crs().isValid() or not after.crs().isValid():
        return
    try:
        transform = QgsCoordinateTransform(after.crs(), before.crs(), context)
        extent = transform.transformBoundingBox(after.extent())
        apart = not extent.intersects(before.extent()) and not _meet_around_the_earth(before, after, context)
    except QgsCsException:
        return
    if apart:
        words = tr("'{}' and '{}' do not overlap: they cover {} and {}. Choose two rasters of the same place.")
        raise InputError(words.format(before.name(), after.name(), before.extent().toString(4), extent.toString(4)))


def _meet_around_the_earth(
    before: QgsRasterLayer, after: QgsRasterLayer, context: QgsCoordinateTransformContext
) -> bool:
    """Whether two layers meet where degrees come round: over 180, or where one counts to 360. Raises QgsCsException."""
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    west, south, east, north = _degrees_around(before, degrees, context)
    left, bottom, right, top = _degrees_around(after, degrees, context)
    if not (bottom < north and top > south):
        return False
    return any(left + turn < east and right + turn > west for turn in range(-1080, 1081, 360))


def _degrees_around(
    layer: QgsRasterLayer, degrees: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> Tuple[float, float, float, float]:
    """West, south, east and north of a layer; east is larger, beyond 180 where it has to be."""
    transform = QgsCoordinateTransform(layer.crs(), degrees, context)
    box = transform.transformBoundingBox(layer.extent(), Qgis.TransformDirection.Forward, True)
    west, east = box.xMinimum(), box.xMaximum()
    return west, box.yMinimum(), east if east > west else east + 360, box.yMaximum()
