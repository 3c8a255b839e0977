"""Import of published checkpoints: what fits comes in key for key, all else is one sentence."""

import json
import os
import pickle
import zipfile

import pytest
import torch
from safetensors.torch import save_file

from qgis_ddpm.card import read_detector_card, read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.detector import load_detector
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.model.precision import IMPORTED
from qgis_ddpm.core.model.schedules import SCHEDULES, betas
from qgis_ddpm.core.raster.scaling import unit_limits
from qgis_ddpm.errors import DdpmError, JobError, ModelFileError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import ImportCheckpoint
from tests.core.makers.published import WRAPPER, head_shapes, network_shapes, random_state, run_head, run_network

INNER, MULTIPLIERS, BLOCKS = 16, (1, 2, 2), 2
LEVELS, WIDTHS = [8, 5, 2], [32, 32, 16]
CONFIG = """{
    "name": "test", // of the change detection
    "path": {"resume_state": "a//b"},
    "model_cd": {"feat_scales": [2, 5, 8], "out_channels": 2, "feat_type": "dec", "t": [50, 100, 400]},
    "model": {
        "which_model_G": "sr3",
        "unet": {"in_channel": 3, "out_channel": 3, "inner_channel": 16, "norm_groups": 16,
                 "channel_multiplier": [1, 2, 2], "attn_res": [8], "res_blocks": 2, "dropout": 0.2},
        "beta_schedule": {
            "train": {"schedule": "linear", "n_timestep": 2000, "linear_start": 1e-6, "linear_end": 1e-2},
            "val": {"schedule": "linear", "n_timestep": 2000, "linear_start": 1e-6, "linear_end": 1e-2}
        },
        "diffusion": {"image_size": 32, "channels": 3, "conditional": false}
    },
    "train": {"sheduler": {"lr_policy": "linear"}}
}
"""


def network_weights(**changes):
    arguments = {"inner": INNER, "multipliers": MULTIPLIERS, "res_blocks": BLOCKS, "attention_levels": (2,), **changes}
    return random_state(network_shapes(**arguments))


def checkpoint(weights, schedule="cosine"):
    """A state as the diffusion wrapper saves it."""
    values = torch.from_numpy(betas(schedule, 2000, 1e-6, 1e-2)).float()
    return {"betas": values, "alphas_cumprod": (1 - values).cumprod(0)} | {
        f"{WRAPPER}{name}": tensor for name, tensor in weights.items()
    }


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "c.json").write_text(CONFIG)
    torch.save(checkpoint(network_weights()), tmp_path / "a_gen.pth")
    torch.save(random_state(head_shapes(WIDTHS, 3), seed=7), tmp_path / "h_gen.pth")
    return tmp_path


def imported(folder, **values):
    """The notes of a run and its outputs."""
    given = {"input": "a_gen.pth", "config": "c.json", "model": "m.safetensors", **values}
    for name in ("input", "config", "head", "model", "detector"):
        if given.get(name):
            given[name] = str(folder / given[name])
    events = list(run(ImportCheckpoint.from_values(given)))
    assert isinstance(events[-1], Result)
    return [event for event in events if isinstance(event, Note)], events[-1].outputs


def refusal(folder, kind=ModelFileError, **values):
    """The sentence of a run that fails, which leaves nothing behind."""
    before = sorted(os.listdir(folder))
    with pytest.raises(kind) as caught:
        imported(folder, **values)
    assert sorted(os.listdir(folder)) == before
    return str(caught.value)


def relative(found, wanted):
    return ((found - wanted).abs().max() / wanted.abs().max()).item()


