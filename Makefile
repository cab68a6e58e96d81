# Mirsad: the two commands are `make run` and `make test`; `make help` lists them all.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
export CGO_ENABLED := 0

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mirsad
ENGINE_VERSION := $(shell sed -n 's/.*lib-linux-x64-gnu": "\(.*\)".*/\1/p' internal/tools/engine/package.json)
ENGINE := $(CACHE)/engine/$(ENGINE_VERSION)/libchdb.so
LINT := $(CACHE)/tools/golangci-lint-$(shell sed -n 's|.*golangci-lint/v2 v\([^ ]*\).*|\1|p' internal/tools/go.mod)
ASSETS := web/static/dist/.built
NPM := npm ci --no-audit --no-fund --loglevel=error
COVERAGE_AT_LEAST := 98
DOMAIN := ./internal/civil ./internal/programme ./internal/usage ./internal/forecast ./internal/figures ./internal/catalogue ./internal/adoption ./internal/reckon ./internal/register
comma := ,
space := $(subst ,, )

.PHONY: help run build hooks engine web proof-tools lint lint-path vet quick test test-go coverage mutants faults soak clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: engine build ## start on ./data, with the sample programme when ./data is empty
	@bin/mirsad serve --sample

build: web hooks ## bin/mirsad
	@go build -trimpath -o bin/mirsad ./cmd/mirsad

# A commit is formatted and linted before it is made: .githooks/pre-commit.
hooks:
	@if [ "$${CI:-}" != true ] && git rev-parse --git-dir >/dev/null 2>&1; then git config core.hooksPath .githooks; fi

engine: $(ENGINE) ## the database engine, fetched once for this user

$(ENGINE):
	@echo "Fetching the ClickHouse engine library: about 170 MB, once for this user, kept in the cache folder."
	@if [ "$$(uname -sm)" != "Linux x86_64" ]; then \
	  echo "It is published for Linux x86_64 only: get a libchdb $(ENGINE_VERSION) for this machine and set MIRSAD_ENGINE_LIBRARY."; exit 1; fi
	@mkdir -p $(@D)
	@part=$$(mktemp -d $(@D)/part.XXXXXX); trap 'rm -rf "$$part"' EXIT; \
	  cp internal/tools/engine/package.json internal/tools/engine/package-lock.json "$$part"; \
	  $(NPM) --prefix "$$part"; \
	  mv "$$part"/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so $@

web: $(ASSETS) ## the pages' script, styles and fonts

web/node_modules/.package-lock.json: web/package-lock.json
	@echo "Fetching what the pages are built from (ECharts, htmx, the typeface)."
	@$(NPM) --prefix web
	@touch $@

$(ASSETS): web/node_modules/.package-lock.json $(shell find web -path web/node_modules -prune -o -path web/static/dist -prune -o \( -name '*.js' -o -name '*.mjs' -o -name '*.css' \) -print)
	@echo "Building the pages' script, styles and fonts."
	@cd web && node build.mjs
	@touch $@

# Tests need a browser, a spreadsheet program and the Open XML rules beside the engine.
DEBIAN_TOOLS := chromium:chromium soffice:libreoffice-calc pdftotext:poppler-utils rsvg-convert:librsvg2-bin
DEBIAN_FONTS := /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf

proof-tools: ## what tests need beside the engine
proof-tools: internal/tools/proof/node_modules/.package-lock.json
	@missing=""; for tool in $(DEBIAN_TOOLS); do \
	  command -v "$${tool%%:*}" >/dev/null || missing="$$missing $${tool##*:}"; done; \
	[ -e $(DEBIAN_FONTS) ] || missing="$$missing fonts-noto-core"; \
	/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || missing="$$missing python3-openpyxl"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "Tests that need them are skipped until you install:$$missing (on Debian, as root: apt-get install$$missing)"; exit 0; fi; \
	echo "Installing for the tests:$$missing"; \
	apt-get update -qq; \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null

internal/tools/proof/node_modules/.package-lock.json: internal/tools/proof/package-lock.json
	@echo "Fetching what pages and workbooks are proven with (axe, the Open XML rules)."
	@$(NPM) --prefix internal/tools/proof
	@touch $@

vet: web ## formatting and go vet
	@unformatted=$$(git ls-files '*.go' | xargs gofmt -l); \
	  if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi
	@go vet ./...

lint: web $(LINT) ## the whole of .golangci.yml; built once for this user
	@$(LINT) run --allow-parallel-runners ./...

# Where the linter is, for .githooks/pre-commit.
lint-path:
	@echo $(LINT)

$(LINT):
	@echo "Building golangci-lint: a few minutes, once for this user."
	@mkdir -p $(@D)
	@cd internal/tools && go build -o $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

quick: vet ## vet, the pure packages and the rules of the architecture: seconds
	@go test -short -vet=off $(DOMAIN) ./internal ./internal/access ./internal/i18n ./internal/csvfile ./ingest/rows

test: engine web proof-tools vet coverage test-go ## everything CI runs

# Tests of servers and browsers wait most of the time: four at once keep two processors busy.
test-go: build
	@go test -count=1 -vet=off -p 2 -parallel 4 -timeout 14m $(filter-out $(DOMAIN:./%=mirsad/%),$(shell go list ./...))

faults: engine build ## a few rounds of the fault suite, with what was acknowledged, stored and rolled up after each
	@go test -count=1 -v -parallel 1 -timeout 10m -run '^Test(Fault|Visible)' ./cmd/mirsad | grep -v 'level=\|Mirsad listens'

soak: engine build mutants ## the whole fault suite, whatever has dates as if on each day on which they go wrong, the oracle: hours
	@SOAK=1 go test -count=1 -v -timeout 2h -run '^TestTheOracle' ./internal/gather
	@SOAK=1 go test -count=1 ./internal/adoption
	@SOAK=1 go test -count=1 -v -p 1 -parallel 1 -timeout 3h -run '^Test(Fault|Visible|Dates|BandsHold)' ./cmd/mirsad ./internal/clocktest ./internal/forecast ./internal/reckon | grep -v 'level=\|Mirsad listens'

MUTANTS := 200
SEED := 1

mutants: ## small changes to the domain, at random: which of them its own tests don't notice
	@cd internal/tools && go run ./mutate -root ../.. -n $(MUTANTS) -seed $(SEED) $(DOMAIN)

coverage: ## the domain's tests, and how much of it they cover
	@profile=$$(mktemp); trap 'rm -f "$$profile"' EXIT; \
	  go test -count=1 -vet=off -coverprofile="$$profile" -coverpkg=$(subst $(space),$(comma),$(DOMAIN)) $(DOMAIN) \
	    | sed 's/\tcoverage: .*//'; \
	  go tool cover -func="$$profile" | awk -v least=$(COVERAGE_AT_LEAST) \
	    '/^total:/ { share = $$3 + 0; printf "coverage of the domain: %s (at least %d%%)\n", $$3, least; exit share < least }'

clean: ## removes what was built
	@rm -rf bin web/static/dist/* out screenshots
