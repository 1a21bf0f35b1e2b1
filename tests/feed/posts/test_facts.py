"""What is told to other plugins and other nodes: of public posts everything, of others nothing."""

from __future__ import annotations

import pytest

from wizzle.core.facts import ThingHidden
from wizzle.core.hookspecs import hookimpl
from wizzle.plugins.feed.posts import actions
from wizzle.plugins.feed.posts.rules import Wording


class Ear:
    """Writes down what is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.facts = []

    @hookimpl
    def thing_published(self, fact):
        self.heard.append(("published", fact.subject))
        self.facts.append(fact)

    @hookimpl
    def thing_withdrawn(self, fact):
        self.heard.append(("withdrawn", fact.subject))


@pytest.fixture
def ear(node):
    made = Ear()
    node.host._manager.register(made)
    return made


def change(node, post, me, text, audience, version):
    with node.db.write() as session:
        actions.change(node, session, post, me, Wording(text, audience), version=version)


def test_a_public_post_is_told_changed_and_taken_back(node, ear, write, neighbours):
    me = neighbours["alice"]
    post = write("alice", "첫 줄 #감자\n둘째 줄")
    fact = ear.facts[0]
    assert (fact.subject, fact.kind, fact.author) == (f"post:{post}", "post", f"person:{me}")
    assert (fact.title, fact.path, fact.tags) == ("첫 줄 #감자", f"/posts/{post}", ("감자",))
    change(node, post, me, "고친 글", "everyone", 1)
    change(node, post, me, "고친 글", "members", 2)
    change(node, post, me, "다시 고친 글", "members", 3)
    change(node, post, me, "다시 고친 글", "everyone", 4)
    with node.db.write() as session:
        actions.erase(node, session, post, me)
    assert [what for what, _ in ear.heard] == [
        "published", "published", "withdrawn", "published", "withdrawn",
    ]  # fmt: skip


def test_of_a_post_for_fewer_nothing_is_told(node, ear, write, neighbours, circle):
    for audience, more in (("members", {}), ("circle", {"circle_id": circle}), ("me", {})):
        post = write("alice", "비밀", audience, **more)
        with node.db.write() as session:
            actions.erase(node, session, post, neighbours["alice"])
    assert ear.heard == []


def test_what_stewards_hide_is_taken_back_and_told_again(node, ear, write):
    post = write("alice", "글")
    for hidden in (True, False):
        with node.db.write() as session:
            fact = ThingHidden(f"post:{post}", hidden)
            node.hooks.thing_hidden(node=node, session=session, fact=fact)
    assert [what for what, _ in ear.heard] == ["published", "withdrawn", "published"]
