"""The open call: stewards write it, groups answer and follow with a code, and are forgotten."""

from __future__ import annotations

import re
import threading

import pytest
from sqlalchemy import func, select

from wizzle.core.errors import Refused
from wizzle.core.models import Consent, Job, Person
from wizzle.core.rights.retention import destroy as destroy_old
from wizzle.plugins.locality.network.actions import applying, forgetting, reviewing
from wizzle.plugins.locality.network.models import Application, ApplicationStep, Call
from wizzle.plugins.locality.network.rules.calls import Wish, code_of

CALL = {
    "title": "새 거점을 찾아요", "kind": "both", "rules": "열 가구 이상",
    "opens_on": "2026-11-20", "closes_on": "2026-11-30", "published": "yes",
    "idempotency_key": "call-key-1",
}  # fmt: skip
WISH = {
    "kind": "hub", "group": "번동 부모모임", "province": "seoul", "place": "강북구 번동",
    "households": "18", "motivation": "함께 장을 보고 싶어요", "name": "이도담",
    "email": "Dodam@Example.org", "phone": "010-1111-2222", "applying": "yes", "age": "yes",
    "idempotency_key": "apply-key-1",
}  # fmt: skip


@pytest.fixture
def bob(as_):
    return as_("bob")


@pytest.fixture
def call(bob) -> str:
    answer = bob.post("/network/calls/new", data=CALL)
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.fixture
def code(call, client, node) -> str:
    answer = client.post(f"{call}/apply", data=WISH)
    assert answer.status_code == 302
    return answer.headers["Location"].rpartition("/")[2]


def letters(node) -> list[dict[str, str]]:
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
        return [job.payload for job in jobs if job.payload.get("to") == "dodam@example.org"]


def test_only_stewards_write_calls_and_see_drafts(as_, client, bob):
    for browser in (client, as_("alice"), as_("dana")):
        assert browser.post("/network/calls/new", data=CALL).status_code in (302, 403)
    draft = bob.post("/network/calls/new", data={**CALL, "published": ""}).headers["Location"]
    assert client.get(draft).status_code == 404
    assert client.get(f"{draft}/apply").status_code == 404
    assert "초안" in bob.get(draft).text
    assert CALL["title"] not in client.get("/network/calls").text


def test_a_form_posted_twice_makes_one_call(bob, call, node):
    assert bob.post("/network/calls/new", data=CALL).headers["Location"] == call
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Call)) == 1


def test_a_call_that_ends_before_it_begins_is_shown_again_as_typed(bob):
    answer = bob.post("/network/calls/new", data={**CALL, "closes_on": "2026-11-19"})
    assert answer.status_code == 422
    assert "끝이 시작보다 앞서요" in answer.text
    assert "열 가구 이상" in answer.text


def test_whoever_changes_what_somebody_else_has_changed_is_told(bob, call):
    assert bob.post(f"{call}/edit", data={**CALL, "version": "1"}).status_code == 302
    stale = bob.post(f"{call}/edit", data={**CALL, "version": "1", "title": "또"})
    assert stale.status_code == 409


def test_a_call_takes_applications_from_its_first_day_to_the_end_of_its_last(
    call, client, clock, node
):
    clock.advance(days=7, hours=14, minutes=59)  # one minute before midnight of the last day
    assert client.get(f"{call}/apply").status_code == 200
    clock.advance(minutes=2)
    assert client.get(f"{call}/apply").status_code == 302
    assert client.post(f"{call}/apply", data=WISH).status_code == 302
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 0
    assert "이 모집은 끝났어요" in client.get(call).text


def test_the_form_says_what_is_kept_how_long_and_that_one_may_refuse(call, client):
    page = client.get(f"{call}/apply").text
    for words in ("12개월", "거부할 권리", "이웃 지역 운영자에게", "만 14세"):
        assert words in page, words
    assert "checked" not in page


UNUSABLE = [
    ({"applying": ""}, "이 동의가 없으면"),
    ({"age": ""}, "이 동의가 없으면"),
    ({"households": "0"}, "확인해 주세요"),
    ({"email": "nobody"}, "확인해 주세요"),
    ({"province": "atlantis"}, "확인해 주세요"),
    ({"motivation": "가" * 3_001}, "확인해 주세요"),
    ({"name": "a\nb"}, "확인해 주세요"),
    ({"kind": "castle"}, "확인해 주세요"),
]


