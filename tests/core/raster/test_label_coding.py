"""Labels whose coding is asked about."""

import numpy as np
import pytest

from qgis_ddpm.core.raster.findings.label_coding import LabelCoding


def remarks(values, counts, known=None, **more):
    pixels = np.repeat(np.array(values, np.float32), counts)[None, None]
    valid = np.ones(pixels.shape[1:], bool) if known is None else np.isin(pixels[0], known)
    coding = LabelCoding("c.tif")
    for part in (np.s_[..., ::2], np.s_[..., 1::2]):
        coding.add(pixels[part], (pixels[0] != 0)[part] & valid[part], valid[part])
    return list(coding.remarks("LABELS", **more))


@pytest.mark.parametrize("values", [(0, 1), (0, 255), (0, 10), (0, -1)])
def test_two_values_one_of_them_0_are_a_mask(values):
    assert remarks(values, (80, 20)) == []


@pytest.mark.parametrize("values", [(1, 2), (10, 20), (1, 255), (100, 200)])
def test_labels_without_0_mark_all(values):
    (text,) = remarks(values, (80, 20))
    assert "every known pixel" in text
    assert str(values[0]) in text


def test_where_other_data_say_what_did_not_change_all_may_be_marked():
    assert remarks((1,), (50,), all_may_be_marked=True) == []
    # Of 1 and nodata all that is known is marked.
    assert "every known pixel" in remarks((0, 1), (80, 20), known=(1,))[0]


def test_many_values_are_no_mask():
    (text,) = remarks((0, 1, 2), (80, 10, 10))
    assert "0, 1, 2" in text
    (text,) = remarks(range(256), (4,) * 256)
    assert "and more" in text
    (text,) = remarks((0, 0.25, 0.5), (10, 1, 1))
    assert "0.25" in text


def test_most_pixels_marked_may_be_turned_round():
    (text,) = remarks((0, 255), (10, 90))
    assert "90%" in text
    assert remarks((0, 255), (30, 70)) == []
