"""Reports: page, PDF, spreadsheet; frozen figures stay, and say when today's differ."""

import io
import zipfile

import pytest

from ecoute.core.models import AuditEntry
from ecoute.indicators.models import FrozenReport
from ecoute.indicators.queries.records import checksum
from tests.factories.people import make_user
from tests.factories.verbatims import make_verbatim, touch

pytestmark = pytest.mark.integration


def freeze(client, **choices):
    return client.post("/rapports/voir/", {"service": "", "audience": "internal", **choices})


def test_a_report_says_its_findings_and_its_method(signed_in, base):
    page = signed_in(base.officer()).get("/rapports/voir/").content.decode()

    assert "40 verbatims ont été analysés" in page
    assert "Premiers irritants, en nombre de verbatims : Attente (15)." in page
    assert "réponses volontaires, non représentatives" in page
    assert "Plan d&#x27;essai, version 1" in page


def test_a_report_counts_the_replies_received(signed_in, base):
    for _number in range(6):
        make_verbatim(services=[base.taxes], source=base.source, replies=["Nous vous répondons."])

    page = signed_in(base.officer()).get("/rapports/voir/").content.decode()

    assert "L&#x27;administration a répondu à 6 verbatims sur 46 (13\u00a0%)." in page
    assert "Les dates de réponse ne sont pas connues." in page


def test_the_pdf_is_accessible_and_speaks_french(signed_in, base):
    answer = signed_in(base.officer()).get("/rapports/voir/", {"service": base.taxes.pk, "format": "pdf"})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="impots.pdf"'
    assert answer.content[:5] == b"%PDF-"
    assert b"pdfuaid:part" in answer.content
    assert b"/StructTreeRoot" in answer.content


def test_the_spreadsheet_opens_with_how_to_read_it(signed_in, base):
    answer = signed_in(base.officer()).get("/rapports/voir/", {"format": "ods"})

    content = zipfile.ZipFile(io.BytesIO(answer.getvalue())).read("content.xml").decode()
    assert "À lire" in content
    assert "40 verbatims ont été analysés" in content
    assert "Douanes" in content


def test_frozen_figures_stay_when_words_change_and_the_page_says_so(signed_in, base):
    client = signed_in(base.officer())
    address = freeze(client).headers["Location"]
    assert "donnent exactement les mêmes chiffres" in client.get(address).content.decode()

    base.say(base.taxes, 1, wait=True, praise=False, happy=True)

    page = client.get(address).content.decode()
    assert "donnent des chiffres différents" in page
    assert "40 verbatims ont été analysés" in page


def test_a_frozen_report_is_dated_summed_and_logged(signed_in, base):
    officer = base.officer()
    freeze(signed_in(officer))

    frozen = FrozenReport.objects.get()
    assert frozen.checksum == checksum(frozen.figures)
    assert (frozen.created_by, frozen.service) == (officer, None)
    entry = AuditEntry.objects.get(verb="indicators.report_frozen")
    assert (entry.actor_label, entry.detail) == (str(officer), {"checksum": frozen.checksum})


def test_a_citation_withdrawn_since_is_no_longer_shown(signed_in, base):
    from django.utils import timezone

    client = signed_in(base.officer())
    address = freeze(client).headers["Location"]
    cited = FrozenReport.objects.get().quotes["irritant"]

    from ecoute.verbatims.models import Verbatim

    text = Verbatim.objects.get(pk=cited[0]).text
    assert text in client.get(address).content.decode()
    touch(Verbatim.objects.get(pk=cited[0]), withdrawn_at=timezone.now())

    page = client.get(address).content.decode()
    assert text not in page
    assert "1 citation retirée ou recodée depuis." in page


def test_a_report_to_publish_quotes_nobody(signed_in, base):
    client = signed_in(base.officer())
    freeze(client, audience="publication")

    assert FrozenReport.objects.get().quotes == {}
    page = client.get("/rapports/voir/", {"audience": "publication"}).content.decode()
    assert "Paroles d&#x27;usagers" not in page


