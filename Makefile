# Everything a person or .ci/run needs; each target says what it does when it does something slow.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-done
OUT ?= out
FUZZ_SECONDS ?= 200
FUZZ_TARGETS ?= opening file drawing grid number header

# The recognition of scanned pages uses Tesseract's Indonesian, English and orientation data.
DEBIAN_PACKAGES := tesseract-ocr tesseract-ocr-ind tesseract-ocr-eng tesseract-ocr-osd
TOOL_PACKAGES := chromium libreoffice-calc libreoffice-writer fonts-liberation fonts-crosextra-carlito
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.DEFAULT_GOAL := help
.PHONY: help setup debian tools lock lint format test test-slow chaos fuzz samples score bench scaling calibration scan-sweep clean

help: ## Show the targets.
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' $(MAKEFILE_LIST) | column -t -s '|'

setup: debian $(STAMP) ## Install Debian packages if any are missing, make .venv from requirements.lock.

# Installs those of the named Debian packages that are missing, and says which.
define install_debian
	@if ! command -v dpkg-query >/dev/null; then \
	  echo "Not a Debian system: install what these packages hold yourself: $(1)"; \
	else \
	  missing=""; \
	  for package in $(1); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	  done; \
	  $(PYTHON) -c 'import ensurepip' 2>/dev/null || missing="$$missing python3-venv"; \
	  if [ -n "$$missing" ]; then \
	    echo "Installing Debian packages:$$missing"; \
	    $(SUDO) apt-get update -qq && \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	  fi; \
	fi
endef

debian:
	$(call install_debian,$(DEBIAN_PACKAGES))

tools: ## Install the Debian packages that print samples and that the slow tests drive (Chromium, LibreOffice).
	$(call install_debian,$(TOOL_PACKAGES))

$(STAMP): requirements.lock pyproject.toml | debian
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make setup PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	# --no-deps: rapidocr asks for opencv-python, which overwrites the headless build camelot needs.
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock: ## Write requirements.lock from what is installed in .venv.
	@{ echo "# Written by make lock. Installed with --no-deps: opencv-python must stay out (see pyproject.toml)."; \
	  $(BIN)/pip freeze --all --exclude-editable --exclude pip --exclude wheel --exclude opencv-python --exclude atheris; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock

lint: setup ## Check style and types.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup ## Format the code.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: setup ## Run the quick tests.
	$(BIN)/pytest -q -n auto --dist loadfile

test-slow: setup tools ## Run the tests that need recognition models, LibreOffice or minutes.
	$(BIN)/pytest -q -m slow

fuzz: setup ## Feed mutated input to each entry point for FUZZ_SECONDS (200; 20 minutes in all); installs atheris.
	$(BIN)/pip install --quiet --disable-pip-version-check atheris==3.0.0
	PYTHONPATH=. $(BIN)/python -m fuzz.corpus $(OUT)/fuzz
	for target in $(FUZZ_TARGETS); do \
	  PYTHONPATH=. $(BIN)/python -m fuzz $$target $(OUT)/fuzz/$$target -max_total_time=$(FUZZ_SECONDS) -timeout=60 \
	    -max_len=4096 -rss_limit_mb=3000 -artifact_prefix=$(OUT)/fuzz/$$target- || exit 1; \
	done

chaos: setup ## Convert 200 documents while workers and parent are killed; the outputs must not tell (15 minutes).
	RENJA_CHAOS_DOCUMENTS=200 RENJA_CHAOS_WORKER_KILL_SECONDS=10 RENJA_CHAOS_PARENT_KILLS=5 \
	  $(BIN)/pytest -q -s -m slow tests/renja/test_chaos.py

samples: setup tools ## Print the sample PDFs and their expected CSVs anew.
	$(BIN)/python -m samples.generate

score: setup ## Convert every sample and score it against its expected CSVs.
	@for pdf in samples/*.pdf; do \
	  name=$$(basename $$pdf .pdf); \
	  echo "== $$name"; \
	  $(BIN)/renja convert $$pdf -o $(OUT)/score --force && \
	  $(BIN)/python samples/score.py samples/expected/$$name $(OUT)/score/$$name || exit 1; \
	done

bench: setup ## Measure speed and memory beside other programs; writes docs/benchmarks.md (a quarter of an hour).
	$(BIN)/python -m bench

scaling: setup ## Two worker processes against one on 20 documents, best of three; prints the efficiency (two minutes).
	$(BIN)/python -m bench.scaling

calibration: setup ## Hold the confidence of cells against the truth; writes docs/calibration.md (about ten minutes).
	$(BIN)/python -m samples.calibration

scan-sweep: setup ## Read simulated scans of every quality with the real engines; writes docs/scans.md (about ten minutes).
	$(BIN)/python -m samples.scan_sweep

clean: ## Remove .venv, caches and outputs.
	rm -rf $(VENV) bench/.venv $(OUT) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
