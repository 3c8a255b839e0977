"""The group of one run's layers in releases of QGIS before 3.32, which have none for the results of an algorithm."""

from typing import Dict, Optional

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject


class RunGroup:
    """Takes layers that QGIS has just loaded, in whatever order, and keeps the topmost first."""

    def __init__(self, title: str) -> None:
        self._title = title
        # By the identifiers of the layers.
        self._ranks: Dict[str, int] = {}

    def take(self, layer: QgsMapLayer, rank: int, project: Optional[QgsProject]) -> None:
        """Move a layer into the group; nothing where it is not in the project's tree."""
        node = project.layerTreeRoot().findLayer(layer.id()) if project is not None else None
        if node is None:
            return
        parent = node.parent()
        # The desktop adds a layer where the active one is, which may be in the group already.
        group = parent if self._is_ours(parent) else self._group(parent)
        place = 0
        for index, each in enumerate(group.children()):
            if self._ranks.get(getattr(each, "layerId", str)(), rank) < rank:
                place = index + 1
        # First there and then away here: QGIS drops a layer from the project that the tree has no more.
        group.insertChildNode(place, node.clone())
        parent.removeChildNode(node)
        self._ranks[layer.id()] = rank

    def _group(self, parent: QgsLayerTreeGroup) -> QgsLayerTreeGroup:
        # Looked for anew each time: whoever clicks in between may have taken it away.
        for found in parent.findGroups():
            if self._is_ours(found):
                return found
        return parent.insertGroup(0, self._title)

    def _is_ours(self, group: QgsLayerTreeGroup) -> bool:
        layers = {each.layerId() for each in group.findLayers()}
        return group.name() == self._title and bool(layers & set(self._ranks))
