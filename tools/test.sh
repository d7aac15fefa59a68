#!/bin/sh
# Every check, in the order of what is quickest to tell. Ends with a plain line: N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
ECOUTE_VAR=$(mktemp -d); export ECOUTE_VAR
reports=$(mktemp -d)
passed=0 failed=0 skipped=0

say() { printf '\n== %s\n' "$*"; }
check() { # one yes/no check
  say "$1"; shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $*"; fi
}
tests() { # a pytest run, counted from its JUnit report
  say "$1"; name=$2; shift 2
  "$@" --junitxml="$reports/$name.xml" || echo "FAILED: $*"
  set -- $("$bin/python" tools/count_tests.py "$reports/$name.xml")
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}
finished() { # waits for the run in the background and shows what it said; its report is there already
  wait "$1"; outcome=$?
  cat "$reports/postgres.log"
  return $outcome
}
missing() { # loud where a developer works, a failure in CI
  echo "!! $1 is missing: $2"
  if [ -n "${CI:-}" ]; then failed=$((failed + 1)); else skipped=$((skipped + 1)); fi
}

sh tools/system_packages.sh

check "Format" $bin/ruff format --check .
check "Lint" $bin/ruff check .
check "Types" $bin/mypy
check "Imports go one way" $bin/lint-imports
check "Locks name no host" sh -c '! grep -n "://" requirements/*.txt'

# PostgreSQL works on the second processor meanwhile, in a folder of its own; its words are shown when it has done.
. tools/postgres.sh
postgres=
if postgres_start; then
  mkdir "$ECOUTE_VAR/postgres"
  env ECOUTE_VAR="$ECOUTE_VAR/postgres" ECOUTE_DATABASE_URL="$POSTGRES_URL" $bin/pytest -q \
    -m "not browser and not repository and not unit" --junitxml="$reports/postgres.xml" > "$reports/postgres.log" 2>&1 &
  postgres=$!
else
  missing PostgreSQL "the second half of the tests did not run (apt-get install postgresql)"
fi

# Whole installations, saved and restored from either database to the other, are tried once: beside PostgreSQL.
once=
[ -n "$postgres" ] && once=--ignore=tests/core/operations
tests "Unit, integration and repository tests on SQLite" sqlite $bin/pytest -q -m "not browser" $once

if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then
  tests "Pages in a real browser, with axe" browser $bin/pytest -q -m browser
else
  missing chromium "pages were not tested in a browser (apt-get install chromium)"
fi

if [ -n "$postgres" ]; then
  tests "Integration tests on PostgreSQL" postgres finished "$postgres"
  postgres_stop
fi

rm -rf "$ECOUTE_VAR" "$reports"
say "All checks"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
