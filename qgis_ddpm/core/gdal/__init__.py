"""GDAL as a job may use it: formats of one reviewed list, no network, no file that a text names."""
