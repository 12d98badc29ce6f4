# Everything runs on a fresh Debian or Ubuntu with git and make; see README.md

.PHONY: demo demo-remove test test-leaks test-erpnext test-soak bench lint

demo: ## the demo company on a real ERPNext, served until Ctrl-C
	@python3 -m scripts.demo

demo-remove: ## take the demo company away again
	@python3 -m scripts.demo remove

test: ## unit, database, site and browser tests
	@python3 -m scripts.test

test-erpnext: ## ERPNext's own tests without the app and with it; MODULES="Customer,Task" for some, FRESH=1 anew
	@python3 -m scripts.erpnext_tests

test-leaks: ## every path into the site over HTTP, as people of every kind; takes long
	@LEAKS=1 TIERS=site ARGS="-k test_no_path_leaks -s -n 0" python3 -m scripts.test

test-soak: ## random sequences and races, long: fifty rounds with eight and sixteen people
	@BRANCH_CRM_EXAMPLES=50 BRANCH_CRM_ROUNDS=50 BRANCH_CRM_SELLERS=8,16 TIERS=site ARGS="-k 'random or sold_at_once'" python3 -m scripts.test

bench: ## speed side by side with stock ERPNext; CUSTOMERS=1000000 DOCUMENTS=1000000 for the full size
	@python3 -m scripts.benchmark

lint: ## what the linters say
	@python3 -m scripts.lint

# make itself sets AS, to the assembler
ifeq ($(origin AS),default)
AS =
endif
export SCREENSHOTS BENCH TIERS REQUIRE ARGS SERVE AS CUSTOMERS DOCUMENTS MODULES FRESH
