# The documented targets; each is one verb of ./tidemark.
.PHONY: help dev test db-create db-user db-reset db-drop db-status
.DEFAULT_GOAL := help

help: ## List these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

dev: ## Serve on http://localhost:5000 (PORT=5001 make dev for another)
	./tidemark

test: ## Run every test
	./tidemark test

db-create: ## Create the database and its tables
	./tidemark db create

db-user: ## Make the demo accounts: an admin and one for each plan
	./tidemark db user

db-reset: ## Remove the database, make it anew, with the demo accounts (asks first)
	./tidemark db reset

db-drop: ## Remove the database (asks first)
	./tidemark db drop

db-status: ## Show which database is in use and its size
	./tidemark db status
