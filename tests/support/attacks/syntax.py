"""Headers that could be read in two ways, and attempts to be read in the older form."""

from __future__ import annotations

from collections.abc import Iterator

from support.attacks.building import (
    Case,
    changed,
    header_of,
    posted,
)


def syntax() -> Iterator[Case]:
    yield changed(posted("unsigned", "reject", "unsigned"), "signature", None)
    made = posted("two-signature-headers", "reject", "malformed_request")
    made["request"]["headers"].append(["Signature", header_of(made, "signature")])
    yield made
    made = posted("signature-in-authorization", "reject", "unsigned")
    yield changed(
        made, "signature", f"Signature {header_of(made, 'signature')}", name="Authorization"
    )
    for name, wrong in {
        "repeated-parameter": ',keyId="https://evil.example/actor#main-key"',
        "repeated-parameter-in-other-case": ',KEYID="https://evil.example/actor#main-key"',
        "repeated-headers-parameter": ',headers="date"',
    }.items():
        made = posted(name, "reject", "signature_syntax")
        yield changed(made, "signature", header_of(made, "signature") + wrong)
    yield posted("longer-than-8-kib", "reject", "signature_syntax", parameters=f',x="{"y" * 8200}"')
    yield posted(
        "more-than-32-names",
        "reject",
        "signature_syntax",
        covered="(request-target) host date digest " + " ".join(f"x-{n}" for n in range(29)),
        more=[(f"X-{n}", "1") for n in range(29)],
    )
    yield posted(
        "a-name-twice",
        "reject",
        "signature_syntax",
        covered="(request-target) host date date digest",
    )
    made = posted("base64-with-a-line", "reject", "signature_syntax")
    text = header_of(made, "signature")
    yield changed(made, "signature", text.replace('signature="', 'signature="\t'))
    made = posted("base64-for-urls", "reject", "signature_syntax")
    yield changed(
        made, "signature", header_of(made, "signature").replace("+", "-").replace("/", "_")
    )
    made = posted("base64-without-padding", "reject", "signature_syntax")
    yield changed(made, "signature", header_of(made, "signature").replace("==", ""))
    made = posted("no-signature-parameter", "reject", "signature_syntax")
    yield changed(made, "signature", header_of(made, "signature").partition(",signature=")[0])
    yield posted(
        "downgrade-to-the-older-form",
        "reject",
        "signature_syntax",
        more=[("Signature-Input", 'sig1=("@method");created=1')],
    )
    made = posted("two-labels", "reject", "signature_syntax", form="rfc9421")
    made["request"]["headers"] += [
        ["Signature-Input", header_of(made, "signature-input").replace("sig1", "sig2")],
        ["Signature", header_of(made, "signature").replace("sig1", "sig2")],
    ]
    yield made
    made = posted("one-label-twice", "reject", "signature_syntax", form="rfc9421")
    made["request"]["headers"].append(["Signature-Input", header_of(made, "signature-input")])
    yield made
    yield posted(
        "rfc9421-component-twice",
        "reject",
        "signature_syntax",
        form="rfc9421",
        covered="@method @target-uri @method content-digest",
    )
    yield posted(
        "rfc9421-component-with-parameter",
        "reject",
        "signature_syntax",
        form="rfc9421",
        covered='@method @target-uri content-digest";req content-type',
    )
    yield posted(
        "rfc9421-unknown-parameter", "reject", "signature", form="rfc9421", parameters=';trust="me"'
    )
    made = posted("line-break-in-a-header", "reject", "malformed_request")
    made["request"]["headers"].append(["X-Note", "a\nhost: evil.example"])
    yield made
    made = posted(
        "not-ascii-in-a-covered-header",
        "reject",
        "not_covered",
        covered="(request-target) host date digest x-note",
        more=[("X-Note", "é")],
    )
    yield made