def test_what_cannot_be_used_is_said_and_all_that_was_typed_stays(call, client):
    for change, words in UNUSABLE:
        answer = client.post(f"{call}/apply", data={**WISH, **change})
        assert answer.status_code == 422, change
        assert words in answer.text, change
        assert "번동 부모모임" in answer.text


def test_who_applies_gets_a_code_by_mail_and_sees_how_it_stands(code, client, node):
    [letter] = letters(node)
    assert code in letter["text"]
    page = client.get(f"/network/applied/{code}").text
    assert "번동 부모모임" in page
    assert "이도담" not in page
    assert "dodam" not in page
    answer = client.post("/network/applied", data={"code": f" {code.lower()} "})
    assert answer.headers["Location"].endswith(code)
    assert client.get(f"/network/applied/{code}").headers["Cache-Control"] == "private, no-store"


def test_a_form_posted_twice_is_one_application(call, code, client, node):
    again = client.post(f"{call}/apply", data=WISH)
    assert again.headers["Location"].endswith(code)
    assert len(letters(node)) == 1


def test_the_key_of_somebody_elses_form_leads_nowhere(call, code, client):
    other = client.post(f"{call}/apply", data={**WISH, "email": "other@example.org"})
    assert not other.headers["Location"].endswith(code)


def test_what_a_member_agreed_to_stands_in_their_list_until_they_take_it_back(
    call, as_, node, cast
):
    alice = as_("alice")
    url = alice.post(f"{call}/apply", data={**WISH, "introducing": "yes"}).headers["Location"]

    def standing() -> set[str]:
        with node.db.read() as session:
            rows = session.scalars(
                select(Consent.subject).where(
                    Consent.person_id == cast.person("alice").id, Consent.withdrawn_at.is_(None)
                )
            )
            return {subject for subject in rows if subject in ("applying", "introducing")}

    assert standing() == {"applying", "introducing"}
    alice.post(url, data={"what": "introducing"})
    assert standing() == {"applying"}
    alice.post(url)
    assert standing() == set()


def test_one_address_has_one_application_at_a_time(call, code, client):
    again = client.post(f"{call}/apply", data={**WISH, "idempotency_key": "apply-key-2"})
    assert again.status_code == 409


