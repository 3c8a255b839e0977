"""What surroundings do to a pixel's distance."""

import numpy as np
import pytest
from numpy.typing import NDArray

from qgis_ddpm.core.change.context import distances_of, in_context, margin_px

Pixels = NDArray[np.float32]
CONTEXT_PX = 2.0
MARGIN_PX = margin_px(CONTEXT_PX)


class Plain:
    """The first band of the second date is the distance."""

    def distance(self, before: Pixels, after: Pixels) -> NDArray[np.float64]:
        return np.asarray(after[:, 0] - before[:, 0], dtype=np.float64)


def plane(
    distance: NDArray[np.float64], valid: NDArray[np.bool_], context_px: float = CONTEXT_PX
) -> NDArray[np.float64]:
    after = distance[None].astype(np.float32)
    strip = (slice(None), np.zeros_like(after), after, valid)
    found, known = in_context(*distances_of(Plain(), [strip], valid.shape), context_px)
    assert (found[~known] == 0).all()
    return found


def test_without_context_a_distance_is_that_of_the_pixel() -> None:
    distance = np.random.default_rng(0).random((30, 40))
    valid = distance > 0.3
    assert np.abs(plane(distance, valid, 0.0) - distance * valid).max() < 1e-7


def test_what_all_pixels_share_stays_and_what_is_alone_is_weaker() -> None:
    everywhere = np.full((60, 60), 3.0)
    valid = np.ones((60, 60), dtype=bool)
    assert np.abs(plane(everywhere, valid) - 3).max() < 1e-6
    alone = np.zeros((60, 60))
    alone[30, 30] = 3.0
    found = plane(alone, valid)
    assert 0 < found[30 - MARGIN_PX, 30 - MARGIN_PX] < 1
    # Pixels that do not differ themselves are not drawn in by those around them.
    assert np.count_nonzero(found) == 1


def test_what_is_not_valid_is_neither_change_nor_its_absence() -> None:
    distance = np.full((60, 60), 2.0)
    valid = np.ones((60, 60), dtype=bool)
    valid[:, :31] = False
    inside = valid[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX]
    found = plane(np.where(valid, distance, 99.0), valid)
    assert np.abs(found[inside] - 2).max() < 1e-6
    assert (found[~inside] == 0).all()


def test_a_part_has_the_distances_of_the_whole() -> None:
    rng = np.random.default_rng(1)
    distance, valid = rng.random((90, 80)), rng.random((90, 80)) > 0.1
    whole = plane(distance, valid)
    part = plane(distance[20:70, 10:60], valid[20:70, 10:60])
    assert (part == whole[20 : 70 - 2 * MARGIN_PX, 10 : 60 - 2 * MARGIN_PX]).all()


@pytest.mark.parametrize(("context_px", "margin"), [(0, 0), (0.5, 2), (1, 3), (4, 12)])
def test_surroundings_end_at_three_deviations(context_px: float, margin: int) -> None:
    assert margin_px(context_px) == margin
