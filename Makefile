# The two commands: make demo, make test. Both need git, make and Python with venv, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test check office templates docs picture update clean

demo: $(VENV)/demo.stamp
	$(BIN)/xuncha-docs demo -o out/demo --force

# Everything that must hold: format, lint, types, layers, tests (the wheel and the docs among them).
test: check office
	$(BIN)/pytest -n 2

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What the proofs on PDF need: installed on Debian as root when missing; elsewhere they are skipped, and say so.
office: $(VENV)/dev.stamp
	.ci/office

# Rebuild the .docx templates from their scripts.
templates: $(VENV)/dev.stamp
	$(BIN)/python -m templates

docs: $(VENV)/dev.stamp
	$(BIN)/mkdocs build --strict --quiet

# The README's picture, from the demo's announcement.
picture: office
	$(BIN)/python -m docs.picture

# Rewrite what is generated and reviewed: golden outlines, the pages made from the models, the notebook; review the diff.
update: $(VENV)/dev.stamp
	$(BIN)/python -m docs.fields
	$(BIN)/python -m docs.notebook
	$(BIN)/pytest -q tests/test_golden.py tests/test_pages.py --update

$(VENV)/demo.stamp: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -e .
	touch $@

$(VENV)/dev.stamp: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) out site dist build .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
