# Builds, tests and demonstrates Refrain. `make` installs missing libraries, builds a release, and runs
# the main jobs on the fixtures. Results go to out/, which git ignores.

REFRAIN := .build/release/refrain
RELEASE := out/release
APT_PACKAGES := libxxhash-dev libsimdjson-dev libmd4c-dev libgumbo-dev libtomlplusplus-dev \
  libisal-dev libzstd-dev libarchive-dev zlib1g-dev
SUDO := $(shell [ "$$(id -u)" -eq 0 ] || command -v sudo)
SOURCES := Sources Tests Fuzz/Targets Package.swift

.PHONY: all build demo test format lint dependencies clean release completions man schema docs \
  fuzz sanitize sanitize-python python test-python test-spark

all: demo

# One build serves the program and the tests. `swift test` alone would build everything again with other
# flags.
build: dependencies
	swift build -c release --build-tests

demo: build
	@mkdir -p out
	@echo
	@echo "== refrain check: repeated passages in Fixtures/lavrov-pompeo.txt (exit status 1: a finding)"
	@$(REFRAIN) check Fixtures/lavrov-pompeo.txt --format cards; test $$? -eq 1
	@echo
	@echo "== refrain dedup: the removed records of Fixtures/corpus.jsonl, each with the kept one"
	@$(REFRAIN) dedup Fixtures/corpus.jsonl -o out/unique.jsonl --evidence -
	@echo
	@echo "== refrain pairs: the first five of its pairs at 0.7 or above"
	@$(REFRAIN) pairs Fixtures/corpus.jsonl --threshold 0.7 -o out/pairs.jsonl
	@head -n 5 out/pairs.jsonl

test: demo
	swift test -c release --skip-build
	Tests/Faults/run.sh

# Runs each parser, or only TARGET, under libFuzzer for SECONDS. Finds stay in .build-fuzz, and the next
# run continues from there.
SECONDS := 60
TARGET :=
fuzz: APT_PACKAGES += dpkg-dev
fuzz: dependencies
	Fuzz/fuzz.sh $(SECONDS) $(TARGET)

# Builds the reference and the tutorials of the library as a web site in out/docs.
docs: dependencies
	@mkdir -p out
	REFRAIN_DOCS=1 swift package --scratch-path .build-docs --allow-writing-to-directory out/docs \
	  generate-documentation --target Refrain --target RefrainModel --target RefrainReport \
	  --enable-experimental-combined-documentation --transform-for-static-hosting \
	  --output-path out/docs

# Runs all tests under the address sanitizer, and then under the thread sanitizer.
sanitize: dependencies
	Tests/Sanitizers/sanitize.sh

# Runs the hostile calls of the Python package on a library under the address sanitizer.
sanitize-python: test-python
	python/sanitize.sh

# Builds a program that runs without Swift, and its man pages and completions. They go to $(RELEASE), laid
# out for a prefix such as /usr/local. share/shared-libraries.txt lists the libraries it may link to.
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

# Builds the Python package as a wheel in out/: the C library and the program, both without need of Swift's
# runtime, for any Python 3 on this platform.
PYTHON := python3
PYTHON_BUILD := swift build -c release -Xswiftc -static-stdlib --scratch-path .build-python
python: APT_PACKAGES += python3-venv
python: dependencies
	$(PYTHON_BUILD) --product refrain
	$(PYTHON_BUILD) --product CRefrain -Xlinker --version-script=$(CURDIR)/share/refrain.map \
	  -Xlinker --gc-sections -Xlinker -s
	python/wheel.sh $(PYTHON) .build-python/release

# Installs the wheel and what it works with into an environment of its own, and runs the tests of the package.
test-python: python
	python/test.sh $(PYTHON)

# The same with Spark, on a master and two workers that it starts on this machine and stops again. Needs Java 17
# or later, and installs one if there is none.
test-spark: APT_PACKAGES += $(if $(shell command -v java),,openjdk-17-jre-headless)
test-spark: python
	python/spark-test.sh $(PYTHON)

# Puts completions for bash, zsh and fish where the shells look for them below a prefix.
completions: $(REFRAIN)
	@mkdir -p $(RELEASE)/share/bash-completion/completions $(RELEASE)/share/zsh/site-functions \
	  $(RELEASE)/share/fish/vendor_completions.d
	$(REFRAIN) --generate-completion-script bash \
	  > $(RELEASE)/share/bash-completion/completions/refrain
	$(REFRAIN) --generate-completion-script zsh > $(RELEASE)/share/zsh/site-functions/_refrain
	$(REFRAIN) --generate-completion-script fish \
	  > $(RELEASE)/share/fish/vendor_completions.d/refrain.fish

# Writes one man page per command, from the help of the program.
man: $(REFRAIN)
	@mkdir -p $(RELEASE)/share/man/man1
	$(REFRAIN) man $(RELEASE)/share/man/man1

# Writes the schema of refrain.toml. A test compares it with the program.
schema: $(REFRAIN)
	$(REFRAIN) config --schema > share/refrain.schema.json

$(REFRAIN):
	@$(MAKE) --no-print-directory build

format:
	swift format --in-place --recursive --parallel $(SOURCES)

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)

# Installs only missing packages. Without apt-get, or without the right to use it, the build continues,
# and the compiler names the missing header.
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
	rm -rf .build .build-python .build-asan .build-tsan .build-docs .build-fuzz out
