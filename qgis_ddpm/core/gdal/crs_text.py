"""A CRS is a code or a description: a text that would have GDAL fetch a page or PROJ open a file is none."""

import os
import re

from ...errors import InputError
from ...raster_check import GRID_FILES

# Addresses that GDAL knows by heart.
_KNOWN_ADDRESS = re.compile(r"https?://(?:www\.)?opengis\.net/def/crs/\w+/[\w.]+/\w+", re.IGNORECASE)
# The same in PROJ's other notations.
_FILES = re.compile(r"(?:\binit\s*=|\bfile\s*=|\"value\"\s*:\s*\")[^\s\"']*[/\\]", re.IGNORECASE)
_CODE = re.compile(r"[\w-]+:[\w.+-]+(?:,[\w-]+:[\w.+-]+)?|urn:[\w.:,-]+", re.IGNORECASE)
_DESCRIPTION = re.compile(r"\s*(?:[a-z_\d]+\s*[\[(]|\{|\+|proj=)", re.IGNORECASE)


def refuse_files_of_crs(text: str, where: str = "") -> None:
    """Raise InputError where a CRS, or what is given for one, names a file or an address.

    where: what to call it in the message, such as "The CRS of scene.tif"; else the text itself.
    """
    name = where or repr(text[:80])
    if GRID_FILES.search(text) or _FILES.search(text):
        raise InputError(f"{name} is no CRS that is read: it names a file of grids. Give a code such as EPSG:32618.")
    if _KNOWN_ADDRESS.fullmatch(text.strip()) or _CODE.fullmatch(text.strip()) or _DESCRIPTION.match(text):
        return
    # GDAL would look for a file or a page of that name.
    if re.search(r"[/\\\0]|::", text) or os.path.exists(text):
        raise InputError(f"{name} is no CRS. Give a code such as EPSG:32618, or WKT.")
