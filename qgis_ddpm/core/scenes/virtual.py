"""Virtual rasters: a stack of bands as a small file that GDAL reads like one raster, and a band on another grid.

Source: GDAL, VRT driver, https://gdal.org/en/stable/drivers/raster/vrt.html. Only what `virtual_raster.py` lets pass.
"""

import os
from collections.abc import Mapping, Sequence
from html import escape
from math import ceil

import numpy as np

from ..raster.grid import Grid
from .layers import Layer, places_in

_TYPES = {"uint8": "Byte", "float32": "Float32", "float64": "Float64"}
_WARPS = {"nearest": "NearestNeighbour", "bilinear": "Bilinear", "cubic": "Cubic", "average": "Average"}
_TIE_PX = 1e-6
_COLOURS = {"red": "Red", "green": "Green", "blue": "Blue"}


def virtual_raster(
    layers: Sequence[Layer],
    grid: Grid,
    dtype: str,
    nodata: float | None,
    tags: Mapping[str, str],
    folder: str | None,
) -> bytes:
    """The text of a virtual raster with one band for each layer, resampled to the nearest pixel.

    folder: where it will lie, from which files in it are named; None names all files from the root.
    """
    t = grid.transform
    parts = [f'<VRTDataset rasterXSize="{grid.width}" rasterYSize="{grid.height}">']
    if grid.crs is not None:
        parts.append(f'  <SRS dataAxisToSRSAxisMapping="1,2">{escape(grid.crs.to_wkt())}</SRS>')
    if not t.is_identity:
        parts.append(f"  <GeoTransform>{', '.join(map(_number, t.to_gdal()))}</GeoTransform>")
    texts = "".join(f'    <MDI key="{escape(name)}">{escape(text)}</MDI>\n' for name, text in tags.items())
    parts.append(f"  <Metadata>\n{texts}  </Metadata>")
    for number, layer in enumerate(layers, start=1):
        parts += _band(number, layer, grid, dtype, nodata, folder)
    return ("\n".join([*parts, "</VRTDataset>"]) + "\n").encode()


def warped_raster(
    layer: Layer, grid: Grid, resampling: str, dtype: str, own: float | None, nodata: float | None
) -> str:
    """The text of a virtual raster of one band that GDAL's warper brings onto a grid of the same CRS.

    own: no data of the band's file. nodata: no data of the raster. Only for memory, never for a file.
    """
    both = [("Src", layer.grid.transform), ("Dst", grid.transform)]
    ways = "".join(
        f"<{name}{kind}GeoTransform>{', '.join(map(_number, t.to_gdal()))}</{name}{kind}GeoTransform>"
        for name, transform in both
        for kind, t in (("", transform), ("Inv", ~transform))
    )
    values = "".join(
        f"<{name}NoDataReal>{_number(value)}</{name}NoDataReal><{name}NoDataImag>0</{name}NoDataImag>"
        for name, value in (("Src", own), ("Dst", nodata))
        if value is not None
    )
    kind = _gdal_type(dtype)
    return f"""<VRTDataset rasterXSize="{grid.width}" rasterYSize="{grid.height}" subClass="VRTWarpedDataset">
<GeoTransform>{", ".join(map(_number, grid.transform.to_gdal()))}</GeoTransform>
<VRTRasterBand dataType="{kind}" band="1" subClass="VRTWarpedRasterBand"/>
<BlockXSize>512</BlockXSize><BlockYSize>128</BlockYSize>
<GDALWarpOptions><ResampleAlg>{_WARPS[resampling]}</ResampleAlg><WorkingDataType>{kind}</WorkingDataType>
<Option name="INIT_DEST">{"NO_DATA" if nodata is not None else 0}</Option>
<SourceDataset relativeToVRT="0">{escape(layer.band.path)}</SourceDataset>
<Transformer><GenImgProjTransformer>{ways}</GenImgProjTransformer></Transformer>
<BandList><BandMapping src="1" dst="1">{values}</BandMapping></BandList>
</GDALWarpOptions></VRTDataset>"""


