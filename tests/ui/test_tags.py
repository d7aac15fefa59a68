"""The template tags: what they write, what they escape, what they leave out."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from ecoute.ui.components import Cell, Column, DataTable, FacetItem
from ecoute.ui.tags.figures import marked

pytestmark = pytest.mark.unit


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_button_with_an_address_is_a_link():
    assert render('{% button "Lire" href=address %}', address="/x?a=1&b=2") == (
        '<a class="button button-primary" href="/x?a=1&amp;b=2"><span>Lire</span></a>'
    )


def test_further_arguments_of_a_button_become_attributes_and_none_or_false_write_nothing():
    written = render('{% button "Trier" type="button" hx_get="/tri" disabled=True hidden=False title=None %}')

    assert written == (
        '<button class="button button-primary" type="button" hx-get="/tri" disabled><span>Trier</span></button>'
    )


def test_words_given_to_a_component_are_escaped():
    for tag in ("button words", "badge words", "tag words", "chip words", "banner words", 'figure words "3"'):
        assert "<script>" not in render("{% " + tag + " %}", words="<script>")


@pytest.mark.parametrize(
    ("spans", "written"),
    [
        ([], "a&lt;b&gt; déjà"),
        ([(5, 9)], "a&lt;b&gt; <mark>déjà</mark>"),
        ([(1, 3), (2, 4)], "a<mark>&lt;b&gt;</mark> déjà"),
        ([(-3, 1), (7, 99)], "<mark>a</mark>&lt;b&gt; dé<mark>jà</mark>"),
        ([SimpleNamespace(start=0, end=1)], "<mark>a</mark>&lt;b&gt; déjà"),
        ([(0, 1, "Attente")], "<mark>a</mark>&lt;b&gt; déjà"),
        ([(4, 4)], "a&lt;b&gt; déjà"),
    ],
)
def test_evidence_is_marked_by_characters_in_an_escaped_text(spans, written):
    assert marked("a<b> déjà", spans) == written


def test_polarity_has_a_word_beside_its_sign_and_an_unknown_one_writes_nothing():
    assert "Négatif" in render('{% polarity "negative" %}')
    assert "Négatif" in render('{% polarity "negative" short=True %}')
    assert render("{% polarity value %}", value=None) == ""


def test_a_figure_says_its_interval_and_its_base():
    written = render('{% figure "Part" 0.418 unit="%" low=0.39 high=0.45 base=1828 %}')

    assert "42\u00a0%" in written
    assert "entre 39\u00a0% et 45\u00a0%" in written
    assert "n = 1\u202f828" in written


def test_a_figure_without_value_is_a_dash_and_has_no_interval():
    written = render('{% figure "Part" None unit="%" %}')

    assert "—" in written
    assert "figure-interval" not in written


def test_trends_point_where_they_go():
    assert "#arrow-down-right" in render('{% figure "Part" 0.4 unit="%" trend=-0.03 %}')
    assert "#arrow-up-right" in render('{% figure "Part" 0.4 trend="+3 points" %}')


def test_a_table_writes_figures_the_french_way_and_nothing_as_a_dash():
    table = DataTable(("Service", Column("Nombre", numeric=True)), (("<Préfecture>", 12480), (Cell("Mairie"), None)))

    written = render("{% data_table table %}", table=table)

    assert "&lt;Préfecture&gt;" in written
    assert '<td class="numeric">12\u202f480</td>' in written
    assert '<td class="numeric">—</td>' in written


def test_a_sorted_column_says_how():
    table = DataTable((Column("Nombre", href="?tri=n", sort="descending"),), ((1,),))

    assert 'aria-sort="descending"' in render("{% data_table table %}", table=table)


def test_a_long_facet_folds_the_rest_but_never_a_selected_value():
    items = [FacetItem(str(n), f"Valeur {n}", n, n == 11, f"?v={n}") for n in range(12)]

    written = render('{% facet "Canal" items "canal" %}', items=items)

    shown, folded = written.split("<details")
    assert shown.count("<li") == 9
    assert "Valeur 11" in shown
    assert folded.count("<li") == 3
    assert "3 autres" in folded


def test_a_single_value_more_is_not_folded():
    items = [FacetItem(str(n), f"Valeur {n}", n, False, f"?v={n}") for n in range(9)]

    assert "<details" not in render('{% facet "Canal" items "canal" %}', items=items)


def test_page_numbers_in_addresses_have_no_thousands_sign():
    page = Paginator(range(60000), 20).page(2000)

    written = render('{% pagination page "?canal=phone&page=3" %}', page=page)

    assert 'href="?canal=phone&amp;page=2001"' in written
    assert "2\u202f001" in written


def test_one_page_needs_no_pagination():
    assert render("{% pagination page %}", page=Paginator(range(3), 20).page(1)).strip() == ""


def test_steps_mark_the_one_where_one_is():
    written = render('{% steps 2 "Fichier" "Colonnes" "Import" %}')

    assert "Étape 2 sur 3" in written
    assert written.count('aria-current="step"') == 1


def test_progress_without_a_known_end_has_no_value():
    assert 'value="1234" max="5000"' in render("{% progress 1234 5000 %}")
    assert "value=" not in render("{% progress 12 None %}")


class NameForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Le <b>nom</b> usuel.")
    place = forms.CharField(label="Lieu", required=False)
    when = forms.ChoiceField(label="Quand", widget=forms.RadioSelect, choices=[("a", "Hier"), ("b", "Demain")])


def test_a_field_ties_its_label_hint_and_error_together():
    written = render("{% field form.name %}", form=NameForm({"name": ""}))

    assert '<label class="label" for="id_name">Nom</label>' in written
    assert 'aria-describedby="id_name_helptext id_name_error"' in written
    assert 'id="id_name_helptext"' in written
    assert 'id="id_name_error"' in written


def test_an_optional_field_says_so():
    assert "(facultatif)" in render("{% field form.place %}", form=NameForm())


def test_choices_stand_in_a_fieldset_with_their_question():
    assert '<legend class="label">Quand</legend>' in render("{% field form.when %}", form=NameForm())


def test_the_summary_of_errors_leads_to_the_fields():
    written = render("{% form_errors form %}", form=NameForm({}))

    assert 'href="#id_name"' in written
    assert "Nom\u00a0: " in written or "Nom : " in written


def test_a_sound_form_has_no_summary():
    assert render("{% form_errors form %}", form=NameForm({"name": "x", "when": "a"})) == ""


def test_a_captured_block_is_written_where_asked():
    written = render("{% capture words %} <b>Titre</b> {% endcapture %}[{{ words }}|{{ words|striptags }}]")

    assert written == "[<b>Titre</b>|Titre]"


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [
        (None, "—", "—"),
        (0, "0\u00a0verbatim", "0\u00a0verbatims"),
        (1, "1\u00a0verbatim", "1\u00a0verbatim"),
        (1200, "1\u202f200\u00a0verbatims", "1,200\u00a0verbatims"),
    ],
)
def test_counted_things_agree_with_their_number(n, french, english):
    source = '{% counted n "verbatim" "verbatims" %}'

    assert render(source, n=n) == french
    with translation.override("en"):
        assert render(source, n=n) == english
