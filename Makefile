# Two commands matter: make run and make test. Each sets up what it needs, once; stamp files keep the second start quick.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
PACKAGE := pyproject.toml hatch_build.py package.json package-lock.json
CHROMIUM ?= $(shell for c in chromium-headless-shell chromium chromium-browser google-chrome; do command -v $$c && break; done)
APT := $(if $(filter 0,$(shell id -u)),,sudo) apt-get

# Without bytecode every start of the server and of a run would compile the tree anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench format messages screenshots python-tests js-tests browser-tests browser clean

run: .venv/installed
	@exec $(BIN)/backprop-explorer $(ARGS)

.venv/installed: $(PACKAGE)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cluster]'
	@touch $@

.venv/developing: $(PACKAGE)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch .venv/installed $@

node_modules/installed: package.json package-lock.json .venv/developing
	$(BIN)/npm ci --ignore-scripts
	@touch $@

test: check python-tests js-tests browser-tests

check: .venv/developing node_modules/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	node_modules/.bin/tsc --project tsconfig.json
	node_modules/.bin/biome ci --error-on-warnings

python-tests: .venv/developing
	$(BIN)/pytest --numprocesses=auto --dist=loadfile --ignore=tests/browser

js-tests: node_modules/installed
	$(BIN)/node --test "tests/js/**/*.test.js"

browser-tests: .venv/developing browser
	$(BIN)/pytest --numprocesses=auto --dist=loadfile tests/browser

# A Chromium from the system's packages, with a font that has Chinese and Japanese, where there is none. Without a window
# it takes half of the work for a page; not every system has that one.
INSTALL := DEBIAN_FRONTEND=noninteractive $(APT) install -y -qq --no-install-recommends fonts-noto-cjk
browser:
	@test -n "$(CHROMIUM)" || { $(APT) update -qq && { $(INSTALL) chromium-headless-shell || $(INSTALL) chromium; }; }

format: .venv/developing node_modules/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	node_modules/.bin/biome check --write

messages: .venv/developing
	$(BIN)/python -m app.locale.extract

screenshots: .venv/developing browser
	$(BIN)/python -m tests.browser.screenshots

# NumPy's BLAS picks its kernels for this processor, as the libraries of the peers do; some environments say otherwise.
bench: .venv/developing
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf .venv node_modules static/vendor build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
