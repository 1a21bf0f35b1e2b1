"""Where the next line goes: a page with margins, and a new one when it is full."""

from __future__ import annotations

from .pen import SOFT, Pen

SIDE, TOP, BOTTOM = 18.0, 17.0, 21.0
"""The margins in millimetres; the footer stands in the lower one."""


class Place:
    """The height at which the next thing is drawn, in millimetres from the top of a new page."""

    def __init__(self, pen: Pen, running: str = "") -> None:
        """Begin a page; ``running`` stands small on top of those that follow it."""
        self.pen = pen
        self.y = TOP
        self._running = pen.face().fitted(running, 8, pen.width - 2 * SIDE)
        pen.new_page()

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.pen.width - 2 * SIDE

    @property
    def left(self) -> float:
        """The height that is left on this page."""
        return self.pen.height - BOTTOM - self.y

    def need(self, height: float) -> bool:
        """Turn the page if there is less left than this; say whether it was turned."""
        if height <= self.left or self.y == TOP:
            return False
        self.pen.new_page()
        self.pen.text(SIDE, TOP - 4, self._running, size=8, colour=SOFT)
        self.y = TOP
        return True
