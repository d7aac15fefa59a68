"""The pages: who may open them, what they say, what they never tell, how many queries they cost."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ecoute.coding.actions.closing import close_round
from ecoute.coding.actions.settling import settle
from ecoute.coding.models import Reading, Round, RoundItem
from ecoute.directory.models import Membership
from tests.factories.people import make_user
from tests.factories.verbatims import touch

pytestmark = pytest.mark.integration


def text_of(answer):
    return unescape(answer.content.decode())


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return text_of(answer)


@pytest.fixture
def round_(room):
    return room.draw()


@pytest.fixture
def discussed(room, round_):
    room.both_read(round_)
    return round_


@pytest.fixture
def closed(room, discussed):
    for item in room.items(discussed)[2:]:
        settle(item=item, themes=[room.wait.pk], by=room.manager)
    close_round(round_=discussed, by=room.manager)
    return discussed


def addresses(round_):
    parts = ("", "coder/", "desaccords/", "desaccords/3/", "accord/", "clore/", "rouvrir/", "supprimer/")
    return {part: f"/codage/{round_.pk}/{part}" for part in parts}


def statuses(client, round_):
    return {part: client.get(address).status_code for part, address in addresses(round_).items()}


def test_a_visitor_is_asked_to_sign_in(client, round_):
    for address in [*addresses(round_).values(), "/codage/", "/codage/nouvelle/"]:
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("role", ["agent", "head", "correspondent"])
def test_to_others_of_a_branch_a_round_does_not_exist(signed_in, room, discussed, role):
    client = signed_in(make_user(role, room.taxes))

    assert set(statuses(client, discussed).values()) == {404}
    assert client.get("/codage/nouvelle/").status_code == 404
    assert "Mai" not in page(client, "/codage/")


def test_without_any_right_there_is_no_coding_room(signed_in, room):
    assert signed_in(make_user(None)).get("/codage/").status_code == 404


def test_a_coder_sees_the_own_round_and_conducts_nothing(signed_in, room, discussed):
    local = Membership.objects.get(user=room.anne)
    local.service = room.state
    local.save()

    found = statuses(signed_in(room.anne), discussed)

    assert found == {
        "": 200, "coder/": 302, "desaccords/": 200, "desaccords/3/": 404, "accord/": 200,
        "clore/": 404, "rouvrir/": 404, "supprimer/": 404,
    }  # fmt: skip


def test_a_coder_who_may_no_longer_code_anywhere_loses_the_round(signed_in, room, discussed):
    Membership.objects.filter(user=room.anne).update(role="agent", service=room.state)

    assert set(statuses(signed_in(room.anne), discussed).values()) == {404}


def test_an_auditor_reads_results_once_closed_and_nothing_before(signed_in, room, discussed):
    client = signed_in(make_user("auditor"))

    assert client.get(f"/codage/{discussed.pk}/").status_code == 200
    for part in ("desaccords/", "accord/"):
        answer = client.get(f"/codage/{discussed.pk}/{part}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/codage/{discussed.pk}/")
    assert client.get(f"/codage/{discussed.pk}/coder/").status_code == 404
    assert client.post(f"/codage/{discussed.pk}/clore/").status_code == 404


def test_an_auditor_reads_the_agreement_of_a_closed_round(signed_in, closed):
    assert "La machine face au codage retenu" in page(signed_in(make_user("auditor")), f"/codage/{closed.pk}/accord/")


def test_a_manager_sees_all_of_it(signed_in, room, discussed):
    found = statuses(signed_in(room.manager), discussed)

    assert found == {
        "": 200, "coder/": 404, "desaccords/": 200, "desaccords/3/": 200, "accord/": 200,
        "clore/": 200, "rouvrir/": 200, "supprimer/": 200,
    }  # fmt: skip


def test_a_round_that_is_not_is_not_found(signed_in, room):
    assert signed_in(room.manager).get("/codage/9999/").status_code == 404


# The list, and the way in


def test_without_a_round_the_list_says_why_to_measure(signed_in, room):
    assert "Que valent vos chiffres" in page(signed_in(room.manager), "/codage/")
    assert "Tirer une première séance" in page(signed_in(room.manager), "/codage/")
    assert "Tirer une première séance" not in page(signed_in(room.anne), "/codage/")


def test_the_list_tells_how_far_each_is_and_my_next_step(signed_in, room, round_):
    room.say(room.anne, room.items(round_)[0], room.wait)

    mine = page(signed_in(room.anne), "/codage/")

    assert "1 sur 4" in mine
    assert "0 sur 4" in mine
    assert "Continuer à coder" in mine
    assert "Commencer à coder" in page(signed_in(room.bruno), "/codage/")


def test_the_rail_leads_there_for_those_who_code_or_read_everything(signed_in, room):
    shown = {
        role: "Salle de codage" in page(signed_in(make_user(role, service)), "/verbatims/")
        for role, service in [("head", room.taxes), ("auditor", None), ("administrator", None), ("agent", room.taxes)]
    }

    assert shown == {"head": True, "auditor": True, "administrator": True, "agent": False}


def test_the_home_page_tells_a_coder_what_awaits(signed_in, room, round_):
    home = page(signed_in(room.anne), "/")

    assert "Séance de codage : Mai" in home
    assert "4 verbatims à coder" in home
    assert "Séance de codage : Mai" not in page(signed_in(make_user("head")), "/")


def test_the_home_page_tells_a_manager_that_there_is_something_to_settle(signed_in, room, discussed):
    assert "il reste à en discuter" in page(signed_in(room.manager), "/")
    assert "Séance de codage" not in page(signed_in(room.bruno), "/").split("Ce qui vous attend")[-1]


# Drawing


def drawing(room, **changes):
    fields = {"name": "Juin", "size": "5", "purpose": "measuring", "coders": [room.anne.pk, room.bruno.pk]}
    return fields | {"guidance": "Tout lire."} | changes


def test_the_form_says_what_is_drawn_from_and_how_precise_it_will_be(signed_in, room):
    shown = page(signed_in(room.manager), f"/codage/nouvelle/?service={room.taxes.pk}")

    assert "12\xa0verbatims" in shown
    assert "Service : Impôts" in shown
    assert "Anne Coder" in shown


def test_the_explorer_leads_to_drawing_from_its_filters(signed_in, room):
    link = f"/codage/nouvelle/?service={room.taxes.pk}"

    assert link in page(signed_in(room.manager), f"/verbatims/?service={room.taxes.pk}")
    assert link not in page(signed_in(room.anne), f"/verbatims/?service={room.taxes.pk}")


def test_drawing_opens_the_round(signed_in, room):
    answer = signed_in(room.manager).post(f"/codage/nouvelle/?service={room.taxes.pk}", drawing(room), follow=True)

    made = Round.objects.get()
    assert answer.redirect_chain[-1][0] == f"/codage/{made.pk}/"
    assert (made.items.count(), made.query, made.guidance) == (5, f"service={room.taxes.pk}", "Tout lire.")
    assert "5 tirés parmi 12" in text_of(answer)


def test_a_refusal_keeps_what_was_written(signed_in, room):
    answer = signed_in(room.manager).post("/codage/nouvelle/", drawing(room, size="17", coders=[room.anne.pk]))

    shown = text_of(answer)
    assert answer.status_code == 400
    assert "Il n’y a que 16 verbatims à tirer" in shown
    assert "au moins deux personnes" in shown
    assert 'value="Juin"' in shown
    assert "Tout lire." in shown


def test_a_frame_that_the_machine_decides_is_told_to_measure_nothing(signed_in, room):
    client = signed_in(room.manager)

    assert "ne corrigera aucun chiffre" in page(client, "/codage/nouvelle/?theme=attente")
    assert "ne corrigera aucun chiffre" not in page(client, f"/codage/nouvelle/?service={room.taxes.pk}")


# Coding


def code(client, round_, position, **fields):
    return client.post(f"/codage/{round_.pk}/coder/?verbatim={position}", fields)


def test_the_desk_shows_the_words_and_nothing_of_the_machine(signed_in, room):
    round_ = room.draw(size=16)
    found = next(item for item in room.items(round_) if item.verbatim_id == room.verbatims[0].pk)

    shown = page(signed_in(room.anne), f"/codage/{round_.pk}/coder/?verbatim={found.position}")

    assert "Verbatim 0 : deux heures de file." in shown
    assert "Le temps passé." in shown  # the definition of a theme, on demand
    assert "<mark>" not in shown
    assert f"/verbatims/{found.verbatim.uid}/" not in shown
    assert re.findall(r'name="themes"[^>]*checked', shown) == []
    assert f'name="themes" value="{room.wait.pk}"' in shown
    assert f'value="{room.wait.parent_id}"' not in shown


def test_the_desk_shows_nothing_of_the_other(signed_in, room, round_):
    room.say(room.anne, room.items(round_)[0], room.wait, note="Je doute de la file.")

    shown = page(signed_in(room.bruno), f"/codage/{round_.pk}/coder/?verbatim=1")

    assert "Je doute" not in shown
    assert "checked" not in shown


def test_saving_goes_on_to_the_next_and_coming_back_shows_it(signed_in, room, round_):
    client = signed_in(room.anne)

    answer = code(client, round_, 1, themes=[room.wait.pk, room.phone.pk], unsure="on", note="Deux idées")

    assert answer.headers["Location"] == f"/codage/{round_.pk}/coder/?verbatim=2"
    back = page(client, f"/codage/{round_.pk}/coder/?verbatim=1")
    assert len(re.findall(r'name="themes"[^>]*checked', back)) == 2
    assert "Deux idées" in back
    assert "Déjà lus : 1 sur 4" in back


def test_one_goes_on_where_one_left(signed_in, room, round_):
    client = signed_in(room.anne)
    code(client, round_, 1, none="on")

    assert "Verbatim 2 sur 4" in page(client, f"/codage/{round_.pk}/coder/")


def test_saying_nothing_is_refused_and_nothing_is_lost(signed_in, room, round_):
    answer = code(signed_in(room.anne), round_, 1, unsure="on", note="Difficile")

    shown = text_of(answer)
    assert answer.status_code == 400
    assert "Choisissez au moins un thème" in shown
    assert "Difficile" in shown
    assert re.search(r'name="unsure"[^>]*checked', shown)
    assert not Reading.objects.exists()


def test_themes_and_none_of_them_contradict_each_other(signed_in, room, round_):
    answer = code(signed_in(room.anne), round_, 1, themes=[room.wait.pk], none="on")

    assert "gardez l’un ou l’autre" in text_of(answer)
    assert not Reading.objects.exists()


def test_a_double_click_and_a_second_tab_leave_one_answer(signed_in, room, round_):
    client = signed_in(room.anne)
    for theme in (room.wait, room.wait, room.welcome):
        assert code(client, round_, 1, themes=[theme.pk]).status_code == 302

    assert Reading.objects.get().themes == [room.welcome.pk]


def test_an_answer_never_lands_on_another_verbatim(signed_in, room, round_):
    client = signed_in(room.anne)
    page(client, f"/codage/{round_.pk}/coder/?verbatim=2")
    touch(RoundItem.objects.get(round=round_, position=2).verbatim, withdrawn_at=timezone.now())

    answer = client.post(f"/codage/{round_.pk}/coder/?verbatim=2", {"themes": [room.wait.pk]}, follow=True)

    assert "n’est plus lisible" in text_of(answer)
    assert not Reading.objects.exists()


def test_a_withdrawn_verbatim_is_said_to_be_passed(signed_in, room, round_):
    touch(RoundItem.objects.get(round=round_, position=2).verbatim, withdrawn_at=timezone.now())

    assert "1 verbatim tiré n’est plus lisible" in page(signed_in(room.anne), f"/codage/{round_.pk}/coder/")
    assert "Verbatim 1 sur 3" in page(signed_in(room.anne), f"/codage/{round_.pk}/coder/")


def test_the_last_one_leads_to_finishing(signed_in, room, round_):
    client = signed_in(room.anne)
    for position in range(1, 5):
        answer = code(client, round_, position, none="on")
    assert answer.headers["Location"] == f"/codage/{round_.pk}/coder/"
    assert "Mon codage est complet" in page(client, f"/codage/{round_.pk}/coder/")

    client.post(f"/codage/{round_.pk}/coder/termine/")

    assert client.get(f"/codage/{round_.pk}/coder/").status_code == 302
    assert code(client, round_, 1, themes=[room.wait.pk]).status_code == 302
    assert {reading.themes == [] for reading in Reading.objects.all()} == {True}


def test_finishing_too_early_is_refused(signed_in, room, round_):
    answer = signed_in(room.anne).post(f"/codage/{round_.pk}/coder/termine/", follow=True)

    assert "Il reste des verbatims à coder" in text_of(answer)


def test_closing_while_somebody_codes_is_told_kindly(signed_in, room, round_):
    for coder in (room.anne, room.bruno):
        room.say(coder, room.items(round_)[0], room.wait)
    close_round(round_=round_, by=room.manager)

    answer = signed_in(room.anne).post(
        f"/codage/{round_.pk}/coder/?verbatim=2", {"themes": [room.wait.pk]}, follow=True
    )

    assert "plus rien n’y change" in text_of(answer)
    assert Reading.objects.count() == 2


# Disagreements


def test_while_one_codes_the_others_stay_hidden_even_to_a_manager(signed_in, room):
    round_ = room.draw(coders=(room.anne, room.bruno, room.manager))
    for coder in (room.anne, room.bruno, room.manager):
        room.say(coder, room.items(round_)[0], room.wait, note=f"note de {coder.name}")
    client = signed_in(room.manager)

    for part in ("desaccords/", "accord/", "accord/?format=csv"):
        assert client.get(f"/codage/{round_.pk}/{part}").status_code == 302
    assert client.get(f"/codage/{round_.pk}/desaccords/1/").status_code == 404
    assert "note de Anne" not in page(client, f"/codage/{round_.pk}/coder/?verbatim=1")


def test_a_manager_may_look_at_what_all_have_read_before_the_end(signed_in, room, round_):
    first, second, *_ = room.items(round_)
    room.say(room.anne, first, room.wait)
    room.say(room.bruno, first, room.welcome)
    room.say(room.anne, second, room.wait)

    shown = page(signed_in(room.manager), f"/codage/{round_.pk}/desaccords/")

    assert "encore en cours" in shown
    assert shown.count('class="card dispute"') == 1
    assert signed_in(room.anne).get(f"/codage/{round_.pk}/desaccords/").status_code == 302


def test_disagreements_stand_side_by_side_with_their_notes(signed_in, room, round_):
    room.say(room.anne, room.items(round_)[2], room.wait, note="Il attend.", unsure=True)
    room.both_read(round_)
    Reading.objects.filter(coder=room.anne, item__position=3).update(note="Il attend.", unsure=True)

    shown = page(signed_in(room.bruno), f"/codage/{round_.pk}/desaccords/")

    assert shown.count('class="card dispute"') == 2
    assert "Il attend." in shown
    assert "pas sûr" in shown
    assert 'name="option"' not in shown  # a coder reads, a manager settles


def test_one_click_settles(signed_in, room, discussed):
    client = signed_in(room.manager)
    address = f"/codage/{discussed.pk}/desaccords/3/"

    client.post(address, {"option": f"coder-{room.bruno.pk}", "note": "Le guichet"})

    item = RoundItem.objects.get(round=discussed, position=3)
    assert (item.themes, item.note, item.settled_by) == ([room.welcome.pk], "Le guichet", room.manager)
    assert "Le guichet" in page(client, f"/codage/{discussed.pk}/desaccords/?voir=regles")

    client.post(address, {"option": "union"})
    assert RoundItem.objects.get(pk=item.pk).themes == sorted([room.wait.pk, room.welcome.pk])
    client.post(address, {"themes": [room.clear.pk]})
    assert RoundItem.objects.get(pk=item.pk).themes == [room.clear.pk]
    client.post(address, {"again": "1"})
    assert RoundItem.objects.get(pk=item.pk).themes is None


def test_numbers_out_of_all_measure_break_nothing(signed_in, room, round_, discussed):
    digits = "9" * 5000
    coded = code(signed_in(room.anne), room.draw(name="Autre"), 1, themes=[digits])
    settled = signed_in(room.manager).post(
        f"/codage/{discussed.pk}/desaccords/3/", {"themes": [digits, str(room.clear.pk)]}
    )

    assert (coded.status_code, settled.status_code) == (400, 302)
    assert RoundItem.objects.get(round=discussed, position=3).themes == [room.clear.pk]


def test_an_option_that_is_gone_is_said(signed_in, room, discussed):
    answer = signed_in(room.manager).post(f"/codage/{discussed.pk}/desaccords/3/", {"option": "coder-0"}, follow=True)

    assert "choisissez de nouveau" in text_of(answer)
    assert RoundItem.objects.get(round=discussed, position=3).themes is None


def test_words_out_of_a_readers_services_are_not_shown_to_a_coder(signed_in, room, discussed):
    Membership.objects.filter(user=room.anne).update(service=room.customs)
    theirs = {
        item.position for item in room.items(discussed) if item.verbatim_id in {v.pk for v in room.verbatims[12:]}
    }

    shown = page(signed_in(room.anne), f"/codage/{discussed.pk}/desaccords/")

    assert shown.count('class="card dispute"') == len({3, 4} & theirs)
    assert "hors de vos services" in shown


# Closing and after


def test_closing_says_what_will_be_kept(signed_in, room, discussed):
    assert "Il reste 2 désaccords à régler" in page(signed_in(room.manager), f"/codage/{discussed.pk}/clore/")

    answer = signed_in(room.manager).post(f"/codage/{discussed.pk}/clore/", follow=True)

    assert "Il reste des désaccords" in text_of(answer)
    assert Round.objects.get().state == "discussed"


def test_closing_reopening_deleting(signed_in, room, closed):
    client = signed_in(room.manager)
    assert Round.objects.get().state == "closed"

    client.post(f"/codage/{closed.pk}/rouvrir/")
    assert Round.objects.get().state == "discussed"
    client.post(f"/codage/{closed.pk}/clore/")
    assert Round.objects.get().state == "closed"
    answer = client.post(f"/codage/{closed.pk}/supprimer/", follow=True)

    assert "est supprimée" in text_of(answer)
    assert not Round.objects.exists()


# Queries


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_list_costs_the_same_for_one_round_and_for_three(signed_in, room, closed):
    client = signed_in(room.manager)
    page(client, "/codage/")
    one = queries(client, "/codage/")
    room.both_read(room.draw(seed=8))
    room.draw(seed=9, size=12)

    assert queries(client, "/codage/") == one


def test_pages_of_a_round_cost_the_same_whatever_its_size(signed_in, room):
    small, large = room.draw(size=1), room.draw(size=12, seed=3)
    counts = {}
    for round_ in (small, large):
        for item in room.items(round_):
            room.say(room.anne, item, room.wait)
            room.say(room.bruno, item, room.welcome)
        manager, coder = signed_in(room.manager), None
        page(manager, "/codage/")
        parts = ("", "desaccords/", "desaccords/1/", "accord/", "clore/")
        counts[round_.pk] = [queries(manager, f"/codage/{round_.pk}/{part}") for part in parts]
        coder = signed_in(room.anne)
        page(coder, "/codage/")
        counts[round_.pk].append(queries(coder, f"/codage/{round_.pk}/coder/?verbatim=1"))

    assert counts[small.pk] == counts[large.pk]
