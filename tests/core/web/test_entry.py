"""Coming in without a password: who may make a way in, and what nobody can do with one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from support.visitors import log_in, queries

from wizzle.core import members
from wizzle.core.auth import entry
from wizzle.core.models import AuditRecord, Consent, Grant, OneTimeCode, Person, SignIn
from wizzle.core.web.consents import wanted

AGREED = {"terms": "yes", "privacy": "yes", "age": "yes"}


@pytest.fixture
def erin(cast):
    """The farmer, who agreed to everything when she joined."""
    person = cast.person("erin")
    with cast.node.db.write() as session:
        for subject, version in wanted().items():
            members.give_consent(session, person.id, subject, version, at=cast.node.clock.now())
    return person


@pytest.fixture
def make(as_, cast, erin):
    """Let bob make a way in; returns the link's path, or the code."""

    def made(way="link", who="bob"):
        page = f"/spaces/{cast.space('farm').slug}/people/{erin.id}/way-in"
        answer = as_(who).post(page, data={"way": way})
        assert answer.status_code == 200, answer.text
        if way == "code":
            found = re.search(
                r"<strong class=\"way-in-code\">([A-Z0-9]{4}-[A-Z0-9]{4})<", answer.text
            )
        else:
            found = re.search(r"href=\"http://[^\"/]+(/enter/[^\"]+)\"", answer.text)
        assert found
        return found.group(1)

    return made


def test_a_link_brings_the_farmer_to_her_page_of_the_day(make, client, cast):
    link = make()
    page = client.get(link)
    assert "에린" in page.text
    assert "들어가기" in page.text
    assert client.get("/me").status_code == 302  # looking alone logs nobody in
    answer = client.post(link)
    assert answer.headers["Location"] == f"/spaces/{cast.space('farm').slug}/today"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_scanners_of_mail_do_not_use_a_link_up(make, client):
    link = make()
    for method in (client.get, client.head, client.get):
        assert method(link).status_code == 200
    assert client.post(link).status_code == 302


def test_a_link_works_once(make, client, site):
    link = make()
    assert client.post(link).status_code == 302
    thief = site.test_client()
    assert thief.get(link).status_code == 404
    assert thief.post(link).status_code == 404
    assert thief.get("/me").status_code == 302


def test_a_link_ends_after_seven_days_and_the_sign_in_after_thirty(make, client, clock, node):
    link = make()
    clock.advance(days=7)
    assert client.post(link).status_code == 404
    link = make()
    assert client.post(link).status_code == 302
    with node.db.read() as session:
        newest = session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
        assert (newest.expires_at - newest.created_at).days == 30


def test_only_the_last_of_two_links_works(make, client):
    first, second = make(), make()
    assert client.get(first).status_code == 404
    assert client.post(second).status_code == 302


@pytest.mark.parametrize("written", [str.lower, lambda code: code.replace("-", " "), str])
def test_a_code_that_was_read_out_lets_in(make, client, written):
    answer = client.post("/code", data={"code": written(make("code"))})
    assert answer.status_code == 302
    assert client.get("/me").status_code == 302  # the name comes first, then the button
    assert "에린" in client.get(answer.headers["Location"]).text
    assert client.post(answer.headers["Location"]).status_code == 302
    assert client.get("/me").status_code == 200


def test_a_code_works_once_and_for_half_an_hour(make, client, site, clock):
    code = make("code")
    assert client.post("/code", data={"code": code}).status_code == 302
    assert site.test_client().post("/code", data={"code": code}).status_code == 409
    late = make("code")
    clock.advance(minutes=30)
    answer = client.post("/code", data={"code": late})
    assert answer.status_code == 409
    assert late in answer.text  # what was typed is still there


def test_guessing_codes_ends_after_ten_tries_even_with_the_right_one(make, client):
    code = make("code")
    answers = [client.post("/code", data={"code": f"AAAA-{n:04}"}).status_code for n in range(10)]
    assert set(answers) == {409}
    assert client.post("/code", data={"code": code}).status_code == 429


def test_a_code_is_no_link_and_a_link_is_no_code(make, client):
    code = make("code")
    assert client.post(f"/enter/{code.replace('-', '')}").status_code == 404
    token = make().rsplit("/", 1)[1]
    assert client.post("/code", data={"code": token[:40]}).status_code == 409


def test_nothing_that_lets_in_is_kept_readable(make, node):
    code, token = make("code").replace("-", ""), make().rsplit("/", 1)[1]
    with node.db.read() as session:
        kept = " ".join(session.scalars(select(OneTimeCode.token_hash)))
        told = str(session.scalars(select(AuditRecord.details)).all())
    assert code not in kept + told
    assert token not in kept + told


def test_both_are_told_by_mail_and_written_down(make, client, letters, node, erin):
    make("code")
    assert letters()[-1]["To"] == erin.email
    assert "http" in letters()[-1].get_content()
    link = make()
    assert link in letters()[-1].get_content()  # she has shown that she reads this address
    client.post(link)
    with node.db.read() as session:
        done = session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)).all()
    assert done.count("person.way_in_made") == 2
    assert done[-2:] == ["person.came_in", "person.logged_in"]


