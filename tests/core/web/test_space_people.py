"""Roles: who lets whom run a page, and what nobody can grant themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from wizzle.core.models import AuditRecord, Grant


def roles(node, person_id):
    with node.db.read() as session:
        rows = session.execute(
            select(Grant.space_id, Grant.role).where(Grant.person_id == person_id)
        )
        return {tuple(row) for row in rows}


def test_an_owner_lets_a_neighbour_in_who_can_then_edit(as_, cast, node):
    farm, charlie = cast.space("farm"), cast.person("charlie")
    page = f"/spaces/{farm.slug}/people"
    assert as_("charlie").get(f"/spaces/{farm.slug}/edit").status_code == 403
    answer = as_("erin").post(page, data={"email": "Charlie@example.com"})
    assert answer.status_code == 302
    assert roles(node, charlie.id) == {(farm.id, "owner")}
    assert as_("charlie").get(f"/spaces/{farm.slug}/edit").status_code == 200
    with node.db.read() as session:
        record = session.scalars(select(AuditRecord)).all()[-1]
        assert (record.action, record.subject_id) == ("role.granted", charlie.id)


def test_letting_in_twice_changes_nothing(as_, cast, node):
    farm, charlie = cast.space("farm"), cast.person("charlie")
    for _ in range(2):
        as_("erin").post(f"/spaces/{farm.slug}/people", data={"email": charlie.email})
    assert roles(node, charlie.id) == {(farm.id, "owner")}


def test_an_unknown_address_is_said(as_, cast):
    farm = cast.space("farm")
    page = f"/spaces/{farm.slug}/people"
    answer = as_("erin").post(page, data={"email": "nobody@example.com"})
    assert answer.status_code == 422
    assert "먼저 가입하고" in answer.text
    assert "에린" in answer.text  # the list is still there


def test_an_owner_takes_a_role_away_and_it_ends_at_once(as_, cast, node):
    farm, charlie = cast.space("farm"), cast.person("charlie")
    erin = as_("erin")
    erin.post(f"/spaces/{farm.slug}/people", data={"email": charlie.email})
    browser = as_("charlie")
    assert browser.get(f"/spaces/{farm.slug}/edit").status_code == 200
    erin.post(f"/spaces/{farm.slug}/people/{charlie.id}/remove", data={"role": "owner"})
    assert browser.get(f"/spaces/{farm.slug}/edit").status_code == 403
    assert roles(node, charlie.id) == set()


def test_a_hub_s_activist_edits_its_page_but_names_no_other_activist(as_, cast, node):
    hub, charlie = cast.space("hub"), cast.person("charlie")
    dana = as_("dana")
    assert dana.get(f"/spaces/{hub.slug}/edit").status_code == 200
    answer = dana.post(f"/spaces/{hub.slug}/people", data={"email": charlie.email})
    assert answer.status_code == 403
    as_("bob").post(f"/spaces/{hub.slug}/people", data={"email": charlie.email})
    assert roles(node, charlie.id) == {(hub.id, "activist")}


@pytest.mark.parametrize("extra", [{"role": "steward"}, {"space_id": ""}, {"kind": "hub"}])
def test_no_owner_grants_more_than_the_role_of_their_own_page(as_, cast, node, extra):
    farm, erin = cast.space("farm"), cast.person("erin")
    typed = {"email": erin.email, **extra}
    as_("erin").post(f"/spaces/{farm.slug}/people", data=typed)
    assert roles(node, erin.id) == {(farm.id, "owner")}
    assert as_("erin").get("/admin").status_code == 403


def test_no_owner_takes_roles_elsewhere(as_, cast, node):
    farm, shop = cast.space("farm"), cast.space("shop")
    frank, bob = cast.person("frank"), cast.person("bob")
    erin = as_("erin")
    for person, role in ((frank, "owner"), (bob, "steward")):
        erin.post(f"/spaces/{farm.slug}/people/{person.id}/remove", data={"role": role})
        refused = erin.post(f"/spaces/{shop.slug}/people/{person.id}/remove", data={"role": role})
        assert refused.status_code == 403
    assert roles(node, frank.id) == {(shop.id, "owner")}
    assert roles(node, bob.id) == {(None, "steward")}


def test_the_owner_of_one_page_has_no_say_on_another(as_, cast):
    cast.space("farm")
    shop = cast.space("shop")
    assert as_("erin").get(f"/spaces/{shop.slug}/people").status_code == 403
