"""No output is an input: every job, every pair of a path that it reads and a path that it writes."""

import itertools
import os
import time
from pathlib import Path
from typing import Any

import pytest

from qgis_ddpm import file_identity, remote
from qgis_ddpm.cli import main
from qgis_ddpm.core import run
from qgis_ddpm.errors import JobError
from qgis_ddpm.job_files import RASTER_ROLES, input_states, reads, writes
from qgis_ddpm.jobs import JOBS, DetectChanges, SampleTiles, SetupEnvironment, TrainModel
from qgis_ddpm.jobs.option import Option
from qgis_ddpm.own_inputs import refuse_outputs_that_are_inputs

READ_ROLES = (*RASTER_ROLES, "folder", "file", "address", "model", "detector")
REFUSED = r"is read by the job as|is written by .* too"


def options(kind: Any, written: bool) -> list[Option]:
    return [item for item in kind.options() if item.is_destination == written and (written or item.role in READ_ROLES)]


PAIRS = [
    (name, source.name, target.name)
    for name, kind in JOBS.items()
    for source, target in itertools.product(options(kind, False), options(kind, True))
]
TWO_OUTPUTS = [
    (name, first.name, second.name)
    for name, kind in JOBS.items()
    for first, second in itertools.combinations(options(kind, True), 2)
]


@pytest.fixture(autouse=True)
def _no_models(tmp_path, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path / "models"))
    (tmp_path / "models").mkdir()


def job_of(tmp_path: Path, name: str, **changes: Any) -> Any:
    """A job with a file or folder for every path that it reads and writes."""
    kind, values = JOBS[name], {}
    for item in kind.options():
        place = tmp_path / f"{item.name}{item.suffix or '.tif'}"
        if item.role == "folder":
            place = tmp_path / item.name
            place.mkdir(exist_ok=True)
            (place / "image.png").write_bytes(b"image")
        elif item.role in READ_ROLES and not place.exists():
            place.write_bytes(b"{}" if item.suffix in (".yaml", ".json") else b"input")
        if item.role in READ_ROLES or item.is_destination:
            values[item.name] = listed(tmp_path, name, item.name, str(place)) if item.is_list else str(place)
        elif item.required:
            values[item.name] = "a-name"
    for item, value in changes.items():
        values[item] = listed(tmp_path, name, item, value) if kind.option(item).is_list else value
    return kind(**values)


def listed(tmp_path: Path, name: str, field: str, path: str) -> tuple[str, ...]:
    """A path as a list, with others where a job wants several."""
    if (name, field) != ("detectseries", "input"):
        return (path,)
    others = [tmp_path / f"{number}.tif" for number in (1, 2)]
    for other in others:
        other.write_bytes(b"input")
    return (path, *map(str, others))


def contents(folder: Path) -> dict[str, Any]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def path_read(job: Any, name: str) -> str:
    value = getattr(job, name)
    return value[0] if isinstance(value, tuple) else value


def test_there_are_many_pairs():
    assert len(PAIRS) >= 75
    assert len(TWO_OUTPUTS) >= 15
    assert {name for name, _, _ in PAIRS} == set(JOBS)


@pytest.mark.parametrize("name", JOBS)
def test_a_job_whose_paths_all_differ_is_not_refused(tmp_path, name):
    job = job_of(tmp_path, name)
    refuse_outputs_that_are_inputs(job)
    assert {each.field for each in reads(job)} >= {item.parameter for item in options(type(job), False)}
    assert {each.field for each in writes(job)} == {item.parameter for item in options(type(job), True)}


@pytest.mark.parametrize(("name", "source", "target"), PAIRS)
def test_an_output_that_is_an_input_is_refused_before_anything_is_touched(tmp_path, name, source, target):
    job = job_of(tmp_path, name)
    job = job.replace(**{target: path_read(job, source)})
    before = contents(tmp_path)
    with pytest.raises(JobError, match=REFUSED) as caught:
        next(run(job))
    assert source.upper() in str(caught.value)
    assert target.upper() in str(caught.value)
    assert caught.value.exit_status == 2
    assert contents(tmp_path) == before


