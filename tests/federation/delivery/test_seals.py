"""Proofs in letters, as readers of JSON-LD find them."""

from __future__ import annotations

import pytest

from wizzle.core.node import Node
from wizzle.federation.delivery.actions.seals import PROOFS, sealed

AS = "https://www.w3.org/ns/activitystreams"


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        (AS, [AS, PROOFS]),
        ([AS, {"vf": "urn:vf:"}], [AS, {"vf": "urn:vf:"}, PROOFS]),
        ([AS, PROOFS], [AS, PROOFS]),
    ],
)
def test_a_proof_brings_the_context_that_says_what_it_is(here: Node, said, sent) -> None:
    letter = sealed(here, {"@context": said, "id": "https://a.example/1", "type": "Offer"}, None)
    assert letter["@context"] == letter["proof"]["@context"] == sent
