"""How results look: dressed when Processing loads them, and as `style_files.py` keeps it when anybody does later."""

import json
import os
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Callable, Deque, Dict, List, Mapping, Optional, Tuple

from osgeo import gdal
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsGraduatedSymbolRenderer,
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRendererCategory,
    QgsRendererRange,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from . import style_files
from .run_group import RunGroup
from .translation import tr

Style = Callable[[QgsMapLayer], None]
# Number, lowest and highest value of the bands that are shown as red, green and blue.
Colours = List[Tuple[int, float, float]]

TRANSPARENT = "#00ffffff"
# Colours that people with any colour vision tell apart (Okabe and Ito 2008).
GREEN, VERMILION, BLUE, PURPLE = "#009e73", "#d55e00", "#0072b2", "#cc79a7"
CHANGED = "#e31a1c"
MASK_OPACITY = 0.5
# Of polygons, told from the mask that they lie on, on light ground and dark.
OUTLINE = "#ffd400"
# Of kinds of change, as the files have them: by rules, and by clusters.
KINDS = {
    "loss of vegetation": "#e69f00",
    "gain of vegetation": GREEN,
    "new bare or built ground": VERMILION,
    "water gained": BLUE,
    "water lost": "#56b4e9",
    "other change": PURPLE,
}
CLUSTERS = (
    *("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#332288", "#88ccee", "#44aa99"),
    *("#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499", "#5a5a5a", "#a0a0a0", "#785028", "#c8a078"),
)
# Shares of a polygon that changed, from class to class.
SHARES = (0.0, 0.01, 0.05, 0.2, 0.5, 1.0)
# Shares of pixels that are darker than black and lighter than white.
CUT = (0.02, 0.98)
SAMPLED_PIXELS = 250_000


def change_mask(layer: QgsRasterLayer) -> None:
    """Changes in red, half transparent over whatever lies below."""
    _palette(layer, [(0, TRANSPARENT, tr("Unchanged")), (1, CHANGED, tr("Changed"))])
    layer.setOpacity(MASK_OPACITY)


def kinds(layer: QgsRasterLayer) -> None:
    """Each kind of change in the colour that the file gives it, over whatever lies below."""
    names: Dict[str, str] = {}
    file = gdal.Open(style_files.file_of(layer.source()))
    if file is not None:
        with suppress(ValueError):
            names = json.loads(file.GetMetadataItem("KINDS") or "{}")
    table = {int(number): _kind_colour(name) for number, name in names.items()}
    entries = [(number, table[number], _kind_label(names[str(number)])) for number in sorted(table)]
    _palette(layer, [(0, TRANSPARENT, tr("Unchanged")), *entries])


def _kind_label(name: str) -> str:
    """A kind's name in the user's language."""
    if name.startswith("kind "):
        return tr("Kind {}").format(name[len("kind ") :])
    return {
        "loss of vegetation": tr("Loss of vegetation"),
        "gain of vegetation": tr("Gain of vegetation"),
        "new bare or built ground": tr("New bare or built ground"),
        "water gained": tr("Water gained"),
        "water lost": tr("Water lost"),
        "other change": tr("Other change"),
    }.get(name, name)


def _kind_colour(name: str) -> str:
    """As `core/kinds` colours it."""
    if name.startswith("kind "):
        return CLUSTERS[(int(name[len("kind ") :]) - 1) % len(CLUSTERS)]
    return KINDS.get(name, CHANGED)


def error_map(layer: QgsRasterLayer) -> None:
    """Right and wrong changes, in three colours."""
    classes = [
        (0, TRANSPARENT, tr("Unchanged in both")),
        (1, GREEN, tr("Change found")),
        (2, VERMILION, tr("False alarm")),
        (3, BLUE, tr("Change missed")),
    ]
    _palette(layer, classes)


def cloud_mask(layer: QgsRasterLayer) -> None:
    """What is hidden over the scene."""
    _palette(layer, [(0, TRANSPARENT, tr("Clear")), (1, VERMILION, tr("Hidden"))])


def probability(layer: QgsRasterLayer) -> None:
    """From 0 to 1: pale, yellow, orange, dark red; and a second style whose break is the threshold."""
    manager = layer.styleManager()
    first, second = manager.currentStyle(), tr("Change from a threshold")
    if second not in manager.styles():
        manager.addStyleFromLayer(second)
        manager.setCurrentStyle(second)
        _two_classes(layer, _threshold_of(layer))
        manager.setCurrentStyle(first)
    _ramp(layer, 1.0, ["#f7f7f7", "#fed976", "#fd8d3c", "#e31a1c", "#67000d"])


def uncertainty(layer: QgsRasterLayer) -> None:
    """From 0 to the largest value: pale to purple."""
    provider = layer.dataProvider()
    largest = provider.bandStatistics(1, sampleSize=SAMPLED_PIXELS).maximumValue
    _ramp(layer, largest if largest > 0 else 1.0, ["#fcfbfd", "#bcbddc", "#807dba", "#3f007d"])