@pytest.mark.parametrize(("name", "source", "target"), PAIRS)
@pytest.mark.parametrize("way", ["link", "hard link", "spelling"])
def test_whatever_way_leads_to_the_input(tmp_path, name, source, target, way):
    job = job_of(tmp_path, name)
    path, other = path_read(job, source), str(tmp_path / "other")
    if way == "spelling":
        other = os.path.join(tmp_path, "models", "..", ".", os.path.relpath(path, tmp_path))
    elif way == "link":
        os.symlink(path, other)
    elif os.path.isdir(path):
        # Folders have one name; the file in it has another here.
        path = os.path.join(path, "image.png")
        os.link(path, other)
    else:
        os.link(path, other)
    if JOBS[name].option(target).role == "folder_out" and way == "hard link":
        # A file is no folder, however it is called.
        other = path
    with pytest.raises(JobError, match=REFUSED):
        next(run(job.replace(**{target: other})))


@pytest.mark.parametrize(("name", "first", "second"), TWO_OUTPUTS)
def test_two_outputs_that_are_one_file_are_refused(tmp_path, name, first, second):
    job = job_of(tmp_path, name)
    with pytest.raises(JobError, match=f"{second.upper()}|{first.upper()}"):
        refuse_outputs_that_are_inputs(job.replace(**{second: getattr(job, first)}))
    # Neither is there yet, and a link leads to the one's folder.
    os.symlink(tmp_path, tmp_path / "alias")
    other = str(tmp_path / "alias" / os.path.basename(getattr(job, first)))
    with pytest.raises(JobError, match=REFUSED):
        refuse_outputs_that_are_inputs(job.replace(**{second: other}))


def detection(tmp_path: Path, **changes: Any) -> DetectChanges:
    for name in ("a.tif", "b.tif"):
        if not (tmp_path / name).exists():
            (tmp_path / name).write_bytes(b"pixels")
    values = {"before": str(tmp_path / "a.tif"), "after": str(tmp_path / "b.tif"), "output": str(tmp_path / "o.tif")}
    return DetectChanges(**{**values, **changes})


def refused(job: Any, words: str = REFUSED) -> None:
    with pytest.raises(JobError, match=words):
        refuse_outputs_that_are_inputs(job)


@pytest.mark.parametrize(
    "companion",
    ["a.tif.aux.xml", "a.tif.ovr", "a.tif.msk", "a.tfw", "a.tifw", "a.hdr", "a.prj", "a.aux.xml", "a.TFW", "a.rrd"],
)
@pytest.mark.parametrize("there", [True, False])
def test_what_lies_beside_an_input_is_read_too(tmp_path, companion, there):
    if there:
        (tmp_path / companion).write_bytes(b"beside")
    refused(detection(tmp_path, output=str(tmp_path / companion)), r"OUTPUT .* BEFORE")


@pytest.mark.parametrize(
    ("vector", "companion"), [("v.shp", "v.dbf"), ("v.shp", "v.shx"), ("v.shp", "v.cpg"), ("v.gpkg", "v.gpkg-wal")]
)
def test_vectors_of_several_files(tmp_path, vector, companion):
    for name in (vector, companion):
        (tmp_path / name).write_bytes(b"beside")
    job = job_of(tmp_path, "assesschanges", reference=str(tmp_path / vector), report=str(tmp_path / companion))
    refused(job, "REPORT .* REFERENCE")


def test_what_is_written_beside_an_output_is_no_input(tmp_path):
    for name in ("o.tif.aux.xml", "o.tif.msk", "o.qml", "o.tif.part", ".o.tif.lock", "o.tif.ovr"):
        (tmp_path / name).write_bytes(b"input")
        refused(detection(tmp_path, before=str(tmp_path / name)), "OUTPUT .* BEFORE")
        os.link(tmp_path / name, tmp_path / "hard.tif")
        refused(detection(tmp_path, mask_after=str(tmp_path / "hard.tif")), "OUTPUT .* MASK_AFTER")
        os.unlink(tmp_path / "hard.tif")
    # Beside a raster and a vector of one name lies one style.
    refuse_outputs_that_are_inputs(detection(tmp_path, polygons=str(tmp_path / "o.geojson")))
    refused(detection(tmp_path, probability=str(tmp_path / "o.tif.part")), "PROBABILITY .* OUTPUT")
    refused(detection(tmp_path, polygons=str(tmp_path / "o.tif.aux.xml")), "POLYGONS .* OUTPUT")


