"""Every count of the columns equals a plain count by the database, on small random corpora."""

import random
from datetime import date

import pytest
from django.db.models import Q

from ecoute.directory.facade import Scope
from ecoute.verbatims.columns.store import STORE
from ecoute.verbatims.facade import Filters, corpus_of, facets
from ecoute.verbatims.models import Segment, Verbatim
from tests.factories.verbatims import Idea, make_place, make_service, make_source, make_theme, make_verbatim, touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CHANNELS, SPEAKERS = ["web", "phone", "letter"], ["usager", "agent"]
NATURES, POLARITIES = ["irritant", "praise", "question"], ["negative", "neutral", "positive"]


class World:
    """A random corpus, and the same questions asked of the database."""

    def __init__(self, seed: int, size: int = 25):
        self.dice = random.Random(seed)
        STORE.forget()
        root = make_service("Ministère", kind="administration")
        self.services = [root, make_service("Impôts", root), make_service("Douane", root), make_service("Mairie")]
        self.services.append(make_service("Impôts Lyon", self.services[1]))
        region = make_place("Bretagne", level="region")
        self.places = [region, make_place("Finistère", parent=region), make_place("Paris")]
        parent = make_theme("relation")
        self.themes = [parent, make_theme("courtoisie", parent), make_theme("ecoute", parent), make_theme("attente")]
        self.sources = [make_source("un"), make_source("deux")]
        self.verbatims = [self.verbatim() for _ in range(size)]

    def verbatim(self):
        dice = self.dice
        ideas = [self.idea() for _ in range(dice.randint(0, 4))]
        return make_verbatim(
            services=dice.sample(self.services, dice.randint(0, 3)),
            ideas=ideas,
            said_on=dice.choice([None, date(2022, 12, 31), date(2023, 1, 1), date(2023, 8, 15)]),
            place=dice.choice([None, *self.places]),
            source=dice.choice(self.sources),
            channel=dice.choice(CHANNELS),
            speaker=dice.choice(SPEAKERS),
            satisfaction=dice.choice(["positive", "unknown"]),
            language=dice.choice(["fr", "en"]),
            polarity=dice.choice(["", *POLARITIES]),
            masking_version=dice.choice([0, 1, 1, 1, 2]),
            withdrawn_at=dice.choice([None, None, None, None, "2024-01-01T00:00Z"]),
        )

    def idea(self):
        themes = self.dice.sample([theme.slug for theme in self.themes], self.dice.randint(0, 4))
        cut = self.dice.randint(0, len(themes))
        return Idea(themes[:cut], self.dice.choice(NATURES), self.dice.choice(POLARITIES), rejected=themes[cut:])

    def change(self):
        """Some verbatims change, some go, some come."""
        for verbatim in self.dice.sample(self.verbatims, 4):
            touch(
                verbatim, channel=self.dice.choice(CHANNELS), withdrawn_at=self.dice.choice([None, "2024-01-01T00:00Z"])
            )
        recoded = self.dice.choice(self.verbatims)
        recoded.segments.all().delete()
        touch(recoded)
        self.verbatims.append(self.verbatim())

    def filters(self) -> Filters:
        def some(values, share=0.4):
            return tuple(value for value in values if self.dice.random() < share / 2)

        return Filters(
            services=some([service.pk for service in self.services]),
            themes=some([theme.slug for theme in self.themes]),
            natures=some(NATURES),
            polarities=some(POLARITIES),
            channels=some(CHANNELS),
            places=some([place.pk for place in self.places]),
            speakers=some(SPEAKERS),
            sources=some(["un", "deux"]),
            since=self.dice.choice([None, None, date(2023, 1, 1)]),
            until=self.dice.choice([None, None, date(2022, 12, 31)]),
        )

    def scope(self) -> Scope:
        mine = self.dice.choice([None, self.services[1:2] + self.services[4:], self.services[3:4], []])
        return Scope(everything=True) if mine is None else Scope(service_ids=frozenset(s.pk for s in mine))

    def branch(self, service_id: int):
        path = next(service.path for service in self.services if service.pk == service_id)
        return [service.pk for service in self.services if service.path.startswith(path)]

    def places_of(self, place_id: int):
        return [place.pk for place in self.places if place_id in (place.pk, place.parent_id)]

    def themes_of(self, slug: str):
        return [theme.pk for theme in self.themes if slug in (theme.slug, theme.parent and theme.parent.slug)]

    def segments(self, themes=(), natures=(), polarities=()):
        rows = Segment.objects.all()
        if themes:
            wanted = [pk for slug in themes for pk in self.themes_of(slug)]
            rows = rows.filter(codes__theme__in=wanted, codes__rejected=False)
        if natures:
            rows = rows.filter(nature__in=natures)
        return rows.filter(polarity__in=polarities) if polarities else rows

    def rows(self, scope: Scope, filters: Filters):
        rows = Verbatim.objects.filter(withdrawn_at=None, masking_version__gt=0)
        if not scope.everything:
            rows = rows.filter(concerned__service__in=scope.service_ids)
        if filters.services:
            wanted = [pk for s in filters.services if scope.allows(s) for pk in self.branch(s)]
            rows = rows.filter(pk__in=Verbatim.objects.filter(concerned__service__in=wanted))
        if filters.places:
            rows = rows.filter(place__in=[pk for place in filters.places for pk in self.places_of(place)])
        for name, path in [("channels", "channel"), ("speakers", "speaker"), ("sources", "source__slug")]:
            if getattr(filters, name):
                rows = rows.filter(Q(**{f"{path}__in": getattr(filters, name)}))
        if filters.since:
            rows = rows.filter(said_on__gte=filters.since)
        if filters.until:
            rows = rows.filter(said_on__lte=filters.until)
        if filters.themes or filters.natures or filters.polarities:
            holding = self.segments(filters.themes, filters.natures, filters.polarities)
            rows = rows.filter(pk__in=holding.values("verbatim"))
        return rows.distinct()

    def count(self, scope: Scope, filters: Filters) -> int:
        return self.rows(scope, filters).count()


