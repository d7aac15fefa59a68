"""What a person says of a passage prevails, is counted at once, and is kept."""

import pytest
from django.core.exceptions import PermissionDenied

from ecoute.core.counters import current_number
from ecoute.directory.enums import Role
from ecoute.directory.facade import scope_of
from ecoute.verbatims.actions import coding
from ecoute.verbatims.facade import Filters, corpus_of
from ecoute.verbatims.models import SegmentTheme
from ecoute.verbatims.queries.segments import coded_passages
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def service():
    return make_service("Impôts")


@pytest.fixture
def officer():
    return make_user(Role.QUALITY_OFFICER)


@pytest.fixture
def verbatim(service):
    ideas = [Idea(themes=["attente"], text="J'ai attendu deux heures."), Idea(text="L'agent était charmant.")]
    return make_verbatim("J'ai attendu deux heures. L'agent était charmant.", services=[service], ideas=ideas)


def themes_shown(verbatim, position):
    return [code.slug for code in coded_passages(verbatim)[position].codes]


def test_an_added_theme_is_the_persons_and_counted_at_once(verbatim, officer):
    courtesy, segment = make_theme("courtoisie"), verbatim.segments.get(position=1)
    before = current_number("verbatims")

    coding.add_theme(segment=segment, theme=courtesy, by=officer)

    code = SegmentTheme.objects.get(segment=segment)
    assert (code.origin, code.coded_by, code.confidence) == ("person", officer, 1.0)
    assert code.evidence == [[segment.start, segment.end]]
    assert current_number("verbatims") == before + 1
    counted = corpus_of(scope_of(officer)).select(Filters()).count_by("theme")
    assert counted["courtoisie"] == 1


def test_a_rejected_theme_is_hidden_and_kept_and_can_come_back(verbatim, officer):
    wait, segment = make_theme("attente"), verbatim.segments.get(position=0)

    coding.reject_theme(segment=segment, theme=wait, by=officer)
    hidden = themes_shown(verbatim, 0), [code.slug for code in coded_passages(verbatim)[0].rejected]
    coding.add_theme(segment=segment, theme=wait, by=officer)

    assert hidden == ([], ["attente"])
    assert themes_shown(verbatim, 0) == ["attente"]


def test_nature_and_polarity_say_who_corrected_them(verbatim, officer):
    segment = verbatim.segments.get(position=1)

    coding.set_nature(segment=segment, nature="praise", by=officer)
    coding.set_polarity(segment=segment, polarity="positive", by=officer)

    passage = coded_passages(verbatim)[1]
    assert (passage.nature, passage.nature_by_person) == ("praise", True)
    assert (passage.polarity, passage.polarity_by_person) == ("positive", True)
    assert passage.corrected_by == str(officer)


@pytest.mark.parametrize("value", ["", "angry"])
def test_a_value_that_does_not_exist_changes_nothing(verbatim, officer, value):
    segment = verbatim.segments.get(position=0)

    with pytest.raises(ValueError):
        coding.set_polarity(segment=segment, polarity=value, by=officer)

    segment.refresh_from_db()
    assert segment.polarity == "negative"


def test_somebody_from_elsewhere_may_not_code(verbatim):
    stranger = make_user(Role.QUALITY_OFFICER, make_service("Ailleurs"))

    with pytest.raises(PermissionDenied):
        coding.reject_theme(segment=verbatim.segments.first(), theme=make_theme("attente"), by=stranger)


def test_passages_cost_the_same_queries_whatever_their_number(service, django_assert_num_queries):
    one = make_verbatim("Un.", services=[service], ideas=[Idea(themes=["attente"])])
    three = make_verbatim(
        "Un. Deux. Trois.",
        services=[service],
        ideas=[Idea(themes=["attente"], text=t) for t in ("Un.", "Deux.", "Trois.")],
    )

    with django_assert_num_queries(2):
        assert len(coded_passages(one)) == 1
    with django_assert_num_queries(2):
        assert len(coded_passages(three)) == 3


ROLES = {
    Role.AGENT: 403,
    Role.HEAD: 200,
    Role.QUALITY_OFFICER: 200,
    Role.CORRESPONDENT: 403,
    Role.AUDITOR: 403,
}


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_may_correct_on_the_page(client, verbatim, service, role, status):
    client.force_login(make_user(role, service))
    segment = verbatim.segments.get(position=0)

    answer = client.post(
        f"/segments/{segment.pk}/", {"do": "reject", "theme": "attente"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == status
    assert SegmentTheme.objects.get(segment=segment).rejected is (status == 200)


def test_a_stranger_finds_nothing_there(client, verbatim):
    client.force_login(make_user(Role.QUALITY_OFFICER, make_service("Ailleurs")))

    assert client.post(f"/segments/{verbatim.segments.first().pk}/", {"do": "nature"}).status_code == 404
    assert client.get(f"/verbatims/{verbatim.uid}/codage/").status_code == 404


def test_the_anonymous_are_asked_to_sign_in(client, verbatim):
    answer = client.post(f"/segments/{verbatim.segments.first().pk}/", {"do": "nature"})

    assert answer.status_code == 302
    assert answer.url.startswith("/compte/")


@pytest.mark.parametrize("given", [{"do": "explode"}, {"do": "nature", "nature": "rage"}, {}])
def test_a_broken_request_is_refused(client, verbatim, officer, given):
    client.force_login(officer)

    answer = client.post(f"/segments/{verbatim.segments.first().pk}/", given, headers={"HX-Request": "true"})

    assert answer.status_code == 400


def test_the_explorer_offers_correction_in_place_to_those_who_may_code(client, verbatim, officer):
    client.force_login(make_user(Role.CORRESPONDENT))
    reader = client.get("/verbatims/").content.decode()
    client.force_login(officer)
    coder = client.get("/verbatims/").content.decode()
    opened = client.get(f"/verbatims/{verbatim.uid}/codage/", headers={"HX-Request": "true"}).content.decode()

    address = f"/verbatims/{verbatim.uid}/codage/"
    assert (address in reader, address in coder) == (False, True)
    assert "J&#x27;ai attendu deux heures." in opened
