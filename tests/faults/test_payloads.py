"""Files with a command, an address or another's file in them: nothing is run, fetched or read, and it is named."""

import json
import os
import pickle
import socket
import struct
import threading
import time

import numpy as np
import pytest
import torch
from PIL import Image

from qgis_ddpm.core.published.weights import read_foreign_weights
from qgis_ddpm.core.raster.images import open_folder
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.core.runners import GDAL_CACHE_BYTES, _bounded_cache
from qgis_ddpm.errors import DdpmError, InputError, JobError, ModelFileError
from qgis_ddpm.jobs import TrainModel, load_job
from tests.core.makers.experiments import experiment_of
from tests.faults.samples import make_samples


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return make_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def server():
    """The address of a web server that only notes who calls, and those calls."""
    calls = []
    listening = socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            caller.settimeout(1)
            calls.append(caller.recv(200))
            caller.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}", calls
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


class Command:
    """What runs a command when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.system, (f"touch {self.path}",)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_command_in_a_checkpoint_is_named_and_not_run(tmp_path, zipped):
    planted = tmp_path / "planted"
    weights = {"a": torch.ones(2), "b": Command(planted)}
    torch.save(weights, tmp_path / "w.pth", _use_new_zipfile_serialization=zipped)
    with pytest.raises(ModelFileError, match=r"system.*Nothing of it was run"):
        read_foreign_weights(str(tmp_path / "w.pth"))
    assert not planted.exists()
    pickle.loads(pickle.dumps(Command(planted)))  # nosec B301 - the proof that it would have been run
    assert planted.exists()


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['touch {}']",
        "!!python/object/new:os.system [touch {}]",
        "!!python/name:os.system",
        "!!python/module:os",
    ],
)
def test_a_command_in_a_job_file_is_named_and_not_run(tmp_path, tag):
    planted = tmp_path / "planted"
    (tmp_path / "job.yaml").write_text(f"job: trainmodel\nmodel: {tag.format(planted)}\n")
    with pytest.raises(JobError, match="python"):
        load_job(str(tmp_path / "job.yaml"))
    assert not planted.exists()


def test_a_few_lines_of_aliases_do_not_fill_the_memory(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    (tmp_path / "job.yaml").write_text("\n".join([*lines, "job: trainmodel", "tiles: *a11"]))
    with pytest.raises(JobError, match="aliases"):
        load_job(str(tmp_path / "job.yaml"))


def vrt(band: str, kind: str = "") -> str:
    return (
        "<VRTDataset rasterXSize='8' rasterYSize='8'><GeoTransform>0,1,0,0,0,-1</GeoTransform>"
        f"<VRTRasterBand dataType='Byte' band='1'{kind}>{band}</VRTRasterBand></VRTDataset>"
    )


def simple(name: str) -> str:
    return f"<SimpleSource><SourceFilename>{name}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>"


def raw(name: str) -> str:
    offsets = "<ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>8</LineOffset>"
    return f"<SourceFilename relativetoVRT='0'>{name}</SourceFilename>{offsets}"


RAW = " subClass='VRTRawRasterBand'"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (vrt(simple("/vsicurl/http://SERVER/a.tif")), "vsicurl"),
        (vrt(simple("/vsicurl_streaming/http://SERVER/a.tif")), "vsicurl"),
        (vrt(simple("http://SERVER/a.tif")), "http://"),
        (vrt(simple("&#47;vsicurl/http://SERVER/a.tif")), "vsicurl"),
        (vrt(simple("/vsizip//vsicurl/http://SERVER/a.zip/a.tif")), "vsicurl"),
        (vrt(simple("/vsis3/bucket/a.tif")), "vsis3"),
        (vrt(simple("WMS:http://SERVER/?")), "http://"),
        (vrt(raw("/vsicurl/http://SERVER/a.bin"), RAW), "vsicurl"),
        (vrt(raw("/etc/passwd"), RAW), "/etc/passwd"),
        (vrt(raw("../../../../../../../etc/passwd"), RAW), "etc/passwd"),
        (vrt(simple("/etc/passwd")), "/etc/passwd"),
        ("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + vrt(simple("&e;")), "document type"),
        (
            vrt(
                "<PixelFunctionType>f</PixelFunctionType><PixelFunctionLanguage>Python</PixelFunctionLanguage>"
                "<PixelFunctionCode>import os; os.system('touch PLANTED')</PixelFunctionCode>" + simple("a.tif"),
                " subClass='VRTDerivedRasterBand'",
            ),
            "Python code",
        ),
        (vrt(simple("outer.vrt")), "deep"),
    ],
)
def test_a_virtual_raster_reaches_only_rasters_in_local_files(tmp_path, server, text, named):
    address, calls = server
    planted = tmp_path / "planted"
    path = tmp_path / "outer.vrt"
    path.write_text(text.replace("SERVER", address).replace("PLANTED", str(planted)))
    with pytest.raises(InputError) as caught, RasterSource(str(path)) as source:
        source.read(0, 0, 8, 8)
    assert named in str(caught.value)
    # Nor one virtual raster deeper.
    (tmp_path / "upper.vrt").write_text(vrt(simple(str(path))))
    with pytest.raises(InputError), RasterSource(str(tmp_path / "upper.vrt")) as source:
        source.read(0, 0, 8, 8)
    assert calls == []
    assert not planted.exists()


def test_without_our_look_gdal_itself_still_reaches_no_network(tmp_path, server, monkeypatch):
    monkeypatch.setattr("qgis_ddpm.core.gdal.opening.check_raster", lambda path: None)
    address, calls = server
    for number, name in enumerate(
        ("/vsicurl/http://SERVER/a.tif", "/vsicurl_streaming/http://SERVER/a.tif", "http://SERVER/a")
    ):
        path = tmp_path / f"{number}.vrt"
        path.write_text(vrt(simple(name.replace("SERVER", address))))
        with _bounded_cache(GDAL_CACHE_BYTES), pytest.raises(InputError), RasterSource(str(path)) as source:
            source.read(0, 0, 8, 8)
    assert calls == []


@pytest.mark.parametrize(
    "path", ["/vsicurl/http://SERVER/a.tif", "http://SERVER/a.tif", "WMS:http://SERVER/?", "GPKG:/x"]
)
def test_a_name_that_is_no_local_file_is_no_raster(server, path):
    address, calls = server
    with pytest.raises(InputError, match="does not exist"):
        RasterSource(path.replace("SERVER", address))
    assert calls == []


def test_formats_that_name_services_or_databases_are_not_tried(tmp_path, server):
    address, calls = server
    (tmp_path / "a.tif").write_text(
        f"<GDAL_WMS><Service name='TMS'><ServerUrl>http://{address}/${{z}}</ServerUrl></Service><DataWindow>"
        "<UpperLeftX>0</UpperLeftX><UpperLeftY>9</UpperLeftY><LowerRightX>9</LowerRightX><LowerRightY>0</LowerRightY>"
        "<SizeX>8</SizeX><SizeY>8</SizeY></DataWindow><BandsCount>1</BandsCount></GDAL_WMS>"
    )
    with pytest.raises(InputError, match="cannot be read as a raster"):
        RasterSource(str(tmp_path / "a.tif"))
    assert calls == []


def test_a_mosaic_of_local_rasters_is_read_as_ever(samples):
    with RasterSource(samples["mosaic.vrt"]) as mosaic, RasterSource(samples["before.tif"]) as source:
        assert np.array_equal(mosaic.read(0, 0, 48, 48)[0][0], source.read(0, 0, 48, 48)[0][0])


def test_pixels_packed_a_thousandfold_are_refused_before_they_are_unpacked(tmp_path, samples):
    content = bytearray((samples.folder / "after.tif").read_bytes())
    (start,) = struct.unpack_from("<I", content, 4)
    (count,) = struct.unpack_from("<H", content, start)
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        (tag,) = struct.unpack_from("<H", content, entry)
        if tag in (256, 257, 322, 323):
            # Width, height and the sides of a tile: one tile of more than a thousand million pixels.
            struct.pack_into("<HHII", content, entry, tag, 4, 1, 40_000)
    (tmp_path / "bomb.tif").write_bytes(content)
    with pytest.raises(InputError, match=r"blocks of \d+ MB|cannot be read"):
        RasterSource(str(tmp_path / "bomb.tif"))


def test_a_digit_file_that_announces_more_than_any_memory_is_refused(tmp_path):
    for count, side in (((1 << 32) - 1, 4096), (10_000_000, 28)):
        (tmp_path / "d.idx").write_bytes(b"\0\0\x08\x03" + struct.pack(">III", count, side, side) + b"few")
        with pytest.raises(InputError, match=r"announces|cut off"):
            open_folder(str(tmp_path / "d.idx"))


def test_a_picture_that_announces_more_than_any_memory_is_refused(tmp_path, samples):
    content = bytearray((samples.folder / "rgb.png").read_bytes())
    struct.pack_into(">II", content, 16, 1 << 30, 1 << 30)
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(InputError):
        open_folder(str(tmp_path)).read(0)
    assert Image.MAX_IMAGE_PIXELS <= 1 << 28


def test_an_experiment_folder_leads_nowhere_else(tmp_path, samples):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "kept").write_text("contents")
    job = TrainModel(input=(samples["before.tif"],), model=str(tmp_path / "m.safetensors"), tiles=4)
    for name in ("samples", "job.yaml", "metrics.csv", "job.yaml.part", ".lock"):
        folder = tmp_path / f"e {name}"
        folder.mkdir()
        os.symlink(secret if name == "samples" else secret / "kept", folder / name)
        try:
            experiment = experiment_of(str(folder), job)
        except DdpmError:
            continue
        experiment.write_metrics()
        experiment.add_picture("samples/1.png", b"png")
        experiment.close()
    assert os.listdir(secret) == ["kept"]
    assert (secret / "kept").read_text() == "contents"


def test_a_card_that_names_files_and_addresses_opens_none(samples, tmp_path, server):
    from qgis_ddpm.card import read_model_card
    from qgis_ddpm.core.model import load_model

    address, calls = server
    content = (samples.folder / "model.safetensors").read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    card = json.loads(header["__metadata__"]["card"])
    card.update(crs=f"/vsicurl/http://{address}/crs", licence="/etc/passwd", data=f"http://{address}/")
    card["training"] = {"job": {"input": ["/etc/passwd"], "config": f"/vsicurl/http://{address}/c.yaml"}}
    header["__metadata__"]["card"] = json.dumps(card)
    text = json.dumps(header).encode()
    path = tmp_path / "m.safetensors"
    path.write_bytes(struct.pack("<Q", len(text)) + text + content[8 + length :])
    assert read_model_card(str(path)).licence == "/etc/passwd"
    load_model(path)
    from qgis_ddpm.core import run
    from qgis_ddpm.jobs import SampleTiles

    with pytest.raises(DdpmError, match="CRS"):
        list(run(SampleTiles(model=str(path), count=1, steps=1, output=str(tmp_path / "o.tif"))))
    assert calls == []


def test_a_raster_that_announces_more_bands_than_any_sensor_has_is_refused_at_once(tmp_path, samples):
    content = bytearray((samples.folder / "palette.tif").read_bytes())
    (start,) = struct.unpack_from("<I", content, 4)
    (count,) = struct.unpack_from("<H", content, start)
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        if struct.unpack_from("<H", content, entry) == (277,):
            struct.pack_into("<H", content, entry + 8, 65535)
    (tmp_path / "a.tif").write_bytes(content)
    started = time.process_time()
    with pytest.raises(InputError, match="announces 65535 bands"):
        RasterSource(str(tmp_path / "a.tif"))
    assert time.process_time() - started < 5
