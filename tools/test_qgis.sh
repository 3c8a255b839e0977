#!/usr/bin/env bash
# `make test-qgis SUITE=trixie`: the tests inside QGIS on another Debian release, in a folder of its own (about 4 GB).
# Needs root and debootstrap. Run again, it goes on with the folder that is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly SUITE="${1:?name a Debian release, such as trixie (QGIS 3.40) or forky (QGIS 3.44)}"
readonly SYSTEM="${QGIS_SYSTEMS:-build/systems}/$SUITE"
readonly MIRROR="${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
readonly PACKAGES=(
    qgis python3-qgis gdal-bin python3-gdal
    python3-torch python3-rasterio python3-safetensors python3-yaml python3-pil python3-matplotlib python3-scipy
    python3-tqdm python3-attr python3-pytest python3-pytest-timeout
)
readonly HOUSE=/srv/qgis_ddpm

say() { printf 'test-qgis: %s\n' "$*"; }

inside() { chroot "$SYSTEM" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }

((EUID == 0)) || { say "only root can enter another system; run it with sudo"; exit 1; }
command -v debootstrap >/dev/null || { say "debootstrap is missing:  apt-get install debootstrap"; exit 1; }

if [[ ! -e "$SYSTEM/ready" ]]; then
    say "making $SYSTEM; this takes some minutes the first time"
    mkdir -p "$SYSTEM"
    [[ -e "$SYSTEM/etc/debian_version" ]] || debootstrap --variant=minbase "$SUITE" "$SYSTEM" "$MIRROR"
    # Services have no place in a folder.
    printf '#!/bin/sh\nexit 101\n' >"$SYSTEM/usr/sbin/policy-rc.d"
    chmod +x "$SYSTEM/usr/sbin/policy-rc.d"
    cp /etc/resolv.conf "$SYSTEM/etc/resolv.conf"
    inside DEBIAN_FRONTEND=noninteractive apt-get -qq update
    inside DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${PACKAGES[@]}"
    touch "$SYSTEM/ready"
fi

# A copy of what git knows or would know: the tests write into their checkout.
rm -rf "${SYSTEM:?}$HOUSE"
mkdir -p "$SYSTEM$HOUSE/build/plugins/qgis_ddpm" "$SYSTEM$HOUSE/build/profile"
git ls-files -z --cached --others --exclude-standard | xargs -0 -I{} sh -c '[ -e "$1" ] && cp --parents "$1" "$2"' _ {} "$SYSTEM$HOUSE"
for entry in qgis_ddpm/* metadata.txt LICENSE; do
    [[ "$entry" == */__pycache__ ]] || ln -sf "../../../$entry" "$SYSTEM$HOUSE/build/plugins/qgis_ddpm/"
done
mountpoint -q "$SYSTEM/proc" || mount -t proc proc "$SYSTEM/proc"
trap 'umount "$SYSTEM/proc"' EXIT
inside sh -c 'qgis_process --version 2>/dev/null | head -1; python3 --version'
inside QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 XDG_RUNTIME_DIR=/tmp \
    QGIS_PLUGINPATH=$HOUSE/build/plugins QGIS_CUSTOM_CONFIG_PATH=$HOUSE/build/profile QGIS_DDPM_PYTHON=/usr/bin/python3 \
    sh -c "cd $HOUSE && python3 -m pytest tests/algorithms ${PYTEST_ARGS:-}"
