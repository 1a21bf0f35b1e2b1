"""Posts by programs: the same as on the pages, and nothing more."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from wizzle.core.models import Webhook, WebhookDelivery


@pytest.fixture
def alice(programs, neighbours):
    return programs.of("alice", "posts:read", "posts:write")


def test_a_program_writes_reads_and_deletes_for_somebody(alice, programs):
    body = {"text": "프로그램이 쓴 #감자", "audience": "everyone"}
    made = alice.makes("/posts", body, key="same-key-1")
    assert made.status_code == 201
    assert made.json["tags"] == ["감자"]
    again = alice.makes("/posts", body, key="same-key-1")
    assert again.json == made.json
    found = programs.stranger().get("/posts?tag=감자").json["items"]
    assert [each["id"] for each in found] == [made.json["id"]]
    assert programs.stranger().get("/posts?author=alice").json["items"] == found
    path = f"/posts/{made.json['id']}"
    assert programs.of("gina", "posts:write").asks("DELETE", path).status_code == 404
    assert alice.asks("DELETE", path).status_code == 204
    assert programs.stranger().get(path).status_code == 404


def test_a_list_goes_on_by_its_cursor(programs, write, clock):
    made = []
    for number in range(5):
        clock.advance(seconds=number % 2)
        made.append(write("alice", f"글 {number}"))
    seen, path = [], "/posts?limit=2"
    while path:
        page = programs.stranger().get(path).json
        seen += [each["id"] for each in page["items"]]
        path = (page["next"] or "").removeprefix("/api/v1")
    assert seen == made[::-1]


def test_what_is_for_few_is_seen_by_their_author_s_program_alone(alice, programs, write, circle):
    post = write("alice", "비밀", "circle", circle_id=circle)
    assert programs.stranger().get(f"/posts/{post}").status_code == 404
    assert programs.stranger().get("/posts").json["items"] == []
    assert [each["id"] for each in alice.get("/me/posts").json["items"]] == [post]
    assert programs.of("alice", "posts:write").get("/me/posts").status_code == 403
    assert programs.of("alice", "posts:read").makes("/posts", {"text": "x"}).status_code == 403


BROKEN = (
    {}, {"text": ""}, {"text": "x", "audience": "all"}, {"text": "x" * 5001},
    {"text": "x", "subjects": ["a"] * 11}, {"text": "x", "audience": "circle"},
)  # fmt: skip


def test_what_cannot_be_used_is_a_problem(alice):
    for body in BROKEN:
        assert alice.makes("/posts", body).status_code == 422, body


def test_a_page_s_webhook_is_told_of_a_public_post_that_names_it(node, cast, write):
    shop, frank = cast.space("shop").id, cast.person("frank").id
    with node.db.write() as session:
        session.add(Webhook(
            person_id=frank, space_id=shop, url="https://example.org/hook", salt="x" * 32,
            kinds=["post.mentioned"], created_at=node.clock.now(),
        ))  # fmt: skip
    write("alice", "모두에게", subjects=(f"space:{shop}",))
    write("alice", "회원에게", "members", subjects=(f"space:{shop}",))
    with node.db.read() as session:
        (told,) = session.scalars(select(WebhookDelivery)).all()
    assert told.kind == "post.mentioned"
    assert set(told.data) == {"post_id", "url", "published_at"}
