"""The fund's offices: what each may do, what is public, and that a mistake is never hidden."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event, func, select
from support.sales import Sales

from wizzle.core import members
from wizzle.core.models import AuditRecord, Grant, LedgerPosting
from wizzle.core.work import run_jobs
from wizzle.plugins.fund.access import OFFICES
from wizzle.plugins.fund.earmarks import queries
from wizzle.plugins.fund.reports.models import Check, Opinion

ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)
GRANT = {
    "kind": "grant", "amount": "90000", "day": "2026-11-20", "text": "마을 배움 보조금",
    "idempotency_key": "one",
}  # fmt: skip
PUBLIC = ("/fund/months", "/fund/months/2026-11", "/fund/years/2026", "/fund/entries",
          "/fund/areas", "/fund/areas/1", "/fund/offices", "/fund/months/2026-11.csv")  # fmt: skip


def postings(node):
    with node.db.read() as session:
        return session.scalar(select(func.count()).select_from(LedgerPosting))


def area_of(client):
    form = {"name": "학교", "purpose": "마을 배움", "idempotency_key": "a"}
    answer = client.post("/fund/areas/new", data=form)
    assert answer.status_code == 302
    return answer.location


@ON_ONE
def test_what_the_treasurer_books_is_booked_once_and_read_by_all(node, as_, client):
    alice = as_("alice")
    area = area_of(alice)
    assert area == area_of(alice) == "/fund/areas/1"
    for _ in range(2):
        assert alice.post("/fund/booking", data=GRANT | {"area": "1"}).status_code == 302
    assert postings(node) == 1
    page = client.get(area).text
    for words in ("학교", "마을 배움 보조금", "2026-11-20", "90,000원"):
        assert words in page
    form = {
        "way": "free",
        "amount": "30000",
        "reason": "모두의 회의에서 정함",
        "idempotency_key": "x",
    }
    assert alice.post(f"{area}/apart", data=form).status_code == 302
    assert "모두의 회의에서 정함" in client.get(area).text
    too_much = alice.post(f"{area}/apart", data=form | {"amount": "60001", "idempotency_key": "y"})
    assert too_much.status_code == 409
    assert "60001" in too_much.text
    with node.db.read() as session:
        assert (queries.free(session), queries.total(session)) == (30_000, 90_000)
    assert alice.post(f"{area}/end", data={"reason": "다 씀"}).status_code == 302
    assert alice.post("/fund/booking", data=GRANT | {"area": "1", "idempotency_key": "z"}
                      ).status_code == 409  # fmt: skip
    with node.db.read() as session:
        assert queries.free(session) == queries.total(session) == 90_000


@ON_ONE
def test_a_mistake_is_taken_back_once_with_its_reason_and_stays_readable(node, as_, client):
    alice = as_("alice")
    alice.post("/fund/booking", data=GRANT)
    entry = re.findall(r"/fund/entries/\d+", client.get("/fund/entries").text)[0]
    assert alice.post(f"{entry}/undo", data={}).status_code == 422
    for _ in range(2):
        assert alice.post(f"{entry}/undo", data={"reason": "두 번 적음"}).status_code == 302
    assert postings(node) == 2
    page = client.get("/fund/entries").text
    assert "두 번 적음" in page
    assert "마을 배움 보조금" in page
    month = client.get("/fund/months/2026-11.csv").data.decode("utf-8-sig")
    assert "90" not in month  # taken back, it was no income


@ON_ONE
def test_what_came_from_a_sale_is_not_taken_back_by_hand(node, as_, cast):
    Sales(node, cast).settle(7, {"farm": 5})
    alice = as_("alice")
    entry = re.findall(r"/fund/entries/\d+", alice.get("/fund/entries").text)[0]
    assert "/undo" not in alice.get(entry).text
    assert alice.post(f"{entry}/undo", data={"reason": "x"}).status_code == 409
    assert postings(node) == 2


KEPT = ("/fund/booking", "/fund/areas/new", "/fund/areas/1/apart", "/fund/areas/1/end",
        "/fund/entries/2/undo")  # fmt: skip


@ON_ONE
def test_an_auditor_sees_all_and_moves_nothing(node, as_, client):
    alice, gina = as_("alice"), as_("gina")
    area_of(alice)
    alice.post("/fund/booking", data=GRANT)
    before = postings(node)
    for path in (*KEPT, "/fund/offices/new"):
        assert gina.get(path).status_code == 403, path
        assert gina.post(path, data=GRANT | {"way": "apart", "reason": "x"}).status_code == 403
    assert postings(node) == before
    page = gina.get("/fund/audit")
    assert "마을 배움 보조금" in page.text
    assert "앨리스" in page.text  # who booked it
    for nobody in (client, as_("charlie")):
        assert nobody.get("/fund/audit").status_code in (302, 403)
        assert nobody.get("/fund/booking").status_code in (302, 403)


@ON_ONE
def test_the_recount_is_a_job_that_everyone_hears_the_end_of(node, as_, client):
    as_("alice").post("/fund/booking", data=GRANT)
    gina = as_("gina")
    for _ in range(2):
        assert gina.post("/fund/audit/check").status_code == 302
    run_jobs(node)
    with node.db.read() as session:
        [found] = session.scalars(select(Check))
        assert (found.entries, found.wrong) == (2, "")
    assert "모두 맞아요" in gina.get("/fund/audit").text
    assert "다시 세어" in client.get("/fund/months/2026-11").text


@ON_ONE
def test_an_opinion_is_the_auditors_alone_and_the_last_one_holds(node, as_, client):
    gina = as_("gina")
    address = "/fund/audit/opinions/202611"
    for name in ("alice", "bob", "charlie"):
        assert as_(name).post(address, data={"text": "좋아요"}).status_code == 403
    for text in ("통장과 맞아요", "영수증 한 장이 빠졌어요"):
        for _ in range(2):
            gina.post(address, data={"text": text, "idempotency_key": text[:3]})
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Opinion)) == 2
    page = client.get("/fund/months/2026-11").text
    assert page.index("영수증 한 장이 빠졌어요") < page.index("통장과 맞아요")
    assert "지나" in page
    assert gina.get("/fund/audit/opinions/209901").status_code == 404


@ON_ONE
def test_an_office_is_given_in_public_and_never_both_to_one(node, as_, cast, client):
    bob, charlie = as_("bob"), cast.person("charlie")
    form = {"office": "treasurer", "email": "charlie@example.com", "agreed": "yes"}
    unasked = bob.post("/fund/offices/new", data=form | {"agreed": ""})
    assert unasked.status_code == 422
    assert bob.post("/fund/offices/new", data=form).status_code == 302
    assert "찰리" in client.get("/fund/offices").text
    refused = bob.post("/fund/offices/new", data=form | {"office": "auditor"})
    assert refused.status_code == 409
    stewards = form | {"office": "auditor", "email": "bob@example.com"}
    assert bob.post("/fund/offices/new", data=stewards).status_code == 409
    unknown = bob.post("/fund/offices/new", data=form | {"email": "nobody@example.com"})
    assert unknown.status_code == 422
    assert as_("alice").post("/fund/offices/new", data=form).status_code == 403
    with node.db.read() as session:
        held = select(Grant.role).where(Grant.person_id == charlie.id, Grant.role.in_(OFFICES))
        assert session.scalars(held).all() == ["treasurer"]
    taken = {"office": "treasurer", "person_id": str(charlie.id)}
    assert bob.post("/fund/offices/take", data=taken).status_code == 302
    assert "찰리" not in client.get("/fund/offices").text
    with node.db.read() as session:
        done = select(AuditRecord.action).where(AuditRecord.action.startswith("fund.office"))
        assert session.scalars(done).all() == ["fund.office_given", "fund.office_taken"]


@ON_ONE
def test_a_stranger_reads_all_and_finds_no_person_there(node, as_, cast, client):
    Sales(node, cast).settle(7, {"farm": 900})
    alice = as_("alice")
    area_of(alice)
    alice.post("/fund/booking", data=GRANT | {"area": "1"})
    asked = []
    event.listen(node.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for path in PUBLIC:
        asked.clear()
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert len(asked) <= 12, path
        if path != "/fund/offices":
            for person in ("앨리스", "alice@", "보배"):
                assert person not in answer.data.decode("utf-8-sig"), path


@ON_ONE
def test_who_leaves_holds_no_office_any_more(node, as_, cast, client):
    as_("alice")
    assert "앨리스" in client.get("/fund/offices").text
    with node.db.write() as session:
        members.leave(session, cast.person("alice").id, at=node.clock.now())
    assert "앨리스" not in client.get("/fund/offices").text
