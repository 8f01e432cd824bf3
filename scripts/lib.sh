# Sourced by ./run and ./test: saying what happens, and getting the programs they need.
# Nothing here installs Rust: both commands say how when it is missing. Functions are also called
# in conditions, where `set -e` is off, so each returns its own failures.

# One progress line.
say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

# Stops with a sentence that says what to do.
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: directly, by passwordless or prompting sudo, or not at all (status 1).
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then sudo "$@"
    else return 1
    fi
}

# apt_install PACKAGE...: installs Debian packages; status 1 when this machine or user cannot.
apt_install() {
    have apt-get || return 1
    say "installing: $*"
    local try
    for try in cached fresh; do
        [ "$try" = cached ] || as_root apt-get update -qq >&2 || return 1
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >&2 && return 0
    done
    return 1
}

# need_rust: cargo must be there and new enough for the manifest.
need_rust() {
    have cargo || { [ -f "${HOME:-}/.cargo/env" ] && . "$HOME/.cargo/env"; } || true
    have cargo || fail "Rust is missing. Install it from https://rustup.rs and run this again."
    local wanted found
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    found=$(cargo --version | awk '{print $2}')
    [ "$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ] ||
        fail "Rust $wanted or newer is needed, this is $found. Run: rustup update stable"
}

# need_build_tools: what cargo and the front end need beside Rust.
need_build_tools() {
    local missing=()
    have cc || missing+=(gcc libc6-dev)
    have node || missing+=(nodejs)
    have npm || missing+=(npm)
    if [ ${#missing[@]} -gt 0 ]; then
        apt_install "${missing[@]}" ||
            fail "missing: ${missing[*]}. As root: apt-get install ${missing[*]}"
    fi
    need_node 18 "to build the front end" || exit 1
}

# need_node MAJOR WHAT_FOR: a Node of at least that version.
need_node() {
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge "$1" ] && return 0
    say "Node $1 or newer is needed $2, this is $(node --version)"
    return 1
}

# npm_ci DIRECTORY: node_modules as the lockfile says; does nothing when they already are.
npm_ci() {
    local stamp="$1/node_modules/.redress-lock" lock
    lock=$(cksum <"$1/package-lock.json")
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ] && return 0
    say "fetching the packages of $1/package-lock.json"
    (cd "$1" && npm ci --no-fund --no-audit --loglevel=error >&2) || return 1
    mkdir -p "$1/node_modules" && printf '%s' "$lock" >"$stamp"
}

# build_web: web/dist from web/; does nothing when no source is newer.
build_web() {
    npm_ci web || return 1
    if [ -f web/dist/app.js ] &&
        [ -z "$(find web/src web/*.mjs web/*.json web/*.txt -newer web/dist/app.js -print -quit)" ]; then
        return 0
    fi
    say "building the front end"
    (cd web && npm run --silent build >&2)
}
