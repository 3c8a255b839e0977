"""GDAL as a job may use it: formats of one reviewed list, no network, no file that a text names."""

# Of decoded blocks that GDAL keeps; known where there is no rasterio yet.
GDAL_CACHE_BYTES = 128 << 20
