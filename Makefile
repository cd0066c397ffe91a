# What one does with infusiond; `make help` lists it.

DESTDIR ?=
PREFIX ?= /usr
# Where the programs to be installed lie. The default is the release build, made when it is missing or old.
BINARIES ?= .build-release/release
# The release stands alone: on the machine where it runs there need be no Swift.
RELEASE := -c release --scratch-path .build-release --static-swift-stdlib
# Arguments for the benchmark: make bench BENCH="--seed 7"
BENCH ?=
# Arguments for the comparison with CP-SAT: make cpsat CPSAT="batch tight-7 --seconds 60"; both tables without any.
CPSAT ?=
# Its virtual environment of Python, which nothing else uses.
CPSAT_ENVIRONMENT ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/infusiond-cpsat
# What `make soak` runs, with how many times the seeds of `make test`, and which is the first: another one each time.
JOBS ?= EndToEndTests.MonthTests EndToEndTests.AlertCrashTests ServiceTests.DamageTests ClinicTests PlanningTests \
	CheckerTests StrictJSONTests VarlinkTests
SEEDS ?= 20
FIRST := $(or $(FIRST),$(shell date +%s))
# On a terminal the build shows its progress; elsewhere it says what is wrong.
BUILD_TESTS = @[ -t 1 ] || quiet=--quiet; swift build --build-tests $$quiet
SCRIPTS := Tests/EndToEndTests/scripts
COMPARISON := Tests/Benchmarks/cpsat
# What is installed to be read, in the same folders as here: a link of one leads to another.
PAGES := README.md ARCHITECTURE.md LICENSE config.example.json Tests/Benchmarks/RESULTS.md $(shell find docs -type f)

bindir := $(DESTDIR)$(PREFIX)/bin
libdir := $(DESTDIR)$(PREFIX)/lib
sharedir := $(DESTDIR)$(PREFIX)/share
docdir := $(sharedir)/doc/infusiond

.DEFAULT_GOAL := help
.PHONY: demo test soak bench hospital bookings start record year cpsat install build lint format clean help

demo: build ## build, and see a clinic plan its courses on a simulated clock
	@.build-release/release/infusionctl demo --config config.example.json

test: ## build everything, run all tests, then the tests with a real journald and systemd
	@.ci/packages test
	$(BUILD_TESTS)
	@Tests/run.sh

soak: ## build everything, and try many more seeds for hours; SEEDS= times as many, FIRST= is the first, JOBS= what
	@.ci/packages test
	$(BUILD_TESTS)
	@echo "again with: make soak SEEDS=$(SEEDS) FIRST=$(FIRST) JOBS='$(JOBS)'"
	@INFUSION_SEEDS=$(SEEDS) INFUSION_FIRST_SEED=$(FIRST) INFUSION_YEAR=each LIMIT_SECONDS=86400 Tests/run.sh $(JOBS)

bench: ## build the release and measure the planner; BENCH= passes arguments
	@.ci/packages build
	swift build $(RELEASE) --product infusionbench
	.build-release/release/infusionbench $(BENCH)

hospital: build ## build the release, and measure the repair of a hospital's broken day through the socket
	$(SCRIPTS)/hospital_day.py .build-release/release

bookings: build ## build the release, and measure durable bookings against PostgreSQL 15, if that is here
	Tests/Benchmarks/durable/bookings.py .build-release/release

start: build ## build the release, and measure its start with a million visits in the database
	Tests/Benchmarks/durable/start.py .build-release/release

record: build ## build the release, and measure how long thousands of events take to be read again
	Tests/Benchmarks/durable/record.py .build-release/release

year: build ## build the release, and let a clinic live through a year behind its socket, with restarts and power cuts
	INFUSION_YEAR=each INFUSION_PROGRAMS=$(CURDIR)/.build-release/release swift test --no-parallel --filter MonthTests

