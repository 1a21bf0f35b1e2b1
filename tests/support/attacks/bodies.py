"""Bodies that readers read differently or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from support.attacks.building import (
    GOSEONG,
    Case,
    changed,
    posted,
)
from support.signed import (
    as_json,
)


def bodies() -> Iterator[Case]:
    plain = as_json(GOSEONG.activity())

    def within(text: str) -> bytes:
        return plain[:-1] + b',"x":' + text.encode() + b"}"

    for name, body in {
        "nested-33-deep": within("[" * 32 + "]" * 32),
        "nested-5000-deep": within("[" * 5_000 + "]" * 5_000),
        "brackets-without-end": b"[" * 5_000,
        "repeated-name": plain[:-1] + b',"actor":"https://evil.example/actor"}',
        "repeated-name-inside": within('{"a":1,"a":2}'),
        "nan": within("NaN"),
        "infinity": within("-Infinity"),
        "number-beyond-doubles": within("1e999"),
        "integer-of-20-digits": within("1" * 20),
        "integer-of-4301-digits": within("1" * 4_301),
        "half-a-character": within('"\\ud800"'),
        "half-a-character-in-a-name": within('{"\\udfff":1}'),
        "nul": within('"a\\u0000b"'),
        "not-utf-8": plain[:-1] + b',"x":"\xff"}',
        "utf-16": plain.decode().encode("utf-16"),
        "byte-order-mark": b"\xef\xbb\xbf" + plain,
        "list": b"[" + plain + b"]",
        "text": b'"hello"',
        "empty": b"",
        "two-values": plain + b"{}",
    }.items():
        yield posted(f"body-{name}", "reject", "body", body=body)
    yield posted("body-nested-32-deep", "accept", body=within("[" * 31 + "]" * 31))
    yield posted("body-integer-of-19-digits", "accept", body=within("9" * 19))
    yield posted("body-whole-character", "accept", body=within('"\\ud83c\\udf3d"'))
    made = posted("body-of-more-than-1-mib", "reject", "body_too_large")
    del made["request"]["body_b64"]
    size = (1 << 20) + 1
    made["request"]["body_generator"] = {"kind": "repeat", "text": "y", "size": size}
    yield made
    for name, value in {
        "number": 5,
        "exponent": "1e3",
        "comma": "1,5",
        "negative": "-1",
        "long": "1" * 13,
        "fine": "0.1234567",
        "nan": "NaN",
    }.items():
        yield posted(
            f"quantity-{name}",
            "reject",
            "quantity",
            activity=GOSEONG.activity(
                object={
                    "id": "https://goseong.example/p/1",
                    "availableQuantity": {"hasNumericalValue": value},
                }
            ),
        )
    yield changed(
        posted("body-compressed", "reject", "media_type", more=[("Content-Encoding", "gzip")]),
        "x",
        None,
    )
    yield changed(
        posted("body-called-html", "reject", "media_type"),
        "content-type",
        "text/html",
        name="Content-Type",
    )
