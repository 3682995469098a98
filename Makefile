# Builds, tests and shows Refrain. `make` alone installs what is missing, builds a release, and runs
# the main jobs on the fixtures; results go to out/, which git ignores.

REFRAIN := .build/release/refrain
APT_PACKAGES := libxxhash-dev libsimdjson-dev libmd4c-dev zlib1g-dev
SUDO := $(shell [ "$$(id -u)" -eq 0 ] || command -v sudo)
SOURCES := Sources Tests Package.swift

.PHONY: all build demo test format lint dependencies clean

all: demo

# One build serves the program and the tests: `swift test` by itself would build everything a second
# time with other flags.
build: dependencies
	swift build -c release --build-tests

demo: build
	@mkdir -p out
	@echo
	@echo "== refrain check: what Fixtures/lavrov-pompeo.txt says twice (exit status 1: a finding)"
	@$(REFRAIN) check Fixtures/lavrov-pompeo.txt --format cards; test $$? -eq 1
	@echo
	@echo "== refrain dedup: which records of Fixtures/corpus.jsonl go, and for which kept one"
	@$(REFRAIN) dedup Fixtures/corpus.jsonl -o out/unique.jsonl --evidence -
	@echo
	@echo "== refrain pairs: the pairs in it at or over 0.7, the first five"
	@$(REFRAIN) pairs Fixtures/corpus.jsonl --threshold 0.7 -o out/pairs.jsonl
	@head -n 5 out/pairs.jsonl

test: demo
	swift test -c release --skip-build

format:
	swift format --in-place --recursive --parallel $(SOURCES)

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)

# Asks the package manager only for what is not there. Where there is no apt-get, or no right to use
# it, the build goes on, and the compiler names the header that it misses.
dependencies:
	@missing=""; \
	if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then \
	  for package in $(APT_PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	      || missing="$$missing $$package"; \
	  done; \
	fi; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  { $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -q --no-install-recommends $$missing; } \
	    || echo "could not install$$missing; going on without"; \
	fi

clean:
	rm -rf .build out
