"""Words hidden in a verbatim are hidden in the replies to it, and forgotten by the subjects the machine proposes."""

import pytest
from django.db import transaction

from ecoute.core.counters import next_numbers
from ecoute.core.jobs import run_all
from ecoute.directory.enums import Role
from ecoute.verbatims.actions import masking
from ecoute.verbatims.actions.analyse import enqueue_analysis
from ecoute.verbatims.actions.codebooks import load_default_codebook
from ecoute.verbatims.actions.raw_content import RawReply, seal
from ecoute.verbatims.models import AnalysisRun, DiscoveredSubject, Masking, RawText, Reply, Verbatim
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

WORDS = "Le guichet de Kérity est fermé."


@pytest.fixture
def service():
    return make_service("Préfecture")


@pytest.fixture
def officer(service):
    return make_user(Role.QUALITY_OFFICER, service)


def make(service, reply="", text=WORDS):
    made = make_verbatim(text, services=[service], ideas=[Idea()], replies=[reply] if reply else [])
    replies = [RawReply(text=reply)] if reply else []
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=text, replies=replies))
    Masking.objects.create(verbatim=made, version=1, engine="masking-rules 1")
    return made


def hide(verbatim, officer, words="Kérity"):
    masking.hide_words(verbatim=verbatim, words=words, kind="address", version=1, by=officer)


def test_replies_hide_the_same_words_at_once_and_in_every_later_analysis(service, officer):
    load_default_codebook(by=None)
    made = make(service, "Le guichet de KÉRITY rouvre. Kéritya non.")

    hide(made, officer)
    at_once = Reply.objects.get().text
    with transaction.atomic():
        Verbatim.objects.update(analysed_at=None, revision=next_numbers("verbatims")[0])
    enqueue_analysis(by=None)
    run_all()

    assert at_once == "Le guichet de [adresse] rouvre. Kéritya non."
    assert Reply.objects.get().text == at_once


def test_a_hiding_taken_back_shows_the_words_in_the_replies_again(service, officer):
    load_default_codebook(by=None)
    made = make(service, "Le guichet de Kérity rouvre.")
    hide(made, officer)

    masking.undo_masking(verbatim=made, version=2, by=officer)
    run_all()

    assert Reply.objects.get().text == "Le guichet de Kérity rouvre."


def test_a_placeholder_of_a_reply_is_not_read_as_words(service, officer):
    made = make(service, "Voyez [adresse], une adresse.", text="Une adresse à Kérity.")

    hide(made, officer, words="adresse")

    assert Reply.objects.get().text == "Voyez [adresse], une [adresse]."


def test_subjects_forget_the_words_that_no_member_says_any_more(service, officer):
    made, other = make(service), make(service, text="Le guichet fermé, encore.")
    run = AnalysisRun.objects.create()
    phrases = ["guichet de kérity", "guichet", "kérity"]
    subject = DiscoveredSubject.objects.create(
        run=run, name="Guichet de kérity, guichet, kérity", phrases=phrases, cohesion=0.5, members=[made.pk, other.pk]
    )
    elsewhere = DiscoveredSubject.objects.create(run=run, name="Kérity", phrases=["kérity"], cohesion=0.5, members=[])

    hide(made, officer)

    subject.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (subject.name, subject.phrases) == ("Guichet", ["guichet"])
    assert elsewhere.phrases == ["kérity"]


def test_words_that_another_member_says_stay(service, officer):
    made, other = make(service), make(service, text="Kérity est loin.")
    subject = DiscoveredSubject.objects.create(
        run=AnalysisRun.objects.create(), name="Kérity", phrases=["kérity"], cohesion=0.5, members=[made.pk, other.pk]
    )

    hide(made, officer)
    subject.refresh_from_db()
    kept = list(subject.phrases)
    hide(other, officer)

    subject.refresh_from_db()
    assert (kept, subject.phrases, subject.name) == (["kérity"], [], "…")
