"""Which formats of rasters are read, and why no file of them reaches beyond itself; and which are refused, and why.

The names are those of GDAL's drivers. Whoever adds one says here what it opens, writes and fetches besides the file.
"""

import os
from typing import Dict, List, Optional, Tuple

# Read by the jobs. "beside" are files of the same stem in the same folder, whose names nothing in the file chooses.
FORMATS: Dict[str, str] = {
    "GTiff": "pixels in the file; overviews, masks and texts beside it; a tag can name overviews, which is looked for",
    "VRT": "names other rasters: read whole by raster_check first, which lets it name rasters in local files alone",
    "PNG": "all in the file; a world file beside it",
    "JPEG": "all in the file; a world file and a mask beside it",
    "JP2OpenJPEG": "all in the file; names of places in it are taken as texts, never fetched",
    "WEBP": "all in the file",
    "GIF": "all in the file; the driver for large ones, BIGGIF, which makes temporary files, is out",
    "BMP": "all in the file; a world file beside it",
    "SGI": "all in the file",
    "TGA": "all in the file",
    "KRO": "all in the file",
    "BT": "all in the file; a projection beside it",
    "USGSDEM": "all in the file",
    "SRTMHGT": "all in the file",
    "DTED": "all in the file",
    "NITF": "all in the file; texts beside it",
    "GRIB": "all in the file; an index beside it",
    "GSBG": "all in the file",
    "GS7BG": "all in the file",
    "AAIGrid": "all in the file; a projection beside it",
    "ENVI": "pixels in the file, a header beside it",
    "EHdr": "pixels in the file, a header, colours and statistics beside it",
    "SAGA": "pixels in the file, a header beside it",
    "RRASTER": "a header, and pixels beside it",
    "HFA": "names files of its folder, which have to begin with ERDAS's own words",
}
# What rasterio works with in memory; a file of it cannot be opened.
IN_MEMORY = ("MEM", "Memory")

_NAMES = "it may name other files"
_WRITES = "it may name and write other files"
_FETCHES = "it may name web services"
_SQL = "it holds statements that may open other files"
# Refused everywhere, in layers of QGIS too: what they name would be opened by all of GDAL's drivers.
HARMFUL: Dict[str, str] = {
    "MRF": _WRITES,
    "ERS": _NAMES,
    "PCIDSK": _WRITES,
    "ISIS2": _NAMES,
    "ISIS3": _NAMES,
    "PDS": _NAMES,
    "PDS4": _NAMES,
    "VICAR": _NAMES,
    "RST": _NAMES,
    "DERIVED": _NAMES,
    "DIMAP": _NAMES,
    "SAFE": _NAMES,
    "SENTINEL2": _NAMES,
    "RS2": _NAMES,
    "TSX": _NAMES,
    "TIL": _NAMES,
    "MAP": _NAMES,
    "OZI": _NAMES,
    "ECRGTOC": _NAMES,
    "RPFTOC": _NAMES,
    "PAux": _NAMES,
    "GTI": _NAMES,
    "KMLSUPEROVERLAY": _FETCHES,
    "STACIT": _FETCHES,
    "STACTA": _FETCHES,
    "WMS": _FETCHES,
    "WMTS": _FETCHES,
    "WCS": _FETCHES,
    "HTTP": _FETCHES,
}
# Not read by the jobs; QGIS copies layers of them, as it does with those of services and databases.
UNREAD: Dict[str, str] = {
    "AIG": "it is a folder of files",
    "netCDF": "it may name other files and web services",
    "HDF5": _NAMES,
    "GPKG": _SQL,
    "MBTiles": _SQL,
    "SQLite": _SQL,
    "BIGGIF": "reading it makes temporary files",
    "PDF": _NAMES,
    "PNM": "GDAL gives it a place from memory that it never set",
}
# Vector formats that pyogrio reads for the jobs; it converts to and from GeoJSON.
VECTOR_FORMATS: Dict[str, str] = {
    "GeoJSON": "all in the file",
    "GPKG": "all in the file; its statements are looked through by core.raster.vectors_in first",
    "FlatGeobuf": "all in the file",
    "ESRI Shapefile": "attributes, index and projection beside it",
    "GML": "all in the file; what it refers to is not fetched",
    "KML": "all in the file",
    "LIBKML": "all in the file; links in it are not followed",
    "GPX": "all in the file",
    "MapInfo File": "attributes and index beside it",
    "DXF": "all in the file",
    "Parquet": "all in the file",
}

# How files of a refused format begin, for a message that names the format; GDAL would only say "not recognized".
_BEGINNINGS: Tuple[Tuple[bytes, str], ...] = (
    (b"CDF\x01", "netCDF"),
    (b"CDF\x02", "netCDF"),
    (b"CDF\x05", "netCDF"),
    (b"\x89HDF\r\n\x1a\n", "HDF5"),
    (b"SQLite format 3\0", "SQLite"),
    (b"PCIDSK", "PCIDSK"),
    (b"DatasetHeader", "ERS"),
    (b"%PDF", "PDF"),
    (b"NJPL1I00PDS", "PDS"),
    (b"PDS_VERSION_ID", "PDS"),
    (b"LBLSIZE=", "VICAR"),
    (b"P5\n", "PNM"),
    (b"P6\n", "PNM"),
    (b"Object = IsisCube", "ISIS3"),
)
_WORDS: Tuple[Tuple[bytes, str], ...] = (
    (b"<MRF_META", "MRF"),
    (b"<GDAL_WMS", "WMS"),
    (b"<GDAL_WMTS", "WMTS"),
    (b"<WMS_Capabilities", "WMS"),
    (b"<WCS_GDAL", "WCS"),
    (b"<GDALTileIndexDataset", "GTI"),
    (b"<Dimap_Document", "DIMAP"),
    (b"<Product_Observational", "PDS4"),
    (b"<xfdu:XFDU", "SAFE"),
    (b"<n1:Level-", "SENTINEL2"),
    (b"OziExplorer Map Data File", "MAP"),
)
HEAD_BYTES = 4096
_STACK = "Make one raster of its bands with stackscene (Stack scene)."
_WAYS = {"SAFE": _STACK, "SENTINEL2": _STACK}


def worker_drivers() -> List[str]:
    """The drivers that rasters are opened with."""
    return list(FORMATS)


def refused_format(head: bytes) -> str:
    """The refused format that a file is of, by its first HEAD_BYTES; "" where it is none of those known by a mark."""
    for mark, name in _BEGINNINGS:
        if head.startswith(mark):
            return name
    # The words of a text mean nothing among pixels.
    return "" if b"\0" in head[:64] else next((name for mark, name in _WORDS if mark in head), "")


def format_refusal(path: str, name: str, named_in: Optional[str] = None) -> str:
    """The sentence that refuses a file of a format.

    path: of the file. name: GDAL's name of the format. named_in: the raster that names the file, None for none.
    """
    where = f"{named_in} cannot be read as a raster: it names {os.path.basename(path)}, which" if named_in else None
    reason = HARMFUL.get(name) or UNREAD.get(name) or "it is not known to keep to itself"
    return (
        f"{where or f'{path} cannot be read as a raster: it'} is of a format ({name}) that is not read, since "
        f"{reason}. {_WAYS.get(name, 'Save it as a GeoTIFF.')}"
    )
