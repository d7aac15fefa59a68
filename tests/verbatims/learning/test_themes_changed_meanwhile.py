"""A theme merged or retired while a long job runs takes no codes."""

import pytest

from ecoute.verbatims.actions import recode
from ecoute.verbatims.actions.analyse import analyse_batch
from ecoute.verbatims.actions.analysers import current_analyser
from ecoute.verbatims.actions.merging_themes import merge_themes
from ecoute.verbatims.actions.present_themes import present_themes
from ecoute.verbatims.actions.raw_content import seal
from ecoute.verbatims.actions.themes import retire_theme
from ecoute.verbatims.models import RawText, SegmentTheme, Theme
from tests.factories.verbatims import Idea, make_codebook, make_theme, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TEXT = "Le parking est complet. Le linge est sale."


@pytest.fixture
def themes(codebook, laundry, parking):
    return {"linge": laundry, "stationnement": parking, "acces": make_theme("acces", cues=["zzz"])}


@pytest.fixture
def changed(themes, officer):
    """The analyser a job took at its start; since then a theme was merged, another retired."""
    analyser = current_analyser()
    merge_themes(theme=themes["stationnement"], into=themes["acces"], by=officer)
    retire_theme(theme=themes["linge"], by=officer)
    return analyser


def coded():
    return set(SegmentTheme.objects.values_list("theme__slug", flat=True))


def test_an_analysis_under_way_codes_with_the_themes_in_use(changed):
    made = make_verbatim("", masking_version=0, analysed_at=None)
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=TEXT))

    analyse_batch([made.pk], changed)

    doubted = {row[0] for segment in made.segments.all() for row in segment.unsure_themes}
    assert coded() == {"acces"}
    assert not doubted & set(Theme.objects.exclude(retired_at=None).values_list("pk", flat=True))


def test_a_recoding_under_way_codes_with_the_themes_in_use(changed):
    make_verbatim(TEXT, ideas=[Idea(text="Le parking est complet."), Idea(text="Le linge est sale.")])
    batch = list(recode.with_segments(recode.readable_verbatims()))

    recode._replace(dict(recode.codes_of(batch, changed)), changed)

    assert coded() == {"acces"}


def test_themes_merged_in_turn_lead_to_the_last_in_one_query(themes, officer, django_assert_num_queries):
    ids = {slug: theme.pk for slug, theme in themes.items()}
    make_theme("ailleurs", codebook=make_codebook("autre"), merged_into=themes["linge"])
    merge_themes(theme=themes["linge"], into=themes["stationnement"], by=officer)
    merge_themes(theme=themes["stationnement"], into=themes["acces"], by=officer)

    with django_assert_num_queries(1):
        found = present_themes(ids)

    assert found == dict.fromkeys(ids, ids["acces"])
