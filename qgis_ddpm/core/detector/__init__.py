"""Change detectors: a head on what a model makes of both dates."""

from .detector import Detector, load_detector, save_detector

__all__ = ["Detector", "load_detector", "save_detector"]
