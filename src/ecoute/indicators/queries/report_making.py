"""Computing a report: the same parameters and the same words give the same figures, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from ecoute.directory.facade import Scope
from ecoute.indicators.queries.prevalence import Prevalence
from ecoute.indicators.queries.reading import Reading, reading
from ecoute.indicators.queries.records import differences, from_plain, to_plain
from ecoute.indicators.queries.report import Machine, Parameters, Report, reply_figures, theme_lines
from ecoute.indicators.queries.withholding import board_within
from ecoute.methods.statistics import Proportion, proportion
from ecoute.verbatims.facade import Filters, engines_in_use, quotes, replies_to

QUOTED = ("expectation", "irritant", "praise")
QUOTES = 3


@dataclass(frozen=True)
class Made:
    """A report and the words it was made from."""

    report: Report
    reading: Reading


def filters_of(parameters: Parameters) -> Filters:
    return Filters(
        services=(parameters.service,) if parameters.service else (),
        themes=(parameters.theme,) if parameters.theme else (),
        since=parameters.since,
        until=parameters.until,
    )


def make_report(scope: Scope, parameters: Parameters) -> Made:
    """The report that ``parameters`` ask for, among the words ``scope`` may read, in the language they name.

    The caller has checked that the scope holds the whole service: two readers of it get the same figures.
    """
    with translation.override(parameters.language):
        found = reading(scope, filters_of(parameters), parameters.audience)
        return Made(_report(found, parameters), found)


def _report(found: Reading, parameters: Parameters) -> Report:
    rule = found.settings.rule(found.filters, 1)
    minimum = found.settings.rule(found.filters, 0).minimum
    enough = found.selection.size > 0 and not found.is_hidden
    service = next((node.name for node in found.nodes if node.id == parameters.service), "")
    engines = engines_in_use()
    natures = {nature: found.selection.theme_counts(nature=nature) for nature in QUOTED}
    labels = [(node.slug, node.label) for node in found.tree.nodes]
    prevalence, totals = found.prevalence, found.selection.theme_counts()
    replies = replies_to(found.selection.ids()) if enough else None
    return Report(
        parameters=parameters,
        service=service,
        theme=found.tree.label(parameters.theme) if parameters.theme else "",
        minimum=minimum,
        board=board_within(found.board(), rule) if enough else None,
        themes=theme_lines(labels, natures, totals, rule, share_of(prevalence)) if enough else (),
        replies=reply_figures(replies.size, replies.replied, replies.delays, rule) if replies else None,
        machine=Machine(engines.engines, found.tree.name or engines.codebook, found.tree.version),
        footing=prevalence.footing if enough else None,
    )


def share_of(prevalence: Prevalence) -> Callable[[str, int], Proportion]:
    """From the slug of a theme and its count, its share among the words."""
    return lambda slug, count: prevalence.share(slug, proportion(count, prevalence.base))


def quote_ids(found: Reading) -> dict[str, list[int]]:
    """Ids of the verbatims to cite, by nature."""
    return {nature: [card.id for card in quotes(found.selection, nature=nature, limit=QUOTES)] for nature in QUOTED}


def recomputed_differences(scope: Scope, figures: dict[str, object]) -> list[str]:
    """Where the same report made today differs from the frozen ``figures``; empty when it is the same."""
    frozen = from_plain(Report, figures)
    today = to_plain(make_report(scope, frozen.parameters).report)
    return differences(to_plain(frozen), today)
