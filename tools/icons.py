"""Draw the icons of the installed website from the mark, ahead of time: a node has no SVG renderer.

PYTHONPATH=tests python tools/icons.py      writes core/web/static/app/*.png; needs a Chromium
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser
from support.browser import open_browser

STATIC = Path(__file__).parents[1] / "core/web/static"
TARGET = STATIC / "app"
PAPER = "#fbf7ec"
DRAWN = {
    "icon-192.png": (192, 0.78, 0.22),
    "icon-512.png": (512, 0.78, 0.22),
    "icon-maskable-512.png": (512, 0.58, 0.0),
    "icon-apple-180.png": (180, 0.72, 0.0),
}
"""By file: its side in pixels, how much of it the mark fills, and how round its corners are.
A maskable icon is cut by the phone: all within the middle 80 % is seen (W3C Manifest)."""


def page_of(mark: str, side: int, fills: float, rounded: float) -> str:
    """Return a page that shows the mark on its paper."""
    return f"""<!doctype html><style>
    body {{ margin: 0; width: {side}px; height: {side}px; display: grid; place-items: center;
      background: {PAPER if not rounded else "transparent"}; }}
    div {{ width: 100%; height: 100%; display: grid; place-items: center; background: {PAPER};
      border-radius: {rounded * 100}%; }}
    svg {{ width: {fills * 100}%; height: auto; }}</style><div>{mark}</div>"""


def draw(browser: Browser, mark: str, name: str) -> None:
    """Write one icon, in as few colours as it takes."""
    side, fills, rounded = DRAWN[name]
    context = browser.new_context(viewport={"width": side, "height": side})
    page = context.new_page()
    page.set_content(page_of(mark, side, fills, rounded))
    shot = Image.open(io.BytesIO(page.screenshot(omit_background=bool(rounded))))
    context.close()
    few = shot.quantize(64, method=Image.Quantize.FASTOCTREE)
    few.save(TARGET / name, optimize=True)
    print(f"{name}: {(TARGET / name).stat().st_size:,} bytes")


def main() -> None:
    """Draw all of them."""
    TARGET.mkdir(exist_ok=True)
    mark = (STATIC / "logo.svg").read_text("utf-8")
    with open_browser() as browser:
        for name in DRAWN:
            draw(browser, mark, name)


if __name__ == "__main__":
    main()
