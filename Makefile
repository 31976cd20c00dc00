# askretail: `make chat` to try it, `make test` and `make check` to prove a change.

PORT ?= 7860
PYTHON ?=
TORCH_INDEX ?=
ARGS ?=
EXAMPLES ?= 1000
export PYTHON TORCH_INDEX

.PHONY: help chat test check fuzz sample wheel pins clean
.NOTPARALLEL:

help:
	@echo "make chat    install into .venv, open the sample library at http://127.0.0.1:$(PORT)"
	@echo "make test    run the tests (ARGS='-k words' for some of them)"
	@echo "make check   ruff, mypy and the layer test"
	@echo "make fuzz    readers and questions with damaged and odd input (EXAMPLES=1000 a test)"
	@echo "make sample  build the sample documents again from their sources"
	@echo "make wheel   build the wheel into dist/"
	@echo "make pins    write constraints.txt anew from .venv"
	@echo "make clean   remove .venv and what the tools leave behind"
	@echo "variables    PORT=7860  PYTHON=python3.12  TORCH_INDEX=URL (see README.md)"

chat:
	@sh tools/setup.sh base
	.venv/bin/askretail ui --demo --port $(PORT)

test:
	@sh tools/setup.sh dev
	.venv/bin/python -m pytest $(ARGS)

check:
	@sh tools/setup.sh dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python -m pytest -q tests/test_layers.py

fuzz:
	@sh tools/setup.sh dev
	ASKRETAIL_FUZZ=$(EXAMPLES) .venv/bin/python -m pytest -q tests/fuzz

sample:
	@sh tools/setup.sh dev
	.venv/bin/python ingest/build_sample.py

wheel:
	@sh tools/setup.sh dev
	.venv/bin/hatchling build -t wheel

pins:
	@sh tools/setup.sh dev
	.venv/bin/python tools/pins.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
