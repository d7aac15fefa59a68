"""How fast and how heavy ``ecoute analyze`` is: rows a second and peak memory on 1,000 and 10,000 rows.

    python -m benchmarks.analyze [ROWS …]

Rows come from the Services Publics + sample (``ECOUTE_DATA``), repeated with their number in the title so that no two
are copies. Each size is run as a person would run it, in as many processes as the command chooses;
the memory is the peak of the largest of them.
"""

from __future__ import annotations

import csv
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (1_000, 10_000)
SOURCE = "services_publics_plus.csv"


def data_folder() -> Path:
    """The folder of real data sets."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("ECOUTE_DATA", default))


def write_sample(target: Path, rows: int) -> None:
    """``rows`` rows of the sample, beginning again at its end."""
    with (data_folder() / SOURCE).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, known = list(reader.fieldnames or ()), list(reader)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for i in range(rows):
            row = known[i % len(known)]
            writer.writerow({**row, "id": str(i), "title": f"{row['title']} {i}"})


def processor() -> float:
    """Seconds of processor used by the children that have ended: says more than the clock on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(rows: int, folder: Path) -> tuple[float, float, float, float]:
    """Seconds on the clock, seconds of processor, peak memory in MB and size of the report in KB."""
    source, report = folder / f"{rows}.csv", folder / f"{rows}.html"
    write_sample(source, rows)
    code = "import sys; from ecoute.cli import main; main(sys.argv[1:])"
    began, used = time.perf_counter(), processor()
    subprocess.run(
        [sys.executable, "-c", code, "analyze", str(source), "--out", str(report)], check=True, capture_output=True
    )
    seconds = time.perf_counter() - began
    spent = processor() - used
    # Children run one after the other and grow with the rows: the highest so far is that of the last.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return seconds, spent, peak, report.stat().st_size / 1024


def main(sizes: list[int]) -> None:
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"ecoute analyze – {machine}\n")
    print("| rows | seconds | rows/s | processor seconds | largest process (MB) | report (KB) |")
    print("|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for rows in sorted(sizes):
            seconds, spent, peak, size = measure(rows, Path(folder))
            line = f"| {rows:,} | {seconds:.1f} | {rows / seconds:.0f} | {spent:.1f} | {peak:.0f} | {size:.0f} |"
            print(line, flush=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or list(SIZES))
