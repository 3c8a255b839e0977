"""Styles that outlive a run: in a GeoPackage, else in a .qml beside the file, and never in place of a user's own."""

import hashlib
import os
import re
from contextlib import suppress
from typing import Any, Callable, Iterable, Optional

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

from .translation import tr

# Files of one name that differ in these endings alone are all shown with the .qml of that name.
RASTERS = (".tif", ".tiff", ".vrt", ".img", ".jp2", ".png", ".jpg", ".jpeg", ".asc", ".ecw", ".sid", ".nc", ".bil")
VECTORS = (
    ".gpkg",
    ".shp",
    ".geojson",
    ".json",
    ".fgb",
    ".kml",
    ".kmz",
    ".gml",
    ".sqlite",
    ".csv",
    ".tab",
    ".dxf",
    ".gpx",
)
_MARK = re.compile(rb"(.*)<!-- qgis_ddpm ([0-9a-f]{64}) -->\n", re.DOTALL)


def file_of(source: Any) -> str:
    """The file that a result names, as a path or as QGIS's path|layername=...; "" where it is none."""
    path = source if isinstance(source, str) else ""
    path = path if os.path.isfile(path) else path.partition("|layername=")[0]
    return path if os.path.isfile(path) else ""


def keep_style(source: Any, style: Callable[[QgsMapLayer], None], own: Iterable[str]) -> str:
    """Keep a style for whoever loads a result later; what to tell of it, or "".

    Args:
        source: a file, or QGIS's name of a layer in one.
        style: what dresses a layer.
        own: files that hold their styles themselves, so that no .qml concerns them.
    """
    path = file_of(source)
    layer = QgsRasterLayer(source, "") if path.lower().endswith(RASTERS) else QgsVectorLayer(source, "", "ogr")
    if not layer.isValid():
        return ""
    style(layer)
    if holds_styles(path):
        return _into_geopackage(layer)
    qml = os.path.splitext(path)[0] + ".qml"
    other = _namesake(path, set(own))
    if other:
        words = tr("{} gets no style file, because {} would be shown with it too. Give one of them another name.")
        return words.format(path, other)
    return _write(layer, qml, os.path.basename(path))


def holds_styles(path: str) -> bool:
    """Whether a file has a place for styles inside it, where QGIS looks first."""
    return path.lower().endswith(".gpkg")


def _into_geopackage(layer: QgsVectorLayer) -> str:
    # The user's own, or that of an earlier run.
    if layer.listStylesInDatabase()[0] < 1:
        layer.saveStyleToDatabase("qgis_ddpm", "", True, "")
    return ""


def _namesake(path: str, own: "set[str]") -> Optional[str]:
    folder, name = os.path.split(os.path.abspath(path))
    stem = os.path.splitext(name)[0].casefold()
    with suppress(OSError):
        for found in sorted(os.listdir(folder)):
            root, ending = os.path.splitext(found)
            full = os.path.join(folder, found)
            is_other = found != name and root.casefold() == stem and ending.lower() in RASTERS + VECTORS
            if is_other and full not in own:
                return full
    return None


def _write(layer: QgsMapLayer, qml: str, name: str) -> str:
    document = QDomDocument()
    layer.exportNamedStyle(document)
    content = document.toString(2).encode("utf-8")
    try:
        if os.path.lexists(qml):
            if os.path.islink(qml) or not _is_ours(qml, name):
                words = tr("The style {} was not made here for {}, or was changed since, and is left as it is.")
                return words.format(qml, name)
            os.remove(qml)
        # Whoever was quicker wins.
        with open(qml, "xb") as file:
            file.write(content + f"<!-- qgis_ddpm {_digest(content, name)} -->\n".encode())
    except OSError as error:
        return tr("The style {} could not be written: {}.").format(qml, error.strerror or error)
    return ""


def _is_ours(qml: str, name: str) -> bool:
    """Whether a style was written here for a file of this name, and by nobody since."""
    with open(qml, "rb") as file:
        found = _MARK.fullmatch(file.read())
    return found is not None and found.group(2).decode() == _digest(found.group(1), name)


def _digest(content: bytes, name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape") + b"\0" + content).hexdigest()