@pytest.mark.parametrize("precision", ["float32", "auto", "bfloat16"])
def test_a_checkpoint_becomes_a_model_that_answers_as_published(folder, precision):
    notes, outputs = imported(folder)
    assert outputs == {"MODEL": str(folder / "m.safetensors")}
    model = load_model(outputs["MODEL"], precision=precision)
    assert model.precision == "float32"
    assert [note.text for note in model.notes()] == ([IMPORTED] if precision == "bfloat16" else [])
    assert model.card.tile_px == 32
    assert model.card.schedule["name"] == "cosine"
    assert model.card.network["attention_levels"] == [2]
    assert [(band.name, band.dtype, band.low, band.high) for band in model.card.bands] == [
        ("red", "uint8", 0, 255),
        ("green", "uint8", 0, 255),
        ("blue", "uint8", 0, 255),
    ]
    # Published sampling cuts its estimates to what 8 bits hold.
    assert [limit.ravel().tolist() for limit in unit_limits(model.card.bands, 2.0)] == [[-1.0] * 3, [1.0] * 3]
    sigma = torch.tensor([0.3])
    x = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(0)) * 2 - 1
    wanted, maps = run_network(network_weights(), x, sigma, 16)
    assert relative((x - model.denoise(x, sigma)) / sigma, wanted) < 1e-5
    found = model.features(x, [0.3], torch.zeros_like(x))[0]
    assert all(relative(ours, theirs) < 1e-5 for ours, theirs in zip(found, maps, strict=True))
    assert any("0.4 million parameters" in note.text and "attention at 8 px" in note.text for note in notes)
    assert any(note.level == "warning" and "cosine" not in note.text for note in notes), "the schedules differ"


def test_the_same_job_gives_the_same_bytes_anywhere(folder, tmp_path_factory):
    imported(folder, head="h_gen.pth", detector="d.safetensors")
    other = tmp_path_factory.mktemp("other")
    for name in ("a_gen.pth", "h_gen.pth", "c.json"):
        (other / name).write_bytes((folder / name).read_bytes())
    imported(other, head="h_gen.pth", detector="e.safetensors", model="n.safetensors")
    assert (folder / "m.safetensors").read_bytes() == (other / "n.safetensors").read_bytes()
    assert (folder / "d.safetensors").read_bytes() == (other / "e.safetensors").read_bytes()


def test_a_head_becomes_a_detector_of_the_imported_model(folder):
    notes, outputs = imported(folder, head="h_gen.pth", detector="d.safetensors")
    model = load_model(outputs["MODEL"])
    card = read_detector_card(outputs["DETECTOR"])
    assert card.noise_levels == pytest.approx((0.079, 0.159, 0.701), abs=5e-4)
    assert card.threshold == 0.5
    generator = torch.Generator().manual_seed(2)
    before, after = (torch.rand(1, 3, 32, 32, generator=generator) * 2 - 1 for _ in range(2))
    noise = torch.randn(1, 3, 32, 32, generator=generator)

    def maps(date):
        found = [run_network(network_weights(), date + s * noise, torch.tensor([s]), 16)[1] for s in card.noise_levels]
        return [[each[level] for level in LEVELS] for each in found]

    wanted = run_head(random_state(head_shapes(WIDTHS, 3), seed=7), maps(before), maps(after))
    found = load_detector(outputs["DETECTOR"], model)(before, after, noise)
    assert (found - wanted).abs().max() < 1e-4
    assert any("0.0787" in note.text for note in notes)


@pytest.mark.parametrize(
    ("levels_of_noise", "sigmas"),
    [(1, (0.159,)), (2, (0.079, 0.159)), (4, (0.079, 0.159, 0.701, 1.370))],
)
def test_a_head_without_a_configuration_gets_the_usual_steps_with_a_note(folder, levels_of_noise, sigmas):
    torch.save(checkpoint(network_weights(inner=32)), folder / "a_gen.pth")
    torch.save(random_state(head_shapes([64, 64, 32], levels_of_noise)), folder / "h_gen.pth")
    notes, outputs = imported(folder, head="h_gen.pth", detector="d.safetensors", config=None)
    assert read_detector_card(outputs["DETECTOR"]).noise_levels == pytest.approx(sigmas, abs=5e-4)
    assert any("No CONFIG says where the head reads" in note.text for note in notes)
    assert read_model_card(outputs["MODEL"]).tile_px == 256


