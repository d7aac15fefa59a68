#!/bin/sh
# Gathers the French sentences of each room into its English catalogue and compiles it. Needs gettext.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
for room in core ui directory verbatims indicators portal; do
  (cd "src/ecoute/$room" && "$root/.venv/bin/django-admin" makemessages -l en --no-location --no-wrap -v 0 \
    && "$root/.venv/bin/django-admin" compilemessages -v 0)
done
