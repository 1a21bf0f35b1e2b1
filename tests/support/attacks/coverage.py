"""What a signature leaves open: parts, times, hosts and bodies."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from support.attacks.building import (
    GOSEONG,
    Case,
    changed,
    digest_of,
    forwarded,
    header_of,
    posted,
)
from support.signed import (
    NOW,
    as_json,
)


def coverage() -> Iterator[Case]:
    for missing in ("(request-target)", "host", "date", "digest"):
        kept = " ".join(n for n in ("(request-target)", "host", "date", "digest") if n != missing)
        yield posted(f"uncovered-{missing.strip('()')}", "reject", "not_covered", covered=kept)
    made = posted("no-list-of-headers", "reject", "not_covered", covered="date")
    yield changed(made, "signature", header_of(made, "signature").replace(',headers="date"', ""))
    for missing in ("@method", "@target-uri", "content-digest"):
        kept = " ".join(n for n in ("@method", "@target-uri", "content-digest") if n != missing)
        yield posted(
            f"rfc9421-uncovered-{missing}", "reject", "not_covered", form="rfc9421", covered=kept
        )
    yield posted(
        "rfc9421-uncovered-query",
        "reject",
        "not_covered",
        form="rfc9421",
        target="/inbox?a=1",
        covered="@method @authority @path content-digest",
        around={"target": "/inbox?a=1"},
    )
    yield posted(
        "rfc9421-without-created",
        "reject",
        "signature_syntax",
        form="rfc9421",
        parameters=';tag="created="',
    )
    yield posted(
        "covered-header-missing",
        "reject",
        "not_covered",
        covered="(request-target) host date digest x-gone",
    )
    made = posted("shorter-than-it-says", "reject", "malformed_request")
    made["request"]["headers"].append(["Content-Length", "9999"])
    yield made
    made = posted("other-target", "reject", "signature")
    made["request"]["target"] = "/orgs/3/inbox"
    yield made
    made = posted(
        "target-decoded-on-the-way",
        "reject",
        "signature",
        target="/inb%6Fx",
        around={"target": "/inbox"},
    )
    yield made
    made = posted("other-method", "reject", "malformed_request")
    made["request"]["method"] = "GET"
    yield made
    yield posted(
        "method-that-is-none-of-ours", "reject", "method", method="PUT", around={"method": "PUT"}
    )


def times() -> Iterator[Case]:
    yield posted("too-old", "reject", "clock", now=NOW - 301)
    yield posted("from-the-future", "reject", "clock", now=NOW + 301)
    yield posted("of-2019", "reject", "clock", date="Tue, 01 Jan 2019 00:00:00 GMT")
    yield posted("date-of-another-form", "reject", "signature_syntax", date="2026-11-30T00:00:00Z")
    yield posted("rfc9421-too-old", "reject", "clock", form="rfc9421", now=NOW - 301)
    yield posted("rfc9421-from-the-future", "reject", "clock", form="rfc9421", now=NOW + 301)
    yield posted(
        "rfc9421-expired", "reject", "expired", form="rfc9421", parameters=f";expires={NOW - 1}"
    )
    yield posted(
        "expires-does-not-prolong",
        "reject",
        "clock",
        form="rfc9421",
        now=NOW - 400,
        parameters=f";expires={NOW + 999}",
    )
    yield posted(
        "expired",
        "reject",
        "expired",
        algorithm="hs2019",
        parameters=f",created={NOW - 9},expires={NOW - 1}",
        covered="(request-target) host (created) (expires) digest",
    )
    yield posted(
        "created-in-1970",
        "reject",
        "clock",
        algorithm="hs2019",
        parameters=",created=1",
        covered="(request-target) host (created) digest",
    )


def hosts() -> Iterator[Case]:
    yield posted("signed-for-another-host", "reject", "wrong_host", host="wanju.example")
    made = posted("host-replaced", "reject", "signature", host="wanju.example")
    yield changed(made, "host", "jinan.example", name="Host")
    yield changed(posted("no-host", "reject", "malformed_request"), "host", None)
    made = posted("two-hosts", "reject", "malformed_request")
    made["request"]["headers"].append(["Host", "evil.example"])
    yield made
    yield forwarded("forwarded-by-a-stranger", "reject", "wrong_host", ["10.9.0.0/16"])
    made = posted("forwarded-host-of-a-stranger-for-another-node", "accept")
    made["request"]["headers"].append(["X-Forwarded-Host", "evil.example"])
    yield made


def digests() -> Iterator[Case]:
    other = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    yield posted("digest-of-another-body", "reject", "digest", digest=f"SHA-256={other}")
    made = posted("body-exchanged", "reject", "digest")
    made["request"]["body_b64"] = base64.b64encode(as_json(GOSEONG.activity(type="Undo"))).decode()
    yield made
    yield posted("only-md5", "reject", "digest", digest="MD5=AAAA")
    yield posted(
        "one-of-two-digests-wrong",
        "reject",
        "digest",
        digest=f"{digest_of(GOSEONG.activity())},SHA-512={other}",
    )
    yield posted(
        "one-algorithm-twice",
        "reject",
        "digest_syntax",
        digest=f"SHA-256={other},{digest_of(GOSEONG.activity())}",
    )
    yield posted(
        "digest-in-lenient-base64",
        "reject",
        "digest_syntax",
        digest=digest_of(GOSEONG.activity()).rstrip("="),
    )
    yield posted(
        "uncovered-content-digest-wrong",
        "reject",
        "digest",
        more=[("Content-Digest", f"sha-256=:{other}:")],
    )
    yield posted(
        "rfc9421-digest-of-another-body",
        "reject",
        "digest",
        form="rfc9421",
        digest=f"sha-256=:{other}:",
    )