def filled(layer: QgsRasterLayer) -> None:
    """Which pixels are estimates, and which are left without data."""
    classes = [(0, TRANSPARENT, tr("Known")), (1, BLUE, tr("Filled")), (2, VERMILION, tr("Left without data"))]
    _palette(layer, classes)


def colours_of(layer: Optional[QgsRasterLayer]) -> Optional[Colours]:
    """How a layer shows three of its bands in colour; None where it does not."""
    renderer = layer.renderer() if layer is not None else None
    if not isinstance(renderer, QgsMultiBandColorRenderer):
        return None
    pairs = (
        (renderer.redBand(), renderer.redContrastEnhancement()),
        (renderer.greenBand(), renderer.greenContrastEnhancement()),
        (renderer.blueBand(), renderer.blueContrastEnhancement()),
    )
    if any(band < 1 or enhancement is None for band, enhancement in pairs):
        return None
    return [(band, enhancement.minimumValue(), enhancement.maximumValue()) for band, enhancement in pairs]


def synthetic(layer: QgsRasterLayer, like: Optional[Colours] = None) -> None:
    """Red, green and blue as another layer shows them; else by the names of the bands, each by its own range."""
    if layer.bandCount() < 3:
        layer.setDefaultContrastEnhancement()
        return
    provider = layer.dataProvider()
    if like is None or max(band for band, _, _ in like) > layer.bandCount():
        bands = _colour_bands(layer)
        like = [(band, *provider.cumulativeCut(band, *CUT, sampleSize=SAMPLED_PIXELS)) for band in bands]
    renderer = QgsMultiBandColorRenderer(provider, *(band for band, _, _ in like))
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for (band, low, high), set_enhancement in zip(like, setters):
        enhancement = QgsContrastEnhancement(provider.dataType(band))
        enhancement.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        enhancement.setMinimumValue(low)
        enhancement.setMaximumValue(high)
        set_enhancement(enhancement)
    layer.setRenderer(renderer)


def changed_areas(layer: QgsVectorLayer) -> None:
    """Areas in the colours of their kinds; outlines where these are not told."""
    outlines(layer)
    column = layer.fields().indexFromName("kind")
    if column < 0:
        return
    names = sorted(str(name) for name in layer.uniqueValues(column) if name)
    # Those of the rules in the order of the table, clusters by their numbers.
    names.sort(key=lambda name: (list(KINDS).index(name) if name in KINDS else len(KINDS), len(name), name))
    categories = [
        QgsRendererCategory(name, _area(_kind_colour(name), 0.75), _kind_label(name)) for name in names or list(KINDS)
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))


def shares(layer: QgsVectorLayer) -> None:
    """Polygons darker where more of them changed."""
    outlines(layer)
    colours = ("#fff7ec", "#fdd49e", "#fc8d59", "#d7301f", "#7f0000")
    classes = [
        QgsRendererRange(low, high, _area(colour, 0.8), f"{100 * low:.0f} % - {100 * high:.0f} %")
        for low, high, colour in zip(SHARES, SHARES[1:], colours)
    ]
    layer.setRenderer(QgsGraduatedSymbolRenderer("changed_share", classes))


def _area(colour: str, opacity: float) -> QgsFillSymbol:
    fill = QColor(colour)
    fill.setAlphaF(opacity)
    red, green, blue, alpha = fill.getRgb()
    return QgsFillSymbol.createSimple(
        {"color": f"{red},{green},{blue},{alpha}", "outline_color": colour, "outline_width": "0.2"}
    )


def outlines(layer: QgsVectorLayer) -> None:
    """Outlines that leave the picture below in sight, and columns whose names say what is in them."""
    aliases = {
        "id": tr("Number"),
        "from": tr("Unchanged until"),
        "to": tr("Changed by"),
        "area_m2": tr("Area in square metres"),
        "mean_score": tr("Mean score of change"),
        "max_score": tr("Highest score of change"),
        "kind": tr("Kind of change"),
        "kind_share": tr("Share of that kind"),
        "valid_m2": tr("Valid area in square metres"),
        "changed_m2": tr("Changed area in square metres"),
        "changed_ha": tr("Changed area in hectares"),
        "changed_share": tr("Changed share, 0 to 1"),
        "seed": tr("Seed"),
        "row": tr("Row"),
        "col": tr("Column"),
    }
    for index, column in enumerate(layer.fields()):
        alias = aliases.get(column.name()) or _alias_of_date(column.name())
        if alias:
            layer.setFieldAlias(index, alias)
    symbol = QgsFillSymbol.createSimple(
        {"color": "0,0,0,0", "outline_color": OUTLINE, "outline_width": "0.5", "outline_style": "solid"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))


def _alias_of_date(column: str) -> str:
    """What to call the columns of a band or an index: "nir_before" and so on."""
    stem, _, when = column.rpartition("_")
    words = {"before": tr("{} before"), "after": tr("{} after"), "change": tr("{}, change")}
    return words[when].format(stem.replace("_", " ").upper()) if stem and when in words else ""


