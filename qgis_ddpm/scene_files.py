"""Which files a scene is made of, as Landsat and Sentinel-2 are delivered, by their names alone."""

import os
import re
from typing import Iterator, List

from .input_files import files_of

# Endings such as _B4, _SR_B5, _ST_B10 (Landsat), _B04, _B8A_20m (Sentinel-2), band4, B04.
BAND_NAME = re.compile(r"(?:^|[_.-])(B(?:and[_-]?)?\d{1,2}A?)(?:_\d{2}m)?$", re.IGNORECASE)
_PRODUCT_BAND = re.compile(r"_((?:SR_|ST_)?B\d{1,2}A?(?:_VCID_[12])?)$", re.IGNORECASE)
_QUALITY = re.compile(r"_(?:BQA|QA_PIXEL|SCL(?:_\d{2}m)?|CLASSI_B00)$", re.IGNORECASE)
METADATA = re.compile(r"(?:.*_)?MTL\.(?:txt|json)|MTD_\w+\.xml|manifest\.safe", re.IGNORECASE)
_RASTERS = (".tif", ".tiff", ".jp2")
# Of Sentinel-2, whose files lie deeper.
_FOLDERS = ("granule", "img_data", "qi_data", "r10m", "r20m", "r60m")
MAX_FILES = 10_000


def is_raster(name: str) -> bool:
    """Whether a file has the ending of a band as it is delivered."""
    return name.lower().endswith(_RASTERS)


def band_of(name: str) -> str:
    """The band that a file of a scene calls itself by, such as SR_B4 or B8A; else ""."""
    stem = os.path.splitext(os.path.basename(name))[0]
    found = _PRODUCT_BAND.search(stem) or BAND_NAME.search(stem)
    return found.group(1).upper() if found else ""


def is_quality(name: str) -> bool:
    """Whether a file is the quality band of a scene."""
    return bool(_QUALITY.search(os.path.splitext(os.path.basename(name))[0]))


def is_product_folder(name: str) -> bool:
    """Whether a folder is one of Sentinel-2's, with its files below."""
    return name.lower().endswith(".safe")


def scene_files(path: str) -> Iterator[str]:
    """The files that are read where a scene is named by its folder, its metadata or its archive.

    What else lies in the folder, such as a raster that was made of the scene, is none of it.
    """
    folder = path
    if not os.path.isdir(path):
        yield from files_of(path)
        if not METADATA.fullmatch(os.path.basename(path)):
            return
        folder = os.path.dirname(os.path.abspath(path))
    waiting, seen = [folder], 0
    while waiting and seen < MAX_FILES:
        inside = waiting.pop()
        for name in _names_in(inside):
            seen += 1
            whole = os.path.join(inside, name)
            if os.path.isdir(whole):
                if is_product_folder(name) or name.lower() in _FOLDERS or _is_below_granule(inside):
                    waiting.append(whole)
            elif METADATA.fullmatch(name) or (is_raster(name) and (band_of(name) or is_quality(name))):
                yield from files_of(whole)


def _is_below_granule(folder: str) -> bool:
    return os.path.basename(folder).lower() == "granule"


def _names_in(folder: str) -> List[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
