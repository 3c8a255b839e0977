"""Detectors: the published head against an independent form, and files that do not belong together."""

from dataclasses import replace

import pytest
import torch
from safetensors.torch import save_file

from qgis_ddpm.card import BandScaling, DetectorCard, ModelCard, card_json, fingerprint
from qgis_ddpm.core.detector import load_detector, save_detector
from qgis_ddpm.core.model import load_model, save_model
from qgis_ddpm.core.model.schedules import Schedule, describe_schedule
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.errors import InputError, ModelFileError
from tests.core.makers.published import head_shapes, network_shapes, random_state, run_head, run_network

SIGMAS = (0.079, 0.159, 0.701)
INNER, MULTIPLIERS, BLOCKS = 16, (1, 2, 4), 2
# Of each level the first block of the way up, coarsest first; the finest is not read.
LEVELS, WIDTHS = [8, 5, 2], [64, 32, 16]


@pytest.fixture
def network_state():
    return random_state(network_shapes(3, INNER, MULTIPLIERS, BLOCKS, (2,)))


@pytest.fixture
def model(network_state, tmp_path):
    network = {
        "kind": "sr3",
        "base_channels": INNER,
        "channel_multipliers": list(MULTIPLIERS),
        "res_blocks": BLOCKS,
        "attention_levels": [2],
        "norm_groups": 16,
    }
    made = build_network(network, 3)
    made.load_state_dict(network_state)
    card = ModelCard(
        network=network,
        prediction="noise",
        schedule=describe_schedule(Schedule("cosine", 10, 0.1, 0.2), 32),
        sigma_min=1e-3,
        sigma_max=100,
        sigma_data=0.5,
        tile_px=32,
        bands=tuple(BandScaling(name, "uint8", 0, 255) for name in ("red", "green", "blue")),
    )
    save_model(tmp_path / "m.safetensors", made.state_dict(), card)
    return load_model(tmp_path / "m.safetensors")


def card(model, sigmas=SIGMAS):
    return DetectorCard(
        head={"kind": "published", "levels": LEVELS[:-1], "channels": WIDTHS},
        noise_levels=sigmas,
        threshold=0.5,
        model_fingerprint=model.fingerprint,
    )


def written(path, model, sigmas=SIGMAS, **changes):
    """A detector file with random weights, and the weights."""
    state = random_state(head_shapes(WIDTHS, len(sigmas)), seed=7)
    kept = {name: tensor for name, tensor in state.items() if not name.startswith("decoder.4.")}
    save_detector(path, kept, replace(card(model, sigmas), **changes))
    return state


def tiles(size=32, count=1, seed=3):
    generator = torch.Generator().manual_seed(seed)
    before, after = (torch.rand(count, 3, size, size, generator=generator) * 2 - 1 for _ in range(2))
    return before, after, torch.randn(count, 3, size, size, generator=generator)


def reference(network_state, head_state, sigmas, before, after, noise):
    def maps(date):
        found = [run_network(network_state, date + s * noise, torch.full((len(date),), s), 16)[1] for s in sigmas]
        return [[each[level] for level in LEVELS] for each in found]

    return run_head(head_state, maps(before), maps(after))


@pytest.mark.parametrize("sigmas", [SIGMAS, (0.2,)])
def test_logits_are_those_of_the_published_head(model, network_state, tmp_path, sigmas):
    state = written(tmp_path / "d.safetensors", model, sigmas)
    before, after, noise = tiles()
    found = load_detector(tmp_path / "d.safetensors", model)(before, after, noise)
    wanted = reference(network_state, state, sigmas, before, after, noise)
    assert found.shape == (1, 2, 32, 32)
    assert (found - wanted).abs().max() < 1e-4


def test_a_date_against_itself_has_no_difference_anywhere(model, tmp_path):
    state = written(tmp_path / "d.safetensors", model)
    before, _, noise = tiles(count=2)
    found = load_detector(tmp_path / "d.safetensors", model)(before, before.clone(), noise)
    same = [[torch.zeros(1, width, 8 * 2**i, 8 * 2**i) for i, width in enumerate(WIDTHS)]] * len(SIGMAS)
    assert (found - run_head(state, same, same)).abs().max() < 1e-5


