"""Vectors in other formats than GeoJSON: converted where pyogrio is installed, refused in a sentence elsewhere."""

import json
import os
import sys
from pathlib import Path

import pytest

from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.core.raster.vectors_out import check_vector, vector_part
from qgis_ddpm.errors import JobError

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}
CONTENT = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32618"}},
    "features": [{"type": "Feature", "properties": {"id": 7}, "geometry": SQUARE}],
}


def write(path: Path) -> None:
    with OutputTransaction() as transaction:
        with vector_part(str(path), transaction.temp_path(str(path))) as geojson:
            Path(geojson).write_text(json.dumps(CONTENT))
        transaction.publish()


def test_geojson_is_written_as_it_is(tmp_path: Path) -> None:
    check_vector("POLYGONS", str(tmp_path / "a.geojson"))
    check_vector("POLYGONS", None)
    write(tmp_path / "a.geojson")
    assert json.loads((tmp_path / "a.geojson").read_text()) == CONTENT
    assert os.listdir(tmp_path) == ["a.geojson"]


def test_formats_that_cannot_be_written_are_named_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(JobError, match=r"POLYGONS is a.shp: vectors are written as .geojson, .gpkg or .fgb"):
        check_vector("POLYGONS", "a.shp")
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(JobError, match=r".gpkg needs the package pyogrio"):
        check_vector("POLYGONS", "a.gpkg")


@pytest.mark.parametrize("name", ["a.gpkg", "a.fgb"])
def test_other_formats_hold_the_same(tmp_path: Path, name: str) -> None:
    raw = pytest.importorskip("pyogrio.raw", reason="pyogrio is not installed")
    write(tmp_path / name)
    about, _, shapes, columns = raw.read(tmp_path / name)
    assert about["crs"] == "EPSG:32618"
    assert len(shapes) == 1
    assert columns[list(about["fields"]).index("id")].tolist() == [7]
    assert os.listdir(tmp_path) == [name]
