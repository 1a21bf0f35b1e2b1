"""What may be done with hubs, their rounds, and the orders that a hub hands out."""

from .carrying import forget_carried, forget_order, work_carry
from .collecting import NOT_COLLECTED, REMINDER, remind, tell_not_collected
from .confirming import confirm_sheet
from .copying import copy_last
from .deciding import decide_parts, work_cut_off
from .forgetting import CARRIED
from .held import locked
from .hubs import Hours, change_hours, dismiss_host, make_host, make_hub
from .jobs import BEGIN, CARRY, CUT_OFF, NEAR, OPEN, SCHEDULE
from .offers import choose_producers, choose_products, offer_all_of, offer_more
from .opening import work_begin
from .parts import set_terms, terms_of_part
from .points import Opening, choose_points
from .reminding import work_near
from .rounds import Plan, advance, change_cycle, discard_cycle, draft_cycle, enter
from .schedules import Choice, set_schedule, skip_next, work_open, work_schedule
from .serving import cancel, deliver_less, hand_over, keep_ticks, mark_not_collected, refund

WORK = {
    BEGIN: work_begin,
    CARRY: work_carry,
    CUT_OFF: work_cut_off,
    NEAR: work_near,
    NOT_COLLECTED: tell_not_collected,
    OPEN: work_open,
    REMINDER: remind,
    SCHEDULE: work_schedule,
}
"""The timed work of rounds by its kind."""

__all__ = [
    "CARRIED",
    "WORK",
    "Choice",
    "Hours",
    "Opening",
    "Plan",
    "advance",
    "cancel",
    "change_cycle",
    "change_hours",
    "choose_points",
    "choose_producers",
    "choose_products",
    "confirm_sheet",
    "copy_last",
    "decide_parts",
    "deliver_less",
    "discard_cycle",
    "dismiss_host",
    "draft_cycle",
    "enter",
    "forget_carried",
    "forget_order",
    "hand_over",
    "keep_ticks",
    "locked",
    "make_host",
    "make_hub",
    "mark_not_collected",
    "offer_all_of",
    "offer_more",
    "refund",
    "set_schedule",
    "set_terms",
    "skip_next",
    "terms_of_part",
]
