#!/bin/sh
# Sets up what is missing, a browser included, then runs pytest with the arguments given.
set -eu
cd "$(dirname "$0")"
sh ./setup.sh test
exec .venv/bin/python -m pytest "$@"
