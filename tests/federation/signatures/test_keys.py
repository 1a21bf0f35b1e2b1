"""Keys as peers publish them: read, written, and weighed before they are trusted."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st
from support.signed import Peer, base58, multikey, pem, rsa_key

from wizzle.federation.signatures import Keypair, Refusal, multibase
from wizzle.federation.signatures.keys import public_key

PEER = Peer("goseong.example")
FIELD = 2**255 - 19
D = -121_665 * pow(121_666, -1, FIELD) % FIELD


def added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Add two points of the curve (RFC 8032, section 5.1)."""
    (x1, y1), (x2, y2) = one, other
    both = D * x1 * x2 * y1 * y2 % FIELD
    x = (x1 * y2 + x2 * y1) * pow(1 + both, -1, FIELD) % FIELD
    return x, (y1 * y2 + x1 * x2) * pow(1 - both, -1, FIELD) % FIELD


def decoded(raw: bytes) -> tuple[int, int] | None:
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if x * x % FIELD != square:
        x = x * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    return (x, y % FIELD) if x * x % FIELD == square else None


def small_order() -> list[bytes]:
    """Return all ways to write a point whose eightfold is nothing, found by arithmetic."""
    eighth = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    point = decoded(eighth)
    assert point is not None
    multiples = [point]
    for _ in range(7):
        multiples.append(added(multiples[-1], point))
    assert multiples[-1] == (0, 1)
    ys = {y for _, y in multiples}
    written = [y + extra for y in ys for extra in (0, FIELD) if y + extra < 2**255]
    return [(y | sign << 255).to_bytes(32, "little") for y in written for sign in (0, 1)]


@pytest.mark.parametrize("raw", small_order(), ids=lambda raw: raw.hex()[:8])
def test_no_point_of_small_order_is_a_key(raw):
    with pytest.raises(Refusal) as caught:
        public_key(base58(b"\xed\x01" + raw))
    assert caught.value.reason == "key_weak"


def test_the_library_would_take_one_signature_for_all_messages():
    """Why points are weighed: were this to fail one day, the weighing could go."""
    identity = (1).to_bytes(32, "little")
    key = Ed25519PublicKey.from_public_bytes(identity)
    for message in (b"one", b"other"):
        key.verify(identity + bytes(32), message)


def test_a_small_order_key_in_pem_is_refused_as_well():
    key = Ed25519PublicKey.from_public_bytes((1).to_bytes(32, "little"))
    text = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(Refusal):
        public_key(text)


@pytest.mark.parametrize(("bits", "exponent"), [(1_024, 65_537), (2_048, (1 << 32) + 15)])
def test_weak_and_costly_rsa_keys_are_refused(bits, exponent):
    with pytest.raises(Refusal) as caught:
        public_key(pem(rsa_key(f"weak {bits}", bits, exponent)))
    assert caught.value.reason == "key_weak"


@pytest.mark.parametrize("text", ["", "z", "z6Mk", "-----BEGIN PUBLIC KEY-----", "x" * 5_000, "é",
                                  "z" + "1" * 40, "u7QE", "-----BEGIN PUBLIC KEY-----\nAAAA\n"
                                  "-----END PUBLIC KEY-----"])  # fmt: skip
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Refusal):
        public_key(text)


def test_other_kinds_of_keys_are_refused():
    elliptic = ec.generate_private_key(ec.SECP256R1()).public_key()
    text = elliptic.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(Refusal):
        public_key(text)


def test_a_private_key_is_never_read_as_a_public_one():
    text = PEER.rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with pytest.raises(Refusal) as caught:
        public_key(text)
    assert caught.value.reason == "private_key"


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_our_own_keys_are_read_from_pem_and_published_as_peers_read_them(kind):
    private = PEER.rsa if kind == "rsa" else PEER.ed
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keypair = Keypair.read(f"{PEER.actor}#key", text)
    assert keypair.kind == kind
    assert public_key(keypair.public_text()).verifies(keypair.sign(b"message"), b"message")
    assert not public_key(keypair.public_text()).verifies(keypair.sign(b"message"), b"massage")
    member = keypair.published(PEER.actor)
    assert member["id"] == f"{PEER.actor}#key"
    assert PEER.actor in (member.get("owner"), member.get("controller"))
    assert (pem(PEER.rsa) if kind == "rsa" else multikey(PEER.ed)) in member.values()


def test_the_vector_of_fep_521a():
    raw = bytes.fromhex("2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6")
    text = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    assert multibase.written(b"\xed\x01" + raw) == text
    assert multibase.read(text) == b"\xed\x01" + raw
    assert public_key(text).kind == "ed25519"


@given(st.binary(max_size=70))
def test_multibase_goes_there_and_back(data):
    assert multibase.read(multibase.written(data)) == data


def test_a_key_is_read_once():
    assert public_key(pem(PEER.rsa)) is public_key(pem(PEER.rsa))
    assert public_key.cache_info().maxsize == 1_024
