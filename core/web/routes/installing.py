"""The website as an app on a phone: its manifest, its service worker, and a page for no network."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from flask import Response, render_template, url_for

from ..page import permitted, static_url, this_node, this_site, this_tongue
from .base import blueprint

WORKER = "worker.js"
MORE_WORKERS = ("push-worker.js",)
"""Further scripts of the service worker, files of the core's own; one that is not there is left
out."""

AT_ONCE = (
    "wizzle.css",
    "wizzle.js",
    "phone.js",
    "lucide/icons.svg",
    "mark.svg",
    "village.svg",
    "favicon.svg",
)
"""What every page needs: fetched with the worker, so that pages that are seen later are whole."""

PAPER, BRAND = "#fbf7ec", "#1f5138"
ICONS = (
    ("app/icon-192.png", "192x192", "any"),
    ("app/icon-512.png", "512x512", "any"),
    ("app/icon-maskable-512.png", "512x512", "maskable"),
)


@blueprint.get("/manifest.webmanifest")
@permitted("core.see", alike=True)
def manifest() -> Response:
    """Tell phones how this website is installed: its name and colours (W3C Web App Manifest)."""
    name = this_node().settings.node.name
    told = {
        "id": "/",
        "name": name,
        "short_name": name[:12],
        "lang": this_tongue().language,
        "dir": "ltr",
        "start_url": url_for("core.home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static_url("core", file), "sizes": sizes, "type": "image/png",
             "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
    }  # fmt: skip
    body = json.dumps(told, ensure_ascii=False)
    return Response(body, content_type="application/manifest+json; charset=utf-8")


@blueprint.get("/sw.js")
@permitted("core.see", alike=True)
def service_worker() -> Response:
    """Hand out the service worker: what this version consists of, and the scripts that use it.

    It stands at the root, since a worker serves only what lies below it. Its version is that of
    all static files, so a new version is a new worker to browsers, and none other is.
    """
    statics = this_site().statics
    told = {
        "version": sha256("\n".join(sorted(statics.values())).encode()).hexdigest()[:12],
        "files": [statics[f"core/{name}"] for name in AT_ONCE if f"core/{name}" in statics],
        "offline": url_for("core.offline"),
        "logOut": url_for("core.log_out"),
    }
    scripts = [statics[f"core/{name}"] for name in (WORKER, *MORE_WORKERS)
               if f"core/{name}" in statics]  # fmt: skip
    body = f"self.wizzle = {json.dumps(told)};\nimportScripts(...{json.dumps(scripts)});\n"
    return Response(body, content_type="text/javascript; charset=utf-8")


@blueprint.get("/offline")
@permitted("core.see")
def offline() -> Any:
    """Show what a phone shows for a page that it has never seen; it knows nothing of the reader."""
    return render_template("core/offline.html")
