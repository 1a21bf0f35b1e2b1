"""What a signature must be before it is worth computing: its algorithm, what it covers, its age."""

from __future__ import annotations

from typing import Final

from .claims import Claim
from .keys import PublicKey
from .limits import WINDOW
from .refusals import Refusal

# What each name means for a stored key. The key decides and the name must agree; `hs2019` says
# only that it does. No HMAC and no SHA-1 under any name.
_AGREE: Final = {
    "cavage": {
        "rsa": frozenset({None, "rsa-sha256", "hs2019"}),
        "ed25519": frozenset({None, "ed25519", "hs2019"}),
    },
    "rfc9421": {
        "rsa": frozenset({None, "rsa-v1_5-sha256"}),
        "ed25519": frozenset({None, "ed25519"}),
    },
}


def check_name(claim: Claim) -> None:
    """Refuse a name that agrees with no kind of key."""
    if not any(claim.algorithm in names for names in _AGREE[claim.form].values()):
        raise Refusal("algorithm", "The algorithm is not one of those that are taken here.")


def check_agrees(claim: Claim, key: PublicKey) -> None:
    """Refuse a name that another kind of key would have."""
    if claim.algorithm not in _AGREE[claim.form][key.kind]:
        raise Refusal("algorithm", f"The key is {key.kind}; the algorithm must say so.")


def check_covers(claim: Claim, *, with_body: bool) -> None:
    """Refuse a signature that leaves method, target, host, time or the body's digest open."""
    covered = set(claim.covered)
    if claim.form == "cavage":
        whole = {"(request-target)", "host"} <= covered and claim.timed
        digest = bool(covered & {"digest", "content-digest"})
        needed = "(request-target), host, date or (created), digest"
    else:
        apart = {"@authority", "@path", "@query"} <= covered
        whole = "@method" in covered and ("@target-uri" in covered or apart)
        digest = "content-digest" in covered
        needed = "@method, @target-uri (or @authority, @path and @query), content-digest"
    if not whole or (with_body and not digest):
        raise Refusal("not_covered", f"The signature must cover: {needed}.")


def check_age(claim: Claim, now: float) -> None:
    """Refuse a signature made more than 5 minutes before or after now, or one that has ended."""
    ours = int(now)
    for theirs in claim.times:
        off = theirs - ours
        if abs(off) > WINDOW:
            side = "ahead of" if off > 0 else "behind"
            raise Refusal(
                "clock",
                f"The signature's time is {abs(off)} s {side} our clock; at most {WINDOW} s are "
                "taken. Please check the clocks.",
                clock_off=off,
            )
    if claim.expires is not None and claim.expires < ours:
        raise Refusal("expired", "The signature has expired.", clock_off=claim.expires - ours)
