# Every target sets up what it needs: a virtual environment in .venv, from pinned versions.
PYTHON ?= python3
BIN    := .venv/bin

.PHONY: demo test check bench clean

demo: .venv/ready        ## crawl the bundled newspapers over HTTP into hemero-demo.db, and show the articles
	$(BIN)/hemero demo

test: .venv/ready        ## the test suite; PostgreSQL's part runs where its binaries are
	$(BIN)/pytest --numprocesses=4 --dist=loadfile

check: .venv/ready       ## lint, format, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/bench       ## what the README's figures come from
	$(BIN)/python benchmarks/extraction.py
	$(BIN)/python benchmarks/variants.py
	$(BIN)/python benchmarks/swaps.py
	$(BIN)/python benchmarks/metadata.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/relevance.py
	$(BIN)/python benchmarks/crawl.py
	$(BIN)/python benchmarks/archive.py

clean:                   ## forget the environment and the demo
	rm -rf .venv hemero-demo.db* hemero-demo-archive

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,postgresql]'
	touch $@

.venv/bench: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	touch $@
