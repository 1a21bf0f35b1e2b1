"""Who sees a collection, who is told of it, and what those listed can refuse."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from wizzle.core import follows, moderation, outbox, search
from wizzle.core.errors import Forbidden, NotFound, Refused, TooMany
from wizzle.core.facts import PersonLeft, ThingHidden, ThingPublished, ThingWithdrawn
from wizzle.core.models import Follow, Grant
from wizzle.core.notices.models import Told
from wizzle.core.search import EVERYONE, Asked
from wizzle.core.work import works
from wizzle.plugins.feed.circles import actions as circles
from wizzle.plugins.feed.collections import actions
from wizzle.plugins.feed.collections.actions import Words
from wizzle.plugins.feed.collections.models import Curator, CuratorPage, Declined
from wizzle.plugins.feed.collections.rules import A_DAY_OF_NEWCOMERS, SHOWN_A_DAY
from wizzle.plugins.market import Product


def notices(node, person):
    """The kinds and titles of what somebody was told, once all jobs are done."""
    table = {kind: do for kind, do in works(node).items() if kind != "mail"}
    outbox.run_due(node.db, node.clock, table)
    with node.db.read() as session:
        rows = session.execute(
            select(Told.kind, Told.title).where(Told.person_id == person.id).order_by(Told.id)
        )
        return [(row.kind, row.title) for row in rows]


def page(client, number):
    return client.get(f"/collections/{number}").status_code


def test_a_draft_is_seen_by_who_makes_it_alone(shelf, client, as_, told):
    number = shelf.made()
    shelf.add(number, shelf.space())
    assert [page(client, number), page(as_("gina"), number), page(as_("alice"), number)] == [
        404, 404, 200,
    ]  # fmt: skip
    assert client.get(f"/collections/{number}.atom").status_code == 404
    assert client.get(f"/cards/collection-{number}.png").status_code == 404
    assert client.get(f"/report?subject=collection:{number}").status_code == 404
    assert "자주 가는 곳" not in client.get("/collections").text
    assert "자주 가는 곳" not in client.get("/spaces/shop").text
    assert told == []


def test_an_empty_collection_is_not_shown(shelf):
    number = shelf.made()
    with pytest.raises(Refused, match="add something"):
        shelf.do(actions.publish, "alice", number)


def test_what_is_public_is_found_followed_and_told(shelf, client, node, told):
    number = shelf.public()
    assert page(client, number) == 200
    assert "자주 가는 곳" in client.get("/collections").text
    assert "자주 가는 곳" in client.get("/spaces/shop").text
    atom = client.get(f"/collections/{number}.atom")
    assert atom.mimetype == "application/atom+xml"
    assert "수유 책방" in atom.text
    assert "자주 가는 곳" in client.get("/feeds/collections.atom").text
    search.keep_up(node)
    with node.db.read() as session:
        hits = search.hits(session, Asked.read("자주 가는"), "collection", {EVERYONE}, limit=5)
        thing = moderation.thing_of(node, session, f"collection:{number}")
    assert [hit.item_id for hit in hits] == [number]
    assert thing is not None
    assert thing.can_follow
    (fact,) = told
    assert isinstance(fact, ThingPublished)
    assert (fact.subject, fact.kind, fact.path) == (
        f"collection:{number}", "collection", f"/collections/{number}",
    )  # fmt: skip


def test_every_change_of_what_is_public_is_told_and_its_end(shelf, told):
    number = shelf.public()
    shelf.add(number, shelf.space("hub"))
    shelf.do(actions.change, "alice", number, Words("새 이름"), version=shelf.one(number).version)
    assert [fact.title for fact in told] == ["자주 가는 곳", "자주 가는 곳", "새 이름"]
    assert len({fact.at for fact in told}) == 1  # since when it is public
    shelf.do(actions.withdraw, "alice", number)
    assert isinstance(told[-1], ThingWithdrawn)
    shelf.do(actions.change, "alice", number, Words("만"), version=shelf.one(number).version)
    assert len(told) == 4  # a draft tells nothing


def test_who_changed_an_older_version_is_refused(shelf):
    number = shelf.made()
    with pytest.raises(Refused, match="meanwhile"):
        shelf.do(actions.change, "alice", number, Words("새 이름"), version=99)


def test_those_listed_are_told_once_it_is_public_and_only_once(shelf, node, cast):
    frank = cast.person("frank")
    number = shelf.made()
    shelf.add(number, shelf.space())
    assert notices(node, frank) == []
    shelf.do(actions.publish, "alice", number)
    shelf.do(actions.withdraw, "alice", number)
    shelf.do(actions.publish, "alice", number)
    assert [kind for kind, _ in notices(node, frank)] == ["feed.listed"]


def test_who_is_listed_has_it_taken_out_for_good(shelf, as_, node):
    number = shelf.public()
    (item,) = shelf.items(number)
    frank = as_("frank")
    assert "수유 책방" in frank.get(f"/collections/{number}/listed").text
    assert "수유 책방" not in as_("gina").get(f"/collections/{number}/listed").text
    frank.post(f"/collections/{number}/items/{item.id}/decline")
    assert shelf.items(number) == []
    with pytest.raises(Refused, match="asked not to be listed"):
        shelf.add(number, shelf.space())
    with pytest.raises(Refused):  # nor in another one of the same person
        shelf.add(shelf.made(key="k2"), shelf.space())
    gina = shelf.made("gina")
    shelf.add(gina, shelf.space(), "gina")  # somebody else may ask again
    assert len(shelf.items(gina)) == 1


def test_nobody_else_has_it_taken_out(shelf, as_):
    number = shelf.public()
    (item,) = shelf.items(number)
    for who in ("gina", "erin", "alice"):
        with pytest.raises(Forbidden):
            shelf.do(actions.decline, who, number, item.id)
    draft = shelf.made("gina")
    hidden = shelf.add(draft, shelf.space(), "gina")
    with pytest.raises(NotFound):  # a draft of somebody else is not there
        shelf.do(actions.decline, "frank", draft, hidden)
    assert len(shelf.items(number)) == 1


def test_the_runner_decides_for_goods_too(shelf, node, cast):
    shop = cast.space("shop")
    cast.person("frank")
    with node.db.write() as session:
        now = node.clock.now()
        product = Product(
            seller_id=shop.id, name="동네 지도", category="책", unit_label="한 장", price=5000,
            origin="서울 강북", created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(product)
        session.flush()
        subject = f"product:{product.id}"
    number = shelf.made()
    item = shelf.add(number, subject)
    shelf.do(actions.publish, "alice", number)
    assert [kind for kind, _ in notices(node, cast.person("frank"))] == ["feed.listed"]
    shelf.do(actions.decline, "frank", number, item)
    assert shelf.items(number) == []


def test_followers_hear_of_what_is_new_once_a_day(shelf, node, cast):
    number = shelf.public()
    gina = cast.person("gina")
    with node.db.write() as session:
        follows.follow(session, gina.id, f"collection:{number}", at=node.clock.now())
    shelf.add(number, shelf.space("hub"))
    shelf.add(number, shelf.space("farm"))
    assert [kind for kind, _ in notices(node, gina)] == ["feed.collection"]
    node.clock.advance(days=1)
    shelf.add(number, shelf.space("other_farm"))
    assert len(notices(node, gina)) == 2
    assert notices(node, cast.person("alice")) == []


def test_stewards_hide_it_and_show_it_again(shelf, node, client, as_, told):
    number = shelf.public()
    with node.db.write() as session:
        fact = ThingHidden(f"collection:{number}", hidden=True)
        node.hooks.thing_hidden(node=node, session=session, fact=fact)
    assert page(client, number) == 404
    assert page(as_("alice"), number) == 200
    assert "자주 가는 곳" not in client.get("/collections").text
    assert isinstance(told[-1], ThingWithdrawn)
    shelf.do(actions.withdraw, "alice", number)
    with pytest.raises(Refused, match="Stewards"):
        shelf.do(actions.publish, "alice", number)
    with node.db.write() as session:
        fact = ThingHidden(f"collection:{number}", hidden=False)
        node.hooks.thing_hidden(node=node, session=session, fact=fact)
    shelf.do(actions.publish, "alice", number)
    assert page(client, number) == 200


def test_newcomers_do_less_and_everybody_is_bounded(shelf):
    number = shelf.made()
    for place in range(A_DAY_OF_NEWCOMERS):
        shelf.add(number, None, title=f"{place}번째 나무")
    with pytest.raises(TooMany):
        shelf.add(number, None, title="하나 더")
    shelf.settle("alice")
    shelf.add(number, None, title="하나 더")
    for _ in range(SHOWN_A_DAY):
        shelf.do(actions.publish, "alice", number)
        shelf.do(actions.withdraw, "alice", number)
    with pytest.raises(TooMany):
        shelf.do(actions.publish, "alice", number)


def test_who_followed_it_learns_nothing_of_it_as_a_draft(shelf, node, cast, as_, client):
    number = shelf.public()
    with node.db.write() as session:
        follows.follow(session, cast.person("gina").id, f"collection:{number}", at=node.clock.now())
    assert "자주 가는 곳" in as_("gina").get("/me/follows").text
    shelf.do(actions.withdraw, "alice", number)
    assert "자주 가는 곳" not in as_("gina").get("/me/follows").text
    assert client.get(f"/report?subject=collection:{number}").status_code == 404


def test_members_are_offered_it_on_pages_of_things(shelf, client, as_):
    shop = shelf.space()
    way = f"/collections/add?subject={shop.replace(':', '%3A')}"
    assert way in as_("gina").get("/spaces/shop").text.replace(shop, shop.replace(":", "%3A"))
    assert "/collections/add" not in client.get("/spaces/shop").text
    page = as_("gina").get(f"/collections/add?subject={shop}").text
    assert "수유 책방" in page
    assert as_("gina").get("/collections/add?subject=space:999").status_code == 404


def test_editors_choose_for_the_week_from_any_page(shelf, as_, cast):
    as_("bob").post("/editors", data={"email": cast.person("alice").email})
    alice = as_("alice")
    number = int(alice.post("/weekly/begin").location.split("/")[2])
    form = {"to": number, "reason": "이번 주에 새 책이 왔어요"}
    alice.post(f"/collections/add?subject={shelf.space()}", data=form)
    assert [item.reason for item in shelf.items(number)] == ["이번 주에 새 책이 왔어요"]
    assert "이번 주" not in as_("gina").get(f"/collections/add?subject={shelf.space()}").text


def test_two_make_one_collection(shelf, cast, as_, node):
    number = shelf.made()
    gina = cast.person("gina")
    as_("alice").post(f"/collections/{number}/curators", data={"email": gina.email})
    assert [kind for kind, _ in notices(node, gina)] == ["feed.curating"]
    with pytest.raises(NotFound):  # not before she has accepted
        shelf.add(number, shelf.space(), "gina")
    her = as_("gina")
    assert "자주 가는 곳" in her.get("/me/collections").text
    her.post(f"/collections/{number}/curators/answer", data={"accept": "yes"})
    shelf.add(number, shelf.space(), "gina")
    assert len(shelf.items(number)) == 1
    with pytest.raises(Forbidden):
        shelf.do(actions.remove, "gina", number)
    as_("alice").post(f"/collections/{number}/curators/{gina.id}/remove")
    with pytest.raises(NotFound):
        shelf.add(number, shelf.space("hub"), "gina")


def test_who_was_not_asked_cannot_accept(shelf, as_):
    number = shelf.made()
    as_("gina").post(f"/collections/{number}/curators/answer", data={"accept": "yes"})
    with pytest.raises(NotFound):
        shelf.add(number, shelf.space(), "gina")


def test_asking_does_not_tell_whether_somebody_has_an_address(shelf, as_, cast):
    number, alice = shelf.made(), as_("alice")
    pages = []
    for email in (cast.person("gina").email, "nobody@example.com"):
        alice.post(f"/collections/{number}/curators", data={"email": email})
        pages.append(alice.get(f"/collections/{number}/curators").text)
    assert pages[0].replace("toast", "") == pages[1].replace("toast", "")


def test_a_name_is_seen_by_who_wants_that(shelf, client, as_, cast):
    number, alice = shelf.public(), cast.person("alice")
    assert "앨리스" not in client.get(f"/collections/{number}").text
    assert "앨리스" not in client.get("/collections").text
    assert client.get(f"/curators/{alice.id}").status_code == 404
    as_("alice").post("/me/curator", data={"shown": "yes", "words": "책과 밥을 좋아해요."})
    assert "앨리스" in client.get(f"/collections/{number}").text
    own = client.get(f"/curators/{alice.id}").text
    assert "책과 밥을 좋아해요." in own
    assert "자주 가는 곳" in own
    as_("alice").post("/me/curator", data={"words": "책과 밥을 좋아해요."})
    assert client.get(f"/curators/{alice.id}").status_code == 404
    assert "앨리스" not in client.get(f"/collections/{number}").text


def test_the_name_of_a_public_page_is_shown_and_no_other(shelf, node, cast, as_, client):
    number, alice = shelf.public(), cast.person("alice")
    as_("alice").post("/me/curator", data={"shown": "yes"})
    with node.db.write() as session:
        node.clock.advance(days=4)
        circles.open_page(node, session, alice.id, handle="alice", name="책벌레", words="")
    for path in (f"/collections/{number}", f"/curators/{alice.id}", "/collections"):
        page = client.get(path).text
        assert "책벌레" in page
        assert "앨리스" not in page


def test_nobody_learns_by_following_somebody_whose_a_collection_is(shelf, cast, as_, told):
    number, alice = shelf.public(), cast.person("alice").id
    assert told[-1].author == f"collection:{number}"
    as_("alice").post("/me/curator", data={"shown": "yes"})
    assert isinstance(told[-2], ThingWithdrawn)
    assert told[-1].author == f"person:{alice}"
    as_("alice").post("/me/curator", data={"words": "이제 안 보여요"})
    assert told[-1].author == f"collection:{number}"


def test_stewards_choose_for_the_home_page(shelf, client, as_):
    number = shelf.public()
    assert "자주 가는 곳" not in client.get("/").text
    assert as_("alice").post(f"/collections/{number}/home", data={"home": "yes"}).status_code == 403
    as_("bob").post(f"/collections/{number}/home", data={"home": "yes"})
    assert "자주 가는 곳" in client.get("/").text
    shelf.do(actions.withdraw, "alice", number)
    assert "자주 가는 곳" not in client.get("/").text


def test_editors_make_one_selection_a_week(shelf, client, as_, cast, node):
    alice, gina = cast.person("alice"), cast.person("gina")
    assert as_("alice").post("/weekly/begin").status_code == 403
    assert as_("alice").get("/editors").status_code == 403
    bob = as_("bob")
    for person in (alice, gina):
        bob.post("/editors", data={"email": person.email})
    with node.db.write() as session:
        follows.follow(session, cast.person("charlie").id, "weekly:1", at=node.clock.now())
    first = as_("alice").post("/weekly/begin").location
    assert as_("gina").post("/weekly/begin").location == first
    number = int(first.split("/")[2])
    shelf.add(number, shelf.space(), "gina")
    shelf.do(actions.publish, "alice", number)
    assert "이번 주" in client.get("/weekly").text
    assert f"/collections/{number}" in client.get("/").text
    assert [kind for kind, _ in notices(node, cast.person("charlie"))] == ["feed.weekly"]
    assert f"/collections/{number}" not in as_("alice").get("/me/collections").text
    node.clock.advance(days=7)
    assert as_("alice").post("/weekly/begin").location != first
    bob.post(f"/editors/{alice.id}/remove")
    assert as_("alice").post("/weekly/begin").status_code == 403
    with node.db.read() as session:
        held = session.scalars(select(Grant.person_id).where(Grant.role == "editor")).all()
    assert list(held) == [gina.id]


def test_what_editors_had_refused_no_editor_puts_back(shelf, as_, cast):
    bob = as_("bob")
    for name in ("alice", "gina"):
        bob.post("/editors", data={"email": cast.person(name).email})
    number = int(as_("alice").post("/weekly/begin").location.split("/")[2])
    item = shelf.add(number, shelf.space())
    shelf.do(actions.publish, "alice", number)
    shelf.do(actions.decline, "frank", number, item)
    with pytest.raises(Refused):
        shelf.add(number, shelf.space(), "gina")


def test_leaving_takes_collections_along_but_for_those_made_together(shelf, node, cast):
    alice, gina = cast.person("alice"), cast.person("gina")
    alone, both = shelf.public(), shelf.made(key="k2")
    shelf.add(both, shelf.space("hub"))
    shelf.do(actions.invite, "alice", both, gina.email)
    shelf.do(actions.answer, "gina", both, accepted=True)
    with node.db.write() as session:
        actions.show_curator(node, session, alice.id, "안녕하세요", shown=True)
        follows.follow(session, gina.id, f"collection:{alone}", at=node.clock.now())
    with node.db.write() as session:
        fact = PersonLeft(alice.id, alice.name, alice.email, "ko")
        node.hooks.person_left(node=node, session=session, fact=fact)
    assert shelf.one(alone) is None
    assert shelf.items(alone) == []
    assert shelf.one(both).owner_id == gina.id
    assert [item.added_by for item in shelf.items(both)] == [None]
    with node.db.read() as session:
        assert session.get(CuratorPage, alice.id) is None
        assert session.scalars(select(Curator)).all() == []
        assert session.scalars(select(Follow)).all() == []
        assert session.scalars(select(Declined)).all() == []


def test_people_take_their_collections_along(shelf, node, cast):
    shelf.public()
    with node.db.read() as session:
        alice = node.hooks.personal_data(
            node=node, session=session, person_id=cast.person("alice").id
        )
        gina = node.hooks.personal_data(
            node=node, session=session, person_id=cast.person("gina").id
        )
    named = {each.name: each.rows for found in alice for each in found}
    assert [row["title"] for row in named["collections"]] == ["자주 가는 곳"]
    assert [row["title"] for row in named["collected"]] == ["수유 책방"]
    assert not any(each.rows for found in gina for each in found if "collect" in each.name)
