# Every target makes the set-up it needs; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup faults fuzz load sbom renew audit test lint format demo docs translations tutorial pictures workflows index test-qgis screenshots zip clean

PYTHON := .venv/bin/python
MINUTES ?= 2
PYTEST_ARGS ?=
FAULTS_ARGS ?=
FUZZ_ARGS ?=
LOAD_ARGS ?=
AUDIT_ARGS ?=
WHEELS ?=
SUITE ?= trixie

# These point at another GDAL, PROJ or Python than the environment's and break rasterio or QGIS.
unexport PROJ_LIB PROJ_DATA GDAL_DATA GDAL_DRIVER_PATH PYTHONPATH PYTHONHOME
export QT_QPA_PLATFORM := offscreen
export QGIS_PLUGINPATH := $(CURDIR)/build/plugins
export QGIS_CUSTOM_CONFIG_PATH := $(CURDIR)/build/profile
export QGIS_DDPM_PYTHON := $(CURDIR)/$(PYTHON)
export BEFORE AFTER

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## system packages, .venv, plugin folder, throw-away QGIS profile
	@tools/setup_dev.sh

# QGIS and rasterio bring a GDAL each, and one process must not hold both: hence two runs.
test: setup ## all tests: core and command line, then the algorithms inside QGIS
	$(PYTHON) -m pytest tests --ignore=tests/algorithms $(PYTEST_ARGS)
	$(PYTHON) -m pytest tests/algorithms $(PYTEST_ARGS)

faults: setup ## system calls that fail and processes that are ended, over six jobs; needs a C compiler
	$(PYTHON) -m tests.faults.inject $(FAULTS_ARGS)

load: setup ## two hundred jobs from one process, four at once, two that want one file
	$(PYTHON) -m tests.faults.load $(LOAD_ARGS)

# What a user gets is asked of a current pip in an environment without packages; nothing is installed there.
sbom: setup ## the lock from the packages of .venv; the bill of materials from what a user of runtime.txt gets; the licences
	python3 -m venv build/resolve && build/resolve/bin/pip install --quiet --upgrade 'pip>=25,<27'
	$(PYTHON) -m tools.supply_chain --resolve-with build/resolve/bin/python

renew: setup ## the newest packages within the bounds in a throw-away environment: lock, bill, tests, audit; each month
	tools/renew.sh

# In an environment of its own: its packages are nothing to the tests. It asks the index that pip is configured for.
audit: setup ## known faults of the locked packages and of those that a user gets; fails where one was not looked at
	python3 -m venv build/audit && build/audit/bin/pip install --quiet 'pip-audit>=2.7,<3'
	$(PYTHON) -m tools.audit build/audit/bin/pip-audit $(AUDIT_ARGS)

fuzz: setup ## twenty thousand spoiled files
	$(PYTHON) -m tests.faults.fuzz $(FUZZ_ARGS)

lint: setup ## style, types, and the scans that the plugin repository runs
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/vermin --quiet --no-tips --violations --eval-annotations --target=3.9- $$(find qgis_ddpm -name '*.py' -not -path '*/core/*')
	.venv/bin/bandit --quiet --recursive --configfile pyproject.toml qgis_ddpm
	find qgis_ddpm metadata.txt -type f -not -name '*.pyc' -exec .venv/bin/detect-secrets-hook {} +

format: setup ## let ruff format the code and sort the imports
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# Under `make -C` PWD is still where the caller stands, and BEFORE and AFTER are relative to that.
demo: setup ## train, sample, detect and assess on a scene, or on BEFORE=a.tif AFTER=b.tif; see demo/index.html
	$(PYTHON) -m tools.demo --minutes $(MINUTES) --relative-to "$(PWD)" --before "$$BEFORE" --after "$$AFTER"

docs: setup ## the page of each algorithm in docs/, from the code
	$(PYTHON) -m tools.algorithm_pages

pictures: setup ## the small pictures in the help, from what `make tutorial` leaves
	$(PYTHON) -m tools.help_pictures

# Qt lists a map's keys in another order in each process, unless it is told not to.
workflows: setup ## the models of the model designer that come with the plugin
	QT_HASH_SEED=0 $(PYTHON) -m tools.workflows

index: setup ## models/index.json, from the files of models/
	$(PYTHON) -m tools.model_index

# Needs Python alone: no set-up, no root, no torch.
zip: ## the plugin as build/qgis_ddpm.zip for upload, and one with the shipped models for "Install from ZIP"
	python3 tools/build_zip.py

translations: setup ## the texts of the plugin in qgis_ddpm/i18n, and their compiled form
	$(PYTHON) -m tools.translations

tutorial: setup ## every qgis_process command of the tutorial, from the zip on a fresh home; WHEELS=folder cuts the network
	$(PYTHON) -m tools.tutorial --wheels "$(WHEELS)"

test-qgis: ## the tests inside QGIS of another Debian, SUITE=trixie (3.40) or forky (3.44); needs root and debootstrap
	tools/test_qgis.sh "$(SUITE)"

screenshots: setup ## pictures of the plugin in the QGIS desktop (needs xvfb and xauth)
	$(PYTHON) -m tools.screenshots

clean: ## remove everything that make made
	rm -rf build demo .venv .ruff_cache
