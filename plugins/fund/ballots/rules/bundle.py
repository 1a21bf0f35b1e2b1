"""The recount bundle: all that anybody needs to count a vote again, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name: all parts are of this one."""

README = """\
# {title}

{rules}

## Count it again / 다시 세기

    sha256sum -c SHA256SUMS
    wizzle fund count ballots.pb --rule equal-shares --tie-seed {seed} --step {step}{support} --json
    wizzle fund count ballots.pb --rule greedy --tie-seed {seed} --json

The first gives equal-shares.json, the second greedy.json, byte for byte. “{rule}” decided.
첫째 명령은 equal-shares.json, 둘째는 greedy.json과 한 글자도 다르지 않아요.
결과를 정한 규칙: {rule}.

The SHA-256 of the seed was published before the vote closed: {commitment}
추첨 씨앗의 SHA-256은 투표가 끝나기 전에 공개됐어요.

    printf %s {seed} | sha256sum

Ballots stand in the order of what is on them; their numbers say nothing of who or when.
투표지는 적힌 내용의 순서로 놓였어요. 번호는 누가 언제 냈는지와 아무 관계가 없어요.
"""


def bundle(
    *, title: str, rules: str, rule: str, seed: str, commitment: str, step: int,
    support: int | None, files: Mapping[str, str],
) -> bytes:  # fmt: skip
    """Return the bundle as a ZIP; ``files`` are those with ballots and results."""
    said = README.format(
        title=title, rules=rules, rule=rule, seed=seed, commitment=commitment, step=step,
        support=f" --support {support}" if support else "",
    )  # fmt: skip
    parts = {**files, "README.md": said, "seed.txt": seed, "commitment.txt": f"{commitment}\n"}
    sums = [
        f"{sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(parts.items())
    ]
    parts["SHA256SUMS"] = "".join(sums)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_STORED, 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return target.getvalue()
