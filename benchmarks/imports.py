"""How fast and in how much memory a file is read, and brought in whole.

``python -m benchmarks.imports [--mb 1000] [--import-mb 100]``: writes a CSV of that size in a temporary folder, reads
it, then imports a smaller one into a new SQLite database; each in a process of its own, whose peak memory is measured.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path

WORDS = (
    *("attente", "guichet", "réponse", "dossier", "courrier", "délai", "téléphone", "agent", "accueil", "carte"),
    *("site", "compte", "rendez-vous", "message", "démarche", "prestation", "paiement", "justificatif", "formulaire"),
    *("horaires", "merci", "personne", "semaine", "mois", "jamais", "toujours", "enfin"),
)


def write_file(path: Path, megabytes: float) -> int:
    """A CSV of about that size: number, date, title, text, satisfaction, service. Returns its rows."""
    rng = random.Random(7)
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(12, 70))).capitalize() + "." for _ in range(997)]
    target, rows, written = megabytes * 1_000_000, 0, 0
    with path.open("w", encoding="utf-8") as out:
        out.write("id;date;titre;texte;satisfaction;service\n")
        while written < target:
            text = texts[rows % 997]
            day = f"{rows % 28 + 1:02}/0{rows % 9 + 1}/2024"
            line = f"{rows};{day};Avis {rows};{text};{rows % 5 + 1};Service {rows % 40}\n"
            written += len(line.encode())
            out.write(line)
            rows += 1
    return rows


def read(path: Path) -> int:
    from ecoute.methods.tables import Record, RecordReader, guess_columns, open_table

    table = open_table(path)
    return sum(isinstance(item, Record) for item in RecordReader(table, guess_columns(table)).records())


def bring_in(path: Path) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("import_verbatims", str(path), yes=True, stdout=StringIO())
    from ecoute.verbatims.models import Verbatim

    return Verbatim.objects.count()


def _child(what: str, path: Path) -> None:
    """In a process of its own: prints rows, seconds, seconds of processor, peak megabytes."""
    if what == "import":
        import django

        django.setup()
    began, cpu = time.perf_counter(), time.process_time()
    rows = {"read": read, "import": bring_in}[what](path)
    seconds = time.perf_counter() - began
    print(rows, seconds, time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(what: str, path: Path, folder: Path) -> tuple[int, float, float, float]:
    """(rows, seconds, seconds of processor, peak memory in MB) of reading or importing ``path``."""
    environment = {
        **os.environ,
        "ECOUTE_VAR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "ecoute.config.settings.base",
    }
    command = [sys.executable, "-m", "benchmarks.imports", "--child", what, str(path)]
    out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    rows, seconds, cpu, peak = out.split()[-4:]
    return int(rows), float(seconds), float(cpu), float(peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=float, default=1000, help="size of the file that is read")
    parser.add_argument("--import-mb", type=float, default=100, help="size of the file that is imported")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.child[0], Path(options.child[1]))
        return
    print("| what | file | rows | seconds | processor s | rows/s | peak memory |\n|---|---|---|---|---|---|---|")
    for what, size in (("read", options.mb), ("import", options.import_mb)):
        if not size:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "avis.csv"
            written = write_file(path, size)
            rows, seconds, cpu, peak = measure(what, path, Path(folder))
            assert rows == written, f"{written} rows written, {rows} found"
        figures = f"{rows:,} | {seconds:.1f} | {cpu:.1f} | {rows / seconds:,.0f} | {peak:.0f} MB"
        print(f"| {what} | {size:g} MB CSV | {figures} |", flush=True)


if __name__ == "__main__":
    main()
