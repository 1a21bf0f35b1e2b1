"""A resident's account held for a change: nobody else draws on it until the transaction ends."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person
from .....core.values import Won
from ..queries import account_of


def hold_account(session: Session, person_id: int) -> Won:
    """Lock the account of this person and return what stands on it, in won.

    It is locked after an order's row and before the ledger's, as everywhere, so that nobody waits
    in a circle. What refers to the person may be written meanwhile.
    """
    found = session.scalar(
        select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)
    )
    if found is None:
        raise NotFound("There is no such person.")
    return account_of(session, person_id)
