"""Vectors of a database: nothing that it says is run, and pyogrio's GDAL knows the formats of the list alone."""

import os
import sqlite3
from contextlib import closing

import pytest

from qgis_ddpm.core.gdal.drivers import restrict_gdal, vector_formats
from qgis_ddpm.core.gdal.library import GdalLibrary
from qgis_ddpm.core.raster.vectors_in import _refuse_statements
from qgis_ddpm.errors import InputError
from qgis_ddpm.raster_formats import IN_MEMORY, VECTOR_FORMATS


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW houses AS SELECT ogr_geocode('x') AS geom",
        "CREATE VIEW houses AS SELECT \"gdal_get_pixel_value\" ('/etc/passwd', 1, 'pixel', 0, 0) AS geom",
        "CREATE VIEW houses AS SELECT load_extension('/tmp/x') AS geom",
        "CREATE VIEW houses AS SELECT OGR_Datasource_Load_Layers('/vsicurl/http://127.0.0.1:9/') AS geom",
    ],
)
def test_a_view_that_calls_what_opens_files_is_refused(tmp_path, statement):
    path = str(tmp_path / "houses.gpkg")
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE good (geom BLOB)")
        database.commit()
        _refuse_statements("LABELS", path, path)
        database.execute(statement)
        database.commit()
    with pytest.raises(InputError, match=r"'houses' calls functions.*Save it as GeoJSON"):
        _refuse_statements("LABELS", path, path)
    assert os.listdir(tmp_path) == ["houses.gpkg"]


def test_pyogrio_knows_the_list_alone():
    pyogrio = pytest.importorskip("pyogrio")
    with vector_formats():
        assert set(pyogrio.list_drivers()) <= {*VECTOR_FORMATS, *IN_MEMORY}
        assert {"GeoJSON", "GPKG", "FlatGeobuf"} <= set(pyogrio.list_drivers())
        pyogrio.core._register_drivers()
        assert set(pyogrio.list_drivers()) <= {*VECTOR_FORMATS, *IN_MEMORY}


def test_rasters_keep_to_their_own_list_afterwards():
    pytest.importorskip("pyogrio")
    import rasterio._env

    with vector_formats():
        pass
    restrict_gdal()
    assert not {"GPKG", "GeoJSON", "MRF"} & GdalLibrary(rasterio._env.__file__).drivers().keys()
