"""What a sensor sees of the landscape: spectra, season, sun on slopes, haze, and its own blur and noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, shift

from tools.scene.landscape import Cover, Land, Landscape
from tools.scene.parcels import Field
from tools.scene.settlements import Ground
from tools.scene.terrain import fractal

Bands = NDArray[np.float64]

BAND_NAMES = ("Blue", "Green", "Red", "NIR", "SWIR1", "SWIR2")

# Surface reflectance in these bands: rounded figures of the usual spectral libraries.
DARK_SOIL = np.array([0.055, 0.075, 0.105, 0.165, 0.220, 0.180])
LIGHT_SOIL = np.array([0.105, 0.145, 0.195, 0.275, 0.345, 0.300])
CROP = np.array([0.030, 0.065, 0.036, 0.440, 0.215, 0.105])
STRAW = np.array([0.075, 0.115, 0.150, 0.260, 0.310, 0.215])
CONIFER = np.array([0.020, 0.033, 0.024, 0.220, 0.095, 0.042])
BROADLEAF = np.array([0.025, 0.052, 0.030, 0.390, 0.170, 0.075])
DEEP_WATER = np.array([0.050, 0.062, 0.045, 0.018, 0.008, 0.006])
SHALLOW_WATER = np.array([0.066, 0.084, 0.068, 0.034, 0.014, 0.010])
SAND = np.array([0.115, 0.145, 0.175, 0.230, 0.280, 0.260])
ASPHALT = np.array([0.095, 0.105, 0.112, 0.150, 0.165, 0.155])
TRACK = np.array([0.110, 0.140, 0.165, 0.245, 0.300, 0.255])
BURNT = np.array([0.038, 0.046, 0.056, 0.095, 0.165, 0.145])
FELLED = np.array([0.065, 0.092, 0.120, 0.215, 0.265, 0.185])
GROUND = {
    Ground.TILES: np.array([0.085, 0.100, 0.165, 0.215, 0.270, 0.240]),
    Ground.SLATE: np.array([0.125, 0.130, 0.135, 0.155, 0.165, 0.160]),
    Ground.METAL: np.array([0.240, 0.250, 0.255, 0.270, 0.280, 0.270]),
    Ground.GARDEN: np.array([0.045, 0.075, 0.065, 0.290, 0.185, 0.110]),
    Ground.PAVED: np.array([0.150, 0.165, 0.180, 0.225, 0.250, 0.235]),
}


@dataclass(frozen=True)
class Season:
    """One acquisition: state of the plants, sun and air.

    `dryness` 0..1 turns green into straw; `autumn` 0..1 colours broadleaf trees; `ploughed` is the share of fields laid
    bare; `turnover` the standard deviation by which the plant cover of a field (0..1) departs from the usual;
    sun angles in degrees; `haze` is the path radiance of blue in reflectance; `shift_px` the error of registration.
    """

    dryness: float
    autumn: float
    ploughed: float
    turnover: float
    sun_elevation: float
    sun_azimuth: float
    haze: float
    shift_px: tuple[float, float]


@dataclass(frozen=True)
class Sensor:
    """What is recorded, and how well; `bands` are positions in `BAND_NAMES`.

    `gain` and `offset` (in reflectance) are errors of the calibration; `blur_px` is the spread of a point; `noise` a
    multiple of that of a good sensor.
    """

    bands: tuple[int, ...] = (0, 1, 2, 3)
    gain: float = 1.0
    offset: float = 0.0
    blur_px: float = 0.6
    noise: float = 1.0


FOUR_BANDS = Sensor()
EARLY_SUMMER = Season(0.05, 0.0, 0.0, 0.0, 60.0, 150.0, 0.006, (0.0, 0.0))
LATE_SUMMER = Season(0.38, 0.30, 0.10, 0.16, 42.0, 162.0, 0.034, (0.12, -0.10))


def _mix(share: Field, one: Field, other: Field) -> Bands:
    """Give share * one + (1 - share) * other as [6, S, S]; `one` and `other` are spectra or already [6, S, S]."""
    one = one if one.ndim == 3 else one[:, None, None]
    other = other if other.ndim == 3 else other[:, None, None]
    return np.asarray(share * one + (1 - share) * other)


def _fields(land: Landscape, season: Season, seed: int, rng: np.random.Generator) -> Bands:
    """Draw crops that differ by field, rows along them, and grass on their margins."""
    parcels = land.parcels
    size_px = land.before.shape[0]
    # What grows on a field, and its soil, is the same at both dates: only `rng` may differ between them.
    lasting = np.random.default_rng([seed, 1])
    green = lasting.beta(1.3, 0.9, parcels.count)
    lightness = np.clip(lasting.normal(0.45, 0.18, parcels.count), 0, 1)
    period_px = lasting.uniform(2.6, 5.0, parcels.count)
    patches = fractal(size_px, lasting, exponent=1.3, largest_px=40.0)
    soils = fractal(size_px, lasting, exponent=1.5, largest_px=200.0)

    green = np.clip(green + rng.normal(0.0, season.turnover, parcels.count), 0.02, 1)
    green[lasting.permutation(parcels.count)[: round(season.ploughed * parcels.count)]] = 0.02
    dryness = np.clip(season.dryness * rng.normal(1.0, 0.35, parcels.count), 0, 1)
    rows = np.sin(2 * np.pi * parcels.across / period_px[parcels.identity])
    cover = np.clip(green[parcels.identity] + 0.05 * patches + 0.05 * rows, 0, 1)
    soil = _mix(np.clip(lightness[parcels.identity] + 0.12 * soils + 0.06 * patches, 0, 1), LIGHT_SOIL, DARK_SOIL)
    crop = _mix(dryness[parcels.identity], STRAW, CROP)
    drawn = _mix(cover, crop, soil)
    grass = 0.75 * crop + 0.25 * DARK_SOIL[:, None, None]
    drawn = np.where(parcels.margin < 0.6, 0.5 * grass + 0.5 * drawn, drawn)
    return np.where(parcels.block_margin < 0.75, _mix(np.full(cover.shape, 0.5), TRACK, grass), drawn)


def _forest(land: Landscape, season: Season, seed: int) -> Bands:
    """Draw stands of conifers and broadleaf trees with the speckle of their crowns."""
    lasting = np.random.default_rng([seed, 2])
    size_px = land.before.shape[0]
    count = int(land.stands.max()) + 1
    region = fractal(size_px, lasting, exponent=1.6, largest_px=150.0)
    broad = np.clip(0.5 + 0.35 * region + lasting.normal(0, 0.22, count)[land.stands], 0, 1)
    age = lasting.normal(1.0, 0.07, count)[land.stands]
    crowns = gaussian_filter(lasting.standard_normal((size_px, size_px)), 0.75)
    crowns /= crowns.std()
    leaves = _mix(np.full(broad.shape, season.autumn), np.array([0.035, 0.070, 0.062, 0.310, 0.180, 0.095]), BROADLEAF)
    # Gaps between crowns are shadow: deeper where the sun stands low.
    depth = 0.10 / np.sin(np.radians(season.sun_elevation))
    return np.asarray(_mix(broad, leaves, CONIFER) * np.clip(age + depth * crowns, 0.45, 1.6))


def _surface(land: Landscape, cover: Cover, shore: Field, season: Season, seed: int, rng: np.random.Generator) -> Bands:
    """Give the reflectance of every pixel's cover, [6, S, S], on flat ground and without air."""
    lasting = np.random.default_rng([seed, 3])
    mottle = fractal(cover.shape[0], lasting, exponent=0.9, largest_px=30.0)
    surface = _fields(land, season, seed, rng)
    trees = _forest(land, season, seed)
    depth = np.clip(0.3 - shore / 8.0, 0, 1)
    felled = _mix(np.full(cover.shape, 0.12), trees, FELLED * (1 + 0.25 * season.dryness)) * (1 + 0.10 * mottle)
    looks = {
        Land.FOREST: trees,
        Land.WATER: _mix(depth, DEEP_WATER, SHALLOW_WATER),
        Land.SAND: SAND[:, None, None] * (1 + 0.08 * mottle),
        Land.ROAD: np.broadcast_to(ASPHALT[:, None, None], surface.shape),
        Land.CLEARING: felled,
        Land.BURNT: _mix(np.full(cover.shape, 0.10), surface, BURNT) * (1 + 0.10 * mottle),
    }
    for kind, look in looks.items():
        surface = np.where(cover == kind, look, surface)
    wear = 1 + 0.12 * lasting.standard_normal(cover.shape)
    for ground, spectrum in GROUND.items():
        here = (cover == Land.BUILT) & (land.ground == ground)
        surface = np.where(here, spectrum[:, None, None] * wear, surface)
    return surface


