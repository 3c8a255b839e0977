"""Rasters, vectors and images on disk, read and written by window."""
