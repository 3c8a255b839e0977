"""IR-MAD and change vectors: what they are invariant to, what they find, and what must be exactly 0."""

import numpy as np
import pytest
from numpy.typing import NDArray

from qgis_ddpm.core.pairs.irmad import NOISE_SHARE, fit_change_vectors, fit_irmad, rounding_variances

Pixels = NDArray[np.float32]
BANDS = 3
NONE = (np.full(BANDS, 1 / 12), np.full(BANDS, 1 / 12))


def scene(seed: int = 0, n: int = 20000) -> Pixels:
    """Correlated bands with values like those of bytes."""
    rng = np.random.default_rng(seed)
    mixing = np.array([[30, 10, 5], [0, 25, 15], [0, 0, 20]])
    return np.rint(rng.normal(size=(n, BANDS)) @ mixing + 120).astype(np.float32)


def changed_pair(share: float) -> tuple[Pixels, Pixels, NDArray[np.bool_]]:
    """The same scene twice with noise, and some pixels replaced by others from elsewhere."""
    before = scene()
    rng = np.random.default_rng(1)
    after = 1.3 * before - 20 + rng.normal(0, 2, before.shape)
    changed = np.arange(len(before)) < share * len(before)
    after[changed] = 1.3 * scene(2)[changed] - 20
    return before, after.astype(np.float32), changed


@pytest.mark.parametrize("share", [0.01, 0.3])
def test_irmad_tells_changed_pixels_from_noise(share: float) -> None:
    before, after, changed = changed_pair(share)
    distance = fit_irmad(before, after, NONE).distance(before, after)
    # The median of other pixels' differences lies far above nearly all of the noise.
    assert np.median(distance[changed]) > 1.5 * np.quantile(distance[~changed], 0.999)


@pytest.mark.parametrize("share", [0.55, 0.65])
def test_irmad_finds_what_did_not_change_where_more_than_half_did(share: float) -> None:
    before = scene()
    rng = np.random.default_rng(7)
    after = before + rng.normal(0, 2, before.shape)
    changed = np.arange(len(before)) < share * len(before)
    # Forest that was felled: what comes instead hardly remembers what was there.
    after[changed] = 0.4 * before[changed] @ np.roll(np.eye(BANDS), 1, axis=0) + rng.normal(
        90, 12, (changed.sum(), BANDS)
    )
    distance = fit_irmad(before, after.astype(np.float32), NONE).distance(before, after)
    assert (distance[changed] > np.quantile(distance[~changed], 0.99)).mean() > 0.9


def test_irmad_grants_as_much_noise_as_it_finds() -> None:
    before = scene(n=100000)
    rng = np.random.default_rng(3)
    noise = NOISE_SHARE * before.std(axis=0)
    first = (before + rng.normal(0, noise, before.shape)).astype(np.float32)
    second = (before + rng.normal(0, noise, before.shape)).astype(np.float32)
    one = fit_irmad(first, second, (np.zeros(BANDS), np.zeros(BANDS)))
    # Noise that is what is assumed is found and granted once more: half of the variance. Weights favour small
    # differences, so a little is missing from what is found.
    assert 0.5 < np.square(one.distance(first, second)).mean() < 0.6


def test_irmad_does_not_see_gain_and_offset_of_bands() -> None:
    before, after, _ = changed_pair(0.1)
    no_rounding = (np.zeros(BANDS), np.zeros(BANDS))
    moved = (after * np.array([0.5, 2, 3]) + np.array([5, -8, 100])).astype(np.float32)
    plain = fit_irmad(before, after, no_rounding).distance(before, after)
    other = fit_irmad(before, moved, no_rounding).distance(before, moved)
    assert np.abs(plain - other).max() < 1e-4 * plain.max()


def test_irmad_is_the_same_from_either_date() -> None:
    before, after, _ = changed_pair(0.1)
    forth = fit_irmad(before, after, NONE).distance(before, after)
    back = fit_irmad(after, before, NONE).distance(after, before)
    assert np.abs(forth - back).max() < 1e-9 * forth.max()


def test_irmad_correlations_are_those_of_the_closed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    # Bands that are independent of each other: the correlation of each is 1 / (1 + noise + NOISE_SHARE^2 of both).
    rng = np.random.default_rng(5)
    truth = rng.normal(0, 50, (400000, 2))
    before = (truth + rng.normal(0, [10, 25], truth.shape)).astype(np.float32)
    after = (truth + rng.normal(0, [10, 25], truth.shape)).astype(np.float32)
    # Before any reweighting.
    monkeypatch.setattr("qgis_ddpm.core.pairs.irmad.MAX_ITERATIONS", 1)
    first = fit_irmad(before, after, (np.zeros(2), np.zeros(2)))
    signal, noise = 50.0**2, np.array([10.0, 25.0]) ** 2
    expected = signal / ((signal + noise) * (1 + NOISE_SHARE**2))
    assert np.abs(first.correlations - expected).max() < 3e-3


AWKWARD = {
    "bytes": scene(),
    "16 bits": scene() * 250,
    "floats": (scene() / 255).astype(np.float32),
    "tiny floats": (scene() * 1e-6).astype(np.float32),
    "a constant band": np.where([True, False, True], scene(), 7).astype(np.float32),
    "bands of zeros": np.zeros((500, BANDS), dtype=np.float32),
    "copies": np.repeat(scene()[:, :1], BANDS, axis=1),
    "one pixel": scene(n=1),
}


@pytest.mark.parametrize("pixels", AWKWARD.values(), ids=AWKWARD)
@pytest.mark.parametrize("fit", [fit_irmad, fit_change_vectors])
def test_equal_dates_differ_by_nothing(pixels: Pixels, fit: object) -> None:
    kind = "float32" if pixels.max() <= 1 else "uint16"
    rounding = (rounding_variances(pixels, [kind] * BANDS),) * 2
    distance = fit(pixels, pixels.copy(), rounding).distance(pixels, pixels)  # type: ignore[operator]
    assert distance.max() == 0


def test_a_band_of_rounding_alone_does_not_call_change() -> None:
    before, after, changed = changed_pair(0.01)
    rng = np.random.default_rng(6)
    before[:, 1], after[:, 1] = 7, 7 + (rng.random(len(after)) < 0.001)
    for fit in (fit_irmad, fit_change_vectors):
        distance = fit(before, after, NONE).distance(before, after)
        assert np.isfinite(distance).all()
        assert np.median(distance[changed]) > np.quantile(distance[~changed], 0.99)


def test_change_vectors_are_standard_deviations() -> None:
    before = scene()
    after = before.copy()
    after[0] += 2 * before.std(axis=0)
    fit = fit_change_vectors(before, after, NONE)
    distance = fit.distance(before, after)
    assert distance[0] == pytest.approx(2, rel=1e-2)
    assert distance[1:].max() < 1e-2


def test_rounding_of_whole_numbers_and_of_floats() -> None:
    pixels = np.array([[200.0, 0.5, 3e8]], dtype=np.float32)
    found = rounding_variances(pixels, ["uint8", "float32", "int32"])
    steps = np.array([1, 0.5 * 2.0**-23, 3e8 * 2.0**-23])
    assert found == pytest.approx(steps**2 / 12)
