# Two commands matter: `make demo` and `make test`. Each does its own set-up.
SWIFT ?= swift
PREFIX ?= /usr/local
BINARY = .build/release/sidik

.PHONY: demo test torture torture-index bench-index bench-spans report-test neon-test scale-test lint deps build \
	docs install quality bench capi-test library wheel python-test python-bench \
	spark-test spark-bench dist dist-test \
	bench-results bench-kernels bench-page bench-check bench-accept
demo:
	@Scripts/demo.sh

deps:
	@Scripts/install-dependencies.sh

build: deps
	$(SWIFT) build -c release --product sidik

test: deps
	$(SWIFT) test --disable-xctest

# The tests that take minutes too.
torture: deps
	SIDIK_SLOW=1 SIDIK_KILLS=2200 $(SWIFT) test --disable-xctest

# An index killed at 2,200 of its writing system calls.
torture-index: deps
	SIDIK_KILLS=2200 $(SWIFT) test --disable-xctest --filter IndexKillTests

# The report in a real browser: installs Chromium where it is missing.
report-test:
	@Scripts/report-test.sh

# Every kernel at every level of this machine and of emulated arm64, with sanitizers too.
neon-test:
	@Scripts/neon-test.sh $(ROUNDS)

# The C interface against its header, with the address sanitizer.
capi-test: deps
	@Scripts/capi-test.sh

# The C library that is shipped, into out/lib.
library: deps
	@Scripts/build-library.sh

# The Python package with the library inside, into dist/.
wheel: deps
	@Scripts/wheel.sh

# The wheel, installed by pip in an environment of its own, against the program.
python-test: deps
	@Scripts/python-test.sh

# The package beside the program on FILE, a JSON Lines file with text and id: families and CPU time.
python-bench: build
	@Scripts/python-test.sh --bench $(FILE)

# The Spark package on executors of their own against one local run; Java 17 has to be there.
spark-test: deps
	@Scripts/spark-test.sh

# Its CPU time beside the local run's, on FILE or on DOCUMENTS generated texts; MASTER is local[2] if left out.
spark-bench: deps
	@SIDIK_SPARK_MASTER="$(MASTER)" Scripts/spark-test.sh --bench $(or $(FILE),$(DOCUMENTS))

# Everything that is given out, into dist/: a static program, a Debian package, a wheel.
dist: deps
	@Scripts/dist.sh

# What dist made, installed and run in clean roots.
dist-test:
	@Scripts/dist-test.sh

# Memory limits, shards and kills against one run, on generated documents: minutes. FULL=1 takes ten
# million documents and fifty kills.
scale-test: build
	@Scripts/scale-test.sh $(SEED)

lint:
	git ls-files -z '*.swift' | xargs -0 $(SWIFT) format lint --strict --parallel

# Man pages and shell completions, into out/.
docs: build
	@Scripts/make-docs.sh out

# Into PREFIX (and under DESTDIR, where a package is made).
install: docs
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/sidik
	install -m 644 out/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -D -m 644 out/completions/sidik.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sidik
	install -D -m 644 out/completions/_sidik $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sidik
	install -D -m 644 out/completions/sidik.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sidik.fish

# The table of targets and reached values, into out/quality.md.
quality: deps
	Scripts/quality.sh $(SEED)

# Sidik and its peers on the same texts, recall beside every speed (Benchmarks/README.md). With
# BENCH=quick only 10,000 documents; OPTIONS as bench.py takes them, such as "--size 100000".
BENCH_OPTIONS = $(if $(filter quick,$(BENCH)),--quick) $(OPTIONS)
bench: build
	@python3 Benchmarks/bench.py run $(BENCH_OPTIONS)
ifneq ($(BENCH),quick)
	@$(MAKE) --no-print-directory bench-results
endif

# The table and the plot of the newest record, or of RECORD.
RECORD ?= $(lastword $(sort $(wildcard Benchmarks/record/*.json)))
bench-results:
	python3 Benchmarks/bench.py table $(RECORD) --output Benchmarks/Results.md
	python3 Benchmarks/bench.py plot $(RECORD) --output Benchmarks/results.svg

# Times of every kernel at every level; KERNEL=NAME for one. bench-page puts the table into
# Documentation/Performance.md.
bench-kernels:
	@python3 Benchmarks/kernels.py time $(KERNEL)

bench-page:
	@python3 Benchmarks/kernels.py page

# Instructions of every kernel against the committed counts; bench-accept writes them anew.
bench-check:
	@python3 Benchmarks/kernels.py check

bench-accept:
	@python3 Benchmarks/kernels.py accept

# An index beside SQLite and LMDB that hold the same keys; LMDB comes from PyPI. FILE has texts to be
# kept besides invented ones, DOCUMENTS says how many keys are wanted.
INDEX_PYTHON = out/bench/venv-index/bin/python
bench-index: deps $(INDEX_PYTHON)
	$(SWIFT) build -c release --product IndexBenchmark
	$(INDEX_PYTHON) Benchmarks/index.py .build/release/IndexBenchmark \
	  $(if $(FILE),--file $(FILE)) $(if $(DOCUMENTS),--documents $(DOCUMENTS))

# Passages of civil-codes beside a suffix array over the same words; pydivsufsort comes from PyPI.
SPANS_PYTHON = out/bench/venv-spans/bin/python
SHARED ?= ../shared
bench-spans: build $(SPANS_PYTHON)
	zstd -dqf $(SHARED)/corpora/civil-codes/sections.jsonl.zst -o out/bench/civil-codes.jsonl
	$(SPANS_PYTHON) Benchmarks/passages.py exact $(BINARY) out/bench/civil-codes.jsonl

$(SPANS_PYTHON):
	python3 -m venv out/bench/venv-spans
	$@ -m pip install --quiet pydivsufsort==0.0.20 numpy

$(INDEX_PYTHON):
	python3 -m venv out/bench/venv-index
	$@ -m pip install --quiet lmdb==3.0.0
