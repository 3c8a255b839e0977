"""`make screenshots`: pictures of the plugin in QGIS's desktop, on a display that nobody sees.

    python -m tools.screenshots --only series

takes those of a series alone, `--only map` those of one detection. The dates of the series are real imagery; where
there is none, `make screenshots` leaves them out.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image

from tools.qgis_process import AlgorithmError, enable_plugin, environment, run
from tools.scene import make_scene

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "screenshots"
# Dialogs and logs show paths: the same ones wherever the checkout is. QGIS marks layers under /tmp as temporary.
SHOWN_ROOT = Path("/var/tmp/ddpm")
PICTURES = ROOT / "docs" / "images"
COLOURS = 256
SCREEN = "1600x1700x24"
# Switched on without a click, in English, without the news of the start page.
PROFILE = """[PythonPlugins]
qgis_ddpm=true

[locale]
userLocale=en_US
overrideFlag=true

[Processing]
Configuration\\PREFER_FILENAME_AS_LAYER_NAME=false

[app]
projections\\unknownCrsBehavior=NoAction
"""


def prepare_model() -> Path:
    """Train a small model of the scene, once."""
    model = WORK / "scene.safetensors"
    if not model.exists():
        enable_plugin()
        rasters = [WORK / "scene" / f"{name}.tif" for name in ("before", "after")]
        run("ddpm:trainmodel", {"INPUT": rasters, "PRESET": "tiny", "TILES": 640, "MODEL": model})
    return model


def shrink(picture: Path) -> None:
    """Reduce a picture to 256 colours, which nobody sees and every clone saves."""
    with Image.open(picture) as image:
        small = image.convert("RGB").quantize(COLOURS)
    small.save(picture, optimize=True)


def join_frames() -> None:
    """The frames of the series that was played, side by side in one picture: the controller and the map of each."""
    frames = sorted(PICTURES.glob("series_[0-9]*.png"))
    panels = []
    for path in frames:
        with Image.open(path) as image:
            width, height = image.size
            panels.append(image.convert("RGB").crop((298, 100, width, height - 32)).reduce(2))
        path.unlink()
    width, height = panels[0].size
    joined = Image.new("RGB", (2 * width + 6, 2 * height + 6), "white")
    for number, panel in enumerate(panels):
        joined.paste(panel, ((number % 2) * (width + 6), (number // 2) * (height + 6)))
    joined.save(PICTURES / "series_played.png")


def series() -> Path | None:
    """The folder of a series of Landsat, None where there is no real imagery."""
    folder = Path(os.environ.get("QGIS_DDPM_DATA") or ROOT.parent / "shared" / "data") / "geo" / "landsat_pucallpa"
    return folder if folder.is_dir() else None


def main() -> int:
    """Take all pictures; the exit status is QGIS's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("series", "map"))
    only = parser.parse_args().only
    for program in ("qgis.bin", "xvfb-run"):
        if shutil.which(program) is None:
            print(f"screenshots: {program} is missing; install the packages qgis, xvfb and xauth", file=sys.stderr)
            return 1
    make_scene(WORK / "scene", size_px=384)
    try:
        # These need none.
        model = WORK / "none" if only else prepare_model()
    except AlgorithmError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 1
    profiles = WORK / "profiles"
    shutil.rmtree(profiles, ignore_errors=True)
    settings = profiles / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(PROFILE, encoding="utf-8")
    PICTURES.mkdir(parents=True, exist_ok=True)
    SHOWN_ROOT.unlink(missing_ok=True)
    SHOWN_ROOT.symlink_to(ROOT)
    told = {"DDPM_SCENE": WORK / "scene", "DDPM_PICTURES": PICTURES, "DDPM_MODEL": model.name, "QGIS_DDPM_MODELS": WORK}
    dates = series()
    if dates is not None:
        told["DDPM_SERIES"] = SHOWN_ROOT / "build" / "screenshots" / "series"
        # QGIS leaves statistics beside what it shows.
        (WORK / "series").mkdir(exist_ok=True)
        for path in dates.glob("*.tif"):
            shutil.copyfile(path, WORK / "series" / path.name)
    if only:
        told["DDPM_ONLY"] = only
    environ = environment() | {name: str(value) for name, value in told.items()}
    environ = {name: value.replace(str(ROOT), str(SHOWN_ROOT)) for name, value in environ.items()}
    environ.pop("QT_QPA_PLATFORM")
    environ.pop("QGIS_CUSTOM_CONFIG_PATH")
    started = time.time()
    story = Path(__file__).with_name("desktop_story.py")
    command = ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", "qgis.bin", "--nologo", "--noversioncheck"]
    done = subprocess.run(
        [*command, "--profiles-path", str(profiles), "--code", str(story)], env=environ, cwd=ROOT, check=False
    )
    SHOWN_ROOT.unlink()
    if done.returncode == 0 and dates is not None and only != "map":
        join_frames()
    for picture in sorted(PICTURES.glob("*.png")):
        if picture.stat().st_mtime < started:
            continue
        shrink(picture)
        print(f"{os.path.relpath(picture, ROOT)}: {picture.stat().st_size / 1000:.0f} kB")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
