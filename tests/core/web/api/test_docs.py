"""docs/api.md: what it shows is run against a real node, as somebody would who reads it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support.cast import Cast
from support.not_run import not_run
from support.programs import ALL, token_for
from support.rounds import Round
from support.served import served

import wizzle
from wizzle.core import webhooks
from wizzle.core.models import WebhookDelivery

PAGE = (Path(wizzle.__file__).parent / "docs" / "api.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def answers(tmp_path, sqlite_template):
    """What each command of the page prints, in order."""
    if not shutil.which("curl"):
        not_run("the examples of docs/api.md", "curl is not installed")
    shutil.copyfile(sqlite_template, tmp_path / "wizzle.db")
    with served(tmp_path, migrated=True) as found:
        node, cast = found.node, Cast(found.node)
        round_ = Round(node, cast, node.clock)
        round_.goods("감자")
        round_.draft().offer().to("open")
        told = {
            **os.environ, "NODE": found.address, "OCCASION": round_.occasion,
            "PRODUCT": str(round_.products[0]),
            "TOKEN": token_for(node, cast.person("alice").id, *ALL),
        }  # fmt: skip
        commands = [
            command for block in blocks("sh") for command in re.split(r"\n(?=curl)", block.strip())
        ]
        yield [(each, _run(each, told)) for each in commands]


def _run(command: str, environ: dict[str, str]) -> dict:
    done = subprocess.run(
        ["sh", "-c", command.replace("curl", "curl -sS --noproxy '*' --max-time 20", 1)],
        env=environ, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stderr)
    return json.loads(done.stdout)


def test_every_command_of_the_page_does_what_it_says(answers):
    assert len(answers) >= 8
    refused = [command for command, told in answers if told.get("status", 0) >= 400]
    assert refused == ['curl "$NODE/api/v1/products?limit=1000"']
    told = {command.split("api/v1", 1)[1].split('"')[0]: found for command, found in answers}
    assert told["/products"]["items"][0]["name"] == "감자"
    assert told["/me"]["name"] == "앨리스"
    assert told["/orders"]["state"] == "placed"
    assert told["/orders?limit=1"]["items"][0]["uid"] == told["/orders"]["uid"]
    assert (
        told["/products?limit=1000"]["errors"]
        == json.loads(next(block for block in blocks("json") if '"pointer"' in block))["errors"]
    )


def test_the_page_checks_a_signature_as_the_node_makes_it(sqlite_node):
    (source,) = [block for block in blocks("python") if "def is_ours" in block]
    found: dict = {"base64": base64, "hashlib": hashlib, "hmac": hmac}
    exec(source, found)
    wish = webhooks.Wish("https://a.example/", ["order.placed"], cast_space(sqlite_node))
    with sqlite_node.db.write() as session:
        hook = webhooks.make(session, sqlite_node, Cast(sqlite_node).person("dana").id, wish)
        now = sqlite_node.clock.now()
        told = WebhookDelivery(
            webhook_id=hook.id, kind="order.placed", data={"order": "x"}, created_at=now
        )
        session.add(told)
        session.flush()
        sent = webhooks.signed(sqlite_node, hook, told, now)
        body = webhooks.body_of(told)
        secret = webhooks.secret_of(sqlite_node, hook)
    headers = {name.lower(): value for name, value in sent.items()}
    assert found["is_ours"](secret, headers, body)
    assert not found["is_ours"](secret, headers, body + b" ")
    assert not found["is_ours"](secret, {**headers, "webhook-timestamp": "1"}, body)


def cast_space(node) -> int:
    return Cast(node).space("hub").id
