"""How a series looks: a colour for each date, and polygons that the temporal controller plays."""

from typing import List, Tuple

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsVectorLayer,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtGui import QColor

from . import styles

# From early to late: even to the eye, and to people with any colour vision (viridis).
EARLY_TO_LATE = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
# As the raster's tag and the fields of the polygons write them.
DATES_TAG = "DATES"
FIELDS = ("from", "to")


def first_change(layer: QgsRasterLayer) -> None:
    """A colour for the date of the first change, nothing where there is none."""
    days = _days(layer)
    if not days:
        layer.setDefaultContrastEnhancement()
        return
    entries = [
        QgsPalettedRasterRenderer.Class(int(day.replace("-", "")), colour, day) for day, colour in coloured(days)
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries))


def played(layer: QgsVectorLayer) -> None:
    """Polygons in the colour of the date by which they changed, shown while the time is between their two dates."""
    styles.outlines(layer)
    expression = f"format_date(\"{FIELDS[1]}\", 'yyyy-MM-dd')"
    index = layer.fields().indexOf(FIELDS[1])
    days = sorted({value.toString("yyyy-MM-dd") for value in layer.uniqueValues(index) if hasattr(value, "toString")})
    categories = [QgsRendererCategory(day, _fill(colour), day) for day, colour in coloured(days)]
    layer.setRenderer(QgsCategorizedSymbolRenderer(expression, categories))
    temporal = layer.temporalProperties()
    # QGIS has moved its modes from one class to another.
    modes = getattr(Qgis, "VectorTemporalMode", None)
    temporal.setMode(
        QgsVectorLayerTemporalProperties.TemporalMode.ModeFeatureDateTimeStartAndEndFromFields
        if modes is None
        else modes.FeatureDateTimeStartAndEndFromFields
    )
    temporal.setStartField(FIELDS[0])
    temporal.setEndField(FIELDS[1])
    temporal.setIsActive(True)


def coloured(days: List[str]) -> List[Tuple[str, QColor]]:
    """A colour for each of some dates, which are in the order of time."""
    steps = len(EARLY_TO_LATE) - 1
    found = []
    for number, day in enumerate(days):
        place = steps * (number / (len(days) - 1) if len(days) > 1 else 0.5)
        below = min(int(place), steps - 1)
        low, high = QColor(EARLY_TO_LATE[below]), QColor(EARLY_TO_LATE[below + 1])
        share = place - below
        parts = [round((1 - share) * a + share * b) for a, b in zip(low.getRgb()[:3], high.getRgb()[:3])]
        found.append((day, QColor(*parts)))
    return found


def _days(layer: QgsRasterLayer) -> List[str]:
    """The dates at which a change can be seen, which are all but the first; [] where the raster does not tell."""
    dataset = gdal.Open(layer.source())
    text = dataset.GetMetadataItem(DATES_TAG) if dataset is not None else None
    return (text or "").split(",")[1:]


def _fill(colour: QColor) -> QgsFillSymbol:
    inside = QColor(colour)
    inside.setAlpha(110)
    look = {"outline_width": "0.5", "outline_style": "solid"}
    symbol = QgsFillSymbol.createSimple(look)
    symbol.symbolLayer(0).setFillColor(inside)
    symbol.symbolLayer(0).setStrokeColor(colour)
    return symbol
