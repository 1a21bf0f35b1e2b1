"""What may be read of the goods."""

from .cards import Filter, Place, categories, newest_cards, product_cards, stock_state
from .finding import GOODS
from .news import NEW_GOODS
from .offers import Offer, offers_of
from .products import family_of, goods_of, history_of, product_page, products_of, whole_goods
from .rows import AnyRow
from .sellers import SELLERS, any_goods, any_sellers, seller_by_id, seller_by_slug, sellers_run_by

__all__ = [
    "GOODS",
    "NEW_GOODS",
    "SELLERS",
    "AnyRow",
    "Filter",
    "Offer",
    "Place",
    "any_goods",
    "any_sellers",
    "categories",
    "family_of",
    "goods_of",
    "history_of",
    "newest_cards",
    "offers_of",
    "product_cards",
    "product_page",
    "products_of",
    "seller_by_id",
    "seller_by_slug",
    "sellers_run_by",
    "stock_state",
    "whole_goods",
]