def test_dates_may_be_exchanged_and_batches_do_not_matter(model, tmp_path):
    written(tmp_path / "d.safetensors", model)
    detector = load_detector(tmp_path / "d.safetensors", model)
    before, after, noise = tiles(count=3)
    found = detector(before, after, noise)
    assert (detector(after, before, noise) - found).abs().max() < 1e-5
    assert (detector(before[1:2], after[1:2], noise[1:2]) - found[1:2]).abs().max() < 1e-5


@pytest.mark.parametrize("size", [30, 21])
def test_tiles_of_any_size_keep_it(model, tmp_path, size):
    written(tmp_path / "d.safetensors", model)
    assert load_detector(tmp_path / "d.safetensors", model)(*tiles(size)).shape == (1, 2, size, size)


def test_the_finest_maps_are_not_computed(model, tmp_path):
    written(tmp_path / "d.safetensors", model)
    detector = load_detector(tmp_path / "d.safetensors", model)
    called = []
    for index, layer in enumerate(model.network.ups):
        layer.register_forward_hook(lambda *_, index=index: called.append(index))
    detector(*tiles())
    # Blocks 0 to 2 and a doubling of the coarsest level, then the first block of the next.
    assert called == [0, 1, 2, 3, 4] * len(SIGMAS)


def test_the_same_weights_give_the_same_bytes(model, tmp_path):
    written(tmp_path / "a.safetensors", model)
    written(tmp_path / "b.safetensors", model)
    assert (tmp_path / "a.safetensors").read_bytes() == (tmp_path / "b.safetensors").read_bytes()


def test_another_model_is_refused_with_both_fingerprints(model, network_state, tmp_path):
    written(tmp_path / "d.safetensors", model)
    network_state["init_conv.bias"] += 1
    save_model(tmp_path / "other.safetensors", network_state, model.card)
    other = load_model(tmp_path / "other.safetensors")
    assert other.fingerprint == fingerprint(str(tmp_path / "other.safetensors"))
    with pytest.raises(ModelFileError, match=f"{model.fingerprint[:12]}.*other.*{other.fingerprint[:12]}"):
        load_detector(tmp_path / "d.safetensors", other)


@pytest.mark.parametrize(
    "changes",
    [
        {"head": {"kind": "magic"}},
        {"head": {"kind": "published", "levels": [8, 5]}},
        {"head": {"kind": "published", "levels": [8, 5], "channels": [64, 32]}},
        {"head": {"kind": "published", "levels": [80, 5], "channels": WIDTHS}},
        {"head": {"kind": "published", "levels": [8, 5], "channels": [64, 32, 1 << 40]}},
        {"head": {"kind": "published", "levels": [8, 5], "channels": [64, 16, 16]}},
        {"head": {"kind": "published", "levels": [8, 5], "channels": WIDTHS, "speed": 1}},
        {"noise_levels": ()},
        {"noise_levels": (0.1, 0.2)},
        {"noise_levels": (0.1, 0.2, -1.0)},
    ],
)
def test_a_card_that_does_not_fit_is_refused(model, tmp_path, changes):
    written(tmp_path / "d.safetensors", model, **changes)
    with pytest.raises(ModelFileError):
        load_detector(tmp_path / "d.safetensors", model)


def test_other_files_are_refused(model, tmp_path):
    with pytest.raises(ModelFileError, match="a qgis_ddpm detector is needed"):
        load_detector(model.path, model)
    path = tmp_path / "d.safetensors"
    written(path, model)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(ModelFileError, match="cut off"):
        load_detector(path, model)
    save_file({"a": torch.ones(1)}, path, {"card": card_json(card(model))})
    with pytest.raises(ModelFileError, match="does not hold"):
        load_detector(path, model)


def test_tiles_of_different_shapes_are_refused(model, tmp_path):
    written(tmp_path / "d.safetensors", model)
    before, after, noise = tiles()
    with pytest.raises(InputError, match="alike"):
        load_detector(tmp_path / "d.safetensors", model)(before, after[..., :16], noise)
