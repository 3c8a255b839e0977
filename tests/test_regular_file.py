"""Pipes, devices, sockets and folders in the place of files: refused at once, for every path that a job reads."""

import os
import socket
import threading
from pathlib import Path

import pytest

from qgis_ddpm.card import is_detector, read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.learning.checkpoint import load_checkpoint
from qgis_ddpm.core.model.weights import read_tensors
from qgis_ddpm.core.published.config import read_published_config
from qgis_ddpm.core.published.weights import read_foreign_weights
from qgis_ddpm.core.raster.images import open_folder
from qgis_ddpm.core.raster.source import RasterSource, open_mask
from qgis_ddpm.core.raster.vectors_in import read_polygons
from qgis_ddpm.errors import DdpmError, InputError, ModelFileError
from qgis_ddpm.jobs import JOBS, TrainModel
from qgis_ddpm.jobs.config import configured
from qgis_ddpm.jobs.file import read_job_file
from qgis_ddpm.model_folder import find_model, list_models
from qgis_ddpm.regular_file import open_regular, open_text, refuse_special, special_kind
from tests.faults.samples import make_samples

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps such things out of its folders")

READERS = {
    "raster": RasterSource,
    "mask": lambda path: open_mask(path, None),
    "polygons": lambda path: read_polygons("LABELS", path),
    "model card": read_model_card,
    "model": read_tensors,
    "checkpoint": lambda path: load_checkpoint(path, None, None),
    "foreign weights": read_foreign_weights,
    "job file": read_job_file,
    "settings": lambda path: configured(TrainModel(input=("a.tif",), model="m.safetensors", config=path)),
    "published configuration": read_published_config,
    "images": lambda path: open_folder(path),
}
ENDINGS = {
    "raster": ".tif", "mask": ".tif", "polygons": ".geojson", "job file": ".yaml", "settings": ".yaml",
    "published configuration": ".json", "foreign weights": ".pth",
}  # fmt: skip


SPECIAL = {"device": "/dev/zero", "terminal": "/dev/ptmx", "kernel": "/proc/kmsg"}


