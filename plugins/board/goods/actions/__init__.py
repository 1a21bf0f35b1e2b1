"""What may be done with public-interest goods: asked for, agreed to, and given of each sale."""

from .examples import load
from .giving import reversed_, settled
from .tying import decide, end, open_goods, propose, withdraw

__all__ = ["decide", "end", "load", "open_goods", "propose", "reversed_", "settled", "withdraw"]
