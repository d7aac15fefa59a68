"""Two services that were one: the words follow."""

import pytest

from ecoute.directory.actions.merging import merge_services
from ecoute.directory.enums import Role
from ecoute.directory.facade import Scope
from ecoute.verbatims.facade import Filters, corpus_of
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
