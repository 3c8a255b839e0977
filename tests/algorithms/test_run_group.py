"""The group of a run's layers before QGIS 3.32: one, in the order of the styles, and every layer stays."""

from itertools import permutations

import pytest
from qgis.core import QgsLayerTreeRegistryBridge, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from qgis_ddpm.algorithms.run_group import RunGroup


@pytest.mark.parametrize("inside", [False, True], ids=["at the top", "where the last one is"])
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_layers_come_into_one_group_in_order_and_stay(provider, order, inside):
    project = QgsProject()
    root, bridge = project.layerTreeRoot(), project.layerTreeRegistryBridge()
    group = RunGroup("Run")
    for rank in order:
        layer = QgsVectorLayer("Point", f"{rank}", "memory")
        found = root.findGroup("Run")
        if inside and found is not None:
            # As the desktop does where a layer of the group is the active one.
            bridge.setLayerInsertionPoint(QgsLayerTreeRegistryBridge.InsertionPoint(found, 0))
        project.addMapLayer(layer)
        group.take(layer, rank, project)
        QCoreApplication.processEvents()
    assert [each.name() for each in root.findGroups(True)] == ["Run"]
    assert [each.name() for each in root.findLayers()] == ["0", "1", "2"]
    assert len(project.mapLayers()) == 3
