# Shared by the scripts in this folder; to be sourced. Says what it does, and does nothing twice.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$root/artifacts
server=$artifacts/bin/WhistleActors.Server/release/WhistleActors.Server

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

fail() {
    printf '\033[31m%s\033[0m\n' "$*" >&2
    exit 1
}

# need TOOL HINT: ends with the hint when the tool is missing.
need() { command -v "$1" >/dev/null || fail "$1 is missing: $2"; }

# install COMMAND PACKAGE...: installs Debian packages when the command is missing.
install() {
    local command=$1
    shift
    command -v "$command" >/dev/null && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "$command is missing: install $* (Debian's names)"
    say "Installing $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# unchanged NAME PATH...: true when the files are those that `remember NAME` saw last.
unchanged() { [ -f "$artifacts/stamps/$1" ] && [ "$(stamp "${@:2}")" = "$(cat "$artifacts/stamps/$1")" ]; }

remember() {
    mkdir -p "$artifacts/stamps"
    stamp "${@:2}" >"$artifacts/stamps/$1"
}

stamp() { (cd "$root" && find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum); }

build_pages() {
    need node "Node.js 20 or newer, https://nodejs.org"
    need npm "comes with Node.js"
    local sources=(src/web)
    unchanged pages "${sources[@]}" && [ -f "$root/src/web/dist/index.html" ] && return
    say "Building the pages"
    (cd "$root/src/web" && { [ -d node_modules ] && [ node_modules -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error; } && npm run --silent build >/dev/null)
    remember pages "${sources[@]}"
}

# build PROJECT...: builds in Release; restores exactly what the lock files name.
build() {
    need dotnet ".NET SDK 10, https://dotnet.microsoft.com"
    local project
    for project in "$@"; do
        say "Building $project"
        (cd "$root" && dotnet build "$project" -c Release --nologo --tl:off -v quiet -p:RestoreLockedMode=true '-clp:ErrorsOnly;NoSummary') || fail "The build of $project failed."
    done
}

# wait_until SECONDS URL: waits until the address answers 200.
wait_until() {
    local tries=$(($1 * 5))
    until [ "$(curl -s -o /dev/null -w '%{http_code}' "$2")" = 200 ]; do
        [ $((tries -= 1)) -gt 0 ] || return 1
        sleep 0.2
    done
}
