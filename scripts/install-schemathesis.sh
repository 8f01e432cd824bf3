#!/bin/sh
# Installs schemathesis (PyPI, MIT), which makes calls from an OpenAPI description, into
# target/tools/schemathesis. Idempotent; test tooling only, never shipped.
set -eu
cd "$(dirname "$0")/.."
venv=target/tools/schemathesis
version=4.32.5
if [ -x "$venv/bin/schemathesis" ] && "$venv/bin/schemathesis" --version 2>&1 | grep -qF "$version"; then
    exit 0
fi
mkdir -p target/tools
[ -x "$venv/bin/python3" ] || python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --disable-pip-version-check "schemathesis==$version"
