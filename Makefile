# The commands of daily work; each prepares what it needs, and says so.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON := .venv/bin/python
MAKEFLAGS += --no-print-directory

.PHONY: help run check test rehearse screenshots

help:
	@echo "make run          start the portal with its sample municipality (PORT=8000)"
	@echo "make check        the quick checks, before every commit"
	@echo "make test         everything: both databases, a real browser, production processes"
	@echo "make rehearse     workers killed at any step, a full disk, odd requests, many random cases"
	@echo "make screenshots  pictures of the pages, into var/screenshots"

run:
	@scripts/prepare_machine.sh run
	@$(PYTHON) -m scripts.start_portal --host $(HOST) --port $(PORT)

check:
	@scripts/prepare_machine.sh test
	@$(PYTHON) -m scripts.verify quick

test:
	@scripts/prepare_machine.sh test
	@$(PYTHON) -m scripts.verify full

rehearse:
	@scripts/prepare_machine.sh test
	@$(PYTHON) -m scripts.verify rehearse

screenshots:
	@scripts/prepare_machine.sh test
	@$(PYTHON) -m scripts.verify screenshots
