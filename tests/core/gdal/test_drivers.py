"""What GDAL of a job knows: the list of formats, whatever variables say, whoever was first, and no network."""

import json
import os
import socket
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from qgis_ddpm.core.gdal.drivers import RASTERS, restrict_gdal
from qgis_ddpm.core.raster.grid import parse_crs
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.errors import InputError
from qgis_ddpm.raster_formats import FORMATS, HARMFUL, IN_MEMORY, UNREAD, VECTOR_FORMATS

ROOT = Path(__file__).resolve().parents[3]
SIDE_PX = 96
PLACE = {"crs": "EPSG:32633", "transform": from_origin(500000, 5000000, 1, 1)}
SIZE = f"<Size x='{SIDE_PX}' y='{SIDE_PX}' c='1'/>"
VICTIM = "# my settings\n"
# Everything that could widen what is read, or name a way out.
HOSTILE = {
    "GDAL_SKIP": "GTiff VRT",
    "OGR_SKIP": "GeoJSON",
    "GDAL_DRIVER_PATH": "FOLDER",
    "OGR_DRIVER_PATH": "FOLDER",
    "GDAL_CONFIG_FILE": "FOLDER/gdalrc",
    "GDAL_VRT_ENABLE_PYTHON": "YES",
    "GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE": "ALL",
    "GDAL_MEM_ENABLE_OPEN": "YES",
    "GDAL_HTTP_PROXY": "",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "/vsicurl/http://SERVER/a.tif",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".tif",
    "CPL_LOG": "FOLDER/gdal.log",
    "PROJ_NETWORK": "ON",
    "PROJ_NETWORK_ENDPOINT": "http://SERVER",
    "AWS_S3_ENDPOINT": "SERVER",
    "AWS_NO_SIGN_REQUEST": "YES",
    "AWS_HTTPS": "NO",
    "no_proxy": "*",
    "http_proxy": "http://SERVER",
    "all_proxy": "http://SERVER",
}
GDALRC = "[directives]\nignore-env-vars=yes\n[configoptions]\nGDAL_SKIP=GTiff\nGDAL_VRT_ENABLE_PYTHON=YES\n"


@pytest.fixture
def server():
    """The address of a web server that only notes who calls, and those calls."""
    calls, listening = [], socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            calls.append(caller)
            caller.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}", calls
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


def write(path: Path, pixels: np.ndarray, **about) -> str:
    with rasterio.open(
        path, "w", driver="GTiff", height=SIDE_PX, width=SIDE_PX, count=1, dtype="uint8", **{**PLACE, **about}
    ) as file:
        file.write(pixels)
    return str(path)


