"""What may be done with a file: take it in, row by row, and take it back."""

from .producers import import_producers
from .products import import_products
from .record import Done
from .undo import Undone, UndoneRow, undo_import

__all__ = ["Done", "Undone", "UndoneRow", "import_producers", "import_products", "undo_import"]
