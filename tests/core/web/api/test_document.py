"""The document: every view of the API is in it, and what it says is so."""

from __future__ import annotations

import re

import pytest
from marshmallow import Schema

from wizzle.core.node import Node
from wizzle.core.web.api.document import ways
from wizzle.core.web.api.scopes import scopes_of

DOCUMENTS = ("core.api_docs", "core.api_document")


@pytest.fixture
def node(sqlite_node: Node) -> Node:
    """What is documented has nothing to do with the database."""
    return sqlite_node


@pytest.fixture
def document(programs):
    return programs.stranger().get("/openapi.json").json


def test_every_view_of_the_api_is_in_the_document_and_nothing_else(site, document):
    views = {
        (method.lower(), re.sub(r"<(?:[^:>]*:)?(\w+)>", r"{\1}", rule.rule))
        for rule in site.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and rule.endpoint not in DOCUMENTS
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }  # fmt: skip
    written = {(method, path) for path, each in document["paths"].items() for method in each}
    assert written == views
    assert len(written) >= 30


def test_every_path_of_the_document_answers(site, document, programs, cast):
    cast.space("farm")
    bob = programs.of("bob")
    for path, methods in document["paths"].items():
        real = path.removeprefix("/api/v1").replace("{slug}", "farm")
        real = re.sub(r"\{\w+\}", "1", real)
        for method in methods:
            answer = bob.asks(method.upper(), real, key="12345678")
            assert answer.status_code in (200, 404, 403, 409, 415), (method, path)
            assert answer.status_code != 404 or answer.json["type"].endswith("#not-found"), path


def test_every_scope_that_is_asked_for_can_be_given(site, node, document):
    with site.app_context():
        known = {scope.name for scope in scopes_of(node)}
    asked = {
        scope
        for each in document["paths"].values()
        for operation in each.values()
        for entry in operation["security"]
        for scope in entry["token"]
    }
    assert asked == known


def test_every_example_is_one_that_is_taken(site):
    examples = [way.operation for way in ways(site) if way.operation.example is not None]
    assert len(examples) >= 6
    for operation in examples:
        assert isinstance(operation.takes, Schema)
        assert operation.takes.load(operation.example)


def test_the_page_for_people_names_all_of_it_in_both_languages(site, document):
    client = site.test_client()
    for language, words in (("ko", "누구나 쓸 수 있어요."), ("en", "Open to everyone.")):
        page = client.get("/api/v1/docs", headers={"Accept-Language": language})
        assert page.status_code == 200
        assert words in page.text
        for path in document["paths"]:
            assert f"<code>{path}</code>" in page.text
        assert "<script" not in page.text.split("<main", 1)[1].split("</main", 1)[0]


def test_a_problem_leads_to_its_words_on_the_page(site, programs):
    page = site.test_client().get("/api/v1/docs").text
    for answer in (programs.stranger().get("/me"), programs.stranger().get("/spaces/none")):
        kind = answer.json["type"].rpartition("#")[2]
        assert f'id="{kind}"' in page
