#!/usr/bin/env bash
# Calls made from our own OpenAPI description, good and bad, against a running demo: no operation may
# answer with a fault of ours or with another type than it says. Two minutes at most.
#
# The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/install-schemathesis.sh
tool=$PWD/target/tools/schemathesis/bin/schemathesis
binary=$(realpath "${REDRESS_BIN:-${CARGO_TARGET_DIR:-target}/debug/redress}")
folder=$(mktemp -d "${TMPDIR:-/tmp}/redress-api.XXXXXX")
server=
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT
unset REDRESS_DATABASE_URL REDRESS_CONFIG
cd "$folder"
port=$((20000 + RANDOM % 30000))
base=http://127.0.0.1:$port
"$binary" --data data --listen "127.0.0.1:$port" --json demo >demo.json 2>demo.log &
server=$!
for _ in $(seq 1 120); do
    curl -sf -o /dev/null "$base/readyz" && break
    sleep 0.5
done
key=$("$binary" --data data --json key new --role admin --client northbeam fuzz | sed -n 's/.*"key":"\([^"]*\)".*/\1/p')
[ -n "$key" ] || { cat demo.log >&2; exit 1; }
printf '[parameters]\n"path.client" = "northbeam"\n' >schemathesis.toml
status=0
"$tool" run "$base/openapi.json" -H "authorization: Bearer $key" --phases examples,fuzzing \
    --max-examples 8 --max-time 120 --continue-on-failure --seed 1 \
    --checks not_a_server_error,content_type_conformance >run.txt 2>&1 || status=$?
sed -n '/^Test cases:/,$p' run.txt
[ "$status" -eq 0 ] || cat run.txt
# "5363 generated, 5363 passed" or "2798 generated, 1 found 1 unique failure".
awk '/generated,/{g=$1; for(i=1;i<NF;i++){if($(i+1)=="found")f=$i}}
    END{print g-f " passed, " f+0 " failed"}' run.txt
exit "$status"
