"""A way out that leads nowhere: what other hosts would answer is written down beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from wizzle.core.outgoing import Answer, Failed

TYPES = {"/.well-known/webfinger": "application/jrd+json", "/nodeinfo": "application/json"}


class Stub:
    """Answers by address without its query, or with it where that was written down too."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []

    def fetch(self, method: str, url: str, *, sign: Any = None, **_: Any) -> Answer:
        self.asked.append(url)
        if sign is not None:
            sign(method, url, {}, b"")
        found = self.answers.get(url, self.answers.get(url.partition("?")[0], 404))
        if isinstance(found, str):
            raise Failed(found, "stub")  # type: ignore[arg-type]
        if isinstance(found, int):
            return Answer(found, {}, b"", url)
        kind = next((each for part, each in TYPES.items() if part in url), "")
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        return Answer(200, {"content-type": kind or "application/activity+json"}, body, url)


def a_node(host: str, **changes: Any) -> dict[str, Any]:
    """Return what an honest node answers; ``changes`` replace members of its actor."""
    base = f"https://{host}"
    actor = {
        "id": f"{base}/actor",
        "type": "Application",
        "preferredUsername": "node",
        "name": "완주 위즐",
        "inbox": f"{base}/inbox",
        "publicKey": {"id": f"{base}/actor#rsa-1", "owner": f"{base}/actor", "publicKeyPem": "P"},
        **changes,
    }
    finger = {
        "subject": f"acct:node@{host}",
        "links": [{"rel": "self", "type": "application/activity+json", "href": f"{base}/actor"}],
    }
    schema = "http://nodeinfo.diaspora.software/ns/schema/2.1"
    return {
        f"{base}/.well-known/webfinger": finger,
        f"{base}/actor": actor,
        f"{base}/.well-known/nodeinfo": {
            "links": [{"rel": schema, "href": f"{base}/nodeinfo/2.1"}]
        },
        f"{base}/nodeinfo/2.1": {
            "software": {"name": "wizzle", "version": "0.1.0"},
            "metadata": {"region": {"province": "전북", "county": "완주군"}},
        },
    }