def mosaic(path: Path, name: str, attributes: str = "relativeToVRT='1'") -> str:
    path.write_text(
        f"<VRTDataset rasterXSize='{SIDE_PX}' rasterYSize='{SIDE_PX}'><SRS>EPSG:32633</SRS><GeoTransform>500000,1,0,"
        f"5000000,0,-1</GeoTransform><VRTRasterBand dataType='Byte' band='1'><SimpleSource>"
        f"<SourceFilename {attributes}>{name}</SourceFilename><SourceBand>1</SourceBand>"
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    return str(path)


@pytest.fixture
def attack(tmp_path):
    """A folder with a good raster, and one (MRF) that writes into the user's start-up script when it is read."""
    noise = np.random.default_rng(0).integers(0, 255, (1, SIDE_PX, SIDE_PX), "uint8")
    write(tmp_path / "good.tif", noise)
    write(tmp_path / "page.tif", noise)
    (tmp_path / "gdalrc").write_text(GDALRC)
    victim = tmp_path / ".bashrc"
    victim.write_text(VICTIM)
    (tmp_path / "scene.tif").write_text(
        f"<MRF_META><CachedSource><Source>page.tif</Source></CachedSource><Raster>{SIZE}<PageSize x='{SIDE_PX}' "
        f"y='{SIDE_PX}' c='1'/><Compression>NONE</Compression><DataType>Byte</DataType><DataFile>{victim}</DataFile>"
        f"<IndexFile>{tmp_path}/i.idx</IndexFile></Raster></MRF_META>"
    )
    mosaic(tmp_path / "mosaic.vrt", "scene.tif")
    mosaic(tmp_path / "outer.vrt", "mosaic.vrt")
    return tmp_path


def hostile(folder: Path, address: str) -> dict[str, str]:
    values = {name: value.replace("FOLDER", str(folder)).replace("SERVER", address) for name, value in HOSTILE.items()}
    return {**os.environ, **values, "PYTHONPATH": str(ROOT), "HOME": str(folder)}


DETECT = """
import json, sys
from qgis_ddpm.jobs import DetectChanges
job = DetectChanges(before=sys.argv[1], after="good.tif", output="o.tif", method="cva")
"""
WAYS = {
    "in process": f"{DETECT}\nfrom qgis_ddpm.core import run\nlist(run(job))",
    "rasterio was first": (
        f"import rasterio\nwith rasterio.Env() as env: assert 'MRF' in env.drivers()\n{DETECT}\n"
        "from qgis_ddpm.core import run\nlist(run(job))"
    ),
    "worker": f"{DETECT}\nfrom qgis_ddpm import remote\nlist(remote.run(job, sys.executable))",
    "command line": (
        "import sys\nfrom qgis_ddpm.cli import main\nsys.exit(main(['detectchanges', '--before', sys.argv[1], "
        "'--after', 'good.tif', '--method', 'cva', '--output', 'o.tif']))"
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_no_way_in_writes_a_file_of_the_author_s_choice(attack, server, way):
    address, calls = server
    mosaic(attack / "remote.vrt", f"/vsicurl/http://{address}/a.tif")
    environ = hostile(attack, address)
    # One that GDAL looks for by itself.
    (attack / ".gdal").mkdir()
    (attack / ".gdal" / "gdalrc").write_text(GDALRC)
    script = attack / "way.py"
    script.write_text(WAYS[way])
    for name, words in (
        ("scene.tif", "of a format (MRF) that is not read"),
        ("mosaic.vrt", "of a format (MRF) that is not read"),
        ("outer.vrt", "of a format (MRF) that is not read"),
        ("remote.vrt", "Nothing was fetched"),
    ):
        done = subprocess.run(
            [sys.executable, str(script), name], cwd=attack, env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode != 0
        assert words in done.stderr, done.stderr
        assert name in done.stderr
    good = subprocess.run(
        [sys.executable, str(script), "page.tif"], cwd=attack, env=environ, capture_output=True, text=True, check=False
    )
    assert good.returncode == 0, good.stderr
    assert (attack / "o.tif").exists()
    assert (attack / ".bashrc").read_text() == VICTIM
    assert not (attack / "i.idx").exists()
    assert not (attack / "gdal.log").exists()
    assert calls == []


# What is still there where our own look is off: the drivers and file systems of GDAL itself.
BARE = """
import json, os, sys
import numpy as np
{first}
from qgis_ddpm.core.gdal import opening
from qgis_ddpm.core.raster import source as raster_source
opening.check_raster = lambda path: None
found = {{}}
for path in sys.argv[1:]:
    try:
        with raster_source.RasterSource(path) as source:
            source.read(0, 0, 8, 8)
        found[path] = "read"
    except Exception as error:
        found[path] = str(error)
import ctypes, rasterio, rasterio._env
ctypes.CDLL(rasterio._env.__file__).GDALAllRegister()
with rasterio.Env() as env:
    found["drivers"] = sorted(env.drivers())
print(json.dumps(found))
"""


@pytest.mark.parametrize("first", ["", "import rasterio\nwith rasterio.Env(): pass"], ids=["fresh", "rasterio first"])
def test_gdal_itself_neither_writes_nor_fetches(attack, server, first):
    address, calls = server
    mosaics = ["scene.tif", "mosaic.vrt"]
    ways_out = [
        *(f"/vsi{kind}/http://{address}/a.tif" for kind in ("curl", "curl_streaming")),
        *(f"/vsi{kind}/bucket/a.tif" for kind in ("s3", "s3_streaming", "gs", "az", "oss", "swift", "webhdfs")),
        f"http://{address}/a.tif",
        f"/vsizip//vsicurl/http://{address}/a.zip/a.tif",
        f"NETCDF:&quot;http://{address}/a.nc&quot;:v",
        f"WMS:http://{address}/?layers=a",
        f"/vsicurl?proxy=http://{address}&amp;url=http://{address}/a.tif",
        "/vsistdin/",
    ]
    for number, name in enumerate(ways_out):
        mosaics.append(Path(mosaic(attack / f"{number}.vrt", name, "relativeToVRT='0'")).name)
    done = subprocess.run(
        [sys.executable, "-c", BARE.format(first=first), *mosaics],
        cwd=attack,
        env=hostile(attack, address),
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found.pop("drivers")) <= RASTERS
    assert "read" not in found.values()
    assert len(found) == len(mosaics)
    assert (attack / ".bashrc").read_text() == VICTIM
    assert calls == []


def test_the_list_is_kept_and_what_rasterio_needs_stays(tmp_path):
    restrict_gdal()
    with rasterio.Env() as env:
        assert set(env.drivers()) <= RASTERS
        assert {"GTiff", "VRT", "PNG", "JPEG", "MEM"} <= set(env.drivers())


def test_every_format_has_its_reason_and_one_place():
    places = (FORMATS, HARMFUL, UNREAD, VECTOR_FORMATS)
    assert all(len(reason) > 10 for place in places for reason in place.values())
    assert not set(FORMATS) & {*HARMFUL, *UNREAD}
    assert not set(HARMFUL) & set(UNREAD)
    assert "MRF" in HARMFUL
    assert set(IN_MEMORY).isdisjoint(FORMATS)


@pytest.mark.parametrize("place", ["tag", "notes"])
@pytest.mark.parametrize("name", ["/vsicurl/http://SERVER/a.ovr", "other.vrt", "/etc/passwd", ":::BASE:::../a.ovr"])
def test_overviews_are_those_beside_the_raster(tmp_path, server, place, name):
    address, calls = server
    name = name.replace("SERVER", address)
    path = write(tmp_path / "a.tif", np.ones((1, SIDE_PX, SIDE_PX), "uint8"))
    if place == "tag":
        with rasterio.open(path, "r+") as file:
            file.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=name)
    else:
        Path(f"{path}.aux.xml").write_text(
            f"<PAMDataset><Metadata domain='OVERVIEWS'><MDI key='OVERVIEW_FILE'>{name}</MDI></Metadata></PAMDataset>"
        )
    with pytest.raises(InputError, match="as the file of its overviews"):
        RasterSource(path)
    assert calls == []


@pytest.mark.parametrize(
    "text",
    [
        "http://SERVER/crs",
        "https://SERVER/crs.wkt",
        "/vsicurl/http://SERVER/crs",
        "FOLDER/crs",
        "crs",
        "ESRI::FOLDER/crs",
        "+proj=longlat +nadgrids=FOLDER/crs",
        "+proj=longlat +nadgrids=@a,FOLDER/crs",
        "+init=FOLDER/crs:3",
        "http://www.opengis.net/def/../SERVER",
    ],
)
def test_a_crs_is_no_way_to_files_or_addresses(tmp_path, monkeypatch, server, text):
    address, calls = server
    monkeypatch.chdir(tmp_path)
    # Whoever opens a pipe waits for ever.
    os.mkfifo(tmp_path / "crs")
    with pytest.raises(InputError, match="is no CRS"):
        parse_crs(text.replace("SERVER", address).replace("FOLDER", str(tmp_path)))
    assert calls == []


@pytest.mark.parametrize("text", ["EPSG:32618", "OGC:CRS84", "urn:ogc:def:crs:EPSG::4326", "WGS84", "+proj=longlat",
                                  "http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:32633+5773"])  # fmt: skip
def test_codes_and_descriptions_are_a_crs(text):
    crs = parse_crs(text)
    assert parse_crs(crs.to_wkt()) == crs


def test_the_crs_of_a_raster_names_no_file(tmp_path):
    crs = rasterio.crs.CRS.from_string("+proj=longlat +ellps=bessel +nadgrids=@null").to_wkt()
    crs = crs.replace("@null", f"{tmp_path}/shift.gsb")
    write(tmp_path / "a.tif", np.ones((1, SIDE_PX, SIDE_PX), "uint8"))
    quoted = crs.replace('"', "&quot;")
    # Only now: as the CRS is made, PROJ looks for the grid.
    os.mkfifo(tmp_path / "shift.gsb")
    mosaic(tmp_path / "b.vrt", "a.tif")
    text = (tmp_path / "b.vrt").read_text().replace("EPSG:32633", quoted)
    (tmp_path / "b.vrt").write_text(text)
    with pytest.raises(InputError, match="names a file of grids"):
        RasterSource(str(tmp_path / "b.vrt"))


def test_a_start_costs_a_few_milliseconds():
    code = textwrap.dedent("""
        import time
        import rasterio
        with rasterio.Env(): pass
        from qgis_ddpm.core.gdal.drivers import restrict_gdal
        start = time.perf_counter()
        restrict_gdal()
        print(time.perf_counter() - start)
    """)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.05
