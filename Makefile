# Two commands matter: `make demo` and `make test`. Each does its own set-up.
SWIFT ?= swift

.PHONY: demo test lint deps build quality
deps:
	@Scripts/install-dependencies.sh

build: deps
	$(SWIFT) build -c release --product sidik

test: deps
	$(SWIFT) test --disable-xctest

lint:
	git ls-files -z '*.swift' | xargs -0 $(SWIFT) format lint --strict --parallel

quality: deps
	Scripts/quality.sh $(SEED)
