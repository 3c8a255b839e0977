"""Checkpoints: every optimizer goes on from one to the same bits, and what does not fit is refused."""

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn

from qgis_ddpm.card import DetectorCard
from qgis_ddpm.core.learning.checkpoint import LEARNT, LearningState, load_checkpoint, save_checkpoint
from qgis_ddpm.core.learning.optimizers import build_optimizer
from qgis_ddpm.errors import ModelFileError

CARD = DetectorCard({"kind": "linear", "bands": 3}, (0.2,), 0.5, "0" * 64, "none", {})
OPTIMIZERS = {
    "adam": lambda module: build_optimizer("adam", module.parameters(), 1e-2),
    "muon": lambda module: build_optimizer("muon", module.parameters(), 1e-2),
    "adamw": lambda module: torch.optim.AdamW(module.parameters(), lr=1e-2),
}


def made(name):
    torch.manual_seed(0)
    module = nn.Sequential(nn.Conv2d(3, 16, 3), nn.Conv2d(16, 16, 3), nn.Flatten(), nn.Linear(256, 2))
    module.to(memory_format=torch.channels_last)
    return module, OPTIMIZERS[name](module)


def step(module, optimizer, number):
    image = torch.randn(4, 3, 8, 8, generator=torch.Generator().manual_seed(number))
    # Whoever trains sets the learning rate of all groups.
    for group in optimizer.param_groups:
        group["lr"] = 1e-2 / (number + 1)
    optimizer.zero_grad()
    module(image).square().sum().backward()
    optimizer.step()


def state_of(module, optimizer, learnt=None, values=None):
    return LearningState({"net": module}, {"optimizer": optimizer}, {LEARNT: learnt or {}}, CARD, values or {})


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_it_goes_on_to_the_same_bits(tmp_path, name):
    path = str(tmp_path / "c.safetensors")
    module, optimizer = made(name)
    for number in range(3):
        step(module, optimizer, number)
    save_checkpoint(path, state_of(module, optimizer, {"w": torch.ones(2)}, {"tiles": 12}))
    again, fresh = made(name)
    restored = []
    load_checkpoint(path, state_of(again, fresh), lambda *found: restored.append(found))
    ((weights, values),) = restored
    assert weights[LEARNT]["w"].tolist() == [1, 1]
    assert values == {"tiles": 12}
    for number in range(3, 6):
        step(module, optimizer, number)
        step(again, fresh, number)
    assert all(torch.equal(value, again.state_dict()[key]) for key, value in module.state_dict().items())
    moment = fresh.state[again[1].weight]["exp_avg"]
    assert moment.stride() == again[1].weight.stride()


def test_tensors_that_share_their_memory_are_saved(tmp_path):
    path = str(tmp_path / "c.safetensors")
    module, optimizer = made("adam")
    weights = dict(module.state_dict())
    save_checkpoint(path, state_of(module, optimizer, weights))
    with safe_open(path, "pt") as file:
        assert torch.equal(file.get_tensor("ema.0.weight"), file.get_tensor("net.0.weight"))


@pytest.mark.parametrize(
    ("spoil", "restore"),
    [
        (lambda tensors: tensors.pop("net.0.weight"), None),
        (lambda tensors: tensors.update({"optimizer.0.exp_avg": torch.ones(3)}), None),
        (lambda tensors: tensors.update({"optimizer.99.exp_avg": torch.ones(())}), None),
        (lambda tensors: tensors.update({"optimizer.x": torch.ones(())}), None),
        (lambda tensors: None, lambda weights, values: int(float("inf"))),
        (lambda tensors: None, lambda weights, values: values["heads"]),
        (lambda tensors: None, lambda weights, values: values["tiles"].items()),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, spoil, restore):
    path = str(tmp_path / "c.safetensors")
    module, optimizer = made("adam")
    step(module, optimizer, 0)
    save_checkpoint(path, state_of(module, optimizer, values={"tiles": 12}))
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
    spoil(tensors)
    save_file(tensors, path, metadata)
    with pytest.raises(ModelFileError, match="does not fit this training"):
        load_checkpoint(path, state_of(*made("adam")), restore or (lambda weights, values: None))