def test_two_at_once_make_one_application(call, node):
    wish = Wish("hub", "모임", "seoul", "번동", 9, "함께", "이름", "a@example.org", "", False)
    refused: list[Refused] = []

    def apply(number: int) -> None:
        try:
            with node.db.write() as session:
                applying.apply(
                    node, session, int(call.rpartition("/")[2]), wish, key=f"thread-{number}",
                    language="ko", person_id=None,
                )  # fmt: skip
        except Refused as error:
            refused.append(error)

    threads = [threading.Thread(target=apply, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 1
    assert len(refused) == 3


def test_codes_cannot_be_tried_for_long(code, client):
    wrong = [client.get(f"/network/applied/{n}-AAAA-AAAA-AAAA-AAAA") for n in range(21)]
    assert {answer.status_code for answer in wrong[:20]} == {404}
    assert wrong[20].status_code == 429
    assert client.get(f"/network/applied/{code}").status_code == 200


def test_applications_of_one_place_are_bounded(call, client):
    answers = [
        client.post(f"{call}/apply", data={**WISH, "email": f"a{n}@example.org",
                                           "idempotency_key": f"many-key-{n}"})
        for n in range(6)
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_nobody_but_stewards_reads_applications(code, as_, client):
    for browser in (client, as_("alice"), as_("dana"), as_("erin")):
        for path in ("/network/applications", "/network/applications/1"):
            answer = browser.get(path)
            assert answer.status_code in (302, 403)
            assert "이도담" not in answer.text


def test_stewards_note_and_move_and_those_who_applied_are_told(code, bob, client, node):
    path = "/network/applications/1"
    assert "이도담" in bob.get(path).text
    bob.post(path, data={"form": "note", "text": "자리가 넓어 보임"})
    bob.post(path, data={"form": "step", "state": "review"})
    bob.post(path, data={"form": "step", "state": "talk", "words": "목요일에 만나요"})
    refused = bob.post(path, data={"form": "step", "state": "refused"})
    assert refused.status_code == 422
    bob.post(path, data={"form": "step", "state": "refused", "words": "자리가 아직 없어요"})
    page = client.get(f"/network/applied/{code}").text
    assert "자리가 아직 없어요" in page
    assert "목요일에 만나요" in page
    assert "자리가 넓어 보임" not in page
    assert "자리가 넓어 보임" in bob.get(path).text
    assert len(letters(node)) == 4
    assert "자리가 아직 없어요" in letters(node)[-1]["text"]
    late = bob.post(path, data={"form": "step", "state": "accepted"})
    assert late.status_code == 409


def test_a_step_cannot_be_jumped_to(code, bob):
    answer = bob.post("/network/applications/1", data={"form": "step", "state": "accepted"})
    assert answer.status_code == 409
    taken = bob.post("/network/applications/1", data={"form": "step", "state": "withdrawn"})
    assert taken.status_code == 409


def test_taking_it_back_erases_who_it_was(code, bob, client, node):
    bob.post("/network/applications/1", data={"form": "note", "text": "이도담 님과 통화"})
    client.post(f"/network/applied/{code}")
    client.post(f"/network/applied/{code}")
    page = bob.get("/network/applications/1").text
    for words in ("이도담", "dodam", "함께 장을", "010-1111"):
        assert words not in page, words
    assert "거두었어요" in client.get(f"/network/applied/{code}").text
    assert "거두셨어요" in letters(node)[-1]["text"]


def test_that_one_may_be_introduced_is_taken_back_by_itself(call, client, node):
    answer = client.post(f"{call}/apply", data={**WISH, "introducing": "yes"})
    url = answer.headers["Location"]
    assert "내 연락처를 아무에게도" in client.get(url).text
    client.post(url, data={"what": "introducing"})
    with node.db.read() as session:
        application = session.get_one(Application, 1)
        assert (application.may_introduce, application.state) == (False, "received")


def test_stewards_are_told_that_somebody_applied(code, bob):
    assert "번동 부모모임이 신청했어요" in bob.get("/me/notices").text


def test_after_twelve_months_nothing_is_left(code, bob, node, clock):
    bob.post("/network/applications/1", data={"form": "note", "text": "메모"})
    clock.advance(days=364)
    destroy_old(node)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 1
    clock.advance(days=2)
    destroy_old(node)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 0
        assert session.scalar(select(func.count()).select_from(ApplicationStep)) == 0


def test_a_member_takes_it_along_and_who_leaves_leaves_nothing(call, as_, node, cast):
    alice = as_("alice")
    alice.post(f"{call}/apply", data=WISH)
    person = cast.person("alice")
    with node.db.write() as session:
        number = session.scalar(select(Application.id)) or 0
        reviewing.add_note(node, session, number, "메모", actor_id=cast.person("bob").id)
    answers = node.host.collect
    with node.db.read() as session:
        found = {each.name: each.rows for each in answers("personal_data", node=node,
                 session=session, person_id=person.id)}  # fmt: skip
    assert found["applications"][0]["group"] == "번동 부모모임"
    assert [row["text"] for row in found["application-steps"]] == ["", "메모"]
    with node.db.write() as session:
        forgetting.forget_person(node, session, person.id)
    with node.db.read() as session:
        application = session.get_one(Application, number)
        assert (application.name, application.person_id) == ("", None)
        session.get_one(Person, person.id)


def test_a_code_of_an_application_that_is_gone_is_not_found(client, node):
    code = code_of(node.settings.secret, 77)
    assert client.get(f"/network/applied/{code}").status_code == 404


def test_what_is_typed_never_becomes_part_of_the_page(call, client, bob):
    evil = "<script>alert(1)</script>"
    client.post(f"{call}/apply", data={**WISH, "group": evil, "motivation": evil * 10})
    for path in ("/network/applications", "/network/applications/1"):
        assert evil not in bob.get(path).text
    assert re.search("&lt;script&gt;", bob.get("/network/applications/1").text)
