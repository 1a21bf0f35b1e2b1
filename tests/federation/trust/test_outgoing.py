"""The signed way out: by which key requests are signed."""

from __future__ import annotations

import pytest
from support.linked import Linked

from wizzle.federation.trust.actions.outgoing import Form, signer


@pytest.mark.parametrize("form", ["rfc9421", "cavage"])
def test_requests_are_signed_by_the_key_that_every_peer_reads(pumpkin: Linked, form: Form) -> None:
    url = "https://quince.example/inbox"
    headers = signer(pumpkin.node, form)("POST", url, {}, b"{}")
    signed = headers["Signature-Input" if form == "rfc9421" else "Signature"]
    assert f'd="{pumpkin.actor}#rsa-' in signed
