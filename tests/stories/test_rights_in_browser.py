"""One's rights on a phone: asked without an account and without JavaScript, answered by a steward,
and a new version that is agreed to on the way."""

from __future__ import annotations

from wizzle.core import members
from wizzle.core.web import consents


def test_somebody_without_an_account_asks_and_the_steward_answers(stranger, phone_of, town):
    guest = stranger(javascript=False)
    guest.goes_to("/help")
    guest.sees("02-000-0000", "hello@gangbuk.example")
    guest.presses("개인정보 요청하기")
    guest.types("이름", "지나던 이")
    guest.types("전자우편 주소", "guest@example.com")
    guest.chooses("무엇을 원하시나요?", "열람: 나에 관해 무엇이 있는지 알고 싶어요")
    guest.types("자세한 내용", "예전에 주문한 적이 있어요.")
    guest.presses("보내기")
    guest.goes_to(town.link("guest@example.com", "개인정보 요청을 하셨나요"))
    guest.presses("네, 제가 요청했어요")
    guest.sees("기다림")
    bob = phone_of("bob")
    for page in ("/admin", "/admin/retention", "/admin/kept", "/admin/breaches"):
        bob.goes_to(page)
    bob.goes_to("/admin/requests")
    bob.presses("열람: 나에 관해 무엇이 있는지 알고 싶어요")
    bob.ticks("처리했어요")
    bob.types("답변", "남아 있는 것이 없어요.")
    bob.presses("답변 보내기")
    bob.sees("답한 요청")
    assert town.letters("guest@example.com")
    guest.page.reload()
    guest.sees("남아 있는 것이 없어요.")


def test_a_new_version_is_agreed_to_on_the_way(phone_of, town, cast, monkeypatch):
    alice = cast.person("alice")
    with town.node.db.write() as session:
        for subject, version in consents.wanted().items():
            members.give_consent(session, alice.id, subject, version, at=town.node.clock.now())
    phone = phone_of("alice")
    monkeypatch.setitem(consents.VERSIONS, "privacy", "2027-03-01")
    phone.goes_to("/me/profile")
    phone.sees("바뀐 것이 있어요", "거부할 권리")
    phone.ticks("개인정보 수집·이용에 동의해요")
    phone.presses("동의하고 계속하기")
    assert phone.path == "/me/profile"
    for page in ("/me", "/me/consents", "/me/requests", "/privacy", "/help/residents"):
        phone.goes_to(page)
