"""Words hidden by hand stay hidden when an import brings the verbatim worded otherwise, and when it is undone."""

from typing import Any

import pytest

from ecoute.core.jobs import run_all
from ecoute.directory.enums import Permission, Role
from ecoute.verbatims.actions import masking
from ecoute.verbatims.actions.analyse import enqueue_analysis
from ecoute.verbatims.actions.codebooks import load_default_codebook
from ecoute.verbatims.actions.receive import IncomingVerbatim, receive
from ecoute.verbatims.actions.undoing import undo_import
from ecoute.verbatims.models import ImportBatch, Masking, MaskingDecision, Verbatim
from tests.factories.people import make_user
from tests.factories.verbatims import make_service, make_source

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

RAW = "Le guichet de Kérity est fermé. Personne ne répond."


class Silence:
    def total(self, count: int) -> None: ...
    def say(self, text: str) -> None: ...
    def advance(self, count: int = 1) -> None: ...


@pytest.fixture
def officer():
    load_default_codebook(by=None)
    return make_user(Role.QUALITY_OFFICER, grants=(Permission.READ_RAW,))


@pytest.fixture
def service(officer):
    return make_service("Préfecture")


def bring_in(service: Any, text: str, title: str = "", number: str = "1") -> ImportBatch:
    """One row of a file, received and analysed."""
    source = make_source()
    batch = ImportBatch.objects.create(source=source, file_name="avis.csv", state="done")
    row = IncomingVerbatim(text=text, title=title, external_id=number, service_ids=(service.pk,), language="fr")
    receive([row], source=source, batch=batch, by=None)
    enqueue_analysis(by=None)
    run_all()
    return batch


def hide(words: str, officer: Any, **more: Any) -> None:
    verbatim = Verbatim.objects.get()
    masking.hide_words(
        verbatim=verbatim, words=words, kind="address", version=verbatim.masking_version, by=officer, **more
    )


def test_hidden_words_stay_hidden_wherever_they_stand_in_the_new_words(service, officer):
    bring_in(service, RAW)
    hide("Kérity", officer)
    said = MaskingDecision.objects.get()

    bring_in(service, "Enfin : " + RAW + " Je l’ai dit à KÉRITY, pas à Kéritya.", title="Kérity, encore")

    verbatim = Verbatim.objects.get()
    assert "kérity" not in verbatim.body.casefold().replace("kéritya", "")
    assert "Kéritya" in verbatim.text
    assert not Masking.objects.filter(text__icontains="Kérity ").exists()
    carried = MaskingDecision.objects.exclude(pk=said.pk)
    assert {(one.made_by, one.made_at) for one in carried} == {(officer, said.made_at)}


def test_accents_composed_otherwise_and_other_blanks_hide_nothing_less(service, officer):
    bring_in(service, "Le guichet de l'île Kérity est fermé.")
    hide("l'île Kérity", officer)

    bring_in(service, "Le guichet de l’i\u0302le\nKe\u0301rity est ferme\u0301.")

    assert Verbatim.objects.get().text == "Le guichet de [adresse] est ferme\u0301."


def test_words_hidden_then_shown_are_not_hidden_again(service, officer):
    bring_in(service, RAW)
    hide("Kérity", officer)
    masking.show(verbatim=Verbatim.objects.get(), element=0, version=2, by=officer)

    bring_in(service, RAW + " À Kérity encore.")

    assert Verbatim.objects.get().text == RAW + " À Kérity encore."


def test_what_was_shown_is_shown_only_between_the_same_words(service, officer):
    bring_in(service, "Écrivez à aide@exemple.fr pour tout.")
    shown = Verbatim.objects.get()
    assert "[courriel]" in shown.text
    masking.show(verbatim=shown, element=0, version=1, by=officer)

    bring_in(service, "Bonjour. Écrivez à aide@exemple.fr pour tout. Ou bien aide@exemple.fr le soir.")

    assert Verbatim.objects.get().text == ("Bonjour. Écrivez à aide@exemple.fr pour tout. Ou bien [courriel] le soir.")


def test_undoing_the_import_brings_back_what_was_decided_and_keeps_what_was_hidden_since(service, officer):
    bring_in(service, RAW)
    hide("Kérity", officer)
    second = bring_in(service, "Le bureau de Kérity est fermé. Personne ne répond.")
    hide("Personne", officer)

    undo_import(second, Silence(), by=None)
    enqueue_analysis(by=None)
    run_all()

    assert Verbatim.objects.get().text == "Le guichet de [adresse 1] est fermé. [adresse 2] ne répond."


def test_the_former_words_come_back_as_they_were_decided(service, officer):
    bring_in(service, RAW + " Kérity dort.")
    hide("Kérity", officer, at=RAW.index("Kérity"))
    second = bring_in(service, "Ah, Kérity ! Kérity !")
    assert Verbatim.objects.get().text == "Ah, [adresse] ! [adresse] !"

    undo_import(second, Silence(), by=None)
    enqueue_analysis(by=None)
    run_all()

    assert Verbatim.objects.get().text == "Le guichet de [adresse] est fermé. Personne ne répond. Kérity dort."


def test_hidden_words_on_both_sides_of_the_title_stay_apart(service, officer):
    bring_in(service, "Le guichet de Saint Kérity est fermé.")
    hide("Saint Kérity", officer)

    bring_in(service, "Kérity est fermé depuis lundi.", title="À Saint")

    verbatim = Verbatim.objects.get()
    assert "Kérity" not in verbatim.text
    assert verbatim.title.startswith("À [")
