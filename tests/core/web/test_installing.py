"""The website as an app on a phone: what browsers are told, and what never stays on a phone."""

from __future__ import annotations

import io
import json
import re

from PIL import Image

from wizzle.core.testing import make_node
from wizzle.core.web import create_app


def test_the_manifest_speaks_the_language_of_the_reader(client, node):
    page = client.get("/").text
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    for language in ("ko", "en"):
        answer = client.get("/manifest.webmanifest", headers={"Accept-Language": language})
        told = json.loads(answer.text)
        assert answer.mimetype == "application/manifest+json"
        assert (told["lang"], told["name"]) == (language, node.settings.node.name)
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")


def test_the_icons_are_as_large_as_they_say(client):
    told = json.loads(client.get("/manifest.webmanifest").text)
    seen = set()
    for icon in told["icons"]:
        answer = client.get(icon["src"])
        drawn = Image.open(io.BytesIO(answer.data))
        assert (f"{drawn.width}x{drawn.height}", drawn.format) == (icon["sizes"], "PNG")
        assert len(answer.data) < 10_000
        seen.add((icon["sizes"], icon["purpose"]))
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= seen
    apple = re.search(r'rel="apple-touch-icon" href="([^"]+)"', client.get("/").text)
    assert client.get(apple.group(1)).status_code == 200


def test_the_worker_names_what_is_there(client):
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert "max-age" not in answer.headers["Cache-Control"]
    told = json.loads(re.search(r"self\.wizzle = (\{.*\});", answer.text).group(1))
    named = re.findall(r'"(/static/[^"]+)"', answer.text)
    assert any(name.endswith("/worker.js") for name in named)
    for address in {*named, *told["files"], told["offline"]}:
        assert client.get(address).status_code == 200, address
    assert told["logOut"] == "/log-out"


def test_its_version_is_that_of_all_static_files(tmp_path):
    versions = []
    for name, plugins in (("one", ()), ("same", ()), ("more", ("market",))):
        home = tmp_path / name
        home.mkdir()
        node = make_node(home, plugins=plugins)
        versions.append(create_app(node).test_client().get("/sw.js").text)
        node.close()
    assert versions[0] == versions[1]
    assert versions[0] != versions[2]


def test_the_page_for_no_network_knows_nothing_of_its_reader(client, as_):
    page = as_("alice").get("/offline").text
    assert "인터넷이 안 돼요" in page
    assert "앨리스" not in page
    assert "csrf_token" not in page
    assert client.get("/offline").headers.getlist("Set-Cookie") == []


def test_pages_say_whose_they_are_and_whether_a_phone_may_keep_them(client, as_):
    mark = "Wizzle-Reader"
    alice, bob = as_("alice"), as_("bob")
    assert mark not in client.get("/").headers
    own = alice.get("/me").headers
    assert own[mark] == alice.get("/").headers[mark] != bob.get("/me").headers[mark]
    assert "Wizzle-Keep" not in own
    for browser, address in (
        (bob, "/admin"), (bob, "/admin/people"), (client, "/log-in"), (client, "/join"),
        (client, "/forgotten"),
    ):  # fmt: skip
        assert browser.get(address).headers["Wizzle-Keep"] == "no", address
