"""A series of dates of the scene, with the exact date of every change, and clouds with their masks."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label

from tools.scene import NODATA, _to_units, _write
from tools.scene.landscape import Land, Landscape, Mask, make_landscape
from tools.scene.optics import BAND_NAMES, EARLY_SUMMER, FOUR_BANDS, Season, observe
from tools.scene.terrain import fractal

# Summers five years apart.
DAYS = (19850712, 19900710, 19950708, 20000712, 20050710)
CLOUD_SHARE = 0.12
CLOUD_REFLECTANCE = 0.55


@dataclass(frozen=True)
class SceneSeries:
    """Paths of the dates, of their masks (1 is cloud; none for scenes without clouds) and of the truth.

    truth: the day by which each pixel changed as yyyymmdd, 0 where it did not.
    """

    dates: tuple[Path, ...]
    masks: tuple[Path, ...]
    truth: Path


def make_series(folder: Path, size_px: int = 384, seed: int = 0, clouds: bool = False) -> SceneSeries:
    """Write five dates of four bands of uint16, named by their days; the same arguments give the same pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    land = make_landscape(size_px, seed)
    rng = np.random.default_rng([seed, 77])
    when = _when(land, rng)
    river = int(when[_wet(land)].max(initial=len(DAYS)))
    nothing = np.zeros((size_px, size_px), dtype=bool)
    names = tuple(BAND_NAMES[band] for band in FOUR_BANDS.bands)
    dates, masks = [], []
    for number, day in enumerate(DAYS):
        cover = np.where((when > 0) & (when <= number), land.after, land.before)
        shore = land.shore_after if number >= river else land.shore_before
        scene = observe(land, cover, shore, _season(rng), seed, number)
        hidden = _clouds(size_px, rng) if clouds else nothing
        scene = np.where(hidden, CLOUD_REFLECTANCE * (1 + 0.05 * rng.standard_normal(hidden.shape)), scene)
        dates.append(_write(folder / f"scene_{day}.tif", _to_units(scene, nothing, "uint16"), NODATA, names))
        if clouds:
            masks.append(_write(folder / f"clouds_{day}.tif", hidden.astype(np.uint8)[None], 255, ("cloud",)))
    truth = np.array([0, *DAYS[1:]], dtype=np.int32)[when]
    return SceneSeries(tuple(dates), tuple(masks), _write(folder / "truth.tif", truth[None], -1, ("first change",)))


def _when(land: Landscape, rng: np.random.Generator) -> NDArray[np.int64]:
    """The number of the date by which each pixel changed, 0 for never; the river changes at one date."""
    changed, wet = land.changed, _wet(land)
    patches, count = label(changed & ~wet)
    own = np.concatenate([[0], rng.integers(1, len(DAYS), count)])
    return np.where(wet, rng.integers(1, len(DAYS)), own[patches])


def _wet(land: Landscape) -> Mask:
    """What changed because the river moved."""
    wet = (Land.WATER, Land.SAND)
    return np.asarray(land.changed & (np.isin(land.before, wet) | np.isin(land.after, wet)))


def _season(rng: np.random.Generator) -> Season:
    """A summer: as dry, hazy and well registered as summers happen to be."""
    shift = rng.uniform(-0.12, 0.12, 2)
    return replace(
        EARLY_SUMMER,
        dryness=rng.uniform(0.03, 0.12),
        turnover=0.03,
        sun_elevation=rng.uniform(54, 62),
        sun_azimuth=rng.uniform(145, 158),
        haze=rng.uniform(0.005, 0.03),
        shift_px=(float(shift[0]), float(shift[1])),
    )


def _clouds(size_px: int, rng: np.random.Generator) -> Mask:
    heights = fractal(size_px, rng, exponent=1.6, largest_px=120.0)
    return np.asarray(heights > np.quantile(heights, 1 - CLOUD_SHARE))
