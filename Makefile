# Two commands matter: make demo, make test. Everything else is a part of them.
SHELL := /bin/sh
PYTHON ?= python3
PORT   ?= 8000
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test serve fine lint types contracts bench bench-pages bench-import bench-text bench-masking bench-honesty
.PHONY: bench-analyze lock messages clean help

help:
	@echo "make demo   the demonstration, on http://127.0.0.1:8000 (PORT=8001 for another port)"
	@echo "make test   every check"
	@echo "make serve  the application on your own data (after: ecoute init)"
	@echo "make fine   what the fine profile of text analysis needs beside the rest (ECOUTE_PROFILE=fine)"
	@echo "make bench  every measure, one table each (bench-text, bench-masking, bench-honesty, bench-pages, bench-import,"
	@echo "            bench-analyze); ECOUTE_DATA names the folder of the data sets"

# The mark files remember which lock was installed: a second run starts at once.
$(VENV)/.base: requirements/base.txt pyproject.toml tools/install.sh
	@PYTHON="$(PYTHON)" sh tools/install.sh base

$(VENV)/.dev: requirements/dev.txt pyproject.toml tools/install.sh
	@PYTHON="$(PYTHON)" sh tools/install.sh dev

$(VENV)/.fine: requirements/fine.txt pyproject.toml tools/install.sh
	@PYTHON="$(PYTHON)" sh tools/install.sh fine

fine: $(VENV)/.fine

demo: $(VENV)/.base
	@$(BIN)/ecoute demo --port $(PORT)

serve: $(VENV)/.base
	@$(BIN)/ecoute serve --port $(PORT)

test: $(VENV)/.dev
	@sh tools/test.sh

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: $(VENV)/.dev
	@$(BIN)/mypy

contracts: $(VENV)/.dev
	@$(BIN)/lint-imports

bench: bench-text bench-masking bench-honesty bench-analyze bench-import bench-pages

bench-pages: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.pages

bench-import: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.imports

bench-text: $(VENV)/.dev
	@$(BIN)/python -m ecoute.methods.text.evaluation

bench-masking: $(VENV)/.dev
	@$(BIN)/python -m ecoute.methods.text.evaluation.masking

bench-honesty: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.honesty

bench-analyze: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.analyze

lock:
	@sh tools/lock.sh

messages: $(VENV)/.dev
	@sh tools/messages.sh

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
