# Handrail: `make help` lists what there is.
SHELL := /bin/bash
PYTHON := .venv/bin/python
# What needs no server, no browser and no other process.
PURE := $(addprefix tests/,house_rules foundations escalation safety_plans signposting handover bot/test_words.py bot/test_words_lint.py)
OURS := bot channels escalation foundations gateway handover runtime safety_plans signposting storage twilio_stand_in
export PYTHONPATH := $(CURDIR)
# What was compiled is kept: every start, worker and process of a test would do it anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: second-look help run test check lint types layers security fast train sign-in pictures bench bench-live load load-several phrases parts words copy english-only digest evaluate format environments ours campaign gameday soak stops fuzz

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

environments: ## Make both Python environments from their locks
	@python3 runtime/environments.py ours rasa

ours:
	@python3 runtime/environments.py ours

run: environments ## Run the whole service on this machine (PORT=8000)
	@exec $(PYTHON) -m runtime serve

test: environments ## Run every test: units, journeys, real Rasa, PostgreSQL, browser
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m pytest -q -n 4 --dist loadfile

check: ours lint types layers security fast ## Lint, types, layers, bandit, advisories and the fast tests, in a minute

lint:
	@.venv/bin/ruff check . && .venv/bin/ruff format --check -q .

types:
	@.venv/bin/mypy $(addprefix -p ,$(OURS))

security:
	@.venv/bin/bandit -q -c pyproject.toml -r $(OURS) && $(PYTHON) -m tests.trust.advisories

layers:
	@.venv/bin/lint-imports --no-cache

fast:
	@$(PYTHON) -m pytest -q -n 2 --dist loadfile -m "not slow" $(PURE)

format: ours ## Put every Python file into the house format
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format .

train: environments ## Train the dialogue model if the bot's files changed
	@$(PYTHON) -m runtime train

pictures: ours ## Take the pictures in docs/img again, with a real browser
	@$(PYTHON) -m tests.pictures

sign-in: ours ## Print a fresh one-time sign-in for the local staff pages
	@$(PYTHON) -m runtime sign-in

words: ours ## Show every text on a page of this machine (SINCE=ref to mark changes from there)
	@$(PYTHON) -m bot.preview --since $(or $(SINCE),HEAD) $(if $(OVERLAY),--overlay $(OVERLAY))

copy: ours ## Print every text message with its parts and what they cost (PENCE=4.0 a part)
	@$(PYTHON) -m bot.preview --copy --pence $(or $(PENCE),4.0)

english-only: ours ## List what is said in English only (LANGUAGE=cy)
	@$(PYTHON) -m bot.preview --english-only $(or $(LANGUAGE),cy)

digest: ours ## Print last month's feedback for the youth panel (MONTH=2027-01)
	@$(PYTHON) -m runtime digest $(MONTH)

evaluate: environments ## Measure understanding side by side, into docs/evaluation.md
	@$(PYTHON) -m tests.evaluation.run

second-look: environments ## Learn what may be raised beside the phrases (CHAT=messages.json)
	@.venv-rasa/bin/python -m tests.evaluation.second_look $(CHAT)

parts: ours ## List parts (CycloneDX) and licences in var/parts
	@$(PYTHON) -m tests.trust.parts

phrases: ours ## Show the crisis phrases' coverage and conflicts
	@$(PYTHON) -m escalation --coverage

bench: environments ## Measure speed side by side with stock Rasa, into docs/benchmarks.md
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m tests.bench.run

bench-live: environments ## Measure live conversations, alerts, open chats and the page on 3G, into docs/benchmarks_live.md
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m tests.bench.live $(if $(ONLY),--only $(ONLY))

load: environments ## Crisis texts, a steady stream, a burst, open chats and floods, into docs/load.md (MINUTES=n)
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m tests.bench.load --minutes $(or $(MINUTES),2)

load-several: ours ## Gateways side by side behind nginx, and one killed under chats, into docs/load_several.md
	@$(PYTHON) -m tests.bench.several

campaign: environments ## Break everything in turn, with the real processes (ROWS=T06,T09 for some)
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m tests.campaign.run $(if $(ROWS),--rows $(ROWS))

gameday: environments ## Random faults for hours, and a report in var/gameday (HOURS=n SEED=s)
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m tests.campaign.gameday --hours $(or $(HOURS),0.2) --seed $(or $(SEED),1)

soak: environments ## The same for hours without stopping the gateway: what its memory comes to (HOURS=n)
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m tests.campaign.gameday --soak --hours $(or $(HOURS),2) --seed $(or $(SEED),1)

stops: environments ## Stop each process dead N times under texts; figures in var/stops (N=20 MINUTES=60)
	@$(PYTHON) -m runtime train
	@$(PYTHON) -m tests.campaign.stops --times $(or $(N),20) --minutes $(or $(MINUTES),60)

fuzz: ours ## Inputs of every broken kind, counted; figures in var/fuzz (MINUTES=n SEED=s)
	@$(PYTHON) -m tests.campaign.fuzz --minutes $(or $(MINUTES),5) --seed $(or $(SEED),1)
