"""Every format that is read: reading a file of it changes nothing on the disk and says nothing on the network."""

import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from PIL import Image
from rasterio.transform import from_origin

from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.raster_formats import FORMATS

ROOT = Path(__file__).resolve().parents[3]
SIDE_PX = 64
# One degree of three arc seconds, as these two formats know no other size.
TILE_PX = 1201
TILE_FORMATS = ("DTED", "SRTMHGT")
FILES = {
    "GTiff": "a.tif", "VRT": "a.vrt", "PNG": "a.png", "JPEG": "a.jpg", "JP2OpenJPEG": "a.jp2", "WEBP": "a.webp",
    "GIF": "a.gif", "BMP": "a.bmp", "SGI": "a.rgb", "TGA": "a.tga", "KRO": "a.kro", "BT": "a.bt",
    "USGSDEM": "a.dem", "SRTMHGT": "N46E007.hgt", "DTED": "n46.dt1", "NITF": "a.ntf", "GRIB": "a.grb2",
    "GSBG": "a.grd", "GS7BG": "a.grd", "AAIGrid": "a.asc", "ENVI": "a.img", "EHdr": "a.bil", "SAGA": "a.sdat",
    "RRASTER": "a.grd", "HFA": "a.img",
}  # fmt: skip
IN_FLOAT = ("BT", "GRIB", "GSBG", "GS7BG", "SAGA")
BY_PILLOW = ("SGI", "TGA", "WEBP")
# Everything that would make, change or remove a file: inotify(7).
WRITES = 0x2 | 0x4 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400
IN_NONBLOCK = os.O_NONBLOCK
READER = """
import sys
from qgis_ddpm.core.gdal.drivers import restrict_gdal
from qgis_ddpm.core.raster.source import RasterSource
for path in sys.argv[1:]:
    print("READ", path)
    with RasterSource(path, mask=path) as source:
        source.read(0, 0, *source.grid.shape)
        source.tags, source.band_names, source.scales, source.block_shape
"""


def make(folder: Path, driver: str) -> Path:
    """A file of a format, with whatever the driver puts beside it."""
    folder.mkdir()
    path = folder / FILES[driver]
    pixels = np.random.default_rng(0).integers(1, 200, (SIDE_PX, SIDE_PX)).astype("uint8")
    if driver in BY_PILLOW:
        Image.fromarray(pixels).save(path, format=driver)
        return path
    place = {"crs": "EPSG:4326", "transform": from_origin(7, 47, 0.01, 0.01)}
    if driver in TILE_FORMATS:
        pixels = np.full((TILE_PX, TILE_PX), 300, "int16")
        pixels[:100] = 500
        step = 1 / (TILE_PX - 1)
        place["transform"] = from_origin(7 - step / 2, 47 + step / 2, step, step)
    if driver == "USGSDEM":
        pixels = pixels.astype("int16")
        place = {"crs": "EPSG:26918", "transform": from_origin(500000, 4500000, 30, 30)}
    if driver in IN_FLOAT:
        pixels = pixels.astype("float32")
    # A VRT stays on what it was made from.
    plain = folder / "plain.tif" if driver == "VRT" else folder.with_suffix(".tif")
    with rasterio.open(
        plain, "w", driver="GTiff", count=1, width=len(pixels), height=len(pixels), dtype=pixels.dtype, **place
    ) as file:
        file.write(pixels, 1)
    if driver == "GTiff":
        shutil.copy(plain, path)
    else:
        rasterio.shutil.copy(str(plain), str(path), driver=driver)
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("formats")
    return {driver: make(folder / driver, driver) for driver in FORMATS}


def state(folder: Path) -> dict[str, tuple[int, int]]:
    about = {str(path): path.stat() for path in [folder, *folder.rglob("*")]}
    return {path: (found.st_size, found.st_mtime_ns) for path, found in about.items()}


class Watch:
    """What the kernel tells of changes below folders, of files too that are gone again at the end."""

    def __init__(self, folders: list[Path]) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._queue = self._libc.inotify_init1(IN_NONBLOCK)
        for folder in folders:
            assert self._libc.inotify_add_watch(self._queue, os.fsencode(folder), WRITES) >= 0

    def seen(self) -> list[str]:
        names = []
        try:
            told = os.read(self._queue, 1 << 16)
        except BlockingIOError:
            told = b""
        place = 0
        while place < len(told):
            (length,) = struct.unpack_from("I", told, place + 12)
            names.append(told[place + 16 : place + 16 + length].rstrip(b"\0").decode())
            place += 16 + length
        os.close(self._queue)
        return names


@pytest.mark.skipif(sys.platform != "linux", reason="the watch is Linux's")
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize("driver", FORMATS)
def test_reading_touches_nothing(driver: str, files: dict[str, Path], tmp_path: Path, monkeypatch) -> None:
    path = files[driver]
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before, watch = state(path.parent), Watch([path.parent, tmp_path])
    with RasterSource(str(path), mask=str(path)) as source:
        pixels, _ = source.read(0, 0, *source.grid.shape)
        source._dataset.dataset_mask()
        assert source._dataset.driver == driver
    assert pixels.shape[1:] == source.grid.shape
    assert state(path.parent) == before
    assert watch.seen() == []
    assert list(tmp_path.iterdir()) == []


def test_the_watch_sees_a_file_that_comes_and_goes(tmp_path: Path) -> None:
    watch = Watch([tmp_path])
    (tmp_path / "gone").write_text("x")
    (tmp_path / "gone").unlink()
    assert "gone" in watch.seen()


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_reading_opens_no_socket_and_nothing_for_writing(files: dict[str, Path], tmp_path: Path) -> None:
    log = tmp_path / "calls"
    hostile = {
        "GDAL_HTTP_PROXY": "127.0.0.1:1", "http_proxy": "http://127.0.0.1:1", "GDAL_DRIVER_PATH": str(tmp_path),
        "GDAL_PAM_PROXY_DIR": str(tmp_path), "PROJ_NETWORK": "ON", "CPL_DEBUG": "ON", "CPL_LOG": str(tmp_path / "log"),
    }  # fmt: skip
    done = subprocess.run(
        [
            *("strace", "-f", "-qq", "-o", str(log), "-e", "trace=network,open,openat,unlink,unlinkat,rename,mkdir"),
            *(sys.executable, "-B", "-c", READER, *map(str, files.values())),
        ],
        cwd=ROOT,
        env={**os.environ, **hostile},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("READ") == len(FORMATS)
    calls = log.read_text().splitlines()
    assert len(calls) > len(FORMATS)
    assert not [call for call in calls if re.search(r"\b(socket|connect|sendto)\(", call)]
    # What Python and its libraries do as they begin is not of the rasters.
    reading = next(number for number, call in enumerate(calls) if str(next(iter(files.values()))) in call)
    writing = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|unlink|rename|mkdir")
    assert [call for call in calls[reading:] if writing.search(call)] == []
