"""Synthetic tiles and areas in files."""
