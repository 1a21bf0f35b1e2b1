"""Words for kinds, roles and devices, as message ids."""

from __future__ import annotations

from ..values import SPACE_WORDS, Message

KINDS = {kind: word.text for kind, word in SPACE_WORDS.items()}
KINDS_OF_MANY = {
    "producer": "Producers",
    "shop": "Shops",
    "hub": "Hubs",
    "organisation": "Organisations",
    "circle": "Residents' circles",
}
ROLES = {"owner": "Owner", "activist": "Activist", "steward": "Steward"}

REQUEST_KINDS = {
    "see": Message("See what you keep of me", {}),
    "correct": Message("Correct something", {}),
    "erase": Message("Erase something", {}),
    "stop": Message("Stop using my data", {}),
    "withdraw": Message("Take back a consent", {}),
    "object": Message("Object to an answer or a decision", {}),
}
"""What somebody can ask about their data (Personal Information Protection Act art. 35 to 38)."""

REQUEST_STEPS = {
    "asked": Message("Asked; a letter went out to make sure that it was them", {}),
    "open": Message("Confirmed; the 10 days began", {}),
    "in_work": Message("Somebody is looking after it", {}),
    "reminded": Message("Those who run the node were reminded", {}),
    "done": Message("Answered: it is done", {}),
    "refused": Message("Answered: it cannot be done", {}),
}
"""What happens to such a request."""

ACTIONS = (
    "person.signed_up", "person.logged_in", "person.email_checked", "person.password_set",
    "person.changed_profile", "person.changed_consent", "person.ended_sign_in",
    "person.ended_sign_ins", "person.left", "person.blocked", "person.unblocked",
    "person.made", "person.way_in_made", "person.way_in_ended", "person.came_in",
    "person.renewed_consent", "person.added_passkey", "person.removed_passkey",
    "request.answered", "kept.looked_up", "kept.taken_out", "breach.written", "breach.sent",
    "role.granted", "role.revoked", "space.made", "space.edited", "space.picture_set",
    "space.closed", "space.opened", "job.sent_again", "job.all_sent_again",
    "job.dropped", "settings.chosen", "home.arranged", "report.made", "measure.taken",
    "measure.ended", "appeal.made", "appeal.decided", "token.made", "token.ended", "webhook.made",
    "webhook.ended", "webhook.gave_up", "webhook.switched_on",
)  # fmt: skip
"""What the core writes into the audit log; catalogues translate it in the context "audit"."""

SUBJECTS = (
    "person", "space", "job", "request", "breach", "choices", "home", "report", "measure", "appeal",
    "webhook",
)  # fmt: skip
"""What those are done to, translated in the same context."""

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