@dataclass(frozen=True)
class Look:
    """How the layers of a run are shown.

    styles: by the name of the output, the topmost first. names: of the layers, by the same. title: of their group.
    ending: of all names, such as dates and method; where it is empty, QGIS names the layers.
    """

    styles: Mapping[str, Style]
    names: Mapping[str, str]
    title: str
    ending: str = ""


def dress(results: Mapping[str, Any], look: Look, context: QgsProcessingContext) -> List[str]:
    """Style the layers of a run's results; those that QGIS is about to load come into one group.

    Args:
        results: paths and layers by the name of the output.
        look: of the layers.
        context: of the run.

    Returns:
        What there is to tell of styles that could not be kept.
    """
    loading, notes = [], []
    paths = {name: os.path.abspath(style_files.file_of(results[name])) for name in look.styles if results.get(name)}
    own = [path for path in paths.values() if style_files.holds_styles(path)]
    title = f"{look.title}: {look.ending}" if look.ending else look.title
    group = RunGroup(title)
    for name, style in look.styles.items():
        path = results.get(name)
        if style_files.file_of(path):
            notes.append(style_files.keep_style(path, style, own))
        if path and context.willLoadLayerOnCompletion(path):
            details = context.layerToLoadOnCompletionDetails(path)
            if look.ending:
                details.name, details.forceName = f"{look.names[name]} {look.ending}", True
            loading.append((details, style))
    for rank, (details, style) in enumerate(loading):
        together = len(loading) > 1
        # Releases before 3.32 know neither groups nor an order.
        known = hasattr(details, "groupName")
        dresser = _Dresser(style, group if together and not known else None, rank)
        _dressers.append(dresser)
        details.setPostProcessor(dresser)
        if together and known:
            details.groupName = title
            details.layerSortKey = -rank
    return [note for note in notes if note]


class _Dresser(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer when Processing has loaded it, which it does without looking for a .qml."""

    def __init__(self, style: Style, group: Optional[RunGroup], rank: int) -> None:
        super().__init__()
        self._style, self._group, self._rank = style, group, rank

    def postProcessLayer(self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: Any) -> None:
        self._style(layer)
        if self._group is not None:
            self._group.take(layer, self._rank, context.project())
        layer.triggerRepaint()


# QGIS holds no reference of its own to a post-processor, and calls it when the algorithm is gone.
_dressers: Deque[_Dresser] = deque(maxlen=1000)


def mark_synthetic(path: str, context: QgsProcessingContext) -> None:
    """Make sure that the name of a layer about to be loaded says that it is synthetic."""
    if context.willLoadLayerOnCompletion(path):
        details = context.layerToLoadOnCompletionDetails(path)
        stem = os.path.splitext(os.path.basename(path))[0]
        # Temporary files are called after the parameter, which tells nobody anything.
        name = details.name if stem == "OUTPUT" else stem
        details.name = name if "synthetic" in name.lower() else f"{name} ({tr('synthetic')})"
        details.forceName = True


def _threshold_of(layer: QgsRasterLayer) -> float:
    """The threshold that a raster of ours names, else one half."""
    try:
        return float(gdal.Open(layer.source()).GetMetadataItem("THRESHOLD"))
    except (RuntimeError, AttributeError, TypeError, ValueError):
        return 0.5


def _two_classes(layer: QgsRasterLayer, threshold: float) -> None:
    """Nothing up to a value, red above: whoever edits that value moves the threshold."""
    function = QgsColorRampShader(0.0, 1.0)
    function.setColorRampType(QgsColorRampShader.Type.Discrete)
    function.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(threshold, QColor(TRANSPARENT), tr("Below the threshold")),
            QgsColorRampShader.ColorRampItem(float("inf"), QColor(CHANGED), tr("Changed")),
        ]
    )
    shader = QgsRasterShader(0.0, 1.0)
    shader.setRasterShaderFunction(function)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(0.0)
    renderer.setClassificationMax(1.0)
    layer.setRenderer(renderer)


def _palette(layer: QgsRasterLayer, classes: List[Tuple[int, str, str]]) -> None:
    entries = [QgsPalettedRasterRenderer.Class(value, QColor(colour), label) for value, colour, label in classes]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries))


def _ramp(layer: QgsRasterLayer, high: float, colours: List[str]) -> None:
    steps = len(colours) - 1
    stops = [QgsGradientStop(i / steps, QColor(colours[i])) for i in range(1, steps)]
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1)
    renderer.setClassificationMin(0.0)
    renderer.setClassificationMax(high)
    renderer.createShader(QgsGradientColorRamp(QColor(colours[0]), QColor(colours[-1]), False, stops))
    layer.setRenderer(renderer)


def _colour_bands(layer: QgsRasterLayer) -> List[int]:
    names: Dict[str, int] = {}
    for band in range(1, layer.bandCount() + 1):
        words = layer.bandName(band).lower()
        for colour in ("red", "green", "blue"):
            # "red edge" and "near infrared" are no red.
            if colour in words.replace("-", " ").split() and "edge" not in words:
                names.setdefault(colour, band)
    found = [names.get(colour, 0) for colour in ("red", "green", "blue")]
    return found if all(found) else [1, 2, 3]
