"""Other ways to fill gaps, for `benchmarks.fill_gaps`: GDAL's, OpenCV's, a plain NSPI and interpolation in time."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
from rasterio.fill import fillnodata

Pixels = np.ndarray

_OPENCV = """
import sys, numpy as np, cv2
pixels, gap = np.load(sys.argv[1]), np.load(sys.argv[2])
flag = {"telea": cv2.INPAINT_TELEA, "ns": cv2.INPAINT_NS}[sys.argv[3]]
mask = gap.astype(np.uint8)
filled = []
for band in pixels:
    known = band[~gap]
    low, high = known.min(), known.max()
    scaled = ((band - low) / max(high - low, 1e-12) * 255).clip(0, 255)
    # 32-bit images of one channel are taken by both.
    filled.append(cv2.inpaint(scaled.astype(np.float32), mask, 5, flag) / 255 * (high - low) + low)
np.save(sys.argv[4], np.stack(filled))
"""


def gdal(pixels: Pixels, gap: Pixels) -> Pixels:
    """GDAL's fillnodata, as in *Fill nodata* of QGIS, with a reach that fills all."""
    known = (~gap).astype(np.uint8)
    return np.stack([fillnodata(band.copy(), known, max_search_distance=1000.0) for band in pixels])


def opencv(python: str, flag: str, pixels: Pixels, gap: Pixels) -> Pixels:
    """OpenCV's inpainting (`telea` or `ns`, radius 5) in an interpreter that has it."""
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder) / name) for name in ("pixels.npy", "gap.npy", "filled.npy")]
        np.save(names[0], pixels)
        np.save(names[1], gap)
        subprocess.run([python, "-c", _OPENCV, names[0], names[1], flag, names[2]], check=True)
        return np.load(names[2])


def in_time(pixels: Pixels, gap: Pixels, before: Pixels, after: Pixels, share: float) -> Pixels:
    """Linear between two other dates; share: how far this date is on the way."""
    return np.where(gap, (1 - share) * before + share * after, pixels)


def nspi(pixels: Pixels, gap: Pixels, other: Pixels, window: int = 31, similar: int = 20) -> Pixels:
    """NSPI after Chen et al. 2011: `similar` pixels of the window that look alike in the other date.

    The mean of their values here, weighted by likeness and distance, and the target's value there plus their mean
    change are averaged by how well each holds among them.
    """
    half = window // 2
    rows, columns = np.nonzero(gap)
    offsets = [(down, across) for down in range(-half, half + 1) for across in range(-half, half + 1)]
    pad = [(0, 0), (half, half), (half, half)]
    there, here = np.pad(other, pad, mode="edge"), np.pad(pixels, pad, mode="edge")
    known = np.pad(~gap, half)
    filled = pixels.copy()
    spread = other.std(axis=(1, 2))[:, None] + 1e-9
    for first in range(0, len(rows), 2000):
        y, x = rows[first : first + 2000] + half, columns[first : first + 2000] + half
        target = there[:, y, x]
        unlike = np.full((len(offsets), len(y)), np.inf, dtype=np.float32)
        for number, (down, across) in enumerate(offsets):
            apart = np.sqrt((((there[:, y + down, x + across] - target) / spread) ** 2).mean(axis=0))
            unlike[number] = np.where(known[y + down, x + across], apart, np.inf)
        best = np.argpartition(unlike, similar, axis=0)[:similar]
        apart = np.take_along_axis(unlike, best, axis=0)
        steps = np.array(offsets)[best]
        good = np.isfinite(apart)
        closeness = np.where(good, 1 / ((apart + 0.01) * np.hypot(steps[..., 0], steps[..., 1])), 0)
        weight = closeness / np.maximum(closeness.sum(axis=0), 1e-12)
        v, u = y + steps[..., 0], x + steps[..., 1]
        now, then = here[:, v, u], there[:, v, u]
        by_place = (weight * now).sum(axis=1)
        by_time = target + (weight * (now - then)).sum(axis=1)
        unlike_here = np.sqrt(((now - by_place[:, None]) ** 2 * good).mean(axis=(0, 1))) + 1e-9
        change = (
            np.sqrt(((now - then - (weight * (now - then)).sum(axis=1)[:, None]) ** 2 * good).mean(axis=(0, 1))) + 1e-9
        )
        share = (1 / unlike_here) / (1 / unlike_here + 1 / change)
        found = share * by_place + (1 - share) * by_time
        lost = ~good.any(axis=0)
        found[:, lost] = pixels[:, ~gap].mean(axis=1)[:, None]
        filled[:, y - half, x - half] = found
    return filled