cpsat: ## compare the planner with CP-SAT (fetches ortools for Python); CPSAT= passes arguments
	@.ci/packages build
	swift build $(RELEASE) --product infusionbench
	test -x $(CPSAT_ENVIRONMENT)/bin/pip || python3 -m venv $(CPSAT_ENVIRONMENT)
	$(CPSAT_ENVIRONMENT)/bin/pip install --quiet -r $(COMPARISON)/requirements.txt
ifeq ($(CPSAT),)
	$(CPSAT_ENVIRONMENT)/bin/python $(COMPARISON)/compare.py course
	$(CPSAT_ENVIRONMENT)/bin/python $(COMPARISON)/compare.py batch
else
	$(CPSAT_ENVIRONMENT)/bin/python $(COMPARISON)/compare.py $(CPSAT)
endif

build: ## build the release of both programs
	@.ci/packages build
	swift build $(RELEASE) --product infusiond
	swift build $(RELEASE) --product infusionctl

ifeq ($(BINARIES),.build-release/release)
install: build
endif
install: ## install both programs, the units, the pages and the example under DESTDIR and PREFIX
	install -d $(bindir) $(libdir)/systemd/system $(libdir)/systemd/catalog $(libdir)/sysusers.d $(libdir)/tmpfiles.d
	install -m 0755 $(BINARIES)/infusiond $(BINARIES)/infusionctl $(bindir)
	strip $(bindir)/infusiond $(bindir)/infusionctl
	for unit in infusiond.service infusiond.socket infusiond@.service infusiond@.socket; do \
		sed 's,/usr/bin/infusion,$(PREFIX)/bin/infusion,; s,/usr/share/doc/infusiond,$(PREFIX)/share/doc/infusiond,' \
			"systemd/$$unit" > "$(libdir)/systemd/system/$$unit" && \
		chmod 0644 "$(libdir)/systemd/system/$$unit" || exit 1; \
	done
	install -m 0644 systemd/infusiond.catalog $(libdir)/systemd/catalog/infusiond.catalog
	install -m 0644 systemd/infusiond.sysusers $(libdir)/sysusers.d/infusiond.conf
	install -m 0644 systemd/infusiond.tmpfiles $(libdir)/tmpfiles.d/infusiond.conf
	for page in $(PAGES); do install -D -m 0644 "$$page" "$(docdir)/$$page" || exit 1; done
	install -d $(sharedir)/bash-completion/completions $(sharedir)/zsh/site-functions \
		$(sharedir)/fish/vendor_completions.d
	$(BINARIES)/infusionctl --generate-completion-script bash > $(sharedir)/bash-completion/completions/infusionctl
	$(BINARIES)/infusionctl --generate-completion-script zsh > $(sharedir)/zsh/site-functions/_infusionctl
	$(BINARIES)/infusionctl --generate-completion-script fish > $(sharedir)/fish/vendor_completions.d/infusionctl.fish
	test -d $(DESTDIR)/etc/infusiond || install -d -m 0750 $(DESTDIR)/etc/infusiond
	@if [ -z "$(DESTDIR)" ]; then \
		echo "installed. Next, as root:"; \
		echo "    systemd-sysusers && systemd-tmpfiles --create && journalctl --update-catalog"; \
		echo "    cp $(PREFIX)/share/doc/infusiond/config.example.json /etc/infusiond/config.json   # then edit it"; \
		echo "    systemctl daemon-reload && systemctl enable --now infusiond.service"; \
	fi

lint: ## check the form of the sources, the scripts and the units
	swift format lint --strict --recursive --parallel Sources Tests
	for script in .ci/run .ci/packages Tests/run.sh $(SCRIPTS)/*.sh; do bash -n "$$script" || exit 1; done
	$(SCRIPTS)/units.sh || [ $$? = 125 ]

format: ## bring the sources into their form
	swift format --in-place --recursive --parallel Sources Tests

clean: ## remove what was built
	rm -rf .build .build-release

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/    make \1\t\2/p' Makefile | expand -t 20
