#!/bin/sh
# Find a browser for the journeys: the machine's, else Debian's, else Playwright's own.
set -u
for name in chromium chromium-browser google-chrome-stable google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium from Debian for the browser tests ..."
  apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 && exit 0
fi
echo "Fetching Playwright's own Chromium for the browser tests ..."
timeout 300 python -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "NO BROWSER COULD BE HAD: the browser tests will be skipped."
