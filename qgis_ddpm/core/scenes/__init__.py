"""Scenes as they are delivered: folders and archives of Landsat and Sentinel-2, and lists of single bands."""
