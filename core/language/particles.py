"""Korean particles: the form that fits the sound before it, as in 감자는 and 쌀은."""

from __future__ import annotations

import re

_PAIRS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "와(과)": ("과", "와"),
    "과(와)": ("과", "와"),
}
"""The form after a consonant and the one after a vowel."""

_EURO = "(으)로"
_WRITTEN = re.compile(
    r"(.?(?:\([^()]*\))?[\"'”’」』)]*)(은\(는\)|이\(가\)|을\(를\)|와\(과\)|과\(와\)|\(으\)로)"
)
# Read aloud, these figures and letters end in a consonant (영 일 삼 육 칠 팔, 엘 엠 엔 알), and
# some of them in ㄹ; all others end in a vowel.
_CONSONANT = frozenset("013678LMNRlmnr")
_RIEUL = frozenset("178LRlr")


def resolve(text: str) -> str:
    """Replace every "은(는)", "이(가)", "을(를)", "와(과)", "(으)로" by the form that is spoken."""
    if "(" not in text:
        return text
    return _WRITTEN.sub(_chosen, text)


def _chosen(match: re.Match[str]) -> str:
    before, particle = match.groups()
    final, rieul = _ending(before)
    if particle == _EURO:
        return before + ("으로" if final and not rieul else "로")
    closed, open_ = _PAIRS[particle]
    return before + (closed if final else open_)


def _ending(before: str) -> tuple[bool, bool]:
    """Return whether the sound ends in a consonant, and whether that is ㄹ."""
    spoken = re.sub(r"\([^()]*\)|[\"'”’」』)]", "", before)
    last = spoken[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final != 0, final == 8
    return last in _CONSONANT, last in _RIEUL
