"""Only https to a plain name is called; how an address is written changes nothing."""

from __future__ import annotations

import pytest
from support.peers import PUBLIC, reason

from wizzle.core.outgoing import Failed, Outgoing

NOT_CALLED = (
    "", "quince.example", "//quince.example/", "/inbox", "file:///etc/passwd",
    "ftp://quince.example/", "gopher://quince.example/", "data:text/plain,x", "unix:///run/x.sock",
    "httpx://quince.example/", "http+unix://%2Frun%2Fx/", "https:quince.example", "https:///x",
    "http://quince.example/", "http://quince.example:443/", "https://quince.example:80/",
    "https://quince.example:8443/", "https://quince.example:0/", "https://quince.example:443443/",
    "https://quince.example:-1/", "https://quince.example:x/", "https://quince.example:４４３/",
    # people and passwords
    "https://alice@quince.example/", "https://alice:secret@quince.example/",
    "https://quince.example@127.0.0.1/", "https://127.0.0.1#@quince.example/",
    "https://quince.example%40127.0.0.1/", "https://@quince.example/", "https://:@quince.example/",
    # two readers, two hosts
    "https://127.0.0.1\\@quince.example/", "https://quince.example\\.127.0.0.1/",
    "https:\\\\quince.example/", "https://quince.example /", " https://quince.example/",
    "https://quince.example/\n", "https://quin\tce.example/", "https://quince.example/a b",
    "https://quince.example\x00.evil.example/", "https://quince.example/\r\nHost: x",
    "https://quince.example\u00a0/",
    # addresses instead of names
    "https://8.8.8.8/", "https://127.0.0.1/", "https://[::1]/", "https://[2606:4700::1111]/",
    "https://[2606:4700::1111%25eth0]/", "https://[::ffff:127.0.0.1]/", "https://2130706433/",
    "https://0x7f.1/", "https://127.1/", "https://0177.0.0.1/", "https://0/", "https://a.b.1/",
    "https://１２７.0.0.1/", "https://①②⑦.0.0.1/", "https://127。0。0。1/", "https://[::1/", "https://[::1/#x",
    "https://quince.example.0x7f/", "https://ｑｕｉｎｃｅ.example/", "https://quince。example/",
    # no names of the public
    "https://localhost/", "https://quince.localhost/", "https://quince/", "https://quince.example./",
    "https://.example/", "https://quince..example/", "https://-quince.example/", "https://*.example/",
    "https://quince-.example/", f"https://{'a' * 64}.example/", f"https://{'a.' * 127}example/",
    "https://qu!nce.example/", "https://quince.example%2f.evil.example/",
)  # fmt: skip


@pytest.mark.parametrize("url", NOT_CALLED)
def test_what_is_not_called_is_not_even_looked_up(out, names, called, url):
    assert reason(out, url) == "url"
    assert (names.asked, called) == ([], [])


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://quince.example/", "quince.example"),
        ("https://quince.example:443/", "quince.example"),
        ("HTTPS://QUINCE.Example", "quince.example"),
        ("https://quince.example/%5C..%2F@127.0.0.1/", "quince.example"),
        ("https://quince.example/?u=http://127.0.0.1/", "quince.example"),
        ("https://quince.example#@127.0.0.1/", "quince.example"),
        ("https://강북위즐.한국/감자", "xn--939ak44az2gssc.xn--3e0b707e"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("https://a_b.quince.example/", "a_b.quince.example"),
    ],
)
def test_a_plain_name_is_looked_up_once_and_called(out, names, called, url, host):
    names.known[host] = [[PUBLIC]]
    assert reason(out, url) == "connect"
    assert names.asked == [host]
    assert called == [(PUBLIC, 443)]


def test_it_is_for_good_what_only_another_address_would_cure(out, names):
    with pytest.raises(Failed) as caught:
        out.fetch("GET", "http://quince.example/")
    assert caught.value.permanent
    with pytest.raises(Failed) as caught:
        out.fetch("GET", "https://quince.example/")
    assert (caught.value.reason, caught.value.permanent) == ("name", False)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_development_reaches_this_machine_in_plain_http(near, names, peer, host):
    server = peer(host=host)
    assert near.fetch("GET", f"{server.url}/").body == b"OK"
    assert server.heard[0].headers["host"] == server.url.removeprefix("http://")
    assert names.asked == []


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "quince.localhost"])
def test_names_under_localhost_need_no_look_up(near, names, peer, host):
    server = peer()
    assert near.fetch("GET", f"http://{host}:{server.port}/").status == 200
    assert server.heard[0].headers["host"] == f"{host.lower()}:{server.port}"
    assert names.asked == []


@pytest.mark.parametrize(
    "url",
    ["http://quince.example/", "https://quince.example:8000/", "http://10.0.0.1/", "http://0.0.0.0/",
     "https://10.0.0.1/", "http://192.168.0.1:8000/", "http://169.254.169.254/", "http://[::]/",
     "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://2130706433/", "http://127.1/",
     "http://127.0.0.1:0/", "http://a@127.0.0.1/", "ftp://127.0.0.1/", "http://localhost.example/",
     "http://localhost./", "http://8.8.8.8/"],
)  # fmt: skip
def test_development_opens_nothing_else(near, names, called, url):
    assert reason(near, url) == "url"
    assert (names.asked, called) == ([], [])


def test_development_does_not_open_this_machine_to_names_of_others(near, names, called):
    names.known["quince.example"] = [["127.0.0.1"]]
    assert reason(near, "https://quince.example/") == "address"
    assert called == []


def test_a_node_that_serves_people_does_not_reach_this_machine(out, peer):
    server = peer()
    for url in (server.url, f"http://localhost:{server.port}", f"https://127.0.0.1:{server.port}"):
        assert reason(out, url) == "url"
    assert server.heard == []
    assert isinstance(out, Outgoing)
