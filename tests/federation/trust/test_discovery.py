"""How others find a node and what is on it: documents, WebFinger, NodeInfo, host-meta."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.cast import Cast

from wizzle.core.models import Space
from wizzle.core.node import Node
from wizzle.federation.signatures.keys import public_key

BASE = "https://pumpkin.example"
ACTIVITY = "application/activity+json"
LINKED = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def farm(node: Node) -> Space:
    return Cast(node).space("farm")


@pytest.mark.parametrize("accept", [ACTIVITY, LINKED, "*/*", f"{ACTIVITY}, {LINKED}", None])
def test_the_node_is_an_application_with_two_keys(reader: FlaskClient, accept: str | None) -> None:
    answer = reader.get("/actor", headers={"Accept": accept} if accept else {})
    told = answer.json
    assert answer.status_code == 200
    assert answer.content_type == ACTIVITY
    assert answer.headers["Vary"] == "Accept"
    assert told["id"] == f"{BASE}/actor"
    assert (told["type"], told["preferredUsername"]) == ("Application", "node")
    assert told["publicKey"]["owner"] == told["id"]
    assert public_key(told["publicKey"]["publicKeyPem"]).kind == "rsa"
    (multikey,) = told["assertionMethod"]
    assert multikey["controller"] == told["id"]
    assert public_key(multikey["publicKeyMultibase"]).kind == "ed25519"
    assert any("rfc9421" in each["href"] for each in told["implements"])
    assert "PRIVATE" not in answer.text


def test_a_document_is_not_sent_twice(reader: FlaskClient) -> None:
    first = reader.get("/actor")
    again = reader.get("/actor", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert not first.headers["ETag"].startswith("W/")


def test_a_browser_is_led_to_the_pages_for_people(reader: FlaskClient, farm: Space) -> None:
    to_node = reader.get("/actor", headers={"Accept": BROWSER})
    to_farm = reader.get(f"/orgs/{farm.id}", headers={"Accept": BROWSER})
    assert to_node.headers["Location"] == "/federation/policy"
    assert to_farm.headers["Location"] == "/spaces/farm"


def test_json_ld_of_another_profile_is_no_wish_for_an_actor(
    reader: FlaskClient, farm: Space
) -> None:
    wish = 'application/ld+json; profile="https://schema.example"; q=0.9, text/html; q=0.5'
    assert reader.get(f"/orgs/{farm.id}", headers={"Accept": wish}).status_code == 303


def test_a_space_is_an_actor_that_belongs_to_the_node(reader: FlaskClient, farm: Space) -> None:
    told = reader.get(f"/orgs/{farm.id}").json
    assert told["id"] == f"{BASE}/orgs/{farm.id}"
    assert (told["type"], told["attributedTo"]) == ("Organization", f"{BASE}/actor")
    assert told["inbox"] == f"{BASE}/orgs/{farm.id}/inbox"
    assert told["publicKey"]["owner"] == told["id"]
    node = reader.get("/actor").json
    assert told["id"] in reader.get("/orgs").json["orderedItems"]
    assert node["streams"] == [f"{BASE}/orgs"]
    assert told["publicKey"]["publicKeyPem"] == node["publicKey"]["publicKeyPem"]


def test_nothing_of_a_person_is_in_any_document(reader: FlaskClient, farm: Space) -> None:
    documents = [f"/orgs/{farm.id}", "/orgs", "/actor", "/nodeinfo/2.1", "/federation/policy.json"]
    told = "".join(reader.get(path).text for path in documents)
    for private in (farm.representative, farm.email, farm.phone):
        assert private
        assert private not in told


def test_a_hub_is_a_group(reader: FlaskClient, node: Node) -> None:
    hub = Cast(node).space("hub")
    assert reader.get(f"/orgs/{hub.id}").json["type"] == "Group"


def test_a_closed_space_leaves_a_tombstone(reader: FlaskClient, node: Node, farm: Space) -> None:
    with node.db.write() as session:
        session.get_one(Space, farm.id).closed_at = node.clock.now()
    gone = reader.get(f"/orgs/{farm.id}")
    assert gone.status_code == 410
    assert gone.json["type"] == "Tombstone"
    assert gone.json["formerType"] == "Organization"
    assert reader.get(f"/.well-known/webfinger?resource={BASE}/orgs/{farm.id}").status_code == 404
    assert reader.get(f"/orgs/{farm.id}/outbox").status_code == 404


@pytest.mark.parametrize("path", ["/orgs/999", "/orgs/999/outbox", "/orgs/99999999999999999999"])
def test_there_is_nothing_where_no_space_is(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def _finger(reader: FlaskClient, resource: str, *, rel: str | None = None) -> Any:
    query = {"resource": resource, **({"rel": rel} if rel else {})}
    return reader.get("/.well-known/webfinger", query_string=query)


@pytest.mark.parametrize(
    "resource",
    ["acct:node@pumpkin.example", "acct:NODE@pumpkin.example"[:5] + "node@PUMPKIN.example",
     BASE, f"{BASE}/", f"{BASE}/actor"],
)  # fmt: skip
def test_webfinger_finds_the_node(reader: FlaskClient, resource: str) -> None:
    answer = _finger(reader, resource)
    assert answer.status_code == 200
    assert answer.content_type == "application/jrd+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    links = {link["rel"]: link["href"] for link in answer.json["links"]}
    assert (
        links["self"] == links["https://www.w3.org/ns/activitystreams#Service"] == f"{BASE}/actor"
    )
    assert answer.json["subject"] == "acct:node@pumpkin.example"


def test_webfinger_finds_spaces_by_their_korean_names_and_addresses(
    reader: FlaskClient, node: Node
) -> None:
    with node.db.write() as session:
        space = Space(kind="producer", slug="완주-햇살", name="햇살", created_at=node.clock.now())
        session.add(space)
    actor = f"{BASE}/orgs/{space.id}"
    for resource in ("acct:완주-햇살@pumpkin.example", actor,
                     "acct:%EC%99%84%EC%A3%BC-%ED%96%87%EC%82%B4@pumpkin.example"):  # fmt: skip
        told = _finger(reader, resource).json
        assert told["links"][0] == {"rel": "self", "type": ACTIVITY, "href": actor}
    assert reader.get(f"/orgs/{space.id}").json["preferredUsername"] == "완주-햇살"


def test_a_space_called_node_does_not_take_the_nodes_name(reader: FlaskClient, node: Node) -> None:
    with node.db.write() as session:
        space = Space(kind="shop", slug="node", name="Node", created_at=node.clock.now())
        session.add(space)
    assert _finger(reader, "acct:node@pumpkin.example").json["links"][0]["href"] == f"{BASE}/actor"
    told = _finger(reader, f"{BASE}/orgs/{space.id}").json
    assert told["subject"] == f"acct:node-{space.id}@pumpkin.example"
    assert _finger(reader, told["subject"]).json["links"][0]["href"].endswith(f"/{space.id}")


def test_webfinger_tells_only_the_relations_asked_for(reader: FlaskClient) -> None:
    told = _finger(reader, BASE, rel="self").json
    assert [link["rel"] for link in told["links"]] == ["self"]


@pytest.mark.parametrize(
    ("resource", "status"),
    [("", 400), ("x" * 2_001, 400), ("acct:nobody@pumpkin.example", 404),
     ("acct:node@quince.example", 404), ("https://quince.example/actor", 404),
     (f"{BASE}/orgs/1e9", 404), (f"{BASE}.evil.example/actor", 404), ("acct:", 404), ("\0", 400)],
)  # fmt: skip
def test_webfinger_says_what_it_does_not_know(
    reader: FlaskClient, resource: str, status: int
) -> None:
    assert _finger(reader, resource).status_code == status


def test_nodeinfo_has_all_that_is_required_even_if_empty(reader: FlaskClient) -> None:
    (link,) = reader.get("/.well-known/nodeinfo").json["links"]
    assert link["rel"] == "http://nodeinfo.diaspora.software/ns/schema/2.1"
    answer = reader.get(link["href"].removeprefix(BASE))
    told = answer.json
    assert 'profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"' in answer.content_type
    assert re.fullmatch(r"[a-z0-9-]+", told["software"]["name"])
    assert isinstance(told["software"]["version"], str)
    assert told["version"] == "2.1"
    assert told["protocols"] == ["activitypub"]
    assert told["services"] == {"inbound": [], "outbound": []}
    assert isinstance(told["openRegistrations"], bool)
    assert isinstance(told["usage"]["users"], dict)
    assert {each["name"] for each in told["metadata"]["plugins"]} == {"market", "federation"}


def test_host_meta_leads_to_webfinger_in_both_forms(reader: FlaskClient) -> None:
    template = f"{BASE}/.well-known/webfinger?resource={{uri}}"
    xrd = reader.get("/.well-known/host-meta")
    assert xrd.content_type.startswith("application/xrd+xml")
    assert f'template="{template}"' in xrd.text
    assert reader.get("/.well-known/host-meta.json").json["links"][0]["template"] == template


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_policy_is_told_to_people_and_to_programs(reader: FlaskClient, language: str) -> None:
    page = reader.get("/federation/policy", headers={"Accept-Language": language})
    told = reader.get("/federation/policy.json").json
    assert page.status_code == 200
    assert told["fingerprint"] in page.text
    assert len(told["fingerprint"]) == 39
    assert (told["mode"], told["open_call"]) == ("allow_list", True)
