"""« Tout est juste »: one gesture agrees with a passage whole, and teaches that nothing else is in it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ecoute.directory.enums import Role
from ecoute.verbatims.actions import coding
from ecoute.verbatims.actions.checking import check_all, check_passage, uncheck_passage
from ecoute.verbatims.actions.recode import Silent, recode_all
from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim
from ecoute.verbatims.queries.codebooks import codebook_for_methods
from ecoute.verbatims.queries.segments import coded_passages
from ecoute.verbatims.queries.teaching import teaching_of
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def verbatim(codebook, laundry, parking, service):
    return make_verbatim("Le parking était plein.", services=[service], ideas=[Idea(themes=["stationnement"])])


def test_a_checked_passage_teaches_what_is_there_and_what_is_not(codebook, verbatim, officer):
    check_passage(segment=verbatim.segments.get(), by=officer)

    example = teaching_of(codebook_for_methods(codebook)).examples[-1]
    assert (example.themes, example.absent) == (frozenset({"stationnement"}), frozenset({"linge"}))
    code = SegmentTheme.objects.get()
    assert (code.origin, code.coded_by) == ("person", officer)
    passage = coded_passages(verbatim)[0]
    assert passage.checked_by == str(officer)


def test_a_broader_theme_leaves_those_below_it_open(codebook, laundry, parking, service, officer):
    from tests.factories.verbatims import make_theme

    comfort = make_theme("confort")
    laundry.parent = comfort
    laundry.save()
    verbatim = make_verbatim("Le confort laisse à désirer.", services=[service], ideas=[Idea(themes=["confort"])])

    check_passage(segment=verbatim.segments.get(), by=officer)

    example = teaching_of(codebook_for_methods(codebook)).examples[-1]
    assert (example.themes, example.absent) == (frozenset(), frozenset({"stationnement"}))


def test_recoding_leaves_a_checked_passage_as_it_is(verbatim, officer):
    segment = verbatim.segments.get()
    coding.reject_theme(segment=segment, theme=SegmentTheme.objects.get().theme, by=officer)
    Segment.objects.filter(pk=segment.pk).update(unsure_themes=[])
    check_passage(segment=segment, by=officer)

    result = recode_all(Silent())

    assert (result["appeared"], result["gone"]) == (0, 0)
    assert SegmentTheme.objects.get().rejected is True


def test_checking_can_be_taken_back(codebook, verbatim, officer):
    segment = verbatim.segments.get()
    check_passage(segment=segment, by=officer)

    uncheck_passage(segment=segment, by=officer)

    segment.refresh_from_db()
    assert (segment.checked_at, segment.checked_by) == (None, None)
    assert teaching_of(codebook_for_methods(codebook)).examples[-1].absent == frozenset()


def test_all_passages_at_once(service, codebook, laundry, officer):
    ideas = [Idea(text="Draps sales."), Idea(text="Merci.")]
    verbatim = make_verbatim("Draps sales. Merci.", services=[service], ideas=ideas)

    assert check_all(verbatim=verbatim, by=officer) == 2
    assert verbatim.segments.filter(checked_at=None).count() == 0


def test_who_may_not_code_may_not_check(verbatim):
    with pytest.raises(PermissionDenied):
        check_passage(segment=verbatim.segments.get(), by=make_user(Role.AUDITOR))


def test_a_verbatim_kept_for_measuring_is_not_checked_here(verbatim, officer):
    Verbatim.objects.filter(pk=verbatim.pk).update(kept_for_measuring=True)

    with pytest.raises(coding.KeptForMeasuring):
        check_passage(segment=verbatim.segments.get(), by=officer)


def test_the_page_checks_in_one_press(client, verbatim, officer):
    segment = verbatim.segments.get()
    client.force_login(officer)

    answer = client.post(
        reverse("verbatims:correct", args=[segment.pk]), {"do": "check"}, headers={"HX-Request": "true"}
    )

    segment.refresh_from_db()
    assert segment.checked_by == officer
    assert "vérifié par" in answer.content.decode()
