"""What a job computes in: as asked, what is faster, and float32 where bfloat16 does not work."""

import json

import pytest
import torch

from qgis_ddpm.core.model import precision
from qgis_ddpm.core.model.precision import Rates, choose_precision, describe_rates, product_rates
from qgis_ddpm.core.model.unet import build_network

CPU = torch.device("cpu")
SIZES = {"tile_px": 16, "base_channels": 32, "channel_multipliers": [1, 2]}


@pytest.fixture
def rates(monkeypatch):
    def tell(found: Rates) -> None:
        monkeypatch.setattr(precision, "product_rates", lambda: found)

    return tell


def network(kind="wide"):
    return build_network({"kind": kind, **SIZES}, 3)


@pytest.mark.parametrize(
    ("asked", "kind", "bfloat16", "taken"),
    [
        ("auto", "wide", 1000.0, "bfloat16"),
        ("auto", "wide", 120.0, "float32"),
        ("auto", "wide", 0.0, "float32"),
        ("auto", "unet", 1000.0, "float32"),
        ("float32", "wide", 1000.0, "float32"),
        ("bfloat16", "unet", 0.0, "bfloat16"),
        ("bfloat16", "wide", 0.0, "bfloat16"),
    ],
)
def test_auto_takes_what_is_faster_for_a_network_made_for_it(rates, asked, kind, bfloat16, taken):
    rates(Rates(100.0, bfloat16))
    assert choose_precision(asked, network(kind), CPU) == (taken, "")


@pytest.mark.parametrize("asked", ["auto", "bfloat16"])
@pytest.mark.parametrize("training", [False, True])
def test_a_machine_whose_kernels_are_broken_gets_float32_and_a_note(rates, monkeypatch, asked, training):
    rates(Rates(100.0, 1000.0))
    right = torch.nn.functional.layer_norm

    def wrong(values, shape):
        return right(values, shape) * (float("nan") if values.dtype == torch.bfloat16 else 1)

    def broken(values, shape):
        if values.dtype == torch.bfloat16:
            raise RuntimeError("could not create a primitive")
        return right(values, shape)

    for fault, word in ((wrong, "not finite"), (broken, "could not create")):
        monkeypatch.setattr("torch.nn.functional.layer_norm", fault)
        made = network()
        found = choose_precision(asked, made, CPU, training)
        assert found.precision == "float32"
        assert word in found.note
        assert made.precision == torch.float32
        assert all(weight.grad is None for weight in made.parameters())


def test_the_rates_of_a_machine_are_measured_once(monkeypatch, tmp_path):
    monkeypatch.setattr(precision, "data_folder", lambda: str(tmp_path / "data"))
    measured = []
    monkeypatch.setattr(precision, "_measured", lambda: measured.append(1) or Rates(100.0, 800.0))
    product_rates.cache_clear()
    assert product_rates() == Rates(100.0, 800.0)
    product_rates.cache_clear()
    assert product_rates() == Rates(100.0, 800.0)
    assert measured == [1]
    kept = tmp_path / "data" / "products.json"
    # What oneDNN is told to use makes it another machine; a damaged file is measured anew.
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    product_rates.cache_clear()
    product_rates()
    assert len(json.loads(kept.read_text())) == len(measured) == 2
    kept.write_text("[1")
    product_rates.cache_clear()
    assert "auto is bfloat16" in describe_rates()
    assert len(measured) == 3
    product_rates.cache_clear()


def test_this_machine_can_be_measured():
    found = precision._measured()
    assert found.float32 > 1
    assert found.bfloat16 >= 0