def test_what_is_ended_works_no_more(make, as_, cast, client, erin):
    link, code = make(), make("code")
    end = f"/spaces/{cast.space('farm').slug}/people/{erin.id}/way-in/end"
    assert as_("bob").post(end).status_code == 302
    assert client.post(link).status_code == 404
    assert client.post("/code", data={"code": code}).status_code == 409


@pytest.mark.parametrize("loses", ["role", "block", "password"])
def test_who_loses_the_role_is_blocked_or_sets_a_password_is_not_let_in(
    make, client, node, cast, erin, loses
):
    link = make()
    with node.db.write() as session:
        if loses == "role":
            members.revoke(session, erin.id, "owner", cast.space("farm").id)
        elif loses == "block":
            members.block(session, erin.id, at=node.clock.now())
        else:
            entry.accounts.change_password(session, node, erin.id, "-", keep=None)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404


def test_only_stewards_make_a_way_in(as_, cast, erin):
    page = f"/spaces/{cast.space('farm').slug}/people/{erin.id}/way-in"
    for who in ("erin", "dana", "charlie"):
        assert as_(who).get(page).status_code == 403
        assert as_(who).post(page, data={"way": "link"}).status_code == 403


def test_nobody_comes_in_this_way_who_runs_more_than_a_shop(as_, cast, node, erin, client, make):
    link = make()
    with node.db.write() as session:
        members.grant(session, erin.id, "steward", at=node.clock.now())
    page = f"/spaces/{cast.space('farm').slug}/people/{erin.id}/way-in"
    answer = as_("bob").post(page, data={"way": "link"})
    assert answer.status_code == 409
    assert "비밀번호로만" in answer.text
    assert client.post(link).status_code == 409  # nor by a link that was made before


def test_no_way_in_for_somebody_of_another_page_nor_for_a_hub(as_, cast, erin):
    shop, hub = cast.space("shop"), cast.space("hub")
    dana = cast.person("dana")
    bob = as_("bob")
    for space, person in ((shop, erin), (cast.space("farm"), cast.person("charlie"))):
        page = f"/spaces/{space.slug}/people/{person.id}/way-in"
        assert bob.post(page, data={"way": "link"}).status_code == 404
    page = f"/spaces/{hub.slug}/people/{dana.id}/way-in"
    assert bob.post(page, data={"way": "link"}).status_code == 409


def test_a_steward_makes_an_account_and_the_newcomer_agrees_on_the_way_in(as_, cast, client, node):
    farm = cast.space("farm")
    new = {"name": "순자", "phone": "010-1111-2222", "email": "sunja@example.com"}
    answer = as_("bob").post(f"/spaces/{farm.slug}/people/new", data=new)
    assert answer.status_code == 302
    with node.db.read() as session:
        person = members.find_person(session, "sunja@example.com")
        assert person.email_checked_at is None
        assert session.scalars(select(Grant.role).where(Grant.person_id == person.id)).all() == [
            "owner"
        ]
    made = as_("bob").post(answer.headers["Location"], data={"way": "link"})
    link = re.search(r"href=\"http://[^\"/]+(/enter/[^\"]+)\"", made.text).group(1)
    assert client.post(link).status_code == 422
    assert client.post(link, data={"terms": "yes"}).status_code == 422
    assert client.post(link, data=AGREED).status_code == 302
    with node.db.read() as session:
        agreed = session.scalars(select(Consent.subject).where(Consent.person_id == person.id))
        assert set(agreed) == {"terms", "privacy", "age"}


def test_an_account_that_was_made_has_no_password_to_guess(as_, cast, client):
    new = {"name": "순자", "phone": "", "email": "sunja@example.com"}
    as_("bob").post(f"/spaces/{cast.space('farm').slug}/people/new", data=new)
    assert log_in(client, "sunja@example.com", "-").status_code == 403


def test_an_address_that_nobody_has_proven_is_not_taken_over(as_, cast, node):
    with node.db.write() as session:
        members.sign_up(
            session, email="x@example.com", name="엑스", password_hash="-", at=node.clock.now()
        )
    new = {"name": "순자", "phone": "", "email": "X@example.com"}
    answer = as_("bob").post(f"/spaces/{cast.space('farm').slug}/people/new", data=new)
    assert answer.status_code == 422
    assert "순자" in answer.text
    with node.db.read() as session:
        assert session.scalar(select(Person.name).where(Person.email == "x@example.com")) == "엑스"


@pytest.mark.parametrize("token", ["x", "0" * 64, "한글", "..%2f..%2fetc"])
def test_a_made_up_link_lets_nobody_in(client, token):
    assert client.get(f"/enter/{token}").status_code == 404
    assert client.post(f"/enter/{token}").status_code == 404


def test_these_pages_ask_little_of_the_database(make, client, node, as_, cast, erin):
    link = make()
    with queries(node) as asked:
        client.get(link)
    assert len(asked) <= 5
    bob = as_("bob")
    with queries(node) as asked:
        bob.get(f"/spaces/{cast.space('farm').slug}/people")
    assert len(asked) <= 6
