"""What may be done with programmes and proposals."""

from .deciding import begin_vote, bind, bind_by_hand
from .held import caught_up, locked_programme, locked_proposal

__all__ = [
    "begin_vote",
    "bind",
    "bind_by_hand",
    "caught_up",
    "locked_programme",
    "locked_proposal",
]