def _sunlight(relief: Field, season: Season) -> Field:
    """Give the light on each slope relative to flat ground, [S, S]; a third of it comes from the sky."""
    north, east = np.gradient(-relief, axis=0), np.gradient(relief, axis=1)
    elevation, azimuth = np.radians(season.sun_elevation), np.radians(season.sun_azimuth)
    toward = np.sin(elevation) - np.cos(elevation) * (np.cos(azimuth) * north + np.sin(azimuth) * east)
    direct = np.clip(toward / np.sqrt(1 + north**2 + east**2), 0, None) / np.sin(elevation)
    return np.asarray(0.3 + 0.7 * direct)


def observe(
    land: Landscape, cover: Cover, shore: Field, season: Season, seed: int, date: int, sensor: Sensor = FOUR_BANDS
) -> Bands:
    """Give the reflectance that the sensor reports, [bands, S, S]: with sun, haze, blur, shift and noise."""
    rng = np.random.default_rng([seed, 10 + date])
    surface = _surface(land, cover, shore, season, seed, rng)
    scene = surface[list(sensor.bands)] * _sunlight(land.relief, season)
    # Rayleigh and aerosol scattering fall with the wavelength; haze is never even.
    veil = np.array([1.0, 0.66, 0.42, 0.18, 0.04, 0.02])[list(sensor.bands), None, None]
    thickness = np.clip(1 + 0.35 * fractal(cover.shape[0], rng, exponent=2.0, largest_px=400.0), 0.2, None)
    scene = scene * (1 - 1.6 * season.haze * veil * thickness) + season.haze * veil * thickness
    blurred = np.stack([gaussian_filter(band, sensor.blur_px) for band in scene])
    moved = np.stack([shift(band, season.shift_px, order=1, mode="nearest") for band in blurred])
    speckle, dark = 0.006 * sensor.noise, 0.0012 * sensor.noise
    seen = moved * (1 + speckle * rng.standard_normal(moved.shape)) + dark * rng.standard_normal(moved.shape)
    return np.asarray(sensor.gain * seen + sensor.offset)
