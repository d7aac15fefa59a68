# Sourced by tools/test.sh: a PostgreSQL of our own on a free port, in a folder that goes away.
postgres_start() {
  postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$postgres_bin" ] && [ -x "$postgres_bin/initdb" ] || return 1
  postgres_folder=$(mktemp -d)
  postgres_port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$postgres_folder" || return 1
    postgres_as="runuser -u postgres --"
  else
    postgres_as=""
  fi
  # Nothing here must survive a power cut: durability off makes the tests much quicker.
  (cd / && $postgres_as "$postgres_bin/initdb" -D "$postgres_folder/data" -U ecoute -A trust -E UTF8 --locale=C.UTF-8 -N) \
    >"$postgres_folder.log" 2>&1 || { cat "$postgres_folder.log"; return 1; }
  (cd / && $postgres_as "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/server.log" -w \
    -o "-p $postgres_port -k $postgres_folder -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off" \
    start) >>"$postgres_folder.log" 2>&1 || { cat "$postgres_folder.log" "$postgres_folder/server.log"; return 1; }
  POSTGRES_URL="postgres://ecoute@127.0.0.1:$postgres_port/postgres"
}
postgres_stop() {
  (cd / && $postgres_as "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop) >/dev/null 2>&1
  rm -rf "$postgres_folder" "$postgres_folder.log"
}
