#!/bin/sh
# Makes .venv from a lock file: sh tools/install.sh base|fine|dev. Needs Python 3.11 or later with venv, nothing else.
set -eu
lock=$1
python=${PYTHON:-python3}
cd "$(dirname "$0")/.."

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Écoute needs Python 3.11 or later; \"$python\" is $("$python" --version 2>&1 || echo missing)." >&2
  echo "Name another one: make demo PYTHON=/path/to/python3.12" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing python3-venv (Debian ships it apart)…"
    apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
  else
    echo "This Python has no venv module. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
    exit 1
  fi
fi

[ -x .venv/bin/python ] || { echo "Making .venv…"; "$python" -m venv .venv; }
echo "Installing what requirements/$lock.txt holds (a minute or two, once)…"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$lock.txt"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
touch ".venv/.$lock"
case $lock in
  fine) touch .venv/.base ;;
  dev) touch .venv/.base .venv/.fine ;;
esac
