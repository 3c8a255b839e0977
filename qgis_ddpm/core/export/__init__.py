"""Models and detectors as files that other programs read."""
