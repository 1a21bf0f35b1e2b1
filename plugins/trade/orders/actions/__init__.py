"""What may be done with orders between nodes."""

from .buying import amend_now, ask_again, cancel, drop_dearer, order_all
from .coming import (
    Sent,
    accept_shortage,
    by_producer,
    confirm,
    decline,
    goods_counted,
    make_ready,
    receive_goods,
    ship,
)
from .ending import letter_ended, peer_changed
from .following import follow
from .hearing import known, receive
from .held import held, move, record
from .jobs import EXPIRE, FOLLOW, LOOK
from .looking import work_expiry, work_look
from .speaking import as_far_as_it_goes, note_event
from .wanting import differences

WORK = {EXPIRE: work_expiry, LOOK: work_look, FOLLOW: follow}

__all__ = [
    "WORK",
    "Sent",
    "accept_shortage",
    "amend_now",
    "as_far_as_it_goes",
    "ask_again",
    "by_producer",
    "cancel",
    "confirm",
    "decline",
    "differences",
    "drop_dearer",
    "goods_counted",
    "held",
    "known",
    "letter_ended",
    "make_ready",
    "move",
    "note_event",
    "order_all",
    "peer_changed",
    "receive",
    "receive_goods",
    "record",
    "ship",
]
