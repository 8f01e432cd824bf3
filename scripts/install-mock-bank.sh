#!/bin/sh
# Installs the third-party bank simulator mock-bank (PyPI, MIT) into target/tools/venv.
# Idempotent; test tooling only, never shipped. The live test finds it there.
set -eu
cd "$(dirname "$0")/.."
venv=target/tools/venv
version=0.9.0
if [ -x "$venv/bin/mock-bank" ] && "$venv/bin/mock-bank" --version 2>&1 | grep -qF "$version"; then
    exit 0
fi
mkdir -p target/tools
[ -x "$venv/bin/python3" ] || python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --disable-pip-version-check "mock-bank==$version"