def vrt(path: Path, source: str, text: str = '<SourceFilename relativeToVRT="1">{}</SourceFilename>') -> str:
    content = f"<VRTDataset rasterXSize='1' rasterYSize='1'>{text.format(source)}</VRTDataset>"
    path.write_text(content)
    return content


@pytest.mark.parametrize(
    "text",
    [
        '<SourceFilename relativeToVRT="1">{}</SourceFilename>',
        "<SourceFilename><![CDATA[{}]]></SourceFilename>",
        '<SourceDataset relativeToVRT="1">{}</SourceDataset>',
        '<Argument name="gain_dataset_filename_1">{}</Argument>',
    ],
)
def test_the_sources_of_virtual_rasters_are_inputs(tmp_path, monkeypatch, text):
    (tmp_path / "deep").mkdir()
    (tmp_path / "s & t.tif").write_bytes(b"pixels")
    (tmp_path / "s & t.tif.msk").write_bytes(b"mask")
    escaped = "../s & t.tif" if "CDATA" in text else "../s &amp; t.tif"
    vrt(tmp_path / "deep" / "inner.vrt", escaped, text)
    vrt(tmp_path / "outer.vrt", "deep/inner.vrt")
    for name in ("s & t.tif", "s & t.tif.msk", "deep/inner.vrt", "outer.vrt"):
        refused(detection(tmp_path, after=str(tmp_path / "outer.vrt"), output=str(tmp_path / name)), "OUTPUT .* AFTER")
    monkeypatch.chdir(tmp_path)
    inline = vrt(tmp_path / "unused.vrt", "deep/inner.vrt")
    for before in (inline, "vrt://s & t.tif?bands=1", "GTIFF_DIR:1:s & t.tif"):
        refused(detection(tmp_path, before=before, output=str(tmp_path / "s & t.tif")), "OUTPUT .* BEFORE")


def test_virtual_rasters_that_name_each_other_end(tmp_path):
    vrt(tmp_path / "a.vrt", "b.vrt")
    vrt(tmp_path / "b.vrt", "a.vrt")
    job = detection(tmp_path, before=str(tmp_path / "a.vrt"))
    refuse_outputs_that_are_inputs(job)
    refused(job.replace(output=str(tmp_path / "b.vrt")))


def test_a_layer_in_a_file_and_a_file_in_an_archive_are_their_file(tmp_path):
    for name in ("v.gpkg", "z.zip"):
        (tmp_path / name).write_bytes(b"")
    job = job_of(tmp_path, "assesschanges", reference=f"{tmp_path}/v.gpkg|layername=a", report=f"{tmp_path}/v.gpkg")
    refused(job, "REPORT .* REFERENCE")
    refused(detection(tmp_path, before=f"/vsizip/{tmp_path}/z.zip/a.tif", output=f"{tmp_path}/z.zip"))


def test_folders_that_are_read_and_written(tmp_path):
    images = tmp_path / "images"
    (images / "samples").mkdir(parents=True)
    (images / "samples" / "1.png").write_bytes(b"image")
    (images / "notes.html").write_bytes(b"page")
    values = {"folder": str(images), "model": str(tmp_path / "m.safetensors")}
    refused(TrainModel(**values, experiment=f"{images}/."), "EXPERIMENT .* FOLDER")
    refused(TrainModel(**{**values, "folder": str(images / "samples")}, experiment=str(images)), "EXPERIMENT .* FOLDER")
    refused(TrainModel(**values, report=str(images / "samples" / "1.png")), "REPORT .* FOLDER")
    # A page is no image; a folder of images may hold its model, and its experiment one level deeper.
    refuse_outputs_that_are_inputs(
        TrainModel(**values, report=str(images / "notes.html"), experiment=str(images / "experiment"))
    )
    refused(
        TrainModel(**{**values, "model": str(tmp_path / "e" / "checkpoint.safetensors")}, experiment=f"{tmp_path}/e")
    )
    tile = tmp_path / "t" / "tile_00001.tif"
    tile.parent.mkdir()
    for name in ("template.tif", tile.name):
        (tile.parent / name).write_bytes(b"pixels")
    sampling = {
        "model": str(tmp_path / "m.safetensors"),
        "output": str(tmp_path / "o.tif"),
        "tiles_folder": tile.parent,
    }
    sampling["tiles_folder"] = str(tile.parent)
    refused(SampleTiles(**sampling, template=str(tile)), "TILES_FOLDER .* TEMPLATE")
    refuse_outputs_that_are_inputs(SampleTiles(**sampling, template=str(tile.parent / "template.tif")))
    refused(SampleTiles(**{**sampling, "output": str(tile)}), "OUTPUT .* TILES_FOLDER")


