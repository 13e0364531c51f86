#!/bin/sh
# Everything that has to hold, in one go; the last line is pytest's own.
set -eu
cd "$(dirname "$0")/.."
sh tests/browser.sh
sh tests/interpreters.sh
ruff format --check --quiet .
ruff check --quiet .
mypy
lint-imports >/dev/null || lint-imports
pytest -n "${WORKERS:-2}" -m "" --cov --cov-report=term:skip-covered --cov-fail-under=95 "$@"
