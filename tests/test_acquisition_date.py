"""When a raster was taken, by its name, its metadata, its folder."""

from datetime import date

import pytest

from qgis_ddpm.acquisition_date import date_in, date_of


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20050712", (2005, 7, 12)),
        ("2005-07-12", (2005, 7, 12)),
        ("2005_07_12_clip", (2005, 7, 12)),
        ("scene.2005.07.12", (2005, 7, 12)),
        ("LT05_L1TP_006066_20050712_20161125_01_T1", (2005, 7, 12)),
        ("LT05_L2SP_006066_19850712_20200918_02_T1_QA_PIXEL", (1985, 7, 12)),
        ("T31UDQ_20200615T103629_B04_10m", (2020, 6, 15)),
        ("S2A_MSIL2A_20200615T103629_N0214_R008_T31UDQ_20200615T133456", (2020, 6, 15)),
        ("20200615_103629_1025_3B_AnalyticMS", (2020, 6, 15)),
        ("S1A_IW_GRDH_1SDV_20210102T053000", (2021, 1, 2)),
        ("20050712103000", (2005, 7, 12)),
        ("LT50060662005193CUB00", (2005, 7, 12)),
        ("MOD09A1.A2004366.h11v09.006", (2004, 12, 31)),
        ("m_4709963_se_14_1_20090818", (2009, 8, 18)),
    ],
)
def test_days_in_names(name, day):
    found = date_in(name, "name")
    assert found is not None
    assert (found.day, found.exact) == (date(*day), True)


@pytest.mark.parametrize(
    ("name", "day"),
    [("1985", (1985, 1, 1)), ("landsat_1990_b", (1990, 1, 1)), ("2005-07", (2005, 7, 1)), ("ndvi200507", (2005, 7, 1))],
)
def test_a_month_or_a_year_is_its_first_day(name, day):
    assert date_in(name, "name") == (date(*day), "name", False)


@pytest.mark.parametrize(
    "name", ["before", "change_1990_2000", "scene_4", "006066", "20051345", "2005-02-30x", "420050712", "1234567", "18"]
)
def test_what_is_no_date(name):
    found = date_in(name, "name")
    assert found is None or not found.exact
    if name != "2005-02-30x":
        assert found is None


def test_the_name_comes_before_tags_and_these_before_the_folder():
    written = {"TIFFTAG_DATETIME": "2021:03:04 10:11:12"}
    taken = {**written, "acquisition_date": "1999-08-07"}
    assert date_of("/d/20050712/scene_1985.tif", taken).day == date(1985, 1, 1)
    assert date_of("/d/20050712/scene.tif", taken)[:2] == (date(1999, 8, 7), "ACQUISITION_DATE")
    assert date_of("/d/20050712/scene.tif", written)[:2] == (date(2021, 3, 4), "TIFFTAG_DATETIME")
    assert date_of("/d/20050712/scene.tif", {})[:2] == (date(2005, 7, 12), "folder")
    assert date_of("/d/1985/scene.tif", {}) is None
    assert date_of("/vsizip/a.zip/LT05_20050712.tif", {}).day == date(2005, 7, 12)