def only_positive(counts):
    return {key: count for key, count in counts.items() if count}


@pytest.mark.parametrize("seed", range(12))
def test_selections_and_counts(seed):
    world = World(seed)
    corpus_of(Scope(everything=True))  # so that what follows is a patch, not a first reading
    if seed % 2:
        world.change()
    for _ in range(4):
        scope, filters = world.scope(), world.filters()
        selection = corpus_of(scope).select(filters)
        rows = world.rows(scope, filters)

        assert sorted(selection.ids()) == sorted(rows.values_list("pk", flat=True))
        assert selection.size == rows.count()
        assert selection.count_by("channel") == only_positive({c: rows.filter(channel=c).count() for c in CHANNELS})
        assert selection.count_by("tone") == only_positive({p: rows.filter(polarity=p).count() for p in POLARITIES})
        assert selection.count_by("year") == only_positive(
            {str(year): rows.filter(said_on__year=year).count() for year in (2022, 2023)}
        )
        assert selection.undated == rows.filter(said_on=None).count()


@pytest.mark.parametrize("seed", range(12, 20))
def test_facets_are_what_one_would_find(seed):
    world = World(seed)
    for _ in range(3):
        scope, filters = world.scope(), world.filters()
        found = facets(corpus_of(scope), filters)

        def by(name, values, scope=scope, filters=filters):
            return only_positive({v: world.count(scope, filters.with_(**{name: (v,)})) for v in values})

        assert found["service"] == by("services", [s.pk for s in world.services if scope.allows(s.pk)])
        assert found["theme"] == by("themes", [theme.slug for theme in world.themes])
        assert found["nature"] == by("natures", NATURES)
        assert found["polarity"] == by("polarities", POLARITIES)
        assert found["channel"] == by("channels", CHANNELS)
        assert found["place"] == by("places", [place.pk for place in world.places])
        assert found["speaker"] == by("speakers", SPEAKERS)
        assert found["source"] == by("sources", ["un", "deux"])


@pytest.mark.parametrize("seed", range(20, 28))
def test_crossings(seed):
    world = World(seed)
    scope, filters = world.scope(), world.filters()
    selection, rows = corpus_of(scope).select(filters), world.rows(scope, filters)

    def having(*conditions):
        kept = rows
        for condition in conditions:
            own = world.segments(filters.themes, filters.natures, filters.polarities)
            met = world.segments(**condition).filter(pk__in=own.values("pk"))
            kept = kept.filter(pk__in=met.values("verbatim"))
        return kept.distinct().count()

    slugs = [theme.slug for theme in world.themes]
    assert selection.theme_counts(nature="irritant") == only_positive(
        {slug: having({"themes": [slug], "natures": ["irritant"]}) for slug in slugs}
    )
    assert selection.cross("theme", "nature") == only_positive(
        {(s, n): having({"themes": [s], "natures": [n]}) for s in slugs for n in NATURES}
    )
    assert selection.cross("polarity", "theme") == only_positive(
        {(p, s): having({"themes": [s], "polarities": [p]}) for s in slugs for p in POLARITIES}
    )
    assert selection.cross("channel", "speaker") == only_positive(
        {(c, s): rows.filter(channel=c, speaker=s).count() for c in CHANNELS for s in SPEAKERS}
    )
    pairs = [(a, b) for a in slugs for b in slugs if a < b and "relation" not in (a, b)]
    pairs.append(("attente", "relation"))
    assert selection.theme_pairs() == only_positive(
        {pair: having(*({"themes": [slug]} for slug in pair)) for pair in pairs}
    )


@pytest.mark.parametrize("seed", range(28, 34))
def test_narrowing_a_selection_is_selecting_both(seed):
    world = World(seed)
    scope = world.scope()
    one, two = (
        Filters(natures=("irritant",), channels=("web", "phone")),
        Filters(themes=("relation",), channels=("web",)),
    )

    narrowed = corpus_of(scope).select(one).where(two)

    both = Filters(natures=("irritant",), themes=("relation",), channels=("web",))
    assert sorted(narrowed.ids()) == sorted(world.rows(scope, both).values_list("pk", flat=True))
