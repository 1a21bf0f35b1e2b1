"""The page of the day at the hub: who may open it, and what it says and may use."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from flask.testing import FlaskClient
from support.arrivals import Arrival
from support.hubdays import Handset, entry

from wizzle.plugins.market import Order


def test_it_alone_may_use_the_camera_and_leads_on_without_scripts(
    arrival: Arrival, dana: Handset
) -> None:
    here = f"/rounds/{arrival.round.id}"
    answer = dana.client.get(f"{here}/hub-day")
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "camera=()" in dana.client.get(f"{here}/handover").headers["Permissions-Policy"]
    (without,) = re.findall(r"<noscript>(.*?)</noscript>", answer.text, re.S)
    assert f'href="{here}/handover"' in without
    assert f'href="{here}/hub-day"' in dana.client.get(f"{here}/handover").text
    # Other people's names stand in what is asked for by the scripts, never in what is kept.
    assert "앨리스" not in answer.text
    assert answer.headers["Wizzle-Keep"] == "no"


def test_all_that_it_needs_is_named_and_there(arrival: Arrival, dana: Handset) -> None:
    page = dana.client.get(f"/rounds/{arrival.round.id}/hub-day").text
    named = re.search(r'data-files="([^"]+)"', page)
    assert named
    files = json.loads(named[1].replace("&#34;", '"'))
    names = {file.rpartition("/")[2] for file in files}
    assert {"main.js", "store.js", "send.js", "qr.js", "hubday.css"} <= names
    imported: set[str] = set()
    for file in files:
        answer = dana.client.get(file)
        assert answer.status_code == 200, file
        if file.endswith(".js"):
            imported |= set(re.findall(r'from "\./([\w.]+)"', answer.text))
            assert "innerHTML" not in answer.text
    assert imported <= names


def test_before_the_goods_are_here_there_is_nothing_to_do(
    arrival: Arrival, as_: Callable[[str], FlaskClient]
) -> None:
    draft = arrival.round.draft()
    page = as_("dana").get(f"/rounds/{draft.id}/hub-day").text
    assert "물건이 들어온 때부터" in page


def test_what_was_sent_goes_with_ones_own_data(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    dana.send(entry(orders[1].id, "bags", bags=1, was=0))
    with arrival.node.db.read() as session:
        found = arrival.node.host.collect(
            "personal_data", node=arrival.node, session=session, person_id=dana.person
        )
        (sent,) = [each for each in found if each.name == "hub-day-entries"]
        assert [row["kind"] for row in sent.rows] == ["bags"]
