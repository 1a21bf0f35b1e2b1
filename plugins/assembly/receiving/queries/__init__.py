"""What may be read of deliveries, shortages, weights, bags and goods on their way."""

from .counts import Delivery, came_of, counted, deliveries
from .packing import bags_of, label_lines, order_of_label, packing_orders
from .shortages import Portion, Shortage, seed_for, shortages
from .substitutes import Choice, Lack, lacking, lacks, may_stand_in
from .transfers import Note, hubs_of, moved_goods, note_by_id, notes_of, points_of
from .weights import weighed_goods, weighing_lines

__all__ = [
    "Choice",
    "Delivery",
    "Lack",
    "Note",
    "Portion",
    "Shortage",
    "bags_of",
    "came_of",
    "counted",
    "deliveries",
    "hubs_of",
    "label_lines",
    "lacking",
    "lacks",
    "may_stand_in",
    "moved_goods",
    "note_by_id",
    "notes_of",
    "order_of_label",
    "packing_orders",
    "points_of",
    "seed_for",
    "shortages",
    "weighed_goods",
    "weighing_lines",
]
