"""What an environment for jobs is made of."""

OLDEST_PYTHON = (3, 10)
# Modules that the core imports, by the names that are installed.
NEEDED = {"torch": "torch", "numpy": "numpy", "rasterio": "rasterio", "safetensors": "safetensors", "yaml": "pyyaml"}
# What an environment is made of: package -> requirement, each lower bound with its reason; the upper ones stop before
# the next release that may break what is promised here.
REQUIREMENTS = {
    "torch": "torch>=2.4,<3",  # the first whose attention, RMS norm and weights-only loading are alike on all devices
    "numpy": "numpy>=1.24,<3",  # the oldest that torch and rasterio both accept
    "rasterio": "rasterio>=1.4,<2",  # 1.4 writes masks and ground control points of windows rightly
    "safetensors": "safetensors>=0.4.3,<1",  # the first whose metadata is read alike on every platform
    "pyyaml": "pyyaml>=6.0,<7",  # the first that builds on Python 3.10 and newer
    "pillow": "pillow>=10.3,<14",  # older ones have known faults in reading images of others
    "matplotlib": "matplotlib>=3.6,<4",  # plots of the reports
    "scipy": "scipy>=1.10,<2",  # statistics of the detection and of the reports
    "tqdm": "tqdm>=4.64,<5",  # the terminal's progress bar
}
