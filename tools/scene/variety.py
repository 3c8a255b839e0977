"""Twelve scenes with known changes and eight in which nothing changed: what change detection is measured on.

They differ in land, in what changed and how much of it, in seasons, sensors, air and registration. Each is a function
of its name alone.
"""

from dataclasses import replace

from tools.scene import Variant
from tools.scene.landscape import NOTHING_CHANGES, Recipe
from tools.scene.optics import EARLY_SUMMER, LATE_SUMMER, Season, Sensor

SIZE_PX = 320

SPRING = Season(0.02, 0.0, 0.25, 0.10, 48.0, 140.0, 0.012, (0.0, 0.0))
# The same fields a few weeks later: what grows has dried a little, and nobody ploughed.
WEEKS_LATER = Season(0.12, 0.05, 0.0, 0.03, 52.0, 155.0, 0.020, (0.05, 0.08))
NEXT_YEAR = Season(0.08, 0.02, 0.0, 0.05, 57.0, 150.0, 0.010, (0.15, -0.2))
AUTUMN = Season(0.45, 0.75, 0.15, 0.12, 30.0, 168.0, 0.022, (0.35, 0.25))
HAZY = replace(NEXT_YEAR, haze=0.07)
ASTRAY = replace(NEXT_YEAR, shift_px=(0.5, -0.4))

COLOURS = Sensor((2, 1, 0))
WITH_INFRARED = Sensor((0, 1, 2, 3))
FALSE_COLOURS = Sensor((3, 2, 1))
SIX = Sensor((0, 1, 2, 3, 4, 5))
LANDSAT = Sensor((4, 3, 2, 1), blur_px=0.8, noise=1.5)

# Seed and kind of each scene.
SCENES: dict[str, tuple[int, Variant]] = {
    "valley": (101, Variant()),
    "first felling": (102, Variant(Recipe(forest_share=0.7, cleared_share=0.002, clearing_px=(3.0, 6.0),
                                          new_sites_share=0.0, migration=0.0),
                                   (EARLY_SUMMER, NEXT_YEAR), (COLOURS, COLOURS), "uint8")),
    "felling": (103, Variant(Recipe(forest_share=0.75, cleared_share=0.24, clearing_px=(8.0, 22.0)),
                             (EARLY_SUMMER, LATE_SUMMER), (SIX, replace(SIX, gain=1.06)))),
    "forest lost": (104, Variant(Recipe(river=False, forest_share=0.9, cleared_share=0.55, clearing_px=(12.0, 30.0)),
                                 (EARLY_SUMMER, NEXT_YEAR), (SIX, SIX))),
    "steppe": (105, Variant(Recipe(river=False, forest_share=0.04, cleared_share=0.0, new_sites_share=0.012),
                            (EARLY_SUMMER, NEXT_YEAR),
                            (COLOURS, replace(COLOURS, gain=0.93, offset=0.006, blur_px=0.9)), "uint8")),
    "restless river": (106, Variant(Recipe(cleared_share=0.004, new_sites_share=0.002, migration=3.0),
                                    (EARLY_SUMMER, HAZY), (LANDSAT, LANDSAT), "uint8")),
    "fire": (107, Variant(Recipe(burnt_share=0.3, cleared_share=0.0), (EARLY_SUMMER, LATE_SUMMER), (SIX, SIX),
                          "float32")),
    "small fires": (108, Variant(Recipe(burnt_share=0.02, cleared_share=0.0, new_sites_share=0.0, migration=0.2),
                                 (EARLY_SUMMER, ASTRAY), (FALSE_COLOURS, FALSE_COLOURS), "uint8")),
    "new town": (109, Variant(Recipe(forest_share=0.15, cleared_share=0.002, new_sites_share=0.12),
                              (EARLY_SUMMER, NEXT_YEAR), (COLOURS, replace(COLOURS, blur_px=0.9)), "uint8")),
    "spring and autumn": (110, Variant(Recipe(cleared_share=0.06, new_sites_share=0.02, migration=1.5),
                                       (SPRING, AUTUMN), (WITH_INFRARED, replace(WITH_INFRARED, gain=0.9)))),
    "poor sensor": (111, Variant(Recipe(cleared_share=0.02), (EARLY_SUMMER, WEEKS_LATER),
                                 (replace(WITH_INFRARED, noise=5.0), replace(WITH_INFRARED, noise=5.0)))),
    "burnt down": (112, Variant(Recipe(forest_share=0.5, burnt_share=0.62, cleared_share=0.0, new_sites_share=0.0),
                                (EARLY_SUMMER, WEEKS_LATER), (LANDSAT, LANDSAT), "uint8")),
}  # fmt: skip

UNCHANGED: dict[str, tuple[int, Variant]] = {
    "weeks later": (201, Variant(NOTHING_CHANGES, (EARLY_SUMMER, WEEKS_LATER))),
    "next year": (202, Variant(NOTHING_CHANGES, (EARLY_SUMMER, NEXT_YEAR), (SIX, SIX))),
    "haze": (203, Variant(NOTHING_CHANGES, (EARLY_SUMMER, HAZY), (LANDSAT, LANDSAT), "uint8")),
    "astray": (204, Variant(NOTHING_CHANGES, (EARLY_SUMMER, ASTRAY), (WITH_INFRARED, WITH_INFRARED))),
    "other sensor": (205, Variant(NOTHING_CHANGES, (EARLY_SUMMER, WEEKS_LATER),
                                  (SIX, replace(SIX, gain=1.12, offset=0.01, blur_px=1.0, noise=2.0)))),
    "noise": (206, Variant(NOTHING_CHANGES, (EARLY_SUMMER, EARLY_SUMMER),
                           (WITH_INFRARED, replace(WITH_INFRARED, noise=6.0)), "float32")),
    "colours": (207, Variant(NOTHING_CHANGES, (EARLY_SUMMER, NEXT_YEAR), (COLOURS, COLOURS), "uint8")),
    "forest": (208, Variant(replace(NOTHING_CHANGES, river=False, forest_share=0.85), (EARLY_SUMMER, WEEKS_LATER),
                            (LANDSAT, LANDSAT), "uint8")),
}  # fmt: skip
