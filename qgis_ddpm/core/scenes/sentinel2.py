"""Sentinel-2 scenes by their MTD file: levels 1C and 2A as they are since December 2016, one tile each.

Source: ESA, Sentinel-2 products specification document (S2-PDGS-TAS-DI-PSD), baselines 02.04 to 05.11.
"""

import posixpath
import re
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from ...errors import InputError
from ...mask_values import PRESETS, MaskValues, mask_values
from .numbers import number_of
from .package import Package, inner_name
from .scene import QualityBand, Scene, SceneBand

# In the order of band_id, with what they see.
BANDS = {
    "B01": "coastal", "B02": "blue", "B03": "green", "B04": "red", "B05": "rededge071", "B06": "rededge075",
    "B07": "rededge078", "B08": "nir", "B8A": "nir08", "B09": "nir09", "B10": "cirrus", "B11": "swir16",
    "B12": "swir22",
}  # fmt: skip
_IMAGE = re.compile(r"_(B\d\d|B8A)(?:_(\d\d)m)?$")
# Of the mask of L1C: opaque clouds and cirrus; the third band is snow.
_CLASSES = (1, 2)

Element = tuple[str, Mapping[str, str], str]


def sentinel2_scene(package: Package, metadata: str, folder: str = "") -> Scene:
    """The scene that an MTD file describes, its bands each in the finest resolution that is there.

    metadata: its name. folder: of the package in which it lies, "" or ending in "/". Raises InputError.
    """
    where = f"{package.path}: {metadata}"
    elements = _elements(where, package.text(folder + metadata))
    images = [inner_name(where, text) for name, _, text in elements if name == "IMAGE_FILE"]
    if not images:
        raise InputError(
            f"{where} names no images of one tile: products from before December 2016 hold many tiles. Take a newer "
            "copy, or name the bands of one tile with FILES."
        )
    scale, offsets, fill = _values(where, elements)
    bands, lacking = [], []
    for name, seen in BANDS.items():
        named = sorted(
            (int(found[2] or 10), image) for image in images if (found := _found(image)) and found[1] == name
        )
        path = next((path for _, image in named if (path := _path(package, folder + image))), None)
        if path is not None:
            offset = offsets.get(name, 0.0) / scale
            bands.append(SceneBand(name, path, seen, 1 / scale, offset, "reflectance", fill))
        elif named:
            lacking.append(name)
    if not bands:
        raise InputError(f"None of the images that {where} names is there. Take a whole copy of the scene.")
    texts = {name: text for name, _, text in reversed(elements)}
    tags = {
        "ACQUISITION_DATE": texts.get("PRODUCT_START_TIME", "")[:10],
        "SPACECRAFT": texts.get("SPACECRAFT_NAME", ""),
        "PROCESSING_BASELINE": texts.get("PROCESSING_BASELINE", ""),
        "SCENE": texts.get("PRODUCT_URI", ""),
    }
    return Scene(bands, _quality(package, folder, images), {key: text for key, text in tags.items() if text}, lacking)


def _quality(package: Package, folder: str, images: Sequence[str]) -> QualityBand | None:
    """The scene classification of L2A, or the mask of clouds of L1C since baseline 04.00."""
    for image in images:
        if "_SCL" in posixpath.basename(image):
            path = _path(package, folder + image)
            if path is not None:
                return QualityBand(path, mask_values("MASK", PRESETS["sentinel2-scl"]))
    granule = "/".join(images[0].split("/")[:2])
    path = _path(package, f"{folder}{granule}/QI_DATA/MSK_CLASSI_B00")
    return None if path is None else QualityBand(path, MaskValues(), _CLASSES)


def _values(where: str, elements: Sequence[Element]) -> tuple[float, Mapping[str, float], float]:
    """What pixels are divided by, what is added to them by band before that, and the number of no data."""
    scale, offsets, fill, special = 10000.0, {}, 0.0, ""
    ids = list(BANDS)
    for name, attributes, text in elements:
        if name in ("QUANTIFICATION_VALUE", "BOA_QUANTIFICATION_VALUE"):
            scale = number_of(where, name, text)
            if scale <= 0:
                raise InputError(f"{where} gives {text} for {name}, which is not above 0. Take a whole copy.")
        elif name in ("RADIO_ADD_OFFSET", "BOA_ADD_OFFSET"):
            number = attributes.get("band_id", "")
            if number.isdecimal() and int(number) < len(ids):
                offsets[ids[int(number)]] = number_of(where, name, text)
        elif name == "SPECIAL_VALUE_TEXT":
            special = text
        elif name == "SPECIAL_VALUE_INDEX" and special == "NODATA":
            fill = number_of(where, name, text)
    return scale, offsets, fill


def _found(image: str) -> "re.Match[str] | None":
    return _IMAGE.search(posixpath.basename(image))


def _path(package: Package, name: str) -> str | None:
    return package.gdal_name(f"{name}.jp2") if package.has(f"{name}.jp2") else None


def _elements(where: str, content: bytes) -> list[Element]:
    """Elements of an XML file by name, without their prefix, with attributes and text. Raises InputError."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise InputError(f"{where} has a document type, which no product has. Nothing was read.")
    found: list[Element] = []
    opened: list[tuple[str, Mapping[str, str], list[str]]] = []

    def end(_: str) -> None:
        name, attributes, pieces = opened.pop()
        found.append((name, attributes, "".join(pieces).strip()))

    # The encoding is not taken from the file: expat would ask for it elsewhere.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, attributes: opened.append((name.rpartition(":")[2], attributes, []))
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: opened[-1][2].append(text)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InputError(f"{where} is no whole XML ({error}). Take a whole copy of the scene.") from None
    return found
