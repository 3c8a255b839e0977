"""Jobs are valid from the moment they exist, and each field is told in one place."""

import dataclasses
import json
from typing import get_args

import pytest
import yaml

from qgis_ddpm.errors import JobError
from qgis_ddpm.jobs import JOBS, AssessChanges, DetectChanges, SampleTiles, TrainModel, load_job
from qgis_ddpm.jobs.option import ROLES
from qgis_ddpm.jobs.presets import GOVERNED, PRESETS
from qgis_ddpm.jobs.training import Preset
from qgis_ddpm.template import template

MINIMAL = {
    "trainmodel": {"input": "a.tif", "model": "m.safetensors"},
    "importcheckpoint": {"input": "a_gen.pth", "model": "m.safetensors"},
    "exportmodel": {"model": "m.safetensors", "output": "o.onnx"},
    "getmodel": {"name": "ddpm-aerial-rgb"},
    "comparesettings": {"input": "a.tif", "grid": "g.yaml", "report": "r.html"},
    "stackscene": {"input": "scene.SAFE", "output": "o.vrt"},
    "sampletiles": {"model": "m.safetensors", "output": "o.tif"},
    "assesstiles": {"tiles": "t.tif", "reference": "r.tif"},
    "traindetector": {"model": "m.safetensors", "folder": "f", "detector": "d.safetensors"},
    "detectchanges": {"before": "a.tif", "after": "b.tif", "output": "o.tif"},
    "detectseries": {"input": ("a.tif", "b.tif", "c.tif"), "output": "o.tif"},
    "applythreshold": {"probability": "p.tif", "output": "o.tif"},
    "assesschanges": {"predicted": "p.tif", "reference": "r.tif"},
    "fillgaps": {"input": "a.tif", "output": "o.tif"},
    "checkenvironment": {},
    "setupenvironment": {},
}
# The contract: what the interface names.
CONTRACT = {
    "trainmodel": "INPUT FOLDER MAX_IMAGES BANDS PRESET TILE_PX TILES MINUTES LEARNING_RATE SCHEDULE SCHEDULE_STEPS "
    "BETA_START BETA_END PREDICTION LOSS AUGMENT EMA BASE_CHANNELS CHANNEL_MULTIPLIERS RES_BLOCKS ATTENTION_AT_PX "
    "DROPOUT VALIDATION_SHARE INIT_MODEL CONFIG MODEL EXPERIMENT REPORT DEVICE SEED BATCH_SIZE CONDITION "
    "CONDITION_DROPOUT",
    "importcheckpoint": "INPUT FORMAT CONFIG HEAD MODEL DETECTOR",
    "exportmodel": "MODEL DETECTOR FORMAT OUTPUT",
    "getmodel": "NAME INDEX MODEL",
    "comparesettings": "INPUT FOLDER PRESET TILE_PX MINUTES LEARNING_RATE GRID REPORT EXPERIMENT DEVICE SEED",
    "stackscene": "INPUT FILES BANDS PIXEL_SIZE RESAMPLING OUTPUT MASK",
    "sampletiles": "MODEL LAYOUT COUNT TEMPLATE EXTENT CRS PIXEL_SIZE SAMPLER STEPS OVERLAP_PX OUTPUT TILES_FOLDER "
    "FOOTPRINTS DENOISING_STRIP SOURCE COPY_LIMIT CONDITION LABEL GUIDANCE_SCALE DEVICE SEED BATCH_SIZE",
    "assesstiles": "TILES TILES_FOLDER REFERENCE REFERENCE_FOLDER TRAINING TRAINING_FOLDER REPORT DEVICE SEED",
    "traindetector": "MODEL BEFORE AFTER LABELS FOLDER HEAD NOISE_LEVELS TILES MINUTES VALIDATION_SHARE DETECTOR "
    "EXPERIMENT REPORT DEVICE SEED BATCH_SIZE",
    "detectchanges": "BEFORE AFTER BANDS_BEFORE BANDS_AFTER MASK_BEFORE MASK_AFTER EXTENT METHOD MODEL DETECTOR "
    "NOISE_LEVELS THRESHOLD FALSE_ALARMS CONTEXT_PX "
    "MIN_AREA DRAWS ALIGN RADIOMETRY OVERLAP_PX BLOCK_PX OUTPUT PROBABILITY UNCERTAINTY "
    "POLYGONS DEVICE SEED BATCH_SIZE",
    "detectseries": "INPUT DATES METHOD MODEL DETECTOR THRESHOLD MIN_AREA OUTPUT POLYGONS DEVICE SEED BATCH_SIZE",
    "applythreshold": "PROBABILITY THRESHOLD MIN_AREA OUTPUT POLYGONS",
    "assesschanges": "PREDICTED REFERENCE REFERENCE_UNCHANGED SAMPLE_LABELS MASK SAMPLE REPORT ERROR_MAP",
    "fillgaps": "INPUT MASK MASK_VALUES GROW_PX OTHER EXTENT METHOD DRAWS OUTPUT SPREAD FILLED DRAWS_FOLDER SEED",
    "checkenvironment": "PYTHON REPORT",
    "setupenvironment": "BASE_PYTHON BUILD WHEELS INDEX_URL TORCH_INDEX_URL ENVIRONMENT",
}
OUTPUTS = {
    "trainmodel": "TRAINING_LOSS VALIDATION_LOSS TILES_SEEN TILES_PER_SECOND",
    "importcheckpoint": "",
    "exportmodel": "",
    "getmodel": "",
    "comparesettings": "SETTINGS BEST BEST_VALIDATION_LOSS BEST_KID PAIRS PAIRS_THAT_DIFFER",
    "stackscene": "",
    "sampletiles": "SECONDS_PER_TILE LARGEST_PIECE CONDITION_DIFFERENCE",
    "assesstiles": "KID FD PRECISION RECALL DENSITY COVERAGE STRUCTURE SPECTRUM_DISTANCE BAND_CORRELATION MEMORISATION "
    "KID_FLOOR FD_FLOOR PRECISION_FLOOR RECALL_FLOOR DENSITY_FLOOR COVERAGE_FLOOR STRUCTURE_FLOOR "
    "SPECTRUM_DISTANCE_FLOOR BAND_CORRELATION_FLOOR MEMORISATION_FLOOR",
    "traindetector": "F1 IOU PRECISION RECALL OA",
    "detectchanges": "CHANGED_AREA CHANGED_SHARE THRESHOLD_USED METHOD_USED",
    "detectseries": "CHANGED_AREA CHANGED_SHARE THRESHOLD_USED METHOD_USED",
    "applythreshold": "CHANGED_AREA CHANGED_SHARE THRESHOLD_USED",
    "assesschanges": "F1 IOU PRECISION RECALL OA KAPPA F1_LOW F1_HIGH ADJUSTED_AREA ADJUSTED_AREA_LOW "
    "ADJUSTED_AREA_HIGH",
    "fillgaps": "FILLED_SHARE EXPECTED_RMSE METHOD_USED",
    "checkenvironment": "ABLE PYTHON TORCH_VERSION DEVICES FREE_MEMORY_MB MODELS_FOLDER",
    "setupenvironment": "PYTHON",
}

