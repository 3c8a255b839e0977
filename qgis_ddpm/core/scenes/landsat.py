"""Landsat scenes by their MTL file: Collection 1 and 2, levels 1 and 2, and what was delivered before collections.

Sources: USGS, Landsat Collection 1 and 2 Level-1 and Level-2 data format control books (LSDS-809, 1822, 1834, 1618 to
1619, 1272, 1328).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from ...errors import InputError
from ...mask_values import PRESETS, MaskValues, mask_values
from .numbers import number_of
from .package import Package, inner_name
from .scene import QualityBand, Scene, SceneBand

# What the bands of each instrument see, by the names of the catalogue standard STAC, but for "nir": there it has
# another name for each width.
_TM = {"1": "blue", "2": "green", "3": "red", "4": "nir", "5": "swir16", "6": "lwir", "7": "swir22"}
_OLI = {"1": "coastal", "2": "blue", "3": "green", "4": "red", "5": "nir", "6": "swir16", "7": "swir22"}
_OLI |= {"8": "pan", "9": "cirrus", "10": "lwir11", "11": "lwir12"}
_MSS = {"1": "green", "2": "red", "3": "nir08", "4": "nir"}
_SEEN = {
    "TM": _TM,
    "ETM": {**_TM, "6_VCID_1": "lwir low gain", "6_VCID_2": "lwir", "8": "pan"},
    "OLI_TIRS": _OLI,
    "OLI": _OLI,
    "TIRS": _OLI,
    "MSS": _MSS,
}
# The scanner of Landsat 1 to 3 counts from 4.
_MSS_OF_1_TO_3 = {str(int(band) + 3): seen for band, seen in _MSS.items()}
# Pixels of levels 1 and 2 are 0 where there is nothing.
FILL = 0.0
# Of BQA: fill; cloud; cloud shadow, and for OLI cirrus, of high confidence, which both bits of a pair say.
_BQA_HIGH = ((7, 8), (11, 12))
_KEY = re.compile(r"FILE_NAME_BAND_(ST_B\d+|\d+(?:_VCID_[12])?)", re.IGNORECASE)
_LINE = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*$")
_REFLECTANCE, _RADIANCE = "reflectance", "W/(m2 sr um)"

Groups = Mapping[str, Mapping[str, str]]


def landsat_scene(package: Package, metadata: str, folder: str = "") -> Scene:
    """The scene that an MTL file, text or JSON, describes; its files lie beside it.

    metadata: its name. folder: of the package in which it lies, "" or ending in "/". Raises InputError.
    """
    where = f"{package.path}: {metadata}"
    groups = _groups(where, package.text(folder + metadata))
    there = {name.casefold(): name for name in package.names(folder)}
    files = {found[1].upper(): name for key, name in _all(groups) if (found := _KEY.fullmatch(key))}
    if not files:
        raise InputError(f"{where} names no bands, so it is no MTL file of a Landsat scene. Choose another.")
    spacecraft = _first(groups, "SPACECRAFT_ID")
    seen = _seen(spacecraft, _first(groups, "SENSOR_ID"))
    bands, lacking = [], []
    for number, name in files.items():
        file = there.get(inner_name(where, name).casefold())
        band_name = ("" if number.startswith("ST_") else "SR_B" if "_SR_B" in name.upper() else "B") + number
        if file is None:
            lacking.append(band_name)
            continue
        scale, offset, unit = _scale(where, groups, number, band_name)
        path = package.gdal_name(folder + file)
        bands.append(SceneBand(band_name, path, seen.get(number.removeprefix("ST_B"), ""), scale, offset, unit, FILL))
    if not bands:
        raise InputError(f"None of the {len(files)} bands that {where} names lies beside it. Put them into one folder.")
    tags = {
        "ACQUISITION_DATE": _first(groups, "DATE_ACQUIRED"),
        "SPACECRAFT": spacecraft,
        "SUN_ELEVATION": _first(groups, "SUN_ELEVATION"),
        "SCENE": _first(groups, "LANDSAT_PRODUCT_ID") or _first(groups, "LANDSAT_SCENE_ID"),
    }
    quality = _quality(package, where, groups, there, folder)
    return Scene(bands, quality, {name: text for name, text in tags.items() if text}, lacking)


def quality_values(name: str) -> MaskValues:
    """What hides a pixel in a quality band of this file name."""
    if "BQA" not in name.upper():
        return mask_values("MASK", PRESETS["landsat-qa"])
    codes = [code for code in range(1 << 16) if any(code >> low & 3 == 3 for low, _ in _BQA_HIGH)]
    return MaskValues(tuple(codes), (0, 4))


def _quality(package: Package, where: str, groups: Groups, there: Mapping[str, str], folder: str) -> QualityBand | None:
    for key in ("FILE_NAME_QUALITY_L1_PIXEL", "FILE_NAME_BAND_QUALITY"):
        name = _first(groups, key)
        file = there.get(inner_name(where, name).casefold()) if name else None
        if file is not None:
            return QualityBand(package.gdal_name(folder + file), quality_values(file))
    return None


def _seen(spacecraft: str, sensor: str) -> Mapping[str, str]:
    if sensor == "MSS" and spacecraft[-1:] in ("1", "2", "3"):
        return _MSS_OF_1_TO_3
    return _SEEN.get(sensor, {})


def _scale(where: str, groups: Groups, number: str, name: str) -> tuple[float, float, str]:
    """Scale, offset and unit of a band: the highest level that the metadata give them for."""
    if name.startswith(("SR_", "ST_")):
        kind = "REFLECTANCE" if name.startswith("SR_") else "TEMPERATURE"
        group = f"LEVEL2_SURFACE_{kind}_PARAMETERS"
        found = [(f"{kind}_MULT_BAND_{number}", f"{kind}_ADD_BAND_{number}", _REFLECTANCE if kind[0] == "R" else "K")]
        groups = {group: groups.get(group, {})}
    else:
        found = [
            (f"{kind}_MULT_BAND_{number}", f"{kind}_ADD_BAND_{number}", unit)
            for kind, unit in (("REFLECTANCE", _REFLECTANCE), ("RADIANCE", _RADIANCE))
        ]
    for scale, offset, unit in found:
        given = _first(groups, scale), _first(groups, offset)
        if all(given):
            return number_of(where, scale, given[0]), number_of(where, offset, given[1]), unit
    return 1.0, 0.0, ""


def _groups(where: str, content: bytes) -> Groups:
    text = content.decode("utf-8", errors="replace")
    if text.lstrip().startswith("{"):
        return _groups_of_json(where, text)
    found: dict[str, dict[str, str]] = {}
    group = ""
    for line in text.splitlines():
        pair = _LINE.match(line)
        if pair is None:
            continue
        key, value = pair[1].upper(), pair[2].strip('"')
        if key == "GROUP":
            group = value.upper()
        elif key != "END_GROUP":
            found.setdefault(group, {})[key] = value
    return found


def _groups_of_json(where: str, text: str) -> Groups:
    try:
        (whole,) = json.loads(text).values()
        return {group: {key: _plain(value) for key, value in fields.items()} for group, fields in whole.items()}
    except (ValueError, AttributeError, RecursionError):
        raise InputError(f"{where} is no MTL file of a Landsat scene. Choose the MTL.txt of the scene.") from None


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _all(groups: Groups) -> list[tuple[str, str]]:
    return [pair for fields in groups.values() for pair in fields.items()]


def _first(groups: Groups, key: str) -> str:
    return next((value for name, value in _all(groups) if name == key), "")
