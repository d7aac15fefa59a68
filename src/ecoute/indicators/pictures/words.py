"""The sentences around the figures. A title says the finding when it is sure, and only the subject when it is not."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecoute.indicators.queries.changes import Change, Changes, Trouble
from ecoute.indicators.queries.comparison import GroupComparison
from ecoute.indicators.queries.frame import Frame
from ecoute.indicators.queries.periods import Span, span_of_key
from ecoute.indicators.queries.ranking import Ranking
from ecoute.indicators.rules import TREND_BASE
from ecoute.methods.statistics import Direction, Proportion, Reason
from ecoute.ui import typography

NB = "\u00a0"


def period_label(key: str) -> str:
    """« mai 2023 », « T2 2023 », « 2023 »."""
    if "-Q" in key:
        year, quarter = key.split("-Q")
        return _("T{quarter} {year}").format(quarter=quarter, year=year)
    return formats.date_format(span_of_key(key).since, "M Y").lower() if "-" in key else key


def span_words(span: Span) -> str:
    """« du 1er janvier 2022 au 31 décembre 2022 »."""
    return _("du {since} au {until}").format(
        since=typography.short_date(span.since), until=typography.short_date(span.until)
    )


def sentence(words: str) -> str:
    """With a capital at the start, the rest unchanged."""
    return words[:1].upper() + words[1:]


def base_line(frame: Frame, base: int | None = None, *, unit: str = "") -> str:
    """What every chart says under its title."""
    size = frame.base if base is None else base
    parts = [f"n{NB}={NB}{typography.number(size)}{f' {unit}' if unit else ''}"]
    if frame.span:
        parts.append(span_words(frame.span))
    if size == frame.base and frame.undated:
        parts.append(undated_words(frame))
    parts.append(_("réponses volontaires, non représentatives"))
    if 0 < size < 30:
        parts.append(_("effectif faible"))
    return ", ".join(parts)


def undated_words(frame: Frame) -> str:
    """« dont 240 sans date »; nothing when every word counted has a date."""
    return _("dont {n} sans date").format(n=typography.number(frame.undated)) if frame.undated else ""


def caveats(frame: Frame) -> list[str]:
    """What the sources warn about, each with the name of its source."""
    return [f"{note.name}{NB}: {note.caveat}" for note in frame.notes if note.caveat]


def share_words(share: Proportion) -> str:
    """« 38 % (35–42 %) »."""
    locale = typography.reader_locale()
    return f"{locale.share(share.share)} ({locale.interval(share.low, share.high)})"


def points_words(difference: float | None) -> str:
    """« +5 points », « −3 points »."""
    if difference is None:
        return typography.NONE
    points = round(difference * 100)
    sign = "+" if points > 0 else ""
    return (
        sign + _("{n} points").format(n=typography.number(points))
        if abs(points) > 1
        else (sign + _("{n} point").format(n=typography.number(points)))
    )


def change_words(change: Change) -> str:
    """In a few words: what moved and by how much, or why nothing can be said."""
    one = change.comparison
    if one.direction is not Direction.STABLE:
        verb = _("en hausse") if one.direction is Direction.UP else _("en baisse")
        return f"{verb} ({points_words(one.difference)})"
    return {
        Reason.NO_BASE: _("pas de comparaison possible"),
        Reason.SMALL_BASE: _("effectif trop faible pour comparer"),
        Reason.TOO_SMALL: _("stable"),
    }.get(one.reason, _("non significative"))


def change_title(change: Change | None, up: str, down: str, otherwise: str) -> str:
    """``up`` and ``down`` hold ``{now}`` and ``{before}``."""
    if change is None or not change.moved:
        return otherwise
    locale = typography.reader_locale()
    words = up if change.comparison.direction is Direction.UP else down
    said = words.format(now=locale.share(change.now.share), before=locale.share(change.before.share))
    return f"{said}, {same_sources()}" if change.narrowed else said


def same_sources() -> str:
    """Said of a change that is measured within part of the sources."""
    return _("à sources constantes")


def sources_words(changes: Changes) -> str:
    """Which sources are compared, the others being left out; nothing when there is nothing to compare."""
    if changes.trouble or not changes.sources:
        return ""
    listed = ", ".join(changes.sources)
    if not changes.narrowed:
        return _("Sources comparées : {listed}.").format(listed=listed)
    return _(
        "Sources comparées, présentes dans les deux périodes : {listed} ; les autres sont laissées de côté."
    ).format(listed=listed)


def trouble_words(changes: Changes) -> str:
    """Why nothing may be compared; nothing when something may."""
    now, before = (typography.number(size) for size in changes.sizes)
    match changes.trouble:
        case None:
            return ""
        case Trouble.OTHER_SOURCES:
            return _("Les sources ont changé entre les deux périodes : aucune comparaison honnête n'est possible.")
        case Trouble.THIN_SOURCES:
            return _(
                "Aucune source ne compte {n} verbatims dans chacune des deux périodes : "
                "aucune comparaison honnête n'est possible."
            ).format(n=TREND_BASE)
    if None in changes.sizes:
        return _("Effectif trop faible pour comparer : il faut {n} verbatims par période.").format(n=TREND_BASE)
    return _("Effectif trop faible pour comparer : {now} et {before} verbatims, il en faut {n} par période.").format(
        now=now, before=before, n=TREND_BASE
    )


def satisfaction_title(change: Change | None) -> str:
    return change_title(
        change,
        _("La satisfaction déclarée progresse : {now} contre {before} sur la période précédente"),
        _("La satisfaction déclarée recule : {now} contre {before} sur la période précédente"),
        _("Satisfaction déclarée au fil du temps"),
    )


def ranking_title(ranking: Ranking) -> str:
    """The leader when it is surely ahead, else the subject."""
    leader = ranking.leader
    subject = {
        "irritant": _("Ce qui irrite"),
        "praise": _("Ce qui est apprécié"),
        "expectation": _("Ce qui est attendu"),
    }[ranking.nature]
    if leader is None:
        return subject
    finding = {
        "irritant": _("« {theme} » est le premier irritant"),
        "praise": _("« {theme} » est ce qui est le plus apprécié"),
        "expectation": _("« {theme} » est la première attente"),
    }[ranking.nature]
    return finding.format(theme=leader.label)


def apart_title(comparison: GroupComparison, subject: str) -> str:
    """How many groups surely differ from the others."""
    n = len(comparison.apart)
    if not n:
        return subject
    words = ngettext("{n} se distingue nettement", "{n} se distinguent nettement", n)
    return f"{subject}{NB}: {words.format(n=typography.number(n))}"


def standing_words(direction: Direction, few: bool, *, higher_is_better: bool) -> str:
    """Beside the others: better, worse, or nothing that can be said."""
    if few:
        return _("effectif trop faible")
    if direction is Direction.STABLE:
        return _("non significatif")
    better = (direction is Direction.UP) == higher_is_better
    return _("mieux que l'ensemble") if better else _("moins bien que l'ensemble")