every_job = pytest.mark.parametrize("name", list(JOBS))


@every_job
def test_the_names_of_the_interface_exist(name):
    assert set(CONTRACT[name].split()) <= {item.parameter for item in JOBS[name].options()}
    assert set(OUTPUTS[name].split()) == set(JOBS[name].OUTPUTS)


@every_job
def test_every_field_is_told_whole(name):
    for item in JOBS[name].options():
        assert item.role in ROLES
        assert item.label
        assert item.help.endswith(".")
        assert item.default is not None or item.required or item.empty, f"{item.name}: what does empty mean?"
        assert not (item.required and item.advanced)
        if item.role == "file_out":
            assert item.suffix


@every_job
def test_a_job_comes_back_from_its_values_and_from_json(name):
    job = JOBS[name].from_values(MINIMAL[name])
    assert JOBS[name].from_values(json.loads(json.dumps(job.values()))) == job
    with pytest.raises(dataclasses.FrozenInstanceError):
        job.seed = 3


@every_job
def test_the_template_loads_and_holds_the_defaults(name, tmp_path):
    text = template(JOBS[name])
    values = yaml.safe_load(text)
    assert values.pop("job") == name
    assert set(values) == {item.name for item in JOBS[name].options()}
    job = JOBS[name].from_values({**values, **MINIMAL[name]})
    assert job == JOBS[name].from_values(MINIMAL[name])


def detect(**values):
    return DetectChanges.from_values({**MINIMAL["detectchanges"], **values})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seed": -1}, ["SEED", "-1"]),
        ({"seed": "1.5"}, ["SEED", "1.5"]),
        ({"seed": True}, ["SEED", "True"]),
        ({"threshold": 1.5}, ["THRESHOLD", "1.5"]),
        ({"threshold": float("nan")}, ["THRESHOLD", "nan"]),
        ({"min_area": "1e400"}, ["MIN_AREA", "1e400"]),
        ({"method": "magic"}, ["METHOD", "magic", "irmad"]),
        ({"align": "perhaps"}, ["ALIGN", "perhaps"]),
        ({"before": ""}, ["BEFORE", "missing"]),
        ({"before": "a\0b"}, ["BEFORE", "null"]),
        ({"bands_before": "1,2", "bands_after": "1"}, ["2 bands", "1"]),
        ({"bands_before": "0"}, ["BANDS_BEFORE", "0"]),
        ({"noise_levels": "0.1,-1"}, ["NOISE_LEVELS"]),
        ({"extent": "1,2,3"}, ["EXTENT", "xmin"]),
        ({"extent": "2,1,3,4"}, ["EXTENT", "empty"]),
        ({"raster_overrides": "[1"}, ["RASTER_OVERRIDES"]),
        ({"speed": 3, "colour": 1}, ["'colour'", "'speed'", "before"]),
        ({"before": {"a": 1}}, ["BEFORE", "text"]),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(values, words):
    with pytest.raises(JobError) as caught:
        detect(**values)
    for word in words:
        assert word in str(caught.value)