@pytest.mark.parametrize(
    "changes",
    [
        {"inner": 32, "multipliers": (1, 2, 4, 4), "attention_levels": (1, 3)},
        {"inner": 32, "multipliers": (2,), "res_blocks": 1, "attention_levels": ()},
        {"inner": 32, "multipliers": (1, 1, 3), "res_blocks": 3, "attention_levels": (0,)},
        {"inner": 32, "channels": 1},
        {"inner": 32, "channels": 4},
    ],
)
def test_the_architecture_follows_from_the_weights_alone(folder, changes):
    weights = network_weights(**changes)
    torch.save(checkpoint(weights), folder / "a_gen.pth")
    _, outputs = imported(folder, config=None)
    model = load_model(outputs["MODEL"])
    assert {name: tuple(value.shape) for name, value in model.network.state_dict().items()} == {
        name: tuple(value.shape) for name, value in weights.items()
    }
    assert all(torch.equal(value, weights[name]) for name, value in model.network.state_dict().items())
    for name in ("inner", "multipliers", "res_blocks", "attention_levels"):
        ours = {"inner": "base_channels", "multipliers": "channel_multipliers"}.get(name, name)
        wanted = changes.get(
            name, {"multipliers": MULTIPLIERS, "res_blocks": BLOCKS, "attention_levels": (2,)}.get(name)
        )
        found = model.card.network[ours]
        assert (tuple(found) if isinstance(found, list) else found) == wanted
    assert len(model.card.bands) == changes.get("channels", 3)


def as_sr3(weights):
    """The names of the original SR3 code: its first convolution is the first of `downs`."""
    renamed = {}
    for name, tensor in weights.items():
        head, _, rest = name.partition(".")
        if head == "init_conv":
            name = f"downs.0.{rest}"
        elif head == "downs":
            index, _, rest = rest.partition(".")
            name = f"downs.{int(index) + 1}.{rest}"
        renamed[name] = tensor
    return renamed


def test_an_unconditional_sr3_checkpoint_is_renamed(folder):
    torch.save(checkpoint(as_sr3(network_weights())), folder / "s_gen.pth")
    imported(folder)
    _, outputs = imported(folder, input="s_gen.pth", model="s.safetensors", format="sr3")
    ours, theirs = load_model(folder / "m.safetensors"), load_model(outputs["MODEL"])
    assert ours.fingerprint == theirs.fingerprint
    assert "FORMAT is ddpm-cd" in refusal(folder, input="s_gen.pth", format="ddpm-cd")
    assert "FORMAT is sr3" in refusal(folder, format="sr3")


def test_a_network_for_super_resolution_answers_as_the_published_one(folder):
    weights = network_weights(coarser=3)
    torch.save(checkpoint(as_sr3(weights)), folder / "a_gen.pth")
    config = CONFIG.replace('"name": "test"', '"datasets": {"train": {"l_resolution": 8, "r_resolution": 32}}')
    (folder / "c.json").write_text(config)
    notes, outputs = imported(folder)
    model = load_model(outputs["MODEL"])
    told = model.card.condition
    assert (told.kind, len(told.bands), told.planes, told.ratio, told.dropout) == ("values", 3, 3, 4.0, 0.0)
    assert any("super-resolution by 4" in note.text for note in notes)
    generator = torch.Generator().manual_seed(0)
    x, coarser = (torch.rand(2, 3, 32, 32, generator=generator) * 2 - 1 for _ in range(2))
    for sigma in (torch.tensor([0.3, 2.0]), torch.tensor([0.02, 40.0])):
        wanted, _ = run_network(weights, x, sigma, 16, coarser)
        found = (x - model.denoise(x, sigma, condition=coarser)) / sigma[:, None, None, None]
        assert relative(found, wanted) < 1e-5
    with pytest.raises(ModelFileError, match="draws by a condition alone"):
        model.denoise(x, sigma)


