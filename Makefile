# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

# A second build folder, so that debug and release do not evict each other.
RELEASE_FLAGS = -c release --static-swift-stdlib --scratch-path .build-release
SWARD = .build-release/release/sward
VENV = .build-release/venv
PYTHON = $(CURDIR)/$(VENV)/bin/python

.PHONY: all build test-packages demo test unit interop swarms bench fuzz eval check format docs install license-index packages clean

all: build

packages:
	@.ci/install-packages build

test-packages:
	@.ci/install-packages build test

build: packages
	$(SWIFT) build $(RELEASE_FLAGS) --product sward

# The main job on real input: pack, seed, fetch by magnet, verify; and a work that is refused.
demo: build
	.ci/demo $(SWARD)

# All tests: the Swift ones, then those against programs nobody here wrote.
test: unit interop

# Eight tests at a time: with all at once each waits for the others, past the limits of those that run against a clock.
unit: test-packages $(VENV)/ready
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8 SWARD_PYTHON=$(PYTHON) $(SWIFT) test --skip-build $(TEST_FLAGS)

$(VENV)/ready: Tests/Interop/requirements.txt | test-packages
	/usr/bin/python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

interop: test-packages build $(VENV)/ready
	SWARD=$(CURDIR)/$(SWARD) Tests/Interop/run $(PYTHON)

# So many simulated swarms, each drawn from its number; one that breaks a rule says how it is seen again.
swarms: packages
	$(SWIFT) build $(RELEASE_FLAGS) --product swarm-bench
	.build-release/release/swarm-bench scenarios $(or $(SWARMS),2000)

# The kernels' bar is reported, not enforced: the machine may be busy.
bench: test-packages build $(VENV)/ready
	$(SWIFT) build $(RELEASE_FLAGS) --product sward-bench
	-SWARD_BENCH=$(CURDIR)/.build-release/release/sward-bench Benchmarks/hash.sh
	SWARD=$(CURDIR)/$(SWARD) PYTHON=$(PYTHON) Benchmarks/run

# libFuzzer over everything that reads bytes of strangers, a minute and a half in all; builds a fuzzer of its own. With
# FUZZ_SANITIZER=address what is built is watched by the sanitizers of addresses and, of our C, undefined behavior.
fuzz: packages
	Tests/Fuzz/run $(or $(FUZZ_SECONDS),90) $(FUZZ_ENTRIES)

# How well licenses are told, over the labelled cases and the texts at hand; EVAL_FLAGS=--verbose names each miss.
eval: packages
	$(SWIFT) build $(RELEASE_FLAGS) --product license-eval
	.build-release/release/license-eval $(EVAL_FLAGS) Fixtures/licenses/*.cases

# What must hold beside the tests; quick enough for every commit.
check: build
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks
	.ci/check-docs $(SWARD)

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

docs: build
	.ci/make-docs $(SWARD) .

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -d $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -d $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -d $(DESTDIR)$(PREFIX)/share/sward/licenses
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/user
	install -m 755 $(SWARD) $(DESTDIR)$(PREFIX)/bin/sward
	strip --strip-debug $(DESTDIR)$(PREFIX)/bin/sward
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 man/*.5 $(DESTDIR)$(PREFIX)/share/man/man5/
	install -m 644 completions/sward.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sward
	install -m 644 completions/_sward $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sward
	install -m 644 completions/sward.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sward.fish
	install -m 644 LICENSES/*.txt $(DESTDIR)$(PREFIX)/share/sward/licenses/
	install -m 644 systemd/sward.service $(DESTDIR)$(PREFIX)/lib/systemd/user/

# The license list, its texts and names, from a checkout of the SPDX license list's XML; without one only the names.
license-index:
	$(SWIFT) run license-index $(if $(SPDX),--spdx $(SPDX)) --output Sources/CLicenseIndex/data

clean:
	rm -rf .build .build-release
