"""From QGIS's values to the job's: what is left empty, extents and CRS in all their forms."""

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProperty,
    QgsRectangle,
    QgsReferencedRectangle,
)
from qgis.PyQt.QtCore import NULL

from qgis_ddpm.algorithms.values import crs_text
from qgis_ddpm.events import Result
from qgis_ddpm.jobs.texts import extent

UTM = QgsCoordinateReferenceSystem("EPSG:32633")
NAMELESS = QgsCoordinateReferenceSystem.fromProj("+proj=tmerc +lon_0=14.5 +k=0.9998 +x_0=400000 +ellps=GRS80 +units=m")


@pytest.fixture
def job(provider, fake_run, two_dates, context, log):
    """The job that detectchanges makes of some parameters."""

    def make(**parameters):
        jobs = fake_run(Result({}))
        given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT", **parameters}
        algorithm = provider.algorithm("detectchanges")
        good, message = algorithm.checkParameterValues(given, context)
        assert good, message
        algorithm.run(given, context, log)
        return jobs[-1]

    return make


@pytest.mark.parametrize("empty", [None, ""])
def test_what_is_left_empty_is_none_or_the_default(job, empty):
    made = job(THRESHOLD=empty, BATCH_SIZE=empty, MODEL=empty, EXTENT=empty, BANDS_BEFORE=empty, MASK_BEFORE=empty)
    assert made.set_values().keys() == {"before", "after", "output"}


def test_texts_that_batch_leaves_null_are_empty(job):
    assert job(MODEL=NULL, BANDS_BEFORE=NULL).set_values().keys() == {"before", "after", "output"}


def test_zero_is_not_empty(job):
    assert job(THRESHOLD=0.0, OVERLAP_PX=0).set_values().items() >= {"threshold": 0.0, "overlap_px": 0}.items()


def test_values_come_by_expressions_too(job):
    made = job(THRESHOLD=QgsProperty.fromExpression("0.5 + 0.25"), DRAWS=QgsProperty.fromExpression("2 * 2"))
    assert (made.threshold, made.draws) == (0.75, 4)


@pytest.mark.parametrize(
    "value",
    [
        "438100,438400,5341400,5341800 [EPSG:32633]",
        QgsReferencedRectangle(QgsRectangle(438100, 5341400, 438400, 5341800), UTM),
    ],
    ids=["text", "rectangle"],
)
def test_an_extent_is_a_text_with_its_crs(job, value):
    assert job(EXTENT=value).extent == "438100.0,438400.0,5341400.0,5341800.0 [EPSG:32633]"


def test_a_layer_is_an_extent(job, two_dates):
    assert extent("EXTENT", job(EXTENT=two_dates[0]).extent) == (438000.0, 438640.0, 5341360.0, 5342000.0, "EPSG:32633")


def test_an_extent_without_crs_stays_without(job):
    assert job(EXTENT="438100,438400,5341400,5341800").extent == "438100.0,438400.0,5341400.0,5341800.0"


def test_an_extent_in_a_crs_without_code_names_it_without_brackets(job):
    made = job(EXTENT=QgsReferencedRectangle(QgsRectangle(1, 2, 3, 4), NAMELESS))
    assert extent("EXTENT", made.extent)[4].startswith("+proj=tmerc")


def test_a_crs_is_a_code_or_wkt():
    assert crs_text(UTM) == "EPSG:32633"
    assert crs_text(QgsCoordinateReferenceSystem()) == ""
    assert "+lon_0=14.5" in QgsCoordinateReferenceSystem.fromWkt(crs_text(NAMELESS)).toProj()
