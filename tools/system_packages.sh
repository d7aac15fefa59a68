#!/bin/sh
# What the tests use beyond Python: a browser, a database server, gettext. Installed where apt and root are there.
set -u
wanted=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || wanted="$wanted chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
command -v msgfmt >/dev/null || wanted="$wanted gettext"
command -v pdftotext >/dev/null || wanted="$wanted poppler-utils"
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$wanted…"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
  echo "!! Not installed:$wanted. On Debian or Ubuntu: sudo apt-get install$wanted"
fi
exit 0
