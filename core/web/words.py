"""Words for kinds, roles and devices, as message ids."""

from __future__ import annotations

KINDS = {
    "producer": "Producer",
    "shop": "Shop",
    "hub": "Hub",
    "organisation": "Organisation",
    "node": "Node",
}
KINDS_OF_MANY = {
    "producer": "Producers",
    "shop": "Shops",
    "hub": "Hubs",
    "organisation": "Organisations",
}
ROLES = {"owner": "Owner", "activist": "Activist", "steward": "Steward"}

_BROWSERS = (
    ("KAKAOTALK", "KakaoTalk"), ("NAVER", "Naver"), ("SamsungBrowser", "Samsung Internet"),
    ("Whale", "Whale"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "ChromeOS"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device_name(agent: str) -> str:
    """Return what a browser calls itself, short: Chrome · Android."""
    found = [
        next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or agent[:40] or "?"
