"""What an activity says of itself, and whether who sent it is concerned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from .actors import ACTOR_TYPES
from .addresses import read_address, same_origin
from .receiving import Receiver
from .refusals import Refusal

# What changes or withdraws a thing of one's own; what answers a thing of the other side.
_OF_ONE_S_OWN: Final = frozenset({"Create", "Update", "Delete", "Undo", "Move"})
_ANSWERS: Final = frozenset({"Accept", "TentativeAccept"})
_REFUSALS: Final = frozenset({"Reject", "TentativeReject"})
_SPEAKS_FOR_ALL: Final = frozenset({"Application", "Service"})
"""Types of a node's own actor, which sends for all producers and groups on its origin."""

_MOST_TYPE: Final = 256


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity whose id, type and actor have the right shape and stand on one origin."""

    id: str
    type: str
    actor: str
    document: dict[str, Any]

    @property
    def object_id(self) -> str | None:
        return named(self.document.get("object"))

    @property
    def is_farewell(self) -> bool:
        """Whether an actor says that it is gone."""
        return self.type == "Delete" and self.object_id == self.actor


def named(value: Any) -> str | None:
    """Return the id of a thing that is given by its id or embedded."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def read_activity(document: dict[str, Any], *, local: bool = False) -> Activity:
    """Return the activity of a body, or refuse what has no id, type or actor of one origin."""
    kind, actor = document.get("type"), named(document.get("actor"))
    if not isinstance(kind, str) or not 0 < len(kind) <= _MOST_TYPE:
        raise Refusal("activity", "The activity must have one type.")
    if actor is None or read_address(actor, local=local) is None:
        raise Refusal("activity", "The activity must have one actor, an https address.")
    activity_id = document.get("id")
    if not isinstance(activity_id, str) or read_address(activity_id, local=local) is None:
        raise Refusal("activity_id", "The activity must have an id, an https address.")
    if not same_origin(activity_id, actor):
        raise Refusal("activity_id", "The activity's id is not on its actor's origin.")
    return Activity(activity_id, kind, actor, document)


def check_concerned(activity: Activity, actor_type: str, receiver: Receiver) -> None:
    """Refuse what only the owner of a thing, or whom we asked, may say."""
    speaker = _Speaker(activity.actor, actor_type, receiver)
    thing, ours = activity.document.get("object"), speaker.is_ours(activity.object_id)
    if activity.type in _ANSWERS or (activity.type in _REFUSALS and ours):
        speaker.check_asked(thing)
    elif activity.type in _OF_ONE_S_OWN | _REFUSALS:
        # A seller takes back a bundle of its own; a buyer changes its order, which we keep.
        if activity.type == "Update" and ours:
            speaker.check_partner(activity.object_id or "")
        else:
            speaker.check_own(thing, new=activity.type == "Create")


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who says something, and to whom."""

    actor: str
    type: str
    receiver: Receiver

    def check_own(self, thing: Any, *, new: bool) -> None:
        """Refuse a thing of another origin, or one of the same origin that is another actor's."""
        thing_id = named(thing)
        if thing_id is None and not (new and isinstance(thing, dict)):
            raise Refusal("activity", "The activity must name one object.")
        if thing_id not in (None, self.actor) and not same_origin(thing_id or "", self.actor):
            raise Refusal("not_concerned", "The object is not on the actor's origin.")
        if thing_id != self.actor and not all(map(self._is, self._owners(thing, thing_id))):
            raise Refusal("not_concerned", "The object belongs to another actor.")

    def check_partner(self, thing_id: str) -> None:
        """Refuse to have a thing of ours changed by anyone but who is on its other side."""
        partner = self.receiver.partner_of(thing_id)
        if partner is None or not self._is(partner):
            raise Refusal("not_concerned", "This is not between the actor and this node.")

    def check_asked(self, thing: Any) -> None:
        """Refuse an answer unless we asked, and asked this actor, by our records or the thing."""
        thing_id = named(thing)
        if not self.is_ours(thing_id):
            raise Refusal("not_concerned", "Only what was asked from here can be answered here.")
        if isinstance(thing, dict) and "actor" in thing and not self.is_ours(named(thing["actor"])):
            raise Refusal("not_concerned", "What is answered was not asked by an actor from here.")
        partner = self.receiver.partner_of(thing_id or "")
        if not any(map(self._is, [partner] if partner is not None else _asked_in(thing))):
            raise Refusal("not_concerned", "Somebody else was asked.")

    def is_ours(self, thing_id: str | None) -> bool:
        local = self.receiver.web.local
        found = read_address(thing_id, local=local) if thing_id else None
        return found is not None and self.receiver.is_own(found.host)

    def _is(self, other: str) -> bool:
        if other == self.actor:
            return True
        return self.type in _SPEAKS_FOR_ALL and same_origin(other, self.actor)

    def _owners(self, thing: Any, thing_id: str | None) -> list[str]:
        """Return every owner that a thing has, by its own words and by what is known here."""
        known = self.receiver.owner_of(thing_id) if thing_id else None
        found = [known] if known is not None else []
        if isinstance(thing, dict):
            found += [*_named_in(thing, "attributedTo"), *_named_in(thing, "actor")]
            if thing_id is not None and _is_actor(thing):
                found.append(thing_id)
        return found


def _asked_in(thing: Any) -> list[str]:
    """Return whom an embedded request of ours says that it asks."""
    if not isinstance(thing, dict):
        return []
    if thing.get("type") == "Follow":
        return _named_in(thing, "object")
    return [*_named_in(thing, "target"), *_named_in(thing, "to")]


def _named_in(thing: dict[str, Any], member: str) -> list[str]:
    """Return the ids that a member names; what has no id is nobody's, the empty text."""
    value = thing.get(member, [])
    return [named(each) or "" for each in (value if isinstance(value, list) else [value])]


def _is_actor(thing: dict[str, Any]) -> bool:
    kind = thing.get("type")
    return any(each in ACTOR_TYPES for each in (kind if isinstance(kind, list) else [kind])
               if isinstance(each, str))  # fmt: skip
