#!/usr/bin/env bash
# A private PostgreSQL that lives as long as one command: test-postgres.sh COMMAND [ARGUMENT...]
#
# The cluster is made in target/test-pg, listens on a socket there and on a free port of
# 127.0.0.1, and is stopped and deleted afterwards. COMMAND finds it in REDRESS_TEST_PG. The
# server never runs as root: root hands it to the user `postgres`. fsync is off, so nothing may
# prove durability here: REDRESS_TEST_PG_FSYNC=on makes a cluster that may.
# Status: that of COMMAND; 69 when PostgreSQL is not installed.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 64; }
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Debian keeps the server programs out of PATH, by version; the newest one wins.
for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V -r); do
    [ -x "$dir/initdb" ] && PATH=$dir:$PATH && break
done
command -v initdb >/dev/null || {
    echo "PostgreSQL is not installed. As root: apt-get install postgresql" >&2
    exit 69
}

# A socket path has 107 bytes at most, so the socket lives in a short place of its own.
base=${CARGO_TARGET_DIR:-target}
mkdir -p "$base"
base=$(cd "$base" && pwd)/test-pg.$$
socket=$(mktemp -d "${TMPDIR:-/tmp}/redress-pg.XXXXXX")
mkdir -p "$base"
as_server() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    as_server() { (cd / && runuser -u postgres -- "$@"); }
    # The user postgres must reach the directory; a checkout it cannot enter moves it aside.
    if ! as_server test -x "$base" 2>/dev/null; then
        rmdir "$base"
        base=$socket/cluster
        mkdir "$base"
    fi
    chown -R postgres "$base" "$socket"
fi
chmod 700 "$base"

stop() {
    as_server "$(command -v pg_ctl)" -D "$base/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$base" "$socket"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_server "$(command -v initdb)" -D "$base/data" -U redress -A trust -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$socket.log" 2>&1 || { cat "$socket.log" >&2; exit 1; }
rm -f "$socket.log"

# A free port: ask for one at random until the server takes it.
fsync=${REDRESS_TEST_PG_FSYNC:-off}
started=
for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 30000))
    if as_server "$(command -v pg_ctl)" -D "$base/data" -l "$base/log" -w -t 60 start -o "-p $port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories=$socket -c fsync=$fsync \
        -c synchronous_commit=$fsync -c full_page_writes=$fsync -c max_connections=200" >/dev/null; then
        started=1
        break
    fi
done
[ -n "$started" ] || { cat "$base/log" >&2; exit 1; }
psql -q -h 127.0.0.1 -p "$port" -U redress -d postgres -c 'CREATE DATABASE redress_test'

export REDRESS_TEST_PG="postgres://redress@127.0.0.1:$port/redress_test"
export REDRESS_TEST_PG_SOCKET="$socket"
# Its only role is a superuser, whom row-level security does not bind: the tests of the walls
# make roles of their own.
export REDRESS_ALLOW_BYPASSING_ROLE=true
status=0
"$@" || status=$?
exit "$status"
