#!/bin/sh
# Makes this source tree ready to run. Does only what is missing, so a second call is quick.
#
#   sh setup.sh          what `sh run.sh` needs
#   sh setup.sh host     also what a host needs where the planner runs as a user that may not write here
#   sh setup.sh test     also what `sh test.sh` needs
#   sh setup.sh lock     writes the lock files anew from pyproject.toml and package.json
set -eu

cd "$(dirname "$0")"
level=${1:-run}
case $level in run | host | test | lock) ;; *)
    echo "setup.sh: '$level' is no level; say run, host, test or lock." >&2
    exit 2
    ;;
esac

say() { echo "setup: $*" >&2; }

# One set-up at a time in one tree; the lock goes with this process.
mkdir -p var
if command -v flock >/dev/null 2>&1; then
    exec 9>var/setup.lock
    flock 9
fi

# -- Python ----------------------------------------------------------------------------------

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$(command -v "$candidate")
        break
    fi
done
if [ -z "$python" ]; then
    say "needs Python 3.11 or newer as python3; Debian 12 and Ubuntu 24.04 have one."
    exit 1
fi

# -- system packages -------------------------------------------------------------------------

has_browser() {
    [ -n "${PLANNER_CHROMIUM:-}" ] && return
    for browser in chromium chromium-browser google-chrome; do
        command -v "$browser" >/dev/null 2>&1 && return
    done
    return 1
}

missing_packages() {
    level=$level "$python" - <<'PROBE'
import ctypes, importlib.util, os

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
    "libstdc++.so.6": "libstdc++6",
}
if os.environ["level"] == "test":
    LIBRARIES["libatomic.so.1"] = "libatomic1"  # the browser tests' driver
for library, package in LIBRARIES.items():
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
if importlib.util.find_spec("ensurepip") is None:
    print("python3-venv")
PROBE
    [ -s /etc/ssl/certs/ca-certificates.crt ] || [ -n "${SSL_CERT_FILE:-}" ] ||
        echo ca-certificates
    [ -d /usr/share/fonts/truetype/dejavu ] || echo fonts-dejavu-core
    if [ "$level" = test ] && ! has_browser; then
        if grep -qs '^ID=ubuntu' /etc/os-release; then echo chromium-browser; else echo chromium; fi
    fi
}

missing=$(missing_packages | tr '\n' ' ')
missing=${missing% }
if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        say "needs these Debian packages, or what they are called here: $missing"
        exit 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        say "some system packages are missing. Run this, then start again:"
        echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing" >&2
        exit 1
    fi
    say "installing system packages: $missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # the names are words
    apt-get install -y -qq --no-install-recommends $missing >var/apt.log 2>&1 || {
        cat var/apt.log >&2
        exit 1
    }
    missing=$(missing_packages | tr '\n' ' ')
    if [ -n "$missing" ]; then
        say "still missing after the installation: $missing"
        exit 1
    fi
fi

# -- steps, each with a stamp ----------------------------------------------------------------

# current STEP STATE: whether the step was last finished in this state.
current() { [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$2" ]; }
done_with() { printf '%s\n' "$2" >".venv/stamp-$1"; }
sum_of() { cat "$@" | cksum; }

# borrow NAME VARIABLE: pip's setting of this machine holds for another client, which does not
# read it itself, unless that client's own variable is set.
borrow() {
    eval "value=\${$2:-}"
    [ -n "$value" ] || value=$(.venv/bin/python -m pip config list 2>/dev/null |
        sed -nE "s/^(:env:|global|install)\.$1='(.*)'\$/\2/p" | head -n 1 | sed 's/\\n/ /g')
    [ -z "$value" ] || export "$2=$value"
}

# Packages at the versions and hashes of a lock file; by pip where uv finds no way.
install_locked() {
    borrow index-url UV_DEFAULT_INDEX
    borrow extra-index-url UV_INDEX
    borrow cert SSL_CERT_FILE
    # Any index may answer: the hashes tell whether it is the right file.
    .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes --no-build \
        --index-strategy unsafe-best-match --requirement "$1" && return
    say "uv could not; trying with pip, which takes longer"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: --requirement "$1"
}

# npm from the environment, with the settings that this machine has for its own npm.
run_npm() {
    if [ -z "${NPM_CONFIG_GLOBALCONFIG:-}" ] && [ -f /etc/npmrc ]; then
        export NPM_CONFIG_GLOBALCONFIG=/etc/npmrc
    fi
    borrow cert NODE_EXTRA_CA_CERTS
    PATH="$(pwd)/.venv/bin:$PATH" npm "$@" --ignore-scripts --no-audit --no-fund --loglevel=error
}

# A tree that was moved, or a newer Python, makes the environment anew.
state="$(pwd) $("$python" -V)"
if ! current venv "$state" || ! .venv/bin/python -c '' 2>/dev/null; then
    say "making .venv with $("$python" -V)"
    rm -rf .venv
    "$python" -m venv .venv
    done_with venv "$state"
fi

state=$(sum_of requirements-uv.lock)
if ! current uv "$state"; then
    say "installing uv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: --requirement requirements-uv.lock
    done_with uv "$state"
fi

if [ "$level" = lock ]; then
    compile() {
        .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
            --generate-hashes --no-emit-index-url --no-annotate --upgrade \
            --custom-compile-command "sh setup.sh lock" "$@"
    }
    echo 'uv~=0.13.9' | compile - --output-file requirements-uv.lock
    compile pyproject.toml --extra setup --extra test --output-file requirements-test.lock
    compile pyproject.toml --extra setup --constraint requirements-test.lock \
        --output-file requirements.lock
    install_locked requirements.lock
    rm -f package-lock.json
    run_npm install --package-lock-only --omit-lockfile-registry-resolved
    .venv/bin/python hatch_build.py plain-lock
    exit 0
fi

# The environment of the tests holds that of a run: it is not taken apart again for a run.
lock=requirements.lock
if [ "$level" = test ] || current tests yes; then lock=requirements-test.lock; fi
state="$lock $(sum_of $lock)"
if ! current packages "$state"; then
    say "installing Python packages of $lock"
    install_locked $lock
    done_with packages "$state"
    if [ $lock = requirements-test.lock ]; then done_with tests yes; fi
fi

state=$(sum_of pyproject.toml hatch_build.py)
if ! current project "$state"; then
    say "installing the planner itself"
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation \
        --offline --editable .
    done_with project "$state"
fi

state=$(sum_of package-lock.json hatch_build.py)
if ! current front-end "$state" || [ ! -d planner/static/vendor ] || [ ! -d planner/static/fonts ]; then
    say "installing front-end packages"
    run_npm ci >var/npm.log 2>&1 || {
        cat var/npm.log >&2
        exit 1
    }
    .venv/bin/python hatch_build.py front-end
    done_with front-end "$state"
fi

state=$(find planner/translations -name '*.po' -exec cat {} + 2>/dev/null | cksum)
compiled=$(find planner/translations -name '*.mo' 2>/dev/null | wc -l)
if ! current messages "$state $compiled"; then
    .venv/bin/python hatch_build.py messages
    compiled=$(find planner/translations -name '*.mo' 2>/dev/null | wc -l)
    done_with messages "$state $compiled"
fi

# Whoever may not write here would compile at every start, and every reader of a file is one.
if [ "$level" = host ]; then
    say "compiling"
    .venv/bin/python -m compileall -q -j 0 .venv/lib planner solver
fi