def test_values_are_converted_by_the_type_of_their_field():
    job = TrainModel.from_values(
        {**MINIMAL["trainmodel"], "learning_rate": "1e-4", "bands": 1, "description": 7, "tiles": "1e3", "folder": ""}
    )
    assert job.learning_rate == 1e-4
    assert job.bands == "1"
    assert job.description == "7"
    assert job.tiles == 1000
    assert job.folder is None
    assert TrainModel.from_values({"input": "a.tif; b.tif", "model": "m"}).input == ("a.tif", "b.tif")
    assert TrainModel.from_values({"input": ["a;b.tif"], "model": "m"}).input == ("a;b.tif",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("learning_rate", " "),
        ("learning_rate", "1_5"),
        ("tiles", "1_000"),
        ("preset", " "),
        ("preset", ["tiny"]),
        ("bands", "1_2"),
        ("bands", [True]),
    ],
)
def test_blanks_underscores_and_lists_are_no_value_of_one_field(field, value):
    with pytest.raises(JobError, match=field.upper()):
        TrainModel.from_values({**MINIMAL["trainmodel"], field: value}).resolved({})


def test_training_needs_rasters_or_a_folder():
    with pytest.raises(JobError, match="INPUT and FOLDER"):
        TrainModel.from_values({"model": "m"})


def test_a_field_wins_over_config_and_config_over_the_preset():
    job = TrainModel.from_values({**MINIMAL["trainmodel"], "preset": "tiny", "loss": "l1"})
    filled = job.resolved({"loss": "huber", "dropout": 0.3})
    assert (filled.loss, filled.dropout) == ("l1", 0.3)
    assert filled.tile_px == PRESETS["tiny"]["tile_px"]
    assert all(getattr(filled, name) is not None for name in GOVERNED)
    with pytest.raises(JobError, match="loos"):
        job.resolved({"loos": "l1"})


def test_minutes_alone_mean_no_limit_of_tiles():
    job = TrainModel.from_values({**MINIMAL["trainmodel"], "minutes": 2})
    assert job.resolved().tiles is None
    assert job.replace(tiles=10).resolved().tiles == 10


def test_presets_govern_the_same_fields_and_fit_the_job():
    assert set(PRESETS) == set(get_args(Preset))
    for name in PRESETS:
        assert set(PRESETS[name]) == set(GOVERNED)
        TrainModel.from_values({**MINIMAL["trainmodel"], "preset": name}).resolved()


def test_a_job_file_is_relative_to_itself_and_flags_win(tmp_path):
    (tmp_path / "here.safetensors").write_bytes(b"")
    path = tmp_path / "job.yaml"
    path.write_text("job: sampletiles\nmodel: far.safetensors\noutput: out/o.tif\nsteps: 5\n")
    job = load_job(str(path), {"steps": "7", "output": "mine.tif"})
    assert isinstance(job, SampleTiles)
    assert (job.model, job.output, job.steps) == ("far.safetensors", "mine.tif", 7)
    path.write_text("job: sampletiles\nmodel: here.safetensors\noutput: out/o.tif\n")
    job = load_job(str(path))
    assert job.model == str(tmp_path / "here.safetensors")
    assert job.output == str(tmp_path / "out" / "o.tif")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "job: dance",
        "job: [sampletiles]",
        "job: sampletiles\nmodel: a\noutput: b\nstepps: 3",
        "a: [",
        "job: !!python/object/apply:os.system ['true']",
        "1: 2",
    ],
)
def test_a_wrong_job_file_is_one_sentence(tmp_path, text):
    path = tmp_path / "job.yaml"
    path.write_text(text)
    with pytest.raises(JobError):
        load_job(str(path))


def test_provenance_holds_no_destination_and_no_device():
    job = AssessChanges.from_values({**MINIMAL["assesschanges"], "report": "r.html", "device": "cpu", "seed": 4})
    assert job.provenance() == {"predicted": "p.tif", "reference": "r.tif", "seed": 4}
