"""Two services that were one: the words follow."""

import pytest
from django.db import transaction

from ecoute.directory.actions.merging import merge_services
from ecoute.directory.enums import Role
from ecoute.directory.facade import Scope
from ecoute.verbatims.actions.former_state import restore, snapshot
from ecoute.verbatims.facade import Filters, corpus_of
from ecoute.verbatims.models import ImportBatch
from tests.factories.people import make_user
from tests.factories.verbatims import make_service, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_words_follow_the_service_that_stays_and_none_counts_twice():
    kept, gone = make_service("Préfecture du Rhône"), make_service("Préfecture 69")
    make_verbatim(services=[gone])
    make_verbatim(services=[kept, gone])
    gone_id = gone.pk
    everything = Scope(everything=True)
    before = corpus_of(everything).select(Filters()).count_by("service")

    merge_services(kept=kept, gone=gone, by=make_user(Role.ADMINISTRATOR))

    after = corpus_of(everything).select(Filters()).count_by("service")
    assert (before[kept.pk], before[gone_id]) == (1, 2)
    assert after == {kept.pk: 2}


def test_an_import_may_still_be_undone_or_go_on_after_its_service_was_reunited():
    kept, gone = make_service("Préfecture du Rhône"), make_service("Préfecture 69")
    verbatim = make_verbatim(services=[gone])
    before = snapshot(verbatim)
    batch = ImportBatch.objects.create(
        file_name="a.csv", path="", checksum="", size=1, service_choices={"P69": gone.pk}
    )

    merge_services(kept=kept, gone=gone, by=make_user(Role.ADMINISTRATOR))
    verbatim.refresh_from_db()
    with transaction.atomic():
        restore(verbatim, before)

    batch.refresh_from_db()
    assert batch.service_choices == {"P69": kept.pk}
    assert [link.service_id for link in verbatim.concerned.all()] == [kept.pk]
