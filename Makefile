# What learners type: make check EX=pool
# What maintainers type: make test, make conformance, make bench, make lint

GO ?= go
EX ?=
DIR ?=
FLAGS ?=

.DEFAULT_GOAL := help
.PHONY: help go gcc build check list replay test drafts conformance bench fuzz vet lint clean

help:
	@echo 'make check EX=pool            grade your solution in exercises/pool'
	@echo 'make check EX=pool DIR=path   grade the solution in another directory'
	@echo 'make replay TOKEN=…           show one schedule from a report again'
	@echo 'make list                     what exercises there are'
	@echo 'make test                     test the grader, the suites and the solutions'
	@echo 'make drafts conformance bench fuzz lint   for maintainers; see README.md'

# make ends with 2 when a command fails, whatever that ended with, and adds lines
# of its own. With -q it runs only the lines marked with +, ends with 1 when one
# fails, and adds nothing. That is what a learner wants to see.
ifneq ($(filter check replay,$(MAKECMDGOALS)),)
MAKEFLAGS += -q
endif

# One clear sentence instead of a page of errors.
go:
	+@command -v $(GO) >/dev/null 2>&1 || { echo 'kata: Go is not installed, or not on PATH; install Go 1.26 or later from https://go.dev/dl/' >&2; exit 3; }
	+@v=$$(GOTOOLCHAIN=local $(GO) env GOVERSION); n=$$(echo "$$v" | sed -n 's/^go1\.\([0-9]*\).*/\1/p'); \
	if [ -n "$$n" ] && [ "$$n" -lt 26 ]; then echo "kata: this is $$v, but Go 1.26 or later is needed; install it from https://go.dev/dl/" >&2; exit 3; fi

gcc: go
	+@cc=$$($(GO) env CC); command -v $${cc%% *} >/dev/null 2>&1 || { echo "kata: $$cc is not installed, and the race detector needs a C compiler; install it, for example with: apt-get install gcc libc6-dev" >&2; exit 3; }

build: go
	+@$(GO) build -o bin/kata ./grader/cmd/kata

check: build
	+@test -n '$(EX)' || { echo 'usage: make check EX=pool [DIR=path]' >&2; exit 2; }
	+@bin/kata check $(FLAGS) '$(EX)' $(if $(DIR),'$(DIR)')

list: build
	@bin/kata list

replay: build
	+@bin/kata replay '$(TOKEN)' $(if $(DIR),'$(DIR)')

# Some tests of the twins are only possible without the race detector.
test: gcc build vet
	$(GO) test -race -timeout 30m ./grader/... ./exercises/... ./solutions/...
	$(GO) test ./grader/rt/...

# Refuses exercises that still hold marks of kata new, and shows these.
drafts: go
	@$(GO) test -count=1 -run TestDrafts ./grader/conformance -merged

# All of it takes about an hour; EX=pool is what concerns one exercise.
PROOFS = $(if $(EX),Test(Conformance|Visible|Drafts|Plain|Mutants)/^$(EX)$$,TestConformance|TestVisible|TestDrafts|TestPlain|TestMutants|TestLevels|TestHostile|TestGrowth)

conformance: gcc
	@CONFORMANCE_TABLE=$$(mktemp) && export CONFORMANCE_TABLE && \
	{ $(GO) test -count=1 -timeout 120m -run '$(PROOFS)' ./grader/conformance -merged -full; code=$$?; cat "$$CONFORMANCE_TABLE"; rm -f "$$CONFORMANCE_TABLE"; exit $$code; }

bench: gcc build
	@$(GO) run ./grader/internal/bench

fuzz: go
	$(GO) test -run '^$$' -fuzz FuzzPackage -fuzztime 60s ./grader/internal/instrument
	$(GO) test -run '^$$' -fuzz FuzzDecode -fuzztime 30s ./grader/internal/sched

vet: go
	$(GO) build ./...
	$(GO) vet ./...

lint: vet
	@test -z "$$(gofmt -l $$(git ls-files '*.go' | grep -v /testdata/))" || { gofmt -l $$(git ls-files '*.go' | grep -v /testdata/); echo 'run gofmt -w on these files' >&2; exit 1; }
	$(GO) mod verify
	# Not the suites: for staticcheck, what calls an unfinished stub never returns.
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 -tests=false $$($(GO) list ./... | grep -v /suites/)

clean:
	rm -rf bin
