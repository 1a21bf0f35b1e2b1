"""The older form (draft-cavage-http-signatures-12), with httpsig's parser and signing string.

httpsig does three things here and nothing else: its verifiers take the algorithm from the peer's
header, so that a published key would serve as an HMAC secret, and demand no coverage, age, digest.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from .claims import Claim, Wire
from .headers import Fields, read_base64, read_date
from .keys import Keypair
from .limits import MOST_ADDRESS, MOST_COVERED, MOST_SIGNATURE
from .loading import httpsig
from .refusals import Refusal

_PARAMETER: Final = r'[A-Za-z][A-Za-z0-9_-]{0,31}=(?:"[\x20\x21\x23-\x5b\x5d-\x7e]*"|[0-9]{1,12})'
_ONE: Final = re.compile(_PARAMETER)
_ALL: Final = re.compile(rf"{_PARAMETER}(?:[ \t]*,[ \t]*{_PARAMETER})*")
_SPECIAL: Final = frozenset({"(request-target)", "(created)", "(expires)"})
_COVERED: Final = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")
_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_ALGORITHMS: Final = {"rsa": "rsa-sha256", "ed25519": "ed25519"}


def read_cavage(fields: Fields, wire: Wire) -> Claim:
    """Return what the ``Signature`` header claims; refuse what could be read in two ways."""
    given, text = _parameters(fields.single("signature") or "")
    signature = read_base64(text)
    key_id = given.get("keyid", "")
    if not signature or not 0 < len(key_id) <= MOST_ADDRESS:
        raise Refusal("signature_syntax", "keyId and signature (strict base64) must be given.")
    covered = _covered(given.get("headers", "date"))
    values = _values(covered, given, fields, wire)
    message = httpsig().generate_message(
        covered, values, host=wire.host, method=wire.method, path=wire.target
    )
    return Claim(
        form="cavage",
        key_id=key_id,
        algorithm=given.get("algorithm"),
        covered=covered,
        times=_times(given, covered, values),
        timed=bool({"date", "(created)"} & set(covered)),
        expires=_number(given, "expires"),
        signature=signature,
        holds=lambda key: key.verifies(signature, message),
    )


def write_cavage(
    keypair: Keypair, headers: Mapping[str, str], *, covered: tuple[str, ...], wire: Wire
) -> str:
    """Return the ``Signature`` header over ``covered``, whose values are in ``headers``."""
    message = httpsig().generate_message(
        covered, headers, host=wire.host, method=wire.method, path=wire.target
    )
    template = httpsig().build_signature_template(
        # The template is filled by %, so each one of a percent-encoded id is doubled.
        keypair.key_id.replace("%", "%%"),
        _ALGORITHMS[keypair.kind],
        covered,
        "signature",
    )
    return template % b64encode(keypair.sign(message)).decode()


def _parameters(text: str) -> tuple[Mapping[str, str], str]:
    """Return the parameters but for the signature, and the signature."""
    if len(text) > MOST_SIGNATURE:
        raise Refusal("signature_syntax", "The Signature header is longer than 8 KiB.")
    if not _ALL.fullmatch(text):
        raise Refusal("signature_syntax", "The Signature header cannot be read.")
    parts = _ONE.findall(text)
    names = [part.partition("=")[0].lower() for part in parts]
    if len(set(names)) != len(names):
        raise Refusal("signature_syntax", "A parameter of the Signature header is repeated.")
    if "signature" not in names:
        return {}, ""
    signature = parts.pop(names.index("signature")).partition("=")[2]
    return _parsed(",".join(parts)), signature.strip('"')


@lru_cache(maxsize=1_024)
def _parsed(text: str) -> Mapping[str, str]:
    # httpsig reads letter by letter. What a peer says besides the signature is the same each time.
    return httpsig().parse_signature_header(text)


def _covered(text: str) -> tuple[str, ...]:
    names = tuple(text.lower().split(" "))
    if len(names) > MOST_COVERED or len(set(names)) != len(names):
        raise Refusal("signature_syntax", "Too many headers are covered, or one of them twice.")
    if not all(name in _SPECIAL or _COVERED.fullmatch(name) for name in names):
        raise Refusal("signature_syntax", "The list of covered headers cannot be read.")
    return names


def _values(
    covered: tuple[str, ...], given: Mapping[str, str], fields: Fields, wire: Wire
) -> dict[str, str]:
    """Return the value of each covered header, the two times of the signature among them."""
    values: dict[str, str] = {}
    for name in covered:
        if name == "(request-target)":
            continue
        if name in _SPECIAL:
            value = _special(name, given)
        elif name == "host":
            value = wire.host
        elif name == "date":
            value = fields.single(name)
        else:
            value = fields.joined(name)
        if value is None or not value.isascii():
            raise Refusal("not_covered", f"The covered {name} is missing or not ASCII.")
        values[name] = value
    return values


def _special(name: str, given: Mapping[str, str]) -> str | None:
    # The draft forbids them beside the names of single algorithms (section 2.3).
    if given.get("algorithm", "hs2019") != "hs2019":
        raise Refusal("algorithm", f"{name} goes with the algorithm hs2019 only.")
    return given.get(name.strip("()"))


def _times(
    given: Mapping[str, str], covered: tuple[str, ...], values: Mapping[str, str]
) -> tuple[int, ...]:
    created = _number(given, "created")
    found = [] if created is None else [created]
    if "date" in covered:
        date = read_date(values["date"])
        if date is None:
            raise Refusal("signature_syntax", "The Date header is no HTTP date.")
        found.append(date)
    return tuple(found)


def _number(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text):
        raise Refusal("signature_syntax", f"The parameter {name} must be a Unix time.")
    return int(text)
