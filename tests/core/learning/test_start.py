"""What a user waits for before the first step."""

import subprocess
import sys

import pytest

STEP = """
import sys
import torch
from qgis_ddpm.core.learning.optimizers import build_optimizer
weights = [torch.nn.Parameter(torch.randn(32, 32)), torch.nn.Parameter(torch.randn(32))]
optimizer = build_optimizer("muon", weights, 1e-3)
sum(weight.square().sum() for weight in weights).backward()
before = [weight.detach().clone() for weight in weights]
optimizer.step()
optimizer.zero_grad(set_to_none=True)
assert not any(torch.equal(weight, old) for weight, old in zip(weights, before))
optimizer.load_state_dict(optimizer.state_dict())
sys.exit(int("torch._dynamo" in sys.modules))
"""


def test_an_optimizer_does_not_load_the_compiler_of_torch() -> None:
    pytest.importorskip("torch")
    assert subprocess.run([sys.executable, "-c", STEP], check=False).returncode == 0
