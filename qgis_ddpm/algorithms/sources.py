"""The files behind the layers of a run, which its destinations must not replace."""

import os
from typing import Any, List, Mapping, Type

from qgis.core import QgsMapLayer, QgsProviderRegistry

from ..job_files import Read
from ..jobs import Job


def sources_of(layers: Mapping[str, Any], kind: Type[Job]) -> List[Read]:
    """What is read for each layer, or list of layers, by field name; layers without a file are left out."""
    found = []
    for name, value in layers.items():
        option = kind.option(name)
        for layer in value if isinstance(value, list) else [value]:
            path = _file_behind(layer) if layer is not None else ""
            if path:
                found.append(Read(option.parameter, path, option.role))
    return found


def _file_behind(layer: QgsMapLayer) -> str:
    source = str(layer.source())
    path = QgsProviderRegistry.instance().decodeUri(layer.providerType(), source).get("path") or ""
    # A virtual raster may be given as its text, and names of GDAL's may hold the file's.
    return path if os.path.isfile(path) else source
