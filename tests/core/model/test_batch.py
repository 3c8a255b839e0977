"""Batches: chosen by one measured window, and halved where memory runs out all the same."""

import ctypes
import os
from itertools import chain

import numpy as np
import pytest
import torch

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core.model import DiffusionModel
from qgis_ddpm.core.model import device as devices
from qgis_ddpm.core.model.batch import AdaptiveBatch, batch_for, measure_window
from qgis_ddpm.core.model.cost import peak_bytes
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.errors import DeviceError, WorkerError, as_error, is_out_of_memory

CPU = torch.device("cpu")
MB = 1 << 20


def model_of(tile_px: int) -> DiffusionModel:
    network = {"kind": "unet", "tile_px": tile_px, "base_channels": 16, "channel_multipliers": [1, 2]}
    network["attention_at_px"] = []
    schedule = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
    bands = (BandScaling("red", "uint8", 0, 255),) * 3
    card = ModelCard(network, "edm", schedule, 0.002, 80.0, 0.5, tile_px, bands)
    return DiffusionModel(build_network(network, 3), card, CPU)


def test_the_peak_is_what_lives_at_one_time():
    held = torch.zeros(MB // 4)

    def call() -> torch.Tensor:
        first = torch.zeros(MB // 4)
        second = first + 1
        del first
        return (second * 2).view(2, -1).t()

    assert peak_bytes(CPU, call) == 2 * MB
    assert peak_bytes(CPU, lambda: held.view(2, -1).t()[:1]) == 0
    assert peak_bytes(CPU, lambda: [held + 1 for _ in range(3)]) == 3 * MB


@pytest.mark.skipif(
    not (os.path.exists("/proc/self/clear_refs") and hasattr(ctypes.CDLL(None), "malloc_trim")),
    reason="only Linux tells and resets a peak, and only glibc gives its heap back when told",
)
def test_a_measured_window_is_what_the_system_sees_of_one():
    """Resident memory of 16 windows, less what they need by measure, at most as much again."""
    model = model_of(128)
    window_bytes = measure_window(model)[1]
    x = torch.zeros(16, 3, 128, 128)
    model.features(x, [1.0], x)
    before = _peak_resident()
    model.features(x, [1.0], x)
    seen = (_peak_resident(reset=False) - before) / 16
    assert 0.25 * window_bytes < seen < 2 * window_bytes


def _peak_resident(reset: bool = True) -> int:
    if reset:
        # What tests before this one gave back may still lie in the heap, and would serve the call unseen.
        ctypes.CDLL(None).malloc_trim(0)
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM"))


def test_the_batch_follows_the_free_memory_and_the_share_of_a_second_start(monkeypatch):
    model = model_of(16)
    window_bytes = measure_window(model)[1]
    monkeypatch.setattr(devices, "free_memory_bytes", lambda device: 2 * 4 * window_bytes)
    assert batch_for(model) == 4
    assert batch_for(model, images=2) == 2
    assert batch_for(model, asked=100) == 100
    monkeypatch.setenv("QGIS_DDPM_BATCH_SHARE", "0.5")
    assert batch_for(model, asked=100) == 50
    monkeypatch.setattr(devices, "free_memory_bytes", lambda device: 1 << 40)
    assert batch_for(model) == 8
    monkeypatch.setenv("QGIS_DDPM_BATCH_SHARE", "much")
    assert batch_for(model) == 16


def refusing(above: int, error: Exception):
    calls = []

    def function(rows: slice) -> list[int]:
        calls.append(rows.stop - rows.start)
        if calls[-1] > above:
            raise error
        return list(range(rows.start, rows.stop))

    return function, calls


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory."),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: 12 bytes"),
        RuntimeError("could not create a memory object"),
    ],
)
def test_a_batch_halves_until_it_fits_and_stays_so(error):
    halving = AdaptiveBatch(16, CPU)
    function, calls = refusing(3, error)
    assert list(chain(*halving.parts(function, 16))) == list(range(16))
    assert calls[:3] == [16, 8, 4]
    assert halving.size == 2
    assert [note.level for note in halving.notes()] == ["warning"] * 3
    assert list(halving.notes()) == []
    del calls[:]
    assert list(chain(*halving.parts(function, 5))) == list(range(5))
    assert calls == [2, 2, 1]


def test_where_not_even_one_fits_the_error_says_what_to_change():
    function, _ = refusing(0, MemoryError())
    with pytest.raises(DeviceError, match=r"one window at a time.*DEVICE"):
        AdaptiveBatch(4, CPU).parts(function, 4)


def test_other_errors_are_not_taken_for_a_lack_of_memory():
    function, calls = refusing(0, RuntimeError("shapes differ"))
    with pytest.raises(RuntimeError, match="shapes differ"):
        AdaptiveBatch(4, CPU).parts(function, 4)
    assert calls == [4]
    assert not is_out_of_memory(ValueError("out of memory"))


def test_the_real_allocators_errors_are_known():
    for call in (lambda: torch.empty(1 << 60, dtype=torch.uint8), lambda: np.empty(1 << 60, np.uint8)):
        with pytest.raises((RuntimeError, MemoryError)) as caught:
            call()
        assert is_out_of_memory(caught.value)
        assert "BATCH_SIZE" in str(as_error(caught.value))
    assert isinstance(as_error(RuntimeError("can't start new thread")), WorkerError)


def test_features_in_parts_are_those_of_the_whole():
    model = model_of(16)
    x = torch.randn(5, 3, 16, 16)
    whole = model.features(x, [0.5], x)[0]
    parts = AdaptiveBatch(2, CPU).parts(lambda rows: model.features(x[rows], [0.5], x[rows])[0], 5)
    for level, found in enumerate(whole):
        assert (torch.cat([part[level] for part in parts]) - found).abs().max() < 1e-5
