# One word for each thing one does with chanplan; `make help` lists them.
#
# No target needs another one first: each makes `.venv` and installs what it needs by itself,
# once, and again when the requirement files change. `PYTHON=` names the Python for a new `.venv`.

PORT ?= 8501
# Two processes run the tests: the smallest machine we promise anything for has two cores.
WORKERS ?= 2
ARGS ?=

PY := .venv/bin/python
# Modules are compiled once, not at every start of the app and in every process of the tests.
unexport PYTHONDONTWRITEBYTECODE

VENV := PYTHON="$(PYTHON)" sh .ci/venv

.DEFAULT_GOAL := help
.PHONY: help run test check bench performance proof sample audit clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run:  ## start the app at http://127.0.0.1:8501 (PORT=8600 for another port)
	@$(VENV) run
	@echo "chanplan: http://127.0.0.1:$(PORT)  (Ctrl+C stops it)"
	@exec $(PY) -m streamlit run app.py --server.port "$(PORT)"

test:  ## everything that runs: units, pages, browser, contracts, docs (ARGS="tests/store -x" for a part)
	@$(VENV) dev
	@$(PY) -m tests.browser.chromium
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check:  ## everything that only reads: format, lint, strict types, import contracts
	@$(VENV) dev
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -c "from importlinter.cli import lint_imports_command as run; run()"

bench:  ## measure import and questions against their floor
	@$(VENV) dev
	@$(PY) -m benchmarks $(ARGS)

performance:  ## large imports against their floors; writes docs/performance.md
	@$(VENV) dev
	@$(PY) -m benchmarks.performance $(ARGS)

proof:  ## the long proofs; writes docs/proof.md
	@$(VENV) dev
	@$(PY) -m benchmarks.proof $(ARGS)

sample:  ## write data/sample anew, and what is planted in it
	@$(VENV) dev
	@$(PY) -m chanplan.sample

audit:  ## known holes in what we depend on (asks the network)
	@$(VENV) dev
	@$(PY) -m pip_audit

clean:  ## remove what make and the checks made; your data stays
	@rm -rf .venv .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
