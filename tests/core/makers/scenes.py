"""Scenes in the layout in which Landsat and Sentinel-2 are delivered, small."""

import shutil
import zipfile
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

UTM = "EPSG:32633"
EAST, NORTH = 600_000.0, 5_000_040.0
SIDE_M = 2_400
NATIVE = {
    **dict.fromkeys(("B02", "B03", "B04", "B08"), 10),
    **dict.fromkeys(("B05", "B06", "B07", "B8A", "B11", "B12"), 20),
    **dict.fromkeys(("B01", "B09", "B10"), 60),
}
IDS = sorted(NATIVE, key=lambda name: (int(name[1:3].rstrip("A").lstrip("0") or 8), name == "B8A"))
TILE = "T33UXP_20200615T101031"


def write(path: Path, pixels: np.ndarray, pixel: float, *, origin=(EAST, NORTH), nodata=None, crs=UTM) -> Path:
    """A raster in the format of its ending; JPEG 2000 without loss."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bands = pixels if pixels.ndim == 3 else pixels[None]
    lossless = {"driver": "JP2OpenJPEG", "QUALITY": "100", "REVERSIBLE": "YES"} if path.suffix == ".jp2" else {}
    with rasterio.open(
        path, "w", **{"driver": "GTiff", **lossless}, width=bands.shape[2], height=bands.shape[1], count=len(bands),
        dtype=bands.dtype, crs=crs, transform=Affine(pixel, 0, origin[0], 0, -pixel, origin[1]), nodata=nodata,
    ) as target:  # fmt: skip
        target.write(bands)
    return path


def land(pixel: int, seed: int, side_m: int = SIDE_M) -> np.ndarray:
    """Smooth land with noise, and a corner and a pixel without data: uint16."""
    random = np.random.default_rng(seed)
    side = side_m // pixel
    rows, columns = np.mgrid[:side, :side] * pixel / 400
    pixels = 1500 + 600 * np.sin(rows + seed) * np.cos(columns) + random.normal(0, 60, (side, side))
    pixels = pixels.astype(np.uint16)
    pixels[: side // 6, : side // 8] = 0
    return pixels


def make_safe(
    folder: Path, level: str = "L2A", *, seed: int = 0, baseline: str = "05.09", changed: bool = False
) -> Path:
    """A .SAFE of one tile: bands as JPEG 2000 at 10, 20 and 60 m, and the classes of clouds."""
    safe = folder / f"S2A_MSI{level}_20200615T101031_N0509_R022_T33UXP_20200615T123456.SAFE"
    granule = f"GRANULE/{level}_T33UXP_A026016_20200615T101030"
    images = []
    for number, (band, native) in enumerate(sorted(NATIVE.items())):
        if level == "L2A" and band == "B10":
            continue
        sizes = [size for size in (10, 20, 60) if size >= native] if level == "L2A" else [native]
        for size in sizes:
            name = (
                f"{granule}/IMG_DATA/R{size}m/{TILE}_{band}_{size}m"
                if level == "L2A"
                else (f"{granule}/IMG_DATA/{TILE}_{band}")
            )
            pixels = land(native, seed + number)
            if changed:
                place = slice(len(pixels) // 2, len(pixels) * 3 // 4)
                pixels[place, place] += 1500
            write(safe / f"{name}.jp2", pixels[:: size // native, :: size // native], size)
            images.append(name)
    if level == "L2A":
        scl = np.full((SIDE_M // 20, SIDE_M // 20), 4, np.uint8)
        scl[10:20, 30:41], scl[50, 50], scl[60:70, 60:65] = 9, 3, 11
        name = f"{granule}/IMG_DATA/R20m/{TILE}_SCL_20m"
        write(safe / f"{name}.jp2", scl, 20)
        images.append(name)
    else:
        classes = np.zeros((3, SIDE_M // 60, SIDE_M // 60), np.uint8)
        classes[0, 3:9, 10:14], classes[1, 20, 20], classes[2, 30:, 30:] = 1, 1, 1
        write(safe / granule / "QI_DATA" / "MSK_CLASSI_B00.jp2", classes, 60)
    (safe / f"MTD_MSI{level}.xml").write_text(_mtd(level, images, baseline, safe.name))
    (safe / "manifest.safe").write_text('<?xml version="1.0"?><xfdu:XFDU xmlns:xfdu="urn:ccsds:schema:xfdu:1"/>')
    return safe


def zipped(safe: Path) -> Path:
    """The same as an archive."""
    return Path(shutil.make_archive(str(safe), "zip", safe.parent, safe.name))


def zip_with(path: Path, *names: str) -> Path:
    """An archive of such names."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"<a/>")
    return path


