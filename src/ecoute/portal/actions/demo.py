"""The demonstration: an installation of its own, with real words and accounts that exist nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from ecoute.core.jobs import enqueue, run_all
from ecoute.core.jobs.meter import TerminalMeter
from ecoute.core.manifest import MANIFESTS
from ecoute.directory.facade import DemoAccount, Scope, create_demo_accounts, service_nodes
from ecoute.verbatims.facade import Filters, corpus_of, load_demo_corpus


def prepare_demo() -> list[DemoAccount]:
    """Makes the database, the directory, the codebook, the corpus and the accounts; what is there already is kept.

    Refuses (RuntimeError) outside a demonstration.
    """
    if not settings.DEMO:
        raise RuntimeError("ECOUTE_DEMO is not set: this installation is not a demonstration")
    call_command("migrate", verbosity=0, interactive=False)
    for manifest in MANIFESTS:
        for prepare in manifest.setup:
            prepare(by=None)
    load_demo_corpus(TerminalMeter)
    enqueue("watch.look", by=None, key="watch.look")
    run_all()  # what the analysis asked for besides: groups of expectations, the map
    return create_demo_accounts(_busiest_branch())


def _busiest_branch() -> list[int]:
    """The service with the most verbatims: what the head, the agent and the correspondent of the demonstration see."""
    counts = corpus_of(Scope(everything=True)).select(Filters()).count_by("service")
    named = {node.id for node in service_nodes() if node.kind == "service" and not node.name.startswith("Hors")}
    known = {service: count for service, count in counts.items() if service in named}
    return [max(known, key=lambda service: known[service])] if known else []