def test_a_network_of_other_channels_is_refused_by_name(folder):
    weights = network_weights()
    weights["init_conv.weight"] = torch.randn(INNER, 7, 3, 3)
    torch.save(checkpoint(weights), folder / "a_gen.pth")
    assert "7 channels in and 3 out" in refusal(folder)


@pytest.mark.parametrize("name", list(SCHEDULES))
def test_the_schedule_is_recognised_from_the_buffers(folder, name):
    torch.save(checkpoint(network_weights(), name), folder / "a_gen.pth")
    _, outputs = imported(folder)
    found = read_model_card(outputs["MODEL"]).schedule
    assert (found["name"], found["steps"]) == (name, 2000)
    if name not in ("cosine", "jsd", "sigmoid"):
        assert found["beta_end"] == 1e-2
    if name not in ("cosine", "jsd", "sigmoid", "const"):
        assert found["beta_start"] == 1e-6


def test_without_buffers_the_configuration_tells_the_schedule(folder):
    torch.save(network_weights(), folder / "a_gen.pth")
    notes, outputs = imported(folder)
    assert read_model_card(outputs["MODEL"]).schedule["name"] == "linear"
    torch.save(network_weights(inner=32), folder / "a_gen.pth")
    notes, outputs = imported(folder, config=None)
    assert read_model_card(outputs["MODEL"]).schedule["name"] == "cosine"
    assert any(note.level == "warning" and "cosine" in note.text for note in notes)


def test_unknown_betas_ask_for_a_configuration(folder):
    state = checkpoint(network_weights())
    state["betas"] = torch.rand(2000, generator=torch.Generator().manual_seed(0)) * 0.01 + 1e-6
    torch.save(state, folder / "a_gen.pth")
    notes, _ = imported(folder)
    assert any("CONFIG: linear" in note.text and note.level == "warning" for note in notes)
    (folder / "c.json").write_text(CONFIG.replace('"schedule"', '"schedule_": 1, "schedule"'))
    assert "schedule_" in refusal(folder, JobError)
    text = CONFIG[: CONFIG.index('"beta_schedule"')] + CONFIG[CONFIG.index('"diffusion"') :]
    (folder / "c.json").write_text(text)
    assert "betas" in refusal(folder)


@pytest.mark.parametrize("old", [True, False])
def test_files_of_any_torch_and_of_half_precision_are_read(folder, old):
    state = {name: tensor.half() for name, tensor in checkpoint(network_weights()).items()}
    state["betas"] = checkpoint({})["betas"]
    torch.save(state, folder / "a_gen.pth", _use_new_zipfile_serialization=not old)
    _, outputs = imported(folder)
    bias = load_model(outputs["MODEL"]).network.state_dict()["init_conv.bias"]
    assert torch.equal(bias, network_weights()["init_conv.bias"].half().float())


def test_a_safetensors_checkpoint_is_read(folder):
    save_file(checkpoint(network_weights()), folder / "a.safetensors")
    imported(folder)
    imported(folder, input="a.safetensors", model="n.safetensors")
    assert load_model(folder / "m.safetensors").fingerprint == load_model(folder / "n.safetensors").fingerprint
    (folder / "a.safetensors").write_bytes((folder / "a.safetensors").read_bytes()[:-5])
    assert "no whole safetensors file" in refusal(folder, input="a.safetensors")