def _mtd(level: str, images: list[str], baseline: str, uri: str) -> str:
    kind = "BOA" if level == "L2A" else "RADIO"
    quantity = "BOA_QUANTIFICATION_VALUE" if level == "L2A" else "QUANTIFICATION_VALUE"
    offsets = "".join(f'<{kind}_ADD_OFFSET band_id="{number}">-1000</{kind}_ADD_OFFSET>' for number in range(13))
    offsets = f"<{kind}_ADD_OFFSET_VALUES_LIST>{offsets}</{kind}_ADD_OFFSET_VALUES_LIST>" if baseline >= "04" else ""
    files = "".join(f"<IMAGE_FILE>{name}</IMAGE_FILE>" for name in images)
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<n1:Level-{level[1:]}_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-{level[1:]}.xsd">
  <n1:General_Info>
    <Product_Info>
      <PRODUCT_START_TIME>2020-06-15T10:10:31.024Z</PRODUCT_START_TIME>
      <PRODUCT_URI>{uri}</PRODUCT_URI><PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE>
      <Datatake datatakeIdentifier="GS2A"><SPACECRAFT_NAME>Sentinel-2A</SPACECRAFT_NAME></Datatake>
      <Product_Organisation><Granule_List><Granule imageFormat="JPEG2000">{files}</Granule></Granule_List>
      </Product_Organisation>
    </Product_Info>
    <Product_Image_Characteristics>
      <Special_Values><SPECIAL_VALUE_TEXT>NODATA</SPECIAL_VALUE_TEXT>
        <SPECIAL_VALUE_INDEX>0</SPECIAL_VALUE_INDEX></Special_Values>
      <Special_Values><SPECIAL_VALUE_TEXT>SATURATED</SPECIAL_VALUE_TEXT>
        <SPECIAL_VALUE_INDEX>65535</SPECIAL_VALUE_INDEX></Special_Values>
      <{quantity} unit="none">10000</{quantity}>{offsets}
    </Product_Image_Characteristics>
  </n1:General_Info>
</n1:Level-{level[1:]}_User_Product>
"""


LANDSAT = "LC08_L2SP_190026_20200615_20200824_02_T1"
SIDE_30 = 80


def make_landsat(folder: Path, kind: str = "C2L2", *, seed: int = 0) -> Path:
    """A folder of Landsat 8: kind C2L2 (surface reflectance), or C1 (level 1 with its pan band and BQA)."""
    is_level2 = kind == "C2L2"
    scene = folder / (LANDSAT if is_level2 else "LC08_L1TP_190026_20200615_20200625_01_T1")
    lines = [f'FILE_NAME_BAND_{"QUALITY" if not is_level2 else "0"} = ""'][:0]
    scales, thermal = [], []
    numbers = range(1, 8) if is_level2 else range(1, 12)
    for number in numbers:
        name = f"{scene.name}_{'SR_' if is_level2 else ''}B{number}.TIF"
        pixels = land(30, seed + number, SIDE_30 * 30)
        origin = (EAST, NORTH)
        if number == 8:
            pixels, origin = land(15, seed + 8, SIDE_30 * 30 + 15), (EAST - 7.5, NORTH + 7.5)
        write(scene / name, pixels, 15 if number == 8 else 30, origin=origin, nodata=0 if is_level2 else None)
        lines.append(f'FILE_NAME_BAND_{number} = "{name}"')
        if number < 10:
            scales += [f"REFLECTANCE_MULT_BAND_{number} = 2.0000E-05", f"REFLECTANCE_ADD_BAND_{number} = -0.100000"]
        scales += [f"RADIANCE_MULT_BAND_{number} = 1.2E-02", f"RADIANCE_ADD_BAND_{number} = -60.1"]
    quality = np.full((SIDE_30, SIDE_30), 21824 if is_level2 else 2720, np.uint16)
    quality[:13, :10] = 1
    quality[20:30, 40:50] |= 1 << 3 if is_level2 else 1 << 4
    quality[40, 40] |= 1 << 4 if is_level2 else 3 << 7
    write(scene / f"{scene.name}_{'QA_PIXEL' if is_level2 else 'BQA'}.TIF", quality, 30)
    key = "QUALITY_L1_PIXEL" if is_level2 else "BAND_QUALITY"
    lines.append(f'FILE_NAME_{key} = "{scene.name}_{"QA_PIXEL" if is_level2 else "BQA"}.TIF"')
    if is_level2:
        write(scene / f"{scene.name}_ST_B10.TIF", land(30, seed + 10, SIDE_30 * 30) + 40000, 30, nodata=0)
        lines.append(f'FILE_NAME_BAND_ST_B10 = "{scene.name}_ST_B10.TIF"')
        thermal = [
            "GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS",
            *(f"REFLECTANCE_MULT_BAND_{n} = 2.75e-05\n REFLECTANCE_ADD_BAND_{n} = -0.2" for n in range(1, 8)),
            "END_GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS",
            "GROUP = LEVEL2_SURFACE_TEMPERATURE_PARAMETERS",
            "TEMPERATURE_MULT_BAND_ST_B10 = 0.00341802\n TEMPERATURE_ADD_BAND_ST_B10 = 149.0",
            "END_GROUP = LEVEL2_SURFACE_TEMPERATURE_PARAMETERS",
        ]
    text = [
        "GROUP = LANDSAT_METADATA_FILE", "GROUP = PRODUCT_CONTENTS", f'LANDSAT_PRODUCT_ID = "{scene.name}"', *lines,
        "END_GROUP = PRODUCT_CONTENTS", "GROUP = IMAGE_ATTRIBUTES", 'SPACECRAFT_ID = "LANDSAT_8"',
        'SENSOR_ID = "OLI_TIRS"', "DATE_ACQUIRED = 2020-06-15", "SUN_ELEVATION = 61.5",
        "END_GROUP = IMAGE_ATTRIBUTES", *thermal, "GROUP = LEVEL1_RADIOMETRIC_RESCALING", *scales,
        "END_GROUP = LEVEL1_RADIOMETRIC_RESCALING", "END_GROUP = LANDSAT_METADATA_FILE", "END",
    ]  # fmt: skip
    (scene / f"{scene.name}_MTL.txt").write_text("\n".join(text) + "\n")
    return scene
