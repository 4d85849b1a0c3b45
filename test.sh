#!/bin/sh
# Sets up what is missing, a browser included, then runs pytest with the arguments given: a process
# each core, eight at most, each with the whole of a file; `sh test.sh -n 0 FILE` stays in one.
set -eu
cd "$(dirname "$0")"
sh ./setup.sh test
exec .venv/bin/python -m pytest -n auto --maxprocesses 8 --dist loadfile "$@"
