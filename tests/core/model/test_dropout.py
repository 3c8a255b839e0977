"""Dropout: its share, its mean, and its repetition."""

import torch

from qgis_ddpm.core.model.dropout import Dropout


def test_a_share_of_the_values_is_dropped_and_the_mean_stays():
    layer = Dropout(0.25)
    layer.generator = torch.Generator().manual_seed(0)
    found = layer.train()(torch.ones(400, 500))
    assert set(found.unique().tolist()) == {0.0, torch.tensor(1 / 0.75).item()}
    assert abs(float((found == 0).float().mean()) - 0.25) < 0.005
    assert abs(float(found.mean()) - 1) < 0.01
    layer.generator.manual_seed(0)
    assert torch.equal(layer(torch.ones(400, 500)), found)
    x = torch.ones(3)
    assert layer.eval()(x) is x
    assert Dropout(0.0).train()(x) is x
