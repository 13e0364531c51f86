#!/bin/sh
# Give every other Python that is there what the engine stands on, for the test of digests.
set -u
cd "$(dirname "$0")/.."
home=.venv/interpreters
for version in 3.11 3.12 3.13; do
  [ -x "$home/$version/done" ] && continue
  for python in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do
    "$python" -c "" 2>/dev/null || continue
    echo "Giving Python $version what the engine needs ..."
    awk '/^[a-z]/ { wanted = /^(numpy|scipy)==/ } wanted' requirements/run.txt >"$home.txt" &&
      "$python" -m venv --clear "$home/$version" &&
      timeout 300 "$home/$version/bin/python" -m pip install -qq --disable-pip-version-check \
        --require-hashes -r "$home.txt" >/dev/null 2>&1 &&
      ln -s bin/python "$home/$version/done" && break
    echo "PYTHON $version HAS NO NUMPY AND SCIPY: its digests will not be compared."
  done
done
exit 0
