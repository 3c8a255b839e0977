"""Which scene a name means: by its metadata, or by the names of its files where metadata are missing."""

import os
import posixpath
import re
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import groupby

from ...errors import InputError
from ...scene_files import METADATA, band_of, is_quality, is_raster
from .landsat import FILL, landsat_scene, quality_values
from .package import FolderPackage, Package, open_package
from .scene import QualityBand, Scene, SceneBand
from .sentinel2 import sentinel2_scene

_MTL = re.compile(r"(?:.*_)?MTL\.(txt|json)", re.IGNORECASE)
_MTD = re.compile(r"MTD_MSI(?:L1C|L2A)\.xml", re.IGNORECASE)


def find_scene(path: str, stack: ExitStack) -> tuple[Scene, list[str]]:
    """The scene at a path, and what to say of it; an archive stays open on the stack. Raises InputError."""
    if not os.path.lexists(path):
        raise InputError(f"INPUT {path} does not exist. Choose the folder of a scene, its MTL or MTD file, or a zip.")
    name = os.path.basename(path)
    if METADATA.fullmatch(name) and not os.path.isdir(path):
        package: Package = FolderPackage(os.path.dirname(os.path.abspath(path)))
        found = [("", name)] if _is_metadata(name) else _metadata(package)
    else:
        package = open_package(path, stack)
        found = _metadata(package)
    if len(found) > 1:
        names = " and ".join(folder + name for folder, name in found[:3])
        raise InputError(f"INPUT {path} holds {len(found)} scenes ({names}). Choose one of them.")
    if found:
        folder, name = found[0]
        read = landsat_scene if _MTL.fullmatch(name) else sentinel2_scene
        return read(package, name, folder), []
    return _without_metadata(package), [
        f"{path} has no MTL or MTD file: bands are known by their file names alone, without scale, offset and date."
    ]


def _is_metadata(name: str) -> bool:
    return bool(_MTL.fullmatch(name) or _MTD.fullmatch(name))


def _metadata(package: Package) -> list[tuple[str, str]]:
    """Folders and names of the metadata files right in a package or in a folder of it, one a scene."""
    found = [("", name) for name in _chosen(package.names())]
    if not found:
        folders = [name for name in package.names() if name.endswith("/")]
        found = [(folder, name) for folder in folders for name in _chosen(package.names(folder))]
    return found


def _chosen(names: Sequence[str]) -> list[str]:
    """The metadata files among names: of an MTL in two formats the text."""
    found = sorted((name for name in names if _is_metadata(name)), key=lambda name: (os.path.splitext(name)[0], name))
    return [list(same)[-1] for _, same in groupby(found, lambda name: os.path.splitext(name)[0])]


def _without_metadata(package: Package) -> Scene:
    rasters = [name for name in package.names() if is_raster(name)]
    bands = {name: band_of(name) for name in rasters if band_of(name) and not is_quality(name)}
    if not bands:
        raise InputError(
            f"INPUT {package.path} holds neither an MTL or MTD file nor bands of a scene, such as LC08_..._B4.TIF. "
            "Choose the folder that does, or name single bands with FILES."
        )
    if len(set(bands.values())) < len(bands):
        twice = next(band for band in bands.values() if list(bands.values()).count(band) > 1)
        raise InputError(
            f"INPUT {package.path} has no MTL or MTD file and several files of band {twice}: it holds more than one "
            "scene. Put each into a folder of its own, or name single bands with FILES."
        )
    landsat = all(_is_landsat(name) for name in bands)
    ordered = sorted(bands, key=lambda name: _natural(bands[name]))
    quality = next((name for name in rasters if is_quality(name) and _is_landsat(name)), None)
    return Scene(
        [SceneBand(bands[name], package.gdal_name(name), fill=FILL if landsat else None) for name in ordered],
        None if quality is None else QualityBand(package.gdal_name(quality), quality_values(quality)),
    )


def _is_landsat(name: str) -> bool:
    return bool(re.match(r"L[CEMOT]\d", posixpath.basename(name), re.IGNORECASE))


def _natural(name: str) -> list[tuple[int, str]]:
    """Numbers in a name in the order of numbers: B2 before B10, B8 before B8A before B9."""
    return [(int(digits or 0), text) for text, digits in re.findall(r"(\D*)(\d*)", name)]
