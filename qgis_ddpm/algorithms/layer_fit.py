"""Whether a model fits layers, by what its card and the layers say without a look at the pixels."""

import math
from typing import Any, List, Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsUnitTypes,
)

from ..card import ModelCard
from .translation import tr

# As core/raster/findings/model_fit.py, which looks at the pixels too.
MOST_ZOOM = 3.0
METRES_PER_DEGREE = 111_320.0
# Numbers of GDAL's types that a layer's provider knows by other names.
_WIDTHS = {"Byte": "uint8", "UInt16": "uint16", "Int16": "int16", "UInt32": "uint32", "Int32": "int32"}
_WIDTHS.update({"Float32": "float32", "Float64": "float64", "Int8": "int8"})


def misfits(card: Any, layers: List[Any]) -> List[str]:
    """Why a model may mean little on layers, each reason once; [] where it fits, and for a detector."""
    if not isinstance(card, ModelCard):
        return []
    found: List[str] = []
    for layer in layers:
        if isinstance(layer, QgsRasterLayer) and layer.isValid():
            found += _of_layer(card, layer)
    return list(dict.fromkeys(found))


def _of_layer(card: ModelCard, layer: QgsRasterLayer) -> List[str]:
    provider, reasons = layer.dataProvider(), []
    count = layer.bandCount()
    if count < len(card.bands):
        reasons.append(tr("it has {} bands and '{}' has {}").format(len(card.bands), layer.name(), count))
    kind = _dtype(provider)
    trained = card.bands[0].dtype
    if kind and kind != trained:
        words = tr("it was trained on {} and '{}' is {}, whose units may be others")
        reasons.append(words.format(trained, layer.name(), kind))
    shown = _shown_range(layer)
    low, high = min(band.low for band in card.bands), max(band.high for band in card.bands)
    if kind == trained and shown and (shown[0] > high or shown[1] < low):
        words = tr("it was trained on values of {} to {} and '{}' has {} to {}")
        reasons.append(words.format(*_short(low, high), layer.name(), *_short(*shown)))
    here, there = pixel_m(layer), _trained_pixel_m(card)
    if here and there and not 1 / MOST_ZOOM <= here / there <= MOST_ZOOM:
        words = tr("it was trained on pixels of {} m and those of '{}' have {} m")
        reasons.append(words.format(*_short(there), layer.name(), *_short(here)))
    return reasons


def _dtype(provider: Any) -> str:
    name = getattr(provider.dataType(1), "name", "") or _by_number(int(provider.dataType(1)))
    return _WIDTHS.get(name, "")


def _by_number(number: int) -> str:
    # GDAL's own numbers; releases on Qt 5 give no names.
    names = {1: "Byte", 2: "UInt16", 3: "Int16", 4: "UInt32", 5: "Int32", 6: "Float32", 7: "Float64", 14: "Int8"}
    return names.get(number, "")


def _shown_range(layer: QgsRasterLayer) -> Optional[List[float]]:
    """What the layer's stretch takes for black and white in its first band; None where it has none."""
    renderer = layer.renderer()
    enhancement = renderer.redContrastEnhancement() if isinstance(renderer, QgsMultiBandColorRenderer) else None
    if enhancement is None:
        return None
    low, high = enhancement.minimumValue(), enhancement.maximumValue()
    return [low, high] if math.isfinite(low) and math.isfinite(high) and low < high else None


def pixel_m(layer: QgsRasterLayer) -> Optional[float]:
    """Side of a square of a pixel's area, in metres, in the middle of a layer; None where that is not known."""
    if not layer.crs().isValid():
        return None
    middle = layer.extent().center().y()
    return _metres(layer.crs(), layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY(), middle)


def _trained_pixel_m(card: ModelCard) -> Optional[float]:
    if card.transform is None or not card.crs:
        return None
    crs = QgsCoordinateReferenceSystem.fromWkt(card.crs)
    a, b, _, d, e, north = card.transform[:6]
    return _metres(crs, math.hypot(a, d), math.hypot(b, e), north) if crs.isValid() else None


def _metres(crs: QgsCoordinateReferenceSystem, width: float, height: float, middle: float) -> Optional[float]:
    if width <= 0 or height <= 0:
        return None
    if crs.isGeographic():
        return METRES_PER_DEGREE * math.sqrt(width * height * max(math.cos(math.radians(middle)), 0.01))
    metres = QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), _metre())
    return float(metres) * math.sqrt(width * height)


def _metre() -> Any:
    # QGIS 3.30 moved the units.
    units = getattr(Qgis, "DistanceUnit", None)
    return QgsUnitTypes.DistanceUnit.DistanceMeters if units is None else units.Meters


def _short(*numbers: float) -> List[str]:
    return [f"{number:.4g}" for number in numbers]
