#!/usr/bin/env bash
# Renews the lock: the newest packages within the bounds of requirements/, in an environment of its own beside .venv.
# What constraints.txt pins stays as it is. The lock is left changed only where all tests passed with it.
set -euo pipefail
cd "$(dirname "$0")/.."

FOLDER=build/renew
SYSTEM_PYTHON=${SYSTEM_PYTHON:-/usr/bin/python3}
KEEP="requirements/lock.txt sbom.cdx.json docs/licences.md"

undo() {
    echo "renew: not renewed; the lock is as it was" >&2
    for file in $KEEP; do cp "$FOLDER/before/$(basename "$file")" "$file"; done
}

rm -rf "$FOLDER"
mkdir -p "$FOLDER/before"
for file in $KEEP; do cp "$file" "$FOLDER/before/"; done
trap 'undo' ERR INT TERM

unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_VIRTUALENV
"$SYSTEM_PYTHON" -m venv --system-site-packages "$FOLDER/venv"
# The lock itself must not bind what renews it.
grep -v '^-c lock.txt' requirements/dev.txt | sed 's#^-\([rc]\) #-\1 ../../requirements/#' >"$FOLDER/dev.txt"
"$FOLDER/venv/bin/python" -m pip install --disable-pip-version-check --quiet --upgrade -r "$FOLDER/dev.txt"

"$SYSTEM_PYTHON" -m venv build/resolve
build/resolve/bin/pip install --quiet --upgrade 'pip>=25,<27'
"$FOLDER/venv/bin/python" -m tools.supply_chain --resolve-with build/resolve/bin/python

export QGIS_DDPM_PYTHON="$PWD/$FOLDER/venv/bin/python"
"$FOLDER/venv/bin/python" -m pytest tests --ignore=tests/algorithms ${PYTEST_ARGS:-}
"$FOLDER/venv/bin/python" -m pytest tests/algorithms ${PYTEST_ARGS:-}

trap - ERR INT TERM
git --no-pager diff --stat -- $KEEP
"$SYSTEM_PYTHON" -m venv build/audit
build/audit/bin/pip install --quiet 'pip-audit>=2.7,<3'
# The renewed lock stays also where this fails: a known fault that no release within the bounds mends asks for a decision.
"$FOLDER/venv/bin/python" -m tools.audit build/audit/bin/pip-audit ${AUDIT_ARGS:-}