class Payload:
    """What a malicious file wants to have called."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("kind", ["zip", "old", "bare"])
def test_a_malicious_file_does_nothing_and_is_named(folder, kind):
    state = {**network_weights(), "extra": Payload(folder / "owned")}
    if kind == "bare":
        (folder / "a_gen.pth").write_bytes(pickle.dumps(state["extra"], protocol=2))
    else:
        torch.save(state, folder / "a_gen.pth", _use_new_zipfile_serialization=kind == "zip")
    sentence = refusal(folder)
    assert "mkdir" in sentence
    assert "Nothing of it was run" in sentence
    assert "a_gen.pth" in sentence
    assert not (folder / "owned").exists()


def test_files_that_are_no_weights_are_one_sentence_each(folder):
    whole = (folder / "a_gen.pth").read_bytes()
    path = folder / "a_gen.pth"
    for content in (
        b"",
        b"hello",
        b"PK\x03\x04",
        whole[:100],
        whole[: len(whole) // 2],
        whole[:-1],
        b"\x80\x02}q\x00.",
    ):
        path.write_bytes(content)
        assert "a_gen.pth" in refusal(folder)
    for value, word in (
        ([1, 2], "list"),
        ({"epoch": 3, "optimizer": {}}, "'epoch' is a int"),
        ({"state_dict": network_weights()}, "'state_dict' is a dict"),
        ({1: torch.ones(1)}, "'1'"),
        ({"a": torch.ones(3).to_sparse()}, "form"),
        ({"ups.0": torch.ones(1).expand(10**9)}, "less than its tensors claim"),
        ({"a": torch.ones(1)}, "It holds a"),
    ):
        torch.save(value, path)
        assert word in refusal(folder)
    assert "cannot be read" in refusal(folder, input="nowhere.pth")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\0" * 10**6)
    assert "compressed" in refusal(folder)


def changed(state, **changes):
    renamed = {WRAPPER + name.replace("__", "."): value for name, value in changes.items()}
    return {name: value for name, value in {**state, **renamed}.items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ups__3__conv__weight": None}, ["no whole part ups.3"]),
        ({"downs__0__res_block__block2__block__3__bias": None}, ["missing", "downs.0.res_block.block2.block.3.bias"]),
        ({"mid__0__attn__qkv__weight": None}, ["missing: mid.0.attn.qkv.weight"]),
        ({"downs__0__attn__qkv__weight": torch.ones(48, 16, 1, 1)}, ["unknown: downs.0.attn.qkv.weight"]),
        ({"noise_level_mlp__1__weight": torch.ones(64, 8)}, ["shape: noise_level_mlp.1.weight (64, 8) for (64, 16)"]),
        ({"init_conv__weight": torch.ones(16)}, ["init_conv.weight"]),
        ({"final_conv__block__3__weight": None}, ["final_conv.block.3.weight is missing"]),
        ({"time_mlp__1__weight": torch.ones(1)}, ["step numbers"]),
        ({"extra": torch.ones(1)}, ["unknown: extra"]),
        ({"mid__1__res_block__block1__block__0__bias": torch.full((32,), torch.nan)}, ["not finite", "mid.1"]),
    ],
)
def test_what_does_not_fit_is_named(folder, changes, words):
    torch.save(changed(checkpoint(network_weights()), **changes), folder / "a_gen.pth")
    sentence = refusal(folder)
    assert all(word in sentence for word in words)


def test_groups_that_do_not_divide_ask_for_the_configuration(folder):
    assert "model.unet.norm_groups" in refusal(folder, config=None)


def test_head_and_network_exchanged_are_named(folder):
    assert "Name it in HEAD" in refusal(folder, input="h_gen.pth")
    assert "is no change head" in refusal(folder, head="a_gen.pth", detector="d.safetensors")
    assert "belong together" in refusal(folder, JobError, head="h_gen.pth")


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ("[50, 100, 400]", "[50, 100]", ModelFileError, "3 noise levels, but the steps t are 50, 100"),
        ("[50, 100, 400]", "[50, 100, 4000]", JobError, "model_cd.t"),
        ("[50, 100, 400]", "[0, 100, 400]", ModelFileError, "steps t are 0"),
        ("[2, 5, 8]", "[2, 5]", ModelFileError, "feat_scales"),
        ("[2, 5, 8]", "[0, 5, 8, 9]", JobError, "feat_scales"),
        ("[2, 5, 8]", "[5, 7, 8]", ModelFileError, "twice as fine"),
        ('"dec"', '"enc"', JobError, "feat_type"),
    ],
)
def test_a_configuration_that_is_not_the_heads_is_an_error(folder, old, new, kind, words):
    (folder / "c.json").write_text(CONFIG.replace(old, new))
    assert words in refusal(folder, kind, head="h_gen.pth", detector="d.safetensors")


def test_a_head_of_another_network_names_weights(folder):
    torch.save(random_state(head_shapes([64, 32, 16], 3)), folder / "h_gen.pth")
    assert "decoder.0.block" in refusal(folder, head="h_gen.pth", detector="d.safetensors")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"norm_groups"', '"norm_group"', "Did you mean 'model.unet.norm_groups'"),
        ('"model_cd"', '"model_dc"', None),
        ('"norm_groups": 16', '"norm_groups": "many"', "whole number from 1"),
        ('"norm_groups": 16', '"norm_groups": 0', "whole number from 1"),
        ('"image_size": 32', '"image_size": 1e9', "image_size"),
        ('"dropout": 0.2', '"dropout": 1', "below 1"),
        ('"schedule": "linear"', '"schedule": "curved"', "one of linear"),
        ('"schedule": "linear"', '"schedule": ["linear"]', "one of linear"),
        ('"n_timestep": 2000', '"n_timestep": NaN', "n_timestep"),
        ('"name": "test",', '"name": "test"', "no JSON"),
        ('"model": {', '"modell": {', "no section `model`"),
    ],
)
def test_a_misspelt_configuration_is_one_sentence(folder, old, new, words):
    (folder / "c.json").write_text(CONFIG.replace(old, new))
    if words is None:
        imported(folder)
    else:
        assert words in refusal(folder, JobError)


def test_a_configuration_of_another_network_is_a_warning(folder):
    (folder / "c.json").write_text(CONFIG.replace('"inner_channel": 16', '"inner_channel": 128'))
    notes, _ = imported(folder)
    assert any(note.level == "warning" and "inner_channel" in note.text for note in notes)


def test_an_output_that_cannot_be_written_leaves_the_old_ones(folder):
    imported(folder, head="h_gen.pth", detector="d.safetensors")
    before = (folder / "m.safetensors").read_bytes()
    (folder / "x").mkdir()
    torch.save(checkpoint(network_weights(channels=1)), folder / "a_gen.pth")
    refusal(folder, DdpmError, head="h_gen.pth", detector="x")
    assert (folder / "m.safetensors").read_bytes() == before


def test_a_run_that_is_dropped_leaves_nothing(folder):
    before = sorted(os.listdir(folder))
    job = ImportCheckpoint(
        input=str(folder / "a_gen.pth"), config=str(folder / "c.json"), model=str(folder / "m.safetensors")
    )
    for stop in range(3, 60, 9):
        events = run(job)
        for _, event in zip(range(stop), events, strict=False):
            assert not isinstance(event, Result)
        events.close()
        assert sorted(os.listdir(folder)) == before


def test_an_estimate_checks_all_and_writes_nothing(folder):
    before = sorted(os.listdir(folder))
    files = {name: str(folder / file) for name, file in (("input", "a_gen.pth"), ("config", "c.json"))}
    wanted = {"model": str(folder / "m.safetensors"), "detector": str(folder / "d.safetensors")}
    *_, last = estimate(ImportCheckpoint(**files, **wanted, head=str(folder / "h_gen.pth")))
    assert last.outputs["NETWORK_CALLS"] == 0
    assert last.outputs["DISK_MB"] == pytest.approx(1.9, abs=0.5)
    with pytest.raises(ModelFileError, match="no change head"):
        list(estimate(ImportCheckpoint(**files, **wanted, head=files["input"])))
    assert sorted(os.listdir(folder)) == before


def test_the_card_says_what_was_imported_and_no_folder(folder):
    _, outputs = imported(folder, licence="MIT", description="tiles from above")
    card = read_model_card(outputs["MODEL"])
    assert (card.licence, card.data) == ("MIT", "tiles from above")
    assert card.training["job"]["input"] == "a_gen.pth"
    assert str(folder) not in json.dumps(card.training)
