"""Roles of bands by the names that products give them."""

import pytest

from qgis_ddpm.core.kinds.band_roles import named_roles, roles_of_names
from qgis_ddpm.errors import JobError

RGBN = ("red", "green", "blue", "nir")
ETM = "Resize (ETM+ Meta (Band 4):L7_MTL.txt) (0.825000 Micrometers)"


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (("Red", "Green", "Blue", "NIR"), RGBN),
        (("R", "G", "B", "N"), RGBN),
        (("Blue", "Green", "Red", "Near infrared"), ("blue", "green", "red", "nir")),
        (("near-infrared", "SWIR 1", "swir2", "red edge 1"), ("nir", "swir1", "swir2", "rededge")),
        (("nir08", "swir16", "swir22", "coastal"), ("nir", "swir1", "swir2", "other")),
        (("surface reflectance near infrared", "surface reflectance red"), ("nir", "red")),
        (("B2", "B3", "B4", "B8"), ("blue", "green", "red", "nir")),
        (("B02", "B8A", "B11", "B12"), ("blue", "nir", "swir1", "swir2")),
        (("B8", "B8A"), ("nir", "other")),
        (("T33UUP_20200101_B04_10m", "T33UUP_20200101_B08_10m"), ("red", "nir")),
        (("SR_B4", "SR_B5", "SR_B6"), ("red", "nir", "swir1")),
        (("SR_B2", "SR_B3", "SR_B4", "SR_B5"), ("blue", "green", "red", "nir")),
        (("SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B7"), ("blue", "green", "red", "nir", "swir1", "swir2")),
        ((ETM, "0.66 micrometers", "1650 nm", "865nm"), ("nir", "red", "swir1", "other")),
        # They may as well only count the bands.
        (("B1", "B2", "B3", "B4"), ("other",) * 4),
        (("Band 1", "Band 2"), ("other", "other")),
        ((None, "", "elevation", "bright"), ("other",) * 4),
        ((), ()),
    ],
)
def test_roles_of_names(names: tuple[str | None, ...], roles: tuple[str, ...]) -> None:
    assert roles_of_names(names) == roles


def test_named_roles() -> None:
    assert named_roles("BAND_ROLES", "SWIR1, NIR,R;G") == ("swir1", "nir", "red", "green")
    assert named_roles("BAND_ROLES", "-,red,other,,NIR") == ("other", "red", "other", "other", "nir")
    for text, words in (
        ("red,nirr", "'nirr' is no role"),
        ("red,Red", "red is there twice"),
        ("4,3,2", "'4' is no role"),
    ):
        with pytest.raises(JobError, match=words):
            named_roles("BAND_ROLES", text)
