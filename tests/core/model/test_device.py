"""Devices and batches."""

import pytest
import torch

from qgis_ddpm.core.model import device as devices
from qgis_ddpm.errors import DeviceError


def test_auto_is_a_device_that_works():
    place = devices.resolve_device("auto")
    assert torch.ones(3, device=place).sum() == 3
    assert str(place).split(":")[0] in devices.describe(place)
    assert devices.free_memory_bytes(torch.device("cpu")) > 0


@pytest.mark.parametrize("name", ["gpu", "cuda:99", "cuda:-1", "xpu", "meta", ""])
def test_absent_devices_are_refused_with_advice(name):
    with pytest.raises(DeviceError, match="DEVICE"):
        devices.resolve_device(name)


def test_batches_halve_until_they_fit(monkeypatch):
    monkeypatch.setattr(devices, "free_memory_bytes", lambda device: 1000)
    cpu = torch.device("cpu")
    assert devices.choose_batch(cpu, bytes_per_tile=10, largest=32) == 32
    assert devices.choose_batch(cpu, bytes_per_tile=20, largest=32) == 16
    assert devices.choose_batch(cpu, bytes_per_tile=20, largest=32, fixed_bytes=400) == 4
    assert devices.choose_batch(cpu, bytes_per_tile=9999, largest=32) == 1


def test_the_limit_of_a_container_counts(monkeypatch, tmp_path):
    limit, used = tmp_path / "memory.max", tmp_path / "memory.current"
    limit.write_text("3000000\n")
    used.write_text("2500000\n")
    (tmp_path / "memory.stat").write_text("anon 1\ninactive_file 200000\n")
    monkeypatch.setattr(devices, "_CGROUPS", ((str(limit), str(used)),))
    assert devices.free_memory_bytes(torch.device("cpu")) == 700000
    limit.write_text("max\n")
    assert devices.free_memory_bytes(torch.device("cpu")) > 10_000_000
