#!/bin/sh
# Everything that has to hold, in one go; the last line is pytest's own.
set -eu
cd "$(dirname "$0")/.."
sh tests/browser.sh
ruff format --check --quiet .
ruff check --quiet .
sh tests/interpreters.sh &
interpreters=$!
mypy &
types=$!
lint-imports >/dev/null || lint-imports
wait "$types"
wait "$interpreters"
# Two workers more than there are cores: many tests wait for servers and browsers.
workers=${WORKERS:-$(($(getconf _NPROCESSORS_ONLN) + 2))}
pytest -n "$workers" -m "" --cov --cov-report=term:skip-covered --cov-fail-under=95 "$@"
