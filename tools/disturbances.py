"""Copies of a scene in which nothing changed: what separates two acquisitions of one place, one thing at a time.

A method of change detection should call next to nothing changed between a scene and any of them.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Pixels = NDArray[np.float64]

SHIFT_PX = 0.3
JPEG_QUALITY = 85
# The range that pixels of bytes have; shares of it are what noise is given in.
RANGE = 255.0


@dataclass(frozen=True)
class Copy:
    """A disturbed copy of a scene.

    pixels: in the numbers of the scene, float64 [C, height, width]; dtype, scale: it is stored as scale * pixels of
    this type. shift_px: how far right and down its grid lies from that of the scene.
    """

    name: str
    pixels: Pixels
    dtype: str = "uint8"
    scale: float = 1.0
    shift_px: float = 0.0

    def stored(self) -> NDArray[np.generic]:
        """The pixels as they are in a file: rounded and cut to the range of the type."""
        pixels = self.scale * self.pixels
        if np.dtype(self.dtype).kind == "f":
            return pixels.astype(self.dtype)
        limits = np.iinfo(self.dtype)
        stored: NDArray[np.generic] = np.clip(np.rint(pixels), limits.min, limits.max).astype(self.dtype)
        return stored


def copies(scene: Pixels, seed: int = 0) -> Iterator[Copy]:
    """Copies of a scene of bytes, float64 [C, height, width] in 0..255."""
    noise = np.random.default_rng(seed).normal(size=scene.shape)
    yield Copy("shift 0.3 px and back, bilinear", _shifted(_shifted(scene, SHIFT_PX, 1), -SHIFT_PX, 1))
    yield Copy("shift 0.3 px and back, cubic", _shifted(_shifted(scene, SHIFT_PX, 3), -SHIFT_PX, 3))
    yield Copy("on a grid 0.3 px off, aligned", _shifted(scene, -SHIFT_PX, 1), shift_px=SHIFT_PX)
    for gain in (0.9, 1.1):
        yield Copy(f"gain {gain}", gain * scene)
    yield Copy("offset 15", scene + 15)
    for share in (0.01, 0.02):
        yield Copy(f"noise {share:.0%} of the range", scene + share * RANGE * noise)
    yield Copy("JPEG 85, band by band", np.concatenate([_compressed(band[None]) for band in scene]))
    if len(scene) >= 3:
        # As photographs are stored: colours at half the resolution.
        rest = [_compressed(band[None]) for band in scene[3:]]
        yield Copy("JPEG 85, three bands as colours", np.concatenate([_compressed(scene[:3]), *rest]))
    yield Copy("uint16", scene, "uint16", 257.0)
    yield Copy("float32, reflectance", scene, "float32", 1 / RANGE)
    yield Copy("gain 1.1, offset 5, noise 1 %, JPEG 85", _all_at_once(scene, noise))


def _all_at_once(scene: Pixels, noise: Pixels) -> Pixels:
    pixels = np.clip(np.rint(1.1 * scene + 5 + 0.01 * RANGE * noise), 0, RANGE)
    return np.concatenate([_compressed(band[None]) for band in pixels])


def _shifted(scene: Pixels, distance_px: float, order: int) -> Pixels:
    shifted: Pixels = ndimage.shift(scene, (0, distance_px, distance_px), order=order, mode="nearest")
    return shifted


def _compressed(bands: Pixels) -> Pixels:
    """One band or three after compression."""
    image = np.clip(np.rint(bands), 0, RANGE).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(image[0] if len(image) == 1 else image.transpose(1, 2, 0)).save(
        buffer, "JPEG", quality=JPEG_QUALITY
    )
    found = np.asarray(Image.open(buffer)).astype(np.float64)
    return found[None] if found.ndim == 2 else found.transpose(2, 0, 1)
