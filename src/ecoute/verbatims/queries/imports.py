"""Reading imports: their list, their rejects, what a file is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ecoute.core import vault
from ecoute.core.sheets import inert
from ecoute.directory.facade import Scope
from ecoute.methods.tables import Field, Mapping, Table, cells_of, names_in
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.import_rules import reject_words
from ecoute.verbatims.models import ImportBatch, Source, Verbatim

SCAN_SECONDS = 4.0


def imports_of(user: Any, scope: Scope) -> QuerySet[ImportBatch]:
    """The imports that somebody may see: all for who imports everywhere, else their own."""
    batches = ImportBatch.objects.select_related("source", "created_by", "job")
    return batches if scope.everything else batches.filter(created_by=user)


def sources_of(user: Any, scope: Scope) -> QuerySet[Source]:
    """The sources somebody may see and add to: those with verbatims of ``scope``, and those of their own imports."""
    if scope.everything:
        return Source.objects.all()
    read = Verbatim.objects.filter(services__in=scope.service_ids, withdrawn_at=None).values("source_id")
    brought = ImportBatch.objects.filter(created_by=user, source__isnull=False).values("source_id")
    return Source.objects.filter(Q(pk__in=read) | Q(pk__in=brought))


def source_names(user: Any, scope: Scope) -> list[str]:
    return list(sources_of(user, scope).order_by("name").values_list("name", flat=True))


def names_services(mapping: Mapping) -> bool:
    """Whether some column names services, so that a step asks about those that the directory does not know."""
    return bool(mapping.columns(Field.SERVICE))


def done_before(checksum: str, *, but: int = 0, among: QuerySet[ImportBatch] | None = None) -> ImportBatch | None:
    """The last finished import of exactly this file; ``among``: those that the reader may see."""
    batches = ImportBatch.objects.all() if among is None else among
    return batches.filter(checksum=checksum, state=ImportState.DONE).exclude(pk=but).first()


UNSPLIT = ("short_row", "long_row", "broken_quote", "broken_json")  # rows whose cells nobody can tell apart


def reject_rows(batch: ImportBatch, *, with_words: bool) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """Header and rows of the list of rejects. ``with_words``: the cells as received too, under the columns of the file,
    to be corrected and imported again; a row that could not be cut into cells stands whole in a last column."""
    columns: list[str] = batch.reading.get("columns", []) if with_words else []
    whole = with_words and (not columns or batch.rejects.filter(reason__in=UNSPLIT).exists())
    header = [
        _("ligne"),
        _("motif"),
        _("précision"),
        *map(inert, columns),
        *([_("contenu de la ligne")] if whole else []),
    ]
    rejects = batch.rejects.order_by("line", "id").iterator(chunk_size=1_000)
    separator = batch.reading.get("separator", "")
    return header, (_reject_row(reject, with_words, columns, separator, whole) for reject in rejects)


def _reject_row(reject: Any, with_words: bool, columns: list[str], separator: str, whole: bool) -> list[Any]:
    told = [reject.line, reject_words(reject.reason), reject.detail]
    if not with_words:
        return told
    raw = vault.open(reject.row) if reject.row else ""
    cells = cells_of(raw, separator) if columns and reject.reason not in UNSPLIT else []
    if len(cells) == len(columns) > 0:
        return told + cells + ([""] if whole else [])
    return [*told, *[""] * len(columns), raw]  # after the last column rather than lost, were it cut short


def reject_counts(batch: ImportBatch) -> list[tuple[str, int]]:
    """Reasons in words with how many, most frequent first."""
    counts = Counter(batch.rejects.values_list("reason", flat=True))
    return [(reject_words(reason), count) for reason, count in counts.most_common()]


def service_names(table: Table, mapping: Mapping, *, seconds: float = SCAN_SECONDS) -> Counter[str]:
    """Names in the service columns with how many rows bear them; of a very long file, those of its beginning."""
    columns = mapping.columns(Field.SERVICE)
    names: Counter[str] = Counter()
    if not columns:
        return names
    until = monotonic() + seconds
    for number, row in enumerate(table):
        names.update({name for column in columns for name in names_in(row.values.get(column, ""))})
        if number % 1_000 == 0 and monotonic() > until:
            break
    return names


def most_common(names: Counter[str], unknown: Iterable[str]) -> list[tuple[str, int]]:
    """Those names among ``unknown``, most frequent first."""
    wanted = set(unknown)
    return [(name, count) for name, count in names.most_common() if name in wanted]