def test_models_of_the_models_folder_are_found_by_their_names(tmp_path):
    model = tmp_path / "models" / "mine.safetensors"
    model.write_bytes(b"model")
    values = {"model": "mine.safetensors", "output": str(model)}
    refused(SampleTiles(**values), "OUTPUT .* MODEL")
    # No model is named: any of the folder may be read.
    refused(detection(tmp_path, output=str(model)), "OUTPUT .* MODEL")
    # Training anew what it does not start from is no loss of an input.
    refuse_outputs_that_are_inputs(TrainModel(input=("a.tif",), model=str(model)))


def test_what_files_of_fields_name_is_read(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("x.tif", "y.tif"):
        (tmp_path / name).write_bytes(b"pixels")
    (tmp_path / "deep" / "grid.yaml").write_text("input: [[../x.tif], [../y.tif]]\npreset: [tiny, small]\n")
    (tmp_path / "config.yaml").write_text("input: y.tif\n")
    values = {"grid": str(tmp_path / "deep" / "grid.yaml"), "minutes": 1.0, "input": "z.tif"}
    for name in ("x.tif", "y.tif", "deep/grid.yaml"):
        refused(JOBS["comparesettings"].from_values({**values, "report": str(tmp_path / name)}), "REPORT .* GRID")
    training = TrainModel(model=str(tmp_path / "y.tif"), config=str(tmp_path / "config.yaml"))
    with pytest.raises(JobError, match=r"MODEL .* (INPUT|CONFIG)"):
        next(run(training))


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_the_job_file_is_an_input(tmp_path, capsys, more):
    for name in ("a.tif", "b.tif"):
        (tmp_path / name).write_bytes(b"pixels")
    path = tmp_path / "job.yaml"
    path.write_text("job: detectchanges\nbefore: a.tif\nafter: b.tif\noutput: job.yaml\n")
    before = contents(tmp_path)
    assert main(["run", str(path), *more]) == 2
    assert "OUTPUT" in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_set_up_in_this_process_is_checked_too(tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    job = SetupEnvironment(wheels=str(wheels), environment=str(wheels))
    with pytest.raises(JobError, match=r"ENVIRONMENT .* WHEELS"):
        next(remote.run(job))
    assert list(wheels.iterdir()) == []


def test_names_in_other_case_are_one_file_where_the_file_system_says_so(tmp_path, monkeypatch):
    first = detection(tmp_path, probability=str(tmp_path / "O.TIF"))
    refuse_outputs_that_are_inputs(first)
    monkeypatch.setattr(file_identity, "_folds_case", lambda folder: True)
    refused(first, "PROBABILITY .* OUTPUT")
    refused(detection(tmp_path, probability=f"{tmp_path}/\u00e4.tif", output=f"{tmp_path}/A\u0308.tif"))


def test_a_file_system_is_asked_whether_it_folds_case(tmp_path, monkeypatch):
    (tmp_path / "scene.tif").write_bytes(b"pixels")
    assert not file_identity._folds_case(str(tmp_path))
    asked = os.lstat
    # As a disk answers that takes names in other case for the same.
    there = {name.lower(): name for name in os.listdir(tmp_path)}
    monkeypatch.setattr(file_identity.os, "lstat", lambda path: asked(tmp_path / there[os.path.basename(path).lower()]))
    assert file_identity._folds_case(str(tmp_path))


def test_the_check_costs_no_time(tmp_path):
    """A start of a job may be later by 50 ms at most; sixty rasters are many."""
    names = [str(tmp_path / f"{number}.tif") for number in range(60)]
    for name in names:
        Path(name).write_bytes(b"pixels")
    job = job_of(tmp_path, "trainmodel").replace(input=tuple(names))
    started = time.process_time()
    refuse_outputs_that_are_inputs(job)
    input_states(job)
    assert time.process_time() - started < 0.05
