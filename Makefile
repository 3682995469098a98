# Builds, tests and shows Refrain. `make` alone installs what is missing, builds a release, and runs
# the main jobs on the fixtures; results go to out/, which git ignores.

REFRAIN := .build/release/refrain
RELEASE := out/release
APT_PACKAGES := libxxhash-dev libsimdjson-dev libmd4c-dev libgumbo-dev libtomlplusplus-dev \
  zlib1g-dev
SUDO := $(shell [ "$$(id -u)" -eq 0 ] || command -v sudo)
SOURCES := Sources Tests Fuzz/Targets Package.swift

.PHONY: all build demo test format lint dependencies clean release completions man schema docs \
  fuzz sanitize

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
	Tests/Faults/run.sh

# Each parser, or the one that TARGET names, under libFuzzer for so many SECONDS. What is found stays
# in .build-fuzz, and the next run goes on from there.
SECONDS := 60
TARGET :=
fuzz: APT_PACKAGES += dpkg-dev
fuzz: dependencies
	Fuzz/fuzz.sh $(SECONDS) $(TARGET)

# The reference of the library and its tutorials, as a web site in out/docs.
docs: dependencies
	@mkdir -p out
	REFRAIN_DOCS=1 swift package --scratch-path .build-docs --allow-writing-to-directory out/docs \
	  generate-documentation --target Refrain --target RefrainModel --target RefrainReport \
	  --enable-experimental-combined-documentation --transform-for-static-hosting \
	  --output-path out/docs

# All tests under the address sanitizer, and then under the thread sanitizer.
sanitize: dependencies
	Tests/Sanitizers/sanitize.sh

# A program that needs no Swift on the machine it runs on, with its man pages and completions, in
# $(RELEASE): the tree of a prefix such as /usr/local. What it still links to is held by a list.
release: dependencies
	swift build -c release --product refrain --static-swift-stdlib --scratch-path .build-release
	@mkdir -p $(RELEASE)/bin
	strip -o $(RELEASE)/bin/refrain .build-release/release/refrain
	@readelf -d $(RELEASE)/bin/refrain | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' | sort \
	  > out/needed.txt
	@unknown=$$(grep -v '^#' share/shared-libraries.txt | grep -vxFf - out/needed.txt); \
	if [ -n "$$unknown" ]; then \
	  echo "not in share/shared-libraries.txt:" $$unknown; exit 1; \
	fi
	@echo "shared libraries:" $$(cat out/needed.txt)
	@$(MAKE) --no-print-directory completions man REFRAIN=$(RELEASE)/bin/refrain
	@$(RELEASE)/bin/refrain --version

# Completions for bash, zsh and fish, where the shells look for them below a prefix.
completions: $(REFRAIN)
	@mkdir -p $(RELEASE)/share/bash-completion/completions $(RELEASE)/share/zsh/site-functions \
	  $(RELEASE)/share/fish/vendor_completions.d
	$(REFRAIN) --generate-completion-script bash \
	  > $(RELEASE)/share/bash-completion/completions/refrain
	$(REFRAIN) --generate-completion-script zsh > $(RELEASE)/share/zsh/site-functions/_refrain
	$(REFRAIN) --generate-completion-script fish \
	  > $(RELEASE)/share/fish/vendor_completions.d/refrain.fish

# One man page a command, written by the program from its own help.
man: $(REFRAIN)
	@mkdir -p $(RELEASE)/share/man/man1
	$(REFRAIN) man $(RELEASE)/share/man/man1

# The schema of refrain.toml, which a test compares with the program.
schema: $(REFRAIN)
	$(REFRAIN) config --schema > share/refrain.schema.json

$(REFRAIN):
	@$(MAKE) --no-print-directory build

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
	rm -rf .build .build-asan .build-tsan .build-docs .build-fuzz out
