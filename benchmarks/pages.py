"""How fast the pages answer over a large base: ``make bench-pages`` (``python -m benchmarks.pages --verbatims N``).

Pages go through the whole application (Django's test client: middleware, rights, database, templates), without a
network and without WhiteNoise. Beside them, the same counts by plain SQL in the same database, which is what one would
use otherwise. Times are wall clock, and processor time beside them; the base is made once and kept in its folder.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Measure:
    name: str
    times: list[float]  # ms
    queries: int = 0
    size: int = 0  # bytes of the page, before compression
    cpu: float = 0  # ms of processor, median: the sturdier figure on a busy machine

    def line(self) -> str:
        ordered = sorted(self.times)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        size = f"{self.size / 1000:6.0f} kB" if self.size else " " * 9
        queries = f"{self.queries:4}" if self.queries else "    "
        return (
            f"| {self.name:<58} | {ordered[0]:7.1f} | {statistics.median(ordered):7.1f} | {p95:7.1f} | {self.cpu:7.1f} "
            f"| {queries} | {size} |"
        )


def main() -> None:
    asked = _arguments()
    _prepare_django(asked.folder)
    _build_if_needed(asked)
    client = _reader()
    print(f"\n{_conditions(asked)}\n")
    print(f"| {'page':<58} |  min ms |  median |     p95 |  cpu ms | SQL  | size      |")
    print(f"|{'-' * 60}|---------|---------|---------|---------|------|-----------|")
    print(_timed("columns: first reading of the whole base", _first_reading, 3).line())
    for name, address in _pages():
        print(_page(client, name, address, asked.runs).line(), flush=True)
    for name, sql in _plain_sql():
        print(_timed(name, lambda sql=sql: _run(sql), max(3, asked.runs // 4)).line(), flush=True)
    _tell_memory()


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbatims", type=int, default=int(os.environ.get("BENCH_VERBATIMS", "100000")))
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--folder", type=Path, default=None, help="where the base is kept (default: var/bench-N)")
    asked = parser.parse_args()
    asked.folder = (asked.folder or PROJECT / "var" / f"bench-{asked.verbatims}").resolve()
    return asked


def _prepare_django(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["ECOUTE_VAR"] = str(folder)
    os.environ["ECOUTE_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "ecoute.config.settings.base"
    sys.path.insert(0, str(PROJECT / "src"))
    import django
    from django.conf import settings

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()


def _build_if_needed(asked: Any) -> None:
    from django.core.management import call_command

    from benchmarks.synthetic import analysed_texts, build
    from ecoute.verbatims.models import Verbatim

    call_command("migrate", verbosity=0)
    if Verbatim.objects.count() < asked.verbatims:
        print(f"making {asked.verbatims:,} synthetic verbatims in {asked.folder} (once)", flush=True)
        build(asked.verbatims, analysed_texts(asked.folder / "texts.pickle"))


def _reader() -> Any:
    """A quality officer of the whole, signed in."""
    from django.apps import apps
    from django.conf import settings
    from django.test import Client

    people, memberships = (apps.get_model("directory", name) for name in ("User", "Membership"))
    user = people.objects.filter(email="mesure@exemple.fr").first()
    if user is None:
        user = people.objects.create_user("mesure@exemple.fr", name="Mesure")
        memberships.objects.create(user=user, role="quality_officer")
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _pages() -> list[tuple[str, str]]:
    from django.urls import NoReverseMatch, reverse

    from ecoute.directory.facade import find_place, service_nodes
    from ecoute.verbatims.models import Theme, Verbatim

    explorer = reverse("verbatims:explorer")
    service = next(node for node in service_nodes() if node.depth == 0 and "consulaire" in node.name)
    theme = Theme.objects.filter(parent=None).order_by("position").first()
    uid = Verbatim.objects.order_by("pk").values_list("uid", flat=True)[0]
    three = f"nature=irritant&theme={theme.slug}&canal=phone"
    more = f"{three}&service={service.id}&du=2021-01-01&au=2024-12-31&satisfaction=negative"
    found = [
        ("explorer", explorer),
        ("explorer, page 400", f"{explorer}?page=400"),
        ("explorer, 3 filters (nature, theme, channel)", f"{explorer}?{three}"),
        ("explorer, 6 filters (and service, period, satisfaction)", f"{explorer}?{more}"),
        ("explorer, a place", f"{explorer}?lieu={find_place(name='Paris', level='departement')}"),
        ("explorer, words « délai »", f"{explorer}?mots=délai"),
        ("explorer, words « délai » -réponse and 3 filters", f"{explorer}?mots=délai -réponse&{three}"),
        ("explorer, meaning « personne ne décroche »", f"{explorer}?sens=personne ne décroche"),
        ("explorer, more like a verbatim", f"{explorer}?comme={uid}"),
        ("a verbatim", reverse("verbatims:verbatim", args=[uid])),
    ]
    for name, view, arguments, query in (
        ("dashboard", "indicators:dashboard", [], ""),
        ("dashboard, 3 filters", "indicators:dashboard", [], f"?{three}"),
        ("dashboard, 6 filters", "indicators:dashboard", [], f"?{more}"),
        ("themes", "indicators:themes", [], ""),
        ("a theme", "indicators:theme", [theme.slug], ""),
        ("a theme, 3 filters", "indicators:theme", [theme.slug], "?nature=irritant&canal=phone&satisfaction=negative"),
    ):
        try:
            found.append((name, reverse(view, args=arguments) + query))
        except NoReverseMatch:
            print(f"(no page « {name} » yet)")
    return found


def _page(client: Any, name: str, address: str, runs: int) -> Measure:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:  # the first visit warms what is made once
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{name}: {address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)  # now: the next request empties the log
    measured = _timed(name, lambda: client.get(address).content, runs)
    return replace(measured, queries=asked, size=len(response.content))


def _timed(name: str, work: Callable[[], object], runs: int) -> Measure:
    times, cpu = [], []
    for _ in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
    return Measure(name, times, cpu=statistics.median(cpu))


def _first_reading() -> None:
    from ecoute.verbatims.columns.store import Store

    Store().current()


_READABLE = "v.withdrawn_at IS NULL AND v.masking_version > 0"


def _plain_sql() -> list[tuple[str, str]]:
    """The explorer's counts without our columns: one GROUP BY a facet, the themes without their tree."""
    codes = (
        "FROM verbatims_verbatim v JOIN verbatims_segment s ON s.verbatim_id = v.id "
        "JOIN verbatims_segmenttheme c ON c.segment_id = s.id AND NOT c.rejected"
    )
    segments = "FROM verbatims_verbatim v JOIN verbatims_segment s ON s.verbatim_id = v.id"
    distinct = "COUNT(DISTINCT v.id)"
    facets = [
        *(f"SELECT v.{c}, COUNT(*) FROM verbatims_verbatim v WHERE {_READABLE} GROUP BY 1"
          for c in ("channel", "satisfaction", "place_id", "speaker", "source_id", "language")),
        f"SELECT SUBSTR(CAST(v.said_on AS TEXT), 1, 4), COUNT(*) "
        f"FROM verbatims_verbatim v WHERE {_READABLE} GROUP BY 1",
        f"SELECT s.nature, {distinct} {segments} WHERE {_READABLE} GROUP BY 1",
        f"SELECT s.polarity, {distinct} {segments} WHERE {_READABLE} GROUP BY 1",
        f"SELECT c.theme_id, {distinct} {codes} WHERE {_READABLE} GROUP BY 1",
        "SELECT x.service_id, COUNT(*) FROM verbatims_verbatim v "
        f"JOIN verbatims_verbatimservice x ON x.verbatim_id = v.id WHERE {_READABLE} GROUP BY 1",
    ]  # fmt: skip
    one = f"SELECT c.theme_id, {distinct} {codes} WHERE {_READABLE} AND s.nature = 'irritant' GROUP BY 1"
    return [
        ("otherwise, plain SQL: the explorer's 11 facets", ";".join(facets)),
        ("otherwise, plain SQL: themes of irritants alone", one),
    ]


def _run(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for line in sql.split(";"):
            cursor.execute(line)
            cursor.fetchall()


def _conditions(asked: Any) -> str:
    import platform
    from datetime import date

    from django.db import connection

    from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim

    counts = [model.objects.count() for model in (Verbatim, Segment, SegmentTheme)]
    load = os.getloadavg()[0]
    return (
        f"{date.today().isoformat()}: {counts[0]:,} verbatims, {counts[1]:,} segments, {counts[2]:,} codes, all "
        f"synthetic; "
        f"{connection.vendor}, Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f}, "
        f"{asked.runs} runs a page after a first visit."
    )


def _tell_memory() -> None:
    from ecoute.verbatims.columns.store import STORE

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nColumns: {STORE.current().snapshot.bytes / 1e6:.0f} MB. Peak memory of the process: {peak:.0f} MB.")


if __name__ == "__main__":
    main()
