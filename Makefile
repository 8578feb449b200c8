# Everything that Ieum can do from a fresh clone. Each target prepares what it needs; `make help` lists them.

BIN := .venv/bin
READY := .venv/.ready
VAR := $(or $(IEUM_HOME),var)
ARTIFACTS := $(or $(IEUM_ARTIFACTS),$(VAR)/artifacts)
ADDRESS := http://$(or $(IEUM_HOST),127.0.0.1):$(or $(IEUM_PORT),8000)
# A trial on this machine alone: reading and matching need no key here. Never so with a database of its own.
TRIAL := $(if $(or $(IEUM_DATABASE_URL),$(filter-out 127.0.0.1 localhost ::1,$(IEUM_HOST))),,IEUM_OPEN_READING=$(or $(IEUM_OPEN_READING),1))
DATA := $(wildcard data/programs/*.jsonl data/sample/* data/vocabularies/*.json data/vocabularies/*.toml data/year/*)
MODEL := $(shell find model/ training/ -name '*.py' 2>/dev/null)
FORMATTED := model training service tests benchmarks docs

# The first interpreter that is new enough and can make environments; `make setup PYTHON=…` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
# Without kept bytecode every start of every command compiles all its libraries anew, which takes seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help:  ## List the targets
	@sed -nE 's/^([a-z-]+):.*  ## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
		printf '  make %-22s %s\n' "$$name" "$$what"; done

# ---------------------------------------------------------------- prepare

.PHONY: setup
setup: $(READY)  ## Create .venv from the hash-pinned lock; nothing else is touched

INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --require-hashes --no-build-isolation
# uv unpacks side by side and takes a third of pip's time; where it cannot reach the packages as pip can, pip installs.
UV = index=$$($(BIN)/pip config get global.index-url 2>/dev/null); [ -z "$$index" ] || export UV_DEFAULT_INDEX="$$index"; \
	VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Ieum needs Python 3.11 or newer with its venv module. Install it" \
		"(on Debian: python3 python3-venv) or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
		echo "Creating .venv with $$($(PYTHON) --version)"; $(PYTHON) -m venv --clear .venv; }
	@echo "Installing $$(grep -c '^[a-z]' requirements-dev.lock) packages, each checked against its hash (about half a minute on a new machine)"
	@sed -nE '/^(setuptools|uv)==/,/[^\\]$$/p' requirements-dev.lock >.venv/tools.txt
	@$(INSTALL) --quiet --requirement .venv/tools.txt
	@{ $(UV) pip install --no-build-isolation --require-hashes --requirement requirements-dev.lock || { \
		echo "uv could not; installing with pip (1 to 2 minutes)"; $(INSTALL) --no-compile --requirement requirements-dev.lock; }; \
		} >.venv/install.log 2>&1 || { tail -n 30 .venv/install.log >&2; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: lock
lock: $(READY)  ## Resolve pyproject.toml anew and write both hash-pinned locks
	@options="--universal --generate-hashes --no-header --no-annotate --fork-strategy fewest --quiet"; \
	$(UV) pip compile pyproject.toml $$options $(LOCK_OPTIONS) -o requirements.lock && \
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock $$options $(LOCK_OPTIONS) -o requirements-dev.lock
	@! grep -nE '://' requirements.lock requirements-dev.lock || { echo "A lock holds an address; it may not." >&2; exit 1; }

# ---------------------------------------------------------------- use

.PHONY: run
run: $(READY) $(VAR)/.fitted  ## Prepare everything, fit on the bundled data, start the service
	@printf '%s\n' "" "이음을 시작합니다. 멈추려면 Ctrl-C · Starting Ieum; stop it with Ctrl-C" \
		"  담당자 화면 · console       $(ADDRESS)/" \
		"  API 문서 · documentation   $(ADDRESS)/api/v1/docs" \
		"  상태 · health              $(ADDRESS)/readyz" \
		"  추천 받기 · ask for matches, in Korean and in English:" \
		"    curl -s '$(ADDRESS)/api/v1/startups/s-0001/matches?limit=3'" \
		"    curl -s -H 'Accept-Language: en' '$(ADDRESS)/api/v1/startups/s-0001/matches?limit=3'" ""
	@$(BIN)/ieum users first
	@exec env $(TRIAL) $(BIN)/ieum serve

$(VAR)/.fitted: $(DATA) $(MODEL) | $(READY)
	@mkdir -p $(VAR)
	@$(BIN)/ieum migrate
	@$(BIN)/ieum import data/programs data/sample $(if $(IEUM_DATABASE_URL),--if-empty)
	@rm -rf $(VAR)/snapshot
	@$(BIN)/ieum snapshot $(VAR)/snapshot
	@$(BIN)/ieum-train fit --snapshot $(VAR)/snapshot --out $(ARTIFACTS) \
		&& $(BIN)/ieum activate newest --reason "make run" || { test -f $(ARTIFACTS)/CURRENT && \
		echo "앞의 모델을 계속 씁니다 · The model before stays in use"; }
	@test -n "$(IEUM_DATABASE_URL)" || $(BIN)/ieum applications play data/year
	@touch $@

# ---------------------------------------------------------------- prove

.PHONY: test
test: $(READY)  ## Run all tests on every core
	@$(BIN)/pytest -n auto --durations=8 --durations-min=5 $(TESTS)

.PHONY: test-decisions
test-decisions: $(READY)  ## Send 200 decisions 20 times each at once, and race 8 writers 100 times, on both databases
	@IEUM_TEST_LONG=1 $(BIN)/pytest -q -p no:randomly tests/functional/test_decisions.py

.PHONY: test-cluster
test-cluster: $(READY)  ## Rank and evaluate on a real Dask scheduler with two workers of which one is killed on the way
	@IEUM_CLUSTER=1 $(BIN)/pytest -q -p no:randomly tests/training/test_cluster.py

.PHONY: test-corrupt-artifacts
test-corrupt-artifacts: $(READY)  ## Try every one of the 500 and more corruptions of an artifact
	@IEUM_CORRUPTIONS_ONE_IN=1 $(BIN)/pytest -q -p no:randomly tests/service/operation/test_corrupt_artifacts.py

.PHONY: test-nothing-lost
test-nothing-lost: $(READY)  ## Import 2,000 generated files by every importer; nothing that they say may be lost in silence
	@IEUM_TEST_FILES=2000 $(BIN)/pytest -q -p no:randomly tests/service/files/importers/test_nothing_lost.py

.PHONY: browser test-console screenshots
browser:  ## Install Debian's Chromium, which the console's browser tests drive
	@chromium --version || { apt-get update --quiet && apt-get install --yes --quiet --reinstall chromium && chromium --version; } || { \
		echo "Chromium is not here and apt-get could not install it: install chromium yourself" >&2; exit 1; }

test-console: $(READY) browser  ## The console in a real browser: tasks, keyboard, accessibility, hostile strings
	@IEUM_BROWSER=required $(BIN)/pytest -q tests/console

screenshots: $(READY) browser  ## Pictures of the console's main pages, in both languages and at phone width
	@$(BIN)/python -m tests.console.browser.pictures $(PICTURES)

.PHONY: test-schemathesis
test-schemathesis: $(READY)  ## Try the whole OpenAPI document by machine, long, with a key of each role
	@IEUM_TEST_LONG=1 $(BIN)/pytest -q tests/functional/test_document.py

STATIC := format lint types imports dependencies

.PHONY: check check-static $(addprefix check-,$(STATIC) docs tests)
check: $(READY)  ## Format, lint, types, import contracts, dependencies, docs and tests; counts failures at the end
	@$(call each,$(STATIC) docs tests)

check-static: $(READY)
	@$(call each,$(STATIC))

define each
failed=; for name in $(1); do echo "== $$name"; begin=$$(date +%s); \
	$(MAKE) check-$$name || failed="$$failed $$name"; echo "   $$(($$(date +%s) - begin)) s"; done; \
	set -- $$failed; echo "$$# of $(words $(1)) checks failed$${1:+: $$*}"; [ $$# -eq 0 ]
endef

check-format:
	@$(BIN)/ruff format --check --quiet --diff $(FORMATTED)
check-lint:
	@$(BIN)/ruff check --quiet $(FORMATTED)
check-types:
	@$(BIN)/mypy
check-imports:
	@$(BIN)/lint-imports --no-timings 2>/dev/null || $(BIN)/lint-imports
check-dependencies:
	@$(BIN)/deptry .
check-docs:
	@$(BIN)/pytest -q tests/docs
check-tests:
	@$(BIN)/pytest -q -n auto --ignore tests/docs

.PHONY: fix
fix: $(READY)  ## Format the code and mend what the linter can mend
	@$(BIN)/ruff format $(FORMATTED)
	@$(BIN)/ruff check --fix $(FORMATTED)

# ---------------------------------------------------------------- show

.PHONY: docs
docs: $(READY)  ## Write the handbook from its cases, and the pages' answers from a service of their own
	@$(BIN)/python -m tests.spec.handbook
	@$(BIN)/python -m tests.spec.authorisation
	@$(BIN)/python -m docs.fields
	@$(BIN)/python -m docs.pages

.PHONY: bench-quality
bench-quality: $(READY)  ## Ranking quality against every baseline, from one run (SETS=folders, see benchmarks/quality.py)
	@$(BIN)/python -m benchmarks.quality $(SETS)

.PHONY: bench-reasons
bench-reasons: $(READY)  ## Faithfulness and readability of the reasons (SETS=folders, see benchmarks/reasons.py)
	@$(BIN)/python -m benchmarks.reasons $(SETS)

.PHONY: bench-learning
bench-learning: $(READY)  ## Ranking quality after 0 to 10,000 outcomes (SETS=folders, see benchmarks/learning.py)
	@$(BIN)/python -m benchmarks.learning $(SETS)

.PHONY: bench-serving
bench-serving: $(READY)  ## Serving speed beside a bare Flask view on the same server, from one run
	@$(BIN)/python -m benchmarks.serving $(OPTIONS)

.PHONY: bench-scale
bench-scale: $(READY)  ## The best ten of a million startups, and batches, beside the fastest exact libraries
	@$(BIN)/python -m benchmarks.scale

.PHONY: bench-nearest
bench-nearest: $(READY)  ## How many of a program's best startups the index finds among a million (OPTIONS=a development set …)
	@$(BIN)/python -m benchmarks.nearest $(OPTIONS)

.PHONY: bench-replicas
bench-replicas: $(READY)  ## Three replicas over one PostgreSQL give the same bytes
	@$(BIN)/python -m benchmarks.replicas

.PHONY: bench-activation
bench-activation: $(READY)  ## Changes of model, killed workers and a stopped database under load (PARTS=activations …)
	@$(BIN)/python -m benchmarks.activation $(PARTS)

.PHONY: test-hostile-files
test-hostile-files: $(READY)  ## Send every hostile file to the importer: refused, soon and within its memory
	@IEUM_TEST_HOSTILE=all $(BIN)/pytest -q tests/service/files/importers/test_hostile.py

.PHONY: test-fuzz
test-fuzz: $(READY)  ## Send 100,000 requests that nobody would send in earnest to every route, on both databases
	@IEUM_TEST_FUZZ=$(or $(REQUESTS),100000) $(BIN)/pytest -q -p no:randomly tests/functional/test_fuzz.py

.PHONY: bench-silence
bench-silence: $(READY)  ## Try to silence the service in six ways for a minute each, and ask for health and lists beside
	@$(BIN)/python -m benchmarks.silence $(OPTIONS)

.PHONY: bench-memory
bench-memory: $(READY)  ## What long profiles leave in a worker, and the most that a container is charged for, beside its limit
	@$(BIN)/python -m benchmarks.memory $(OPTIONS)

.PHONY: bench-rolling
bench-rolling: $(READY)  ## Update two replicas one by one under load, with a migration, on PostgreSQL; no request may fail
	@$(BIN)/python -m benchmarks.rolling $(OPTIONS)

.PHONY: bench-costs
bench-costs: $(READY)  ## Processor time and memory of the dearest request of each route (OPTIONS=part of an address)
	@$(BIN)/python -m benchmarks.costs $(OPTIONS)

.PHONY: bench-rounds
bench-rounds: $(READY)  ## Speed of selection rounds, and seats filled by each kind of list in a known market
	@$(BIN)/python -m benchmarks.rounds $(OPTIONS)

.PHONY: bench-stuffing
bench-stuffing: $(READY)  ## What stuffing a profile wins, by kind of attack (SETS=folders, see benchmarks/stuffing.py)
	@$(BIN)/python -m benchmarks.stuffing $(SETS)

.PHONY: bench-console
bench-console: $(READY)  ## Server time and size of every page of the console with 10,000 startups in the store
	@$(BIN)/python -m benchmarks.console $(OPTIONS)

.PHONY: bench-eligibility
bench-eligibility: $(READY)  ## Speed of the eligibility ledger over many pairs
	@$(BIN)/python -m benchmarks.eligibility

.PHONY: vendor-console
vendor-console:  ## Fetch the console's styles, icons, fonts and htmx anew, each in its pinned version (needs npm)
	@service/console/vendor.sh

MESSAGES := service/console/locale/en.po

.PHONY: messages
messages: $(READY)  ## Bring the console's English catalogue up to its templates; what is new waits there untranslated
	@$(BIN)/pybabel -q extract -F service/console/babel.cfg --no-location --sort-output --omit-header -o .venv/console.pot service/console
	@$(BIN)/pybabel -q update -i .venv/console.pot -o $(MESSAGES) -l en --omit-header --no-fuzzy-matching --ignore-obsolete -w 200

.PHONY: crash-loop
crash-loop: $(READY)  ## Kill the service and stop its database under load; nothing acknowledged may be lost or doubled
	@$(BIN)/python -m benchmarks.crash_loop $(OPTIONS)

IMAGE ?= ieum

.PHONY: image
image:  ## Build the container image with the engine that answers (docker, podman or buildah)
	@if docker info >/dev/null 2>&1; then docker build --tag $(IMAGE) .; \
	elif command -v podman >/dev/null; then podman build --format docker --tag $(IMAGE) .; \
	elif command -v buildah >/dev/null; then buildah bud --format docker --tag $(IMAGE) .; \
	else echo "No container engine answers here. Start Docker, or install podman or buildah, then run make image again;" \
		"the Dockerfile needs nothing else." >&2; exit 1; fi