def make(kind, path):
    """Something that is no file, where a file is expected."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(SPECIAL[kind])


@pytest.mark.parametrize(
    ("reader", "kind"),
    [
        (reader, kind)
        for reader in READERS
        for kind in ("pipe", "socket", "folder", "device", "kernel")
        # A folder of images is one.
        if (reader, kind) != ("images", "folder")
    ],
)
def test_what_is_no_file_is_refused_at_once(short_path, reader, kind):
    path = short_path / f"p{ENDINGS.get(reader, '.safetensors')}"
    make(kind, path)
    errors = []

    def read():
        try:
            READERS[reader](str(path))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive(), "it waits"
    assert len(errors) == 1
    assert isinstance(errors[0], DdpmError), errors
    assert str(path) in str(errors[0])
    assert "\n" not in str(errors[0])


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    made = make_samples(tmp_path_factory.mktemp("samples"))
    (made.folder / "grid.yaml").write_text("batch_size: [2, 4]\n")
    return made


@pytest.fixture
def short_path(tmp_path_factory):
    """A folder whose path is short enough for a socket."""
    folder = Path(os.path.realpath("/tmp")) / f"rf{os.getpid()}"
    folder.mkdir()
    yield folder
    for path in folder.iterdir():
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()


@pytest.mark.parametrize("kind", ["pipe", "device", "terminal", "kernel", "folder"])
def test_only_regular_files_are_opened(tmp_path, kind):
    make(kind, tmp_path / "p")
    for look in (refuse_special, open_regular, open_text):
        with pytest.raises(OSError, match="not a file"):
            look(str(tmp_path / "p"))


def test_a_file_is_read_through_links_and_says_what_it_holds(tmp_path):
    (tmp_path / "a").write_bytes("é\r\n".encode())
    (tmp_path / "b").symlink_to("a")
    with open_regular(str(tmp_path / "b")) as file:
        assert file.read() == "é\r\n".encode()
    with open_text(str(tmp_path / "b")) as text:
        assert text.read() == "é\n"
    assert special_kind(str(tmp_path / "b")) == special_kind(str(tmp_path / "gone")) == special_kind("a\0") == ""
    with pytest.raises(FileNotFoundError):
        open_regular(str(tmp_path / "gone"))


def test_a_pipe_in_the_models_folder_is_no_model(tmp_path, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path))
    make_samples(tmp_path)
    os.mkfifo(tmp_path / "a.safetensors")
    (tmp_path / "b.safetensors").symlink_to("/dev/zero")
    names = [os.path.basename(path) for path in list_models()]
    assert "model.safetensors" in names
    assert not {"a.safetensors", "b.safetensors"} & set(names)
    assert not is_detector(str(tmp_path / "a.safetensors"))
    with pytest.raises(ModelFileError):
        find_model("a.safetensors")


def test_a_pipe_among_images_or_beside_a_raster_is_named(tmp_path):
    make_samples(tmp_path / "s")
    os.mkfifo(tmp_path / "s" / "z.png")
    for name in ("digits-idx3-ubyte", "digits-idx3-ubyte.gz"):
        (tmp_path / "s" / name).unlink()
    with pytest.raises(InputError, match=r"z\.png.*named pipe"):
        open_folder(str(tmp_path / "s"))
    # The samples have notes of their own, which a pipe takes the place of.
    (tmp_path / "s" / "before.tif.aux.xml").unlink()
    for beside in ("before.tif.aux.xml", "before.tfw", "before.tif.ovr", "before.tif.msk", "before.imd", "x_MTL.txt"):
        os.mkfifo(tmp_path / "s" / beside)
        with pytest.raises(InputError, match="named pipe"):
            RasterSource(str(tmp_path / "s" / "before.tif"))
        (tmp_path / "s" / beside).unlink()
    RasterSource(str(tmp_path / "s" / "before.tif")).close()


# What a job needs beside the field that is tried; {} is the folder of samples.
WHOLE = {
    "trainmodel": {"input": "{}/before.tif"},
    "importcheckpoint": {"input": "{}/weights.pth"},
    "exportmodel": {"model": "{}/model.safetensors"},
    "getmodel": {"name": "a-model"},
    "comparesettings": {"input": "{}/before.tif", "grid": "{}/grid.yaml"},
    "stackscene": {"files": "{}/labels.tif"},
    "sampletiles": {"model": "{}/model.safetensors"},
    "assesstiles": {"tiles": "{}/before.tif", "reference": "{}/before.tif"},
    "traindetector": {
        "model": "{}/model.safetensors",
        "before": "{}/before.tif",
        "after": "{}/after.tif",
        "labels": "{}/labels.tif",
    },
    "detectchanges": {"before": "{}/before.tif", "after": "{}/after.tif"},
    "detectseries": {"input": "{0}/before.tif;{0}/after.tif;{0}/labels.tif", "dates": "1999,2000,2001"},
    "applythreshold": {"probability": "{}/before.tif", "threshold": "0.5"},
    "assesschanges": {"predicted": "{}/labels.tif", "reference": "{}/labels.geojson"},
    "fillgaps": {"input": "{}/before.tif"},
}
INSTEAD = {
    "source": "model",
    "folder": "input",
    "tiles_folder": "tiles",
    "reference_folder": "reference",
    "sample_labels": "reference",
}
READ_FIELDS = [
    (name, item.name)
    for name in WHOLE
    for item in JOBS[name].options()
    # HEAD comes after a whole INPUT of megabytes, and by the same reader.
    if item.role not in ("value", "bands", "extent", "crs") and not item.is_destination and item.name != "head"
]


def test_every_job_that_reads_is_tried():
    assert set(JOBS) - set(WHOLE) == {"setupenvironment", "checkenvironment"}
    assert len(READ_FIELDS) > 25


@pytest.mark.parametrize(("name", "field"), READ_FIELDS, ids=lambda part: part)
def test_no_field_of_a_job_waits_for_a_pipe(tmp_path, samples, name, field):
    os.mkfifo(tmp_path / "p")
    kind = JOBS[name]
    values = {key: value.format(samples.folder) for key, value in WHOLE[name].items()}
    if field in INSTEAD:
        for replaced in (INSTEAD[field], "before", "after", "labels"):
            values.pop(replaced, None)
    needed = [item for item in kind.options() if item.is_destination and item.role != "folder_out"][:1]
    values.update({item.name: f"{tmp_path}/o{item.suffix or '.html'}" for item in needed}, **{field: f"{tmp_path}/p"})
    if (name, field) == ("detectseries", "input"):
        values["input"] = f"{tmp_path}/p;{samples.folder}/before.tif;{samples.folder}/after.tif"
    if (name, field) == ("stackscene", "input"):
        values.pop("files")
    if name == "comparesettings":
        values["experiment"] = str(tmp_path / "e")
    errors = []

    def work():
        try:
            list(run(kind.from_values(values)))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive(), "it waits"
    assert isinstance(errors[0], DdpmError), errors
    assert f"{tmp_path}/p" in str(errors[0])
