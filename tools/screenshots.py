"""`make screenshots`: pictures of the plugin in QGIS's desktop, on a display that nobody sees."""

import os
import shutil
import subprocess
import sys
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


def main() -> int:
    """Take all pictures; the exit status is QGIS's."""
    for program in ("qgis.bin", "xvfb-run"):
        if shutil.which(program) is None:
            print(f"screenshots: {program} is missing; install the packages qgis, xvfb and xauth", file=sys.stderr)
            return 1
    make_scene(WORK / "scene", size_px=384)
    try:
        model = prepare_model()
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
    environ = environment() | {name: str(value) for name, value in told.items()}
    environ = {name: value.replace(str(ROOT), str(SHOWN_ROOT)) for name, value in environ.items()}
    environ.pop("QT_QPA_PLATFORM")
    environ.pop("QGIS_CUSTOM_CONFIG_PATH")
    story = Path(__file__).with_name("desktop_story.py")
    command = ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", "qgis.bin", "--nologo", "--noversioncheck"]
    done = subprocess.run(
        [*command, "--profiles-path", str(profiles), "--code", str(story)], env=environ, cwd=ROOT, check=False
    )
    SHOWN_ROOT.unlink()
    for picture in sorted(PICTURES.glob("*.png")):
        shrink(picture)
        print(f"{os.path.relpath(picture, ROOT)}: {picture.stat().st_size / 1000:.0f} kB")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
