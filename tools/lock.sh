#!/bin/sh
# Makes the lock files again: exact versions and hashes, no registry address. Needs uv on the PATH.
set -eu
cd "$(dirname "$0")/.."
for name in base fine dev; do
  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    "requirements/$name.in" -o "requirements/$name.txt"
done
if grep -n '://' requirements/*.txt; then echo "a lock file names a host" >&2; exit 1; fi
