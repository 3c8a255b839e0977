"""Tools of a checkout: the demo, its scene, the zip; none of this is part of the plugin."""
