#!/bin/sh
# Everything that has to hold, in one go; the last line is pytest's own.
set -eu
cd "$(dirname "$0")/.."
ruff format --check .
ruff check .
mypy
lint-imports
pytest -n "${WORKERS:-2}" --cov --cov-report=term --cov-fail-under=95 -m "not alone" "$@"
