"""The steward's rooms."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select
from support.visitors import PASSWORD, log_in, queries

from wizzle.core import outbox
from wizzle.core.errors import Unreachable
from wizzle.core.models import AuditRecord, Job, Person
from wizzle.core.node import Node
from wizzle.core.web import create_app
from wizzle.node_config import ServerSettings

ROOMS = ("", "/people", "/plugins", "/jobs", "/log", "/settings")


@pytest.mark.parametrize("room", ROOMS)
def test_only_stewards_come_in(as_, client, room):
    assert as_("bob").get(f"/admin{room}").status_code == 200
    for who in ("alice", "dana", "erin"):
        assert as_(who).get(f"/admin{room}").status_code == 403
    assert client.get(f"/admin{room}").status_code == 302


@pytest.mark.parametrize("step", ["block", "unblock", "make-steward", "unmake-steward"])
def test_nobody_else_changes_accounts(as_, cast, client, step):
    alice, bob = cast.person("alice"), cast.person("bob")
    for each in (alice, bob):
        assert as_("alice").post(f"/admin/people/{each.id}/{step}").status_code == 403
        assert client.post(f"/admin/people/{each.id}/{step}").status_code == 302
    assert as_("bob").get("/admin").status_code == 200
    assert as_("alice").get("/admin").status_code == 403


def test_people_are_found_by_part_of_name_or_address(as_, cast):
    for name in ("alice", "charlie", "erin"):
        cast.person(name)
    bob = as_("bob")
    assert "alice@example.com" in bob.get("/admin/people?q=앨리").text
    found = bob.get("/admin/people?q=CHARL").text
    assert "charlie@example.com" in found
    assert "alice@example.com" not in found
    for nonsense in ("%", "_", "\\", "'", "찾을 수 없는"):
        page = bob.get("/admin/people", query_string={"q": nonsense})
        assert "alice@example.com" not in page.text


def test_a_blocked_person_is_out_and_comes_back(as_, cast, node, site):
    alice = cast.person("alice")
    with node.db.write() as session:
        session.get_one(Person, alice.id).password_hash = node.ports.passwords.hash(PASSWORD)
    browser, bob = as_("alice"), as_("bob")
    assert bob.post(f"/admin/people/{alice.id}/block").status_code == 302
    assert browser.get("/me").status_code == 302
    assert log_in(site.test_client(), alice.email, PASSWORD).status_code == 403
    bob.post(f"/admin/people/{alice.id}/unblock")
    assert browser.get("/me").status_code == 302  # the old device must log in again
    assert log_in(browser, alice.email, PASSWORD).status_code == 302


def test_a_new_steward_can_do_it_all_and_the_last_one_stays(as_, cast):
    alice, bob = cast.person("alice"), cast.person("bob")
    steward = as_("bob")
    refused = steward.post(f"/admin/people/{bob.id}/unmake-steward")
    assert refused.status_code == 409
    assert steward.post(f"/admin/people/{bob.id}/block").status_code == 409
    steward.post(f"/admin/people/{alice.id}/make-steward")
    assert as_("alice").post(f"/admin/people/{bob.id}/unmake-steward").status_code == 302
    assert steward.get("/admin").status_code == 403


def test_a_blocked_steward_does_not_count_as_one(as_, cast):
    alice, bob = cast.person("alice"), cast.person("bob")
    steward = as_("bob")
    steward.post(f"/admin/people/{alice.id}/make-steward")
    steward.post(f"/admin/people/{alice.id}/block")
    assert steward.post(f"/admin/people/{bob.id}/unmake-steward").status_code == 409


def test_an_account_that_is_not_there_and_a_step_that_is_none(as_):
    bob = as_("bob")
    assert bob.post("/admin/people/999/block").status_code == 404
    assert bob.post("/admin/people/1/delete").status_code == 404


def test_every_step_is_in_the_log_with_who_did_it(as_, cast, node):
    alice, bob = cast.person("alice"), cast.person("bob")
    steward = as_("bob")
    for step in ("block", "unblock", "make-steward", "unmake-steward"):
        steward.post(f"/admin/people/{alice.id}/{step}")
    with node.db.read() as session:
        rows = session.scalars(select(AuditRecord).order_by(AuditRecord.id)).all()
        assert [row.action for row in rows] == [
            "person.blocked", "person.unblocked", "role.granted", "role.revoked",
        ]  # fmt: skip
        assert {(row.person_id, row.subject_id) for row in rows} == {(bob.id, alice.id)}
    page = steward.get("/admin/log?action=person.").text
    assert "계정을 막았어요" in page
    assert "역할을 주었어요" not in page


def test_a_job_that_failed_is_shown_and_sent_again(as_, node, clock):
    letter = {"to": "someone@example.com", "subject": "<b>x</b>", "text": "the secret link"}
    with node.db.write() as session:
        outbox.enqueue(session, "mail", letter, key="k", at=clock.now())

    def refuse(_letter):
        raise Unreachable("no such mailbox <script>", permanent=True)

    outbox.run_due(node.db, clock, {"mail": refuse})
    bob = as_("bob")
    assert "실패한 일이 1가지 있어요" in bob.get("/admin").text
    page = bob.get("/admin/jobs").text
    assert "someone@example.com" in page
    assert "the secret link" not in page
    assert "<script>" not in page.split("</head>")[1]
    again = re.search(r'action="(/admin/jobs/\d+/send-again)"', page).group(1)
    assert bob.post(again).status_code == 302
    sent = []
    outbox.run_due(node.db, clock, {"mail": sent.append})
    assert sent
    with node.db.read() as session:
        assert session.scalars(select(Job.state)).all() == ["done"]


def test_the_settings_are_shown_without_secrets(as_, node):
    page = as_("bob").get("/admin/settings").text
    assert "김수유" in page
    assert "sqlite:" in page
    assert node.settings.secret not in page
    assert "대표자" in page
    assert "비밀번호</dt>" not in page


def test_a_password_in_the_address_of_the_database_is_hidden():
    from dataclasses import replace
    from pathlib import Path

    from wizzle.core.testing import example_settings
    from wizzle.core.web.node_facts import facts_of
    from wizzle.node_config import DatabaseSettings, MailSettings, PluginChoice

    settings = replace(
        example_settings(Path("/tmp/x")),
        database=DatabaseSettings(url="postgresql+psycopg://wizzle:hunter2@db/wizzle"),
        mail=MailSettings(kind="smtp", sender="a@example.com", username="u", password="hunter2"),
        plugins=PluginChoice(settings={"market": {"api_key": "hunter2", "colour": "green"}}),
    )
    shown = str(facts_of(settings, "ko"))
    assert "hunter2" not in shown
    assert "wizzle:***@db" in shown
    assert "green" in shown


def test_a_long_list_of_people_costs_no_more_queries_than_a_short_one(as_, node, clock):
    bob = as_("bob")
    bob.get("/admin/people")
    with queries(node) as few:
        bob.get("/admin/people")
    with node.db.write() as session:
        session.add_all(
            Person(
                email=f"n{i}@example.com",
                name=f"이웃 {i}",
                password_hash="-",
                created_at=clock.now(),
            )
            for i in range(100)
        )
    with queries(node) as many:
        first = bob.get("/admin/people")
    assert len(few) == len(many)
    assert "n99@example.com" in first.text
    following = re.search(r'rel="next" href="([^"]+)"', first.text).group(1)
    second = bob.get(following.replace("&amp;", "&")).text
    assert "n69@example.com" in second
    assert "n70@example.com" not in second
    assert "n70@example.com" in first.text


@pytest.mark.parametrize("development", [False, True])
def test_the_overview_says_that_the_node_is_open_for_trying_out(cast, node, development):
    settings = replace(node.settings, server=ServerSettings(development=development))
    site = create_app(Node(settings, node.db, node.host, node.ports))
    page = cast.signed_in(site, "bob").get("/admin").text
    assert ("시험용으로 열어 둔 지역위즐이에요" in page) is development
