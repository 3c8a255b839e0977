"""How points to be labelled look, and the form in which they are: one click opens it, one choice labels."""

from typing import List, Tuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsMapUnitScale,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsUnitTypes,
    QgsValueMapFieldFormatter,
    QgsVectorLayer,
)

from .styles import BLUE, CHANGED
from .translation import tr

# What a form's list of values gives for an empty one.
NOT_SET = QgsValueMapFieldFormatter.NULL_VALUE

UNLABELLED, UNSURE = "#ffd700", "#808080"
# What ties a point to its sample, and the number that a GeoPackage gives it; nobody is to change them.
HIDDEN = ("map", "buffer_px", "drawn", "pixel", "fid")
# A point is drawn as the outline of its pixel, but never smaller than can be seen and clicked.
LEAST_MM = 3.0


def sample_points(layer: QgsVectorLayer) -> None:
    """The outline of each pixel coloured by its label, and a form with the three labels and a note."""
    names = layer.fields().names()
    aliases = {"id": tr("Number"), "label": tr("Label"), "note": tr("Note")}
    for name, alias in aliases.items():
        if name in names:
            layer.setFieldAlias(names.index(name), alias)
    choices = _choices()
    setups = {
        "label": QgsEditorWidgetSetup("ValueMap", {"map": [{words: value} for value, words, _ in choices]}),
        "note": QgsEditorWidgetSetup("TextEdit", {"IsMultiline": True}),
        **{name: QgsEditorWidgetSetup("Hidden", {}) for name in HIDDEN},
    }
    for name, setup in setups.items():
        if name in names:
            layer.setEditorWidgetSetup(names.index(name), setup)
    form = layer.editFormConfig()
    if "id" in names:
        form.setReadOnly(names.index("id"), True)
    form.setSuppress(QgsEditFormConfig.FeatureFormSuppress.SuppressOff)
    layer.setEditFormConfig(form)
    layer.setDisplayExpression("\"id\" || coalesce(': ' || \"label\", '')")
    size = _pixel(layer)
    categories = [
        QgsRendererCategory(None if value == NOT_SET else value, _outline(colour, size), words)
        for value, words, colour in choices
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("label", categories))


def _choices() -> List[Tuple[str, str, str]]:
    """Value, words and colour of each label; the values are those of the interface."""
    return [
        (NOT_SET, tr("Not yet labelled"), UNLABELLED),
        ("change", tr("Change"), CHANGED),
        ("no change", tr("No change"), BLUE),
        ("unsure", tr("Unsure"), UNSURE),
    ]


def _pixel(layer: QgsVectorLayer) -> float:
    """Side of a pixel of the map in units of the layer; 0 where the points do not say."""
    feature = next(layer.getFeatures(), None)
    size = None if feature is None or "pixel" not in layer.fields().names() else feature.attribute("pixel")
    return float(size) if isinstance(size, (int, float)) else 0.0


def _outline(colour: str, size: float) -> QgsMarkerSymbol:
    symbol = QgsMarkerSymbol.createSimple(
        {"name": "square", "color": "0,0,0,0", "outline_color": colour, "outline_width": "0.5"}
    )
    if size:
        symbol.setSize(size)
        symbol.setSizeUnit(QgsUnitTypes.RenderUnit.RenderMapUnits)
        scale = QgsMapUnitScale()
        scale.minSizeMMEnabled, scale.minSizeMM = True, LEAST_MM
        symbol.setSizeMapUnitScale(scale)
    else:
        symbol.setSize(LEAST_MM)
    return symbol