@pytest.mark.parametrize(("role", "status"), [
    ("quality_officer", 302), ("head", 302), ("agent", 404), ("correspondent", 404), ("auditor", 404),
])  # fmt: skip
def test_only_those_who_may_export_freeze(signed_in, base, role, status):
    assert freeze(signed_in(make_user(role))).status_code == status
    assert FrozenReport.objects.count() == (status == 302)


def test_a_frozen_report_of_another_service_is_not_found(signed_in, base):
    address = freeze(signed_in(base.officer()), service=base.taxes.pk).headers["Location"]

    assert signed_in(base.agent(base.taxes)).get(address).status_code == 200
    assert signed_in(base.agent(base.customs)).get(address).status_code == 404


def test_the_list_shows_the_reports_of_the_own_services(signed_in, base):
    freeze(signed_in(base.officer()), service=base.taxes.pk)

    mine = signed_in(base.agent(base.taxes)).get("/rapports/").content.decode()
    other = signed_in(base.agent(base.customs)).get("/rapports/").content.decode()
    assert ("Impôts, " in mine, "Impôts, " in other) == (True, False)


def test_too_few_verbatims_make_no_report(signed_in, base):
    page = signed_in(base.officer()).get("/rapports/voir/", {"service": base.customs.pk, "audience": "publication"})

    assert "Trop peu de verbatims pour un rapport" in page.content.decode()


def headline_rows(client, **choices):
    tables = client.get("/rapports/voir/", choices).context["shown"].chapters[0].tables
    return {row[0]: row[1:] for row in tables[0].rows}


def test_a_report_to_publish_tells_no_headline_that_stands_on_fewer_than_eleven(signed_in, base):
    client = signed_in(base.officer())

    told, published = headline_rows(client), headline_rows(client, audience="publication")

    assert told["Expriment une satisfaction"] == ("15\u00a0%", "7–29\u00a0%", "40")
    assert published["Expriment une satisfaction"] == ("—", "—", "40")
    assert published["Signalent un irritant"] == told["Signalent un irritant"]


def test_a_small_satisfaction_hides_with_another_that_would_tell_it(signed_in, base):
    service = {"service": base.taxes.pk, "audience": "publication"}  # 20 satisfied, 10 not, none neutral
    client = signed_in(base.officer())

    rows = headline_rows(client, **service)
    page = client.get("/rapports/voir/", service).content.decode()

    assert (rows["Se déclarent satisfaits"][0], rows["Insatisfaits"][0]) == ("—", "—")
    assert "sont satisfaites" not in page
    assert "30 verbatims ont été analysés" in page


def test_what_is_frozen_to_be_published_holds_no_small_headline(signed_in, base):
    freeze(signed_in(base.officer()), audience="publication", service=base.taxes.pk)

    top = FrozenReport.objects.get().figures["board"]["headlines"]
    satisfaction = [top["satisfaction"][kind]["count"] for kind in ("positive", "neutral", "negative")]
    assert (satisfaction, top["praise"]["count"], top["irritant"]["count"]) == ([0, 0, 0], 0, 12)


def test_comparisons_with_a_small_count_are_not_published(signed_in, base):
    def compared(**choices):
        chapters = signed_in(base.officer()).get("/rapports/voir/", choices).context["shown"].chapters
        return [row[0] for chapter in chapters for table in chapter.tables if table.caption.startswith("Compar")
                for row in table.rows]  # fmt: skip

    for number in range(24):
        base.say(base.taxes, number, wait=False, praise=False, happy=False)
    assert "Verbatims avec un irritant" in compared()
    assert compared(audience="publication") == ["Verbatims avec une attente"]  # none at all: nobody behind it


def test_each_warning_of_a_report_names_its_source(signed_in, base):
    page = signed_in(base.officer()).get("/rapports/voir/")

    assert page.context["shown"].caveats == ("Avis\u00a0: Échantillon équilibré.",)
