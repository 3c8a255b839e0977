#!/usr/bin/env bash
# Makes what a checkout needs: system packages, .venv, the plugin folder and a throw-away QGIS profile.
# Running it again is quick: the environment is rebuilt only when the stamp's inputs change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The environment must be the system's Python: QGIS's bindings are compiled for it.
readonly SYSTEM_PYTHON=/usr/bin/python3
readonly SYSTEM_PACKAGES=(qgis python3-qgis gdal-bin python3-gdal python3-venv)
readonly STAMP=.venv/setup.stamp
readonly PLUGIN=build/plugins/qgis_ddpm

say() { printf 'setup: %s\n' "$*"; }

missing_packages() {
    local package
    for package in "${SYSTEM_PACKAGES[@]}"; do
        [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || echo "$package"
    done
}

install_system_packages() {
    if ! command -v dpkg-query >/dev/null; then
        "$SYSTEM_PYTHON" -c "import qgis.core, osgeo.gdal, venv" && return
        say "this is not a Debian system: install QGIS 3.22 or newer with its Python bindings for $SYSTEM_PYTHON, then repeat"
        exit 1
    fi
    local missing as_root=()
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0

    if ((EUID != 0)); then
        # Never ask for a password in the middle of a build: without one at hand, name the command.
        if ! sudo -n true 2>/dev/null; then
            say "these system packages are missing: ${missing[*]}"
            say "install them, then repeat:  sudo apt-get install -y --no-install-recommends ${missing[*]}"
            exit 1
        fi
        as_root=(sudo)
    fi
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get)
    say "installing system packages: ${missing[*]}"
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" && return
    say "apt does not find them: refreshing its package lists"
    "${apt[@]}" update
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

inputs_hash() {
    # The checkout's place is an input: a virtual environment cannot be moved.
    { pwd; "$SYSTEM_PYTHON" --version; cat requirements/*.txt tools/setup_dev.sh; } | sha256sum | cut -d' ' -f1
}

make_environment() {
    if [[ -L .venv ]]; then
        say ".venv is a link: the environment is that of $(dirname "$(readlink -f .venv)"), and is left as it is"
        return
    fi
    local hash
    hash="$(inputs_hash)"
    if [[ -x .venv/bin/python && "$(cat "$STAMP" 2>/dev/null)" == "$hash" ]]; then
        return
    fi
    # A user's settings for other installs would send the packages elsewhere; mirrors and proxies stay.
    unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_VIRTUALENV
    say "making .venv with $("$SYSTEM_PYTHON" --version); torch is large, this takes minutes the first time"
    rm -f "$STAMP"
    "$SYSTEM_PYTHON" -m venv --system-site-packages .venv
    .venv/bin/python -m pip install --disable-pip-version-check --quiet -r requirements/dev.txt
    env -u PROJ_LIB -u PROJ_DATA .venv/bin/python -c \
        'import numpy, rasterio, torch; print(f"setup: torch {torch.__version__}, rasterio {rasterio.__version__}, numpy {numpy.__version__}")'
    echo "$hash" >"$STAMP"
}

link_plugin() {
    # QGIS wants metadata.txt beside __init__.py, so the folder is put together entry by entry, as in the zip.
    mkdir -p "$PLUGIN" build/profile
    find "$PLUGIN" -maxdepth 1 -xtype l -delete
    local entry link
    for entry in qgis_ddpm/* metadata.txt LICENSE; do
        link="$PLUGIN/$(basename "$entry")"
        [[ "$entry" == */__pycache__ || ! -e "$entry" || -e "$link" ]] || ln -s "../../../$entry" "$link"
    done
}

mkdir -p build
exec 9>build/setup.lock
flock 9
install_system_packages
make_environment
link_plugin
say "ready: .venv, $PLUGIN"
