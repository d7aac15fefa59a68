"""What people ask for, put together, and what people decide about it."""

from __future__ import annotations

import pytest

from ecoute.core.models import AuditEntry, Job
from ecoute.directory.facade import scope_of
from ecoute.discovery.actions.deciding import bring_back, rename, set_aside
from ecoute.discovery.actions.grouping import found_wishes, matched
from ecoute.discovery.models import ExpectationGroup, ExpectationPassage
from ecoute.discovery.queries.expectations import Expectations
from ecoute.discovery.rules import is_new
from ecoute.verbatims.facade import Filters
from ecoute.verbatims.signals import analysed
from tests.factories.verbatims import touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def seen_by(user, **asked):
    found = Expectations(scope_of(user), asked.pop("filters", Filters()), **asked)
    return found.views(found.found)


def test_those_who_ask_for_the_same_thing_stand_together_said_and_implied_apart(base):
    base.group()

    views = seen_by(base.officer())

    assert [(view.count, view.said, view.implied) for view in views] == [(4, 4, 0), (3, 0, 3)]
    assert "samedi" in views[0].name
    assert views[0].share.base == 7


def test_grouping_again_gives_the_same_groups(base):
    base.group()
    before = list(ExpectationGroup.objects.values_list("pk", flat=True))

    base.group()

    assert list(ExpectationGroup.objects.values_list("pk", flat=True)) == before
    assert ExpectationPassage.objects.count() == 7


def test_a_name_given_by_a_person_survives_new_words(base):
    base.group()
    group = seen_by(base.officer())[0].row
    rename(group=group, name="Ouvrir le samedi", by=base.officer())

    base.say(base.town, "Merci d'ouvrir le guichet le samedi.", "expectation", 5)
    base.group()

    view = seen_by(base.officer())[0]
    assert (view.name, view.count, view.row.pk) == ("Ouvrir le samedi", 5, group.pk)


def test_what_is_set_aside_stays_away_and_comes_back(base):
    base.group()
    officer, group = base.officer(), ExpectationGroup.objects.earliest("pk")
    set_aside(group=group, by=officer)
    base.group()

    assert group.pk not in {view.row.pk for view in seen_by(officer)}
    assert [view.row.pk for view in seen_by(officer, aside=True)] == [group.pk]

    bring_back(group=ExpectationGroup.objects.get(pk=group.pk), by=officer)
    assert group.pk in {view.row.pk for view in seen_by(officer)}
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"expectations.set_aside", "expectations.brought_back"} <= verbs


def test_a_judged_group_that_is_gone_is_kept_but_no_longer_listed(base):
    base.group()
    group = seen_by(base.officer())[0].row
    rename(group=group, name="Ouvrir le samedi", by=base.officer())
    for verbatim in base.saturday:
        verbatim.segments.update(nature="praise")

    base.group()

    assert ExpectationGroup.objects.get(pk=group.pk).current is False
    assert [view.said for view in seen_by(base.officer())] == [0]


def test_a_reader_of_one_service_sees_its_words_alone(base):
    base.group()

    views = seen_by(base.agent(base.prefecture))

    assert [view.count for view in views] == [3]
    assert views[0].share.base == 3
    assert "téléphone" in views[0].name


def test_a_group_of_which_a_reader_may_read_two_verbatims_is_hidden(base):
    base.say(base.prefecture, "Il faudrait ouvrir le guichet le samedi aussi.", "expectation", 6)
    base.say(base.prefecture, "Je voudrais que le guichet ouvre le samedi.", "expectation", 7)
    base.group()

    assert [view.count for view in seen_by(base.agent(base.prefecture))] == [3]


def test_a_group_crossed_with_a_filter_needs_five(base):
    base.group()

    assert seen_by(base.officer(), filters=Filters(services=(base.town.pk,))) == []


def test_words_withdrawn_leave_the_group_and_its_name(base):
    base.group()
    name = seen_by(base.officer())[1].name
    for verbatim in base.phone[:1]:
        touch(verbatim, withdrawn_at="2024-01-01T00:00:00Z")

    views = seen_by(base.officer())

    assert [view.count for view in views] == [4]
    assert name not in {view.name for view in views}


def test_few_declared_answers_give_no_share_of_dissatisfied(base):
    base.group()

    assert seen_by(base.officer())[0].dissatisfied.share is None


def test_formulas_are_no_wish(base):
    base.say(base.town, "Merci d'avance pour votre réponse.", "expectation", 8)

    assert len(list(found_wishes())) == 7


def test_an_analysis_asks_for_groups_and_map_once(base):
    analysed.send_robust(sender=object)
    analysed.send_robust(sender=object)

    assert sorted(Job.objects.values_list("kind", flat=True)) == ["discovery.group", "discovery.map"]


def test_a_known_group_is_found_again_once_by_the_best_match():
    known = {7: {1, 2, 3, 4}, 8: {5, 6}}

    assert matched(known, [{1, 2}, {1, 2, 3, 9}, {5, 6, 10}]) == {1: 7, 2: 8}
    assert matched(known, [{1, 20, 21}]) == {}


def test_silence_tells_something_only_when_it_is_long_enough():
    assert is_new(count=10, since=100, before=200)
    assert not is_new(count=10, since=100, before=20)
    assert not is_new(count=3, since=1000, before=200)
