"""Numbers that only grow, given inside the transaction that uses them."""

from django.db import connection, transaction
from django.db.models import F

from ecoute.core.models import Counter


def next_numbers(name: str, count: int = 1) -> range:
    """Reserves ``count`` consecutive numbers of the sequence ``name``.

    Must be called inside a transaction. The sequence's row stays locked until it commits: a reader who has seen
    number *n* has seen every change numbered below *n*.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("next_numbers needs a transaction")
    if not Counter.objects.filter(name=name).update(value=F("value") + count):
        Counter.objects.get_or_create(name=name)
        Counter.objects.filter(name=name).update(value=F("value") + count)
    last = Counter.objects.values_list("value", flat=True).get(name=name)
    return range(last - count + 1, last + 1)


def current_number(name: str) -> int:
    """The last number given and committed; 0 when none was."""
    return Counter.objects.filter(name=name).values_list("value", flat=True).first() or 0
