#!/bin/sh
# Sets up what is missing, then runs the planner; without arguments, the demo.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sh "$here/setup.sh" run
[ $# -gt 0 ] || set -- demo
exec "$here/.venv/bin/planner" "$@"
