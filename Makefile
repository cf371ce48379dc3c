# Every word is carried out by scripts/dev.py, which also works where there is no make.
# More arguments: make test ARGS="-k search"
PYTHON ?= python3
ARGS ?=

.PHONY: help setup run test check bench shot package clean

help:
	@$(PYTHON) scripts/dev.py --help

setup run test check bench shot package:
	@$(PYTHON) scripts/dev.py $@ $(ARGS)

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find kotter_journal scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