def _band(number: int, layer: Layer, grid: Grid, dtype: str, nodata: float | None, folder: str | None) -> list[str]:
    band = layer.band
    relative, name = _named(band.path, folder)
    # What the file calls no data is left as the band is at first, which is no data.
    other = nodata is not None and layer.nodata is not None and not _equal(layer.nodata, nodata)
    kind = "ComplexSource" if other else "SimpleSource"
    source, target = zip(*_spans(layer, grid), strict=True)
    parts = [f'  <VRTRasterBand dataType="{_gdal_type(dtype)}" band="{number}">']
    parts.append(f"    <Description>{escape(band.description)}</Description>")
    parts += [] if nodata is None else [f"    <NoDataValue>{_number(nodata)}</NoDataValue>"]
    parts += [f"    <UnitType>{escape(band.unit)}</UnitType>"] if band.unit else []
    parts += [f"    <Offset>{_number(band.offset)}</Offset>"] if band.offset != 0 else []
    parts += [f"    <Scale>{_number(band.scale)}</Scale>"] if band.scale != 1 else []
    parts += [f"    <ColorInterp>{_COLOURS[band.seen]}</ColorInterp>"] if band.seen in _COLOURS else []
    parts += [
        f"    <{kind}>",
        f'      <SourceFilename relativeToVRT="{int(relative)}">{escape(name)}</SourceFilename>',
        "      <SourceBand>1</SourceBand>",
        f"      <SrcRect {_rectangle(source)}/>",
        f"      <DstRect {_rectangle(target)}/>",
        *([f"      <NODATA>{_number(layer.nodata)}</NODATA>"] if other and layer.nodata is not None else []),
        f"    </{kind}>",
        "  </VRTRasterBand>",
    ]
    return parts


def _spans(layer: Layer, grid: Grid) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Start and length in the source and in the grid, in pixels, of what both have in common: along x, then y."""
    found = []
    for (start, step), count, size in zip(
        places_in(grid, layer.grid), (grid.width, grid.height), (layer.grid.width, layer.grid.height), strict=True
    ):
        # Pixels whose middle lies in the source, as the warper has it; on an edge it lies in what comes next.
        first, stop = (
            max(ceil(-start / step - 0.5 - _TIE_PX), 0),
            min(ceil((size - start) / step - 0.5 - _TIE_PX), count),
        )
        low, high = start + first * step, start + stop * step
        # The outermost may reach beyond the source by half of their width, and GDAL would leave them out.
        shift = max(-low, 0.0) - max(high - size, 0.0)
        found.append(((low + shift, high - low), (float(first), float(stop - first))))
    return found


def _rectangle(spans: Sequence[tuple[float, float]]) -> str:
    (left, width), (top, height) = spans
    return f'xOff="{_number(left)}" yOff="{_number(top)}" xSize="{_number(width)}" ySize="{_number(height)}"'


def _named(path: str, folder: str | None) -> tuple[bool, str]:
    """Whether a file is named from the virtual raster's folder, and its name."""
    if path.startswith("/vsizip/"):
        return False, path
    whole = os.path.abspath(path)
    inner = None if folder is None else os.path.abspath(folder)
    if inner is not None and whole.startswith(os.path.join(inner, "")):
        return True, os.path.relpath(whole, inner).replace(os.sep, "/")
    return False, whole


def _gdal_type(dtype: str) -> str:
    return _TYPES.get(dtype, np.dtype(dtype).name.replace("uint", "UInt").replace("int", "Int", 1 - dtype.count("u")))


def _equal(one: float, other: float) -> bool:
    return one == other or bool(np.isnan(one) and np.isnan(other))


def _number(value: float) -> str:
    # No zero below zero, no point behind whole numbers.
    return repr(float(value) + 0.0).removesuffix(".0")
